using PureHDF;
using RramSnn.Nir.Graph;

namespace RramSnn.Nir.Files;

/// <summary>A graph as HDF5 groups.</summary>
internal static class NirWriter
{
    internal static void Write(Stream stream, NirGraph graph)
    {
        H5File file = new() { [NirNames.Node] = Group(graph) };
        if (graph.Version is { } version)
        {
            file[NirNames.Version] = version;
        }

        file.Write(stream);
    }

    private static H5Group Group(NirNode node)
    {
        H5Group group = new() { [NirNames.Type] = node.Type };
        foreach ((string name, NirArray value) in node.Parameters)
        {
            group[name] = Data(value);
        }

        if (node is NirGraph graph)
        {
            string[] ends = [.. graph.Edges.SelectMany(static edge => (string[])[edge.Source, edge.Target])];
            group[NirNames.Edges] = new H5Dataset(ends, fileDims: [(ulong)graph.Edges.Count, 2]);
            H5Group nodes = [];
            foreach ((string name, NirNode inner) in graph.Nodes)
            {
                nodes[name] = Group(inner);
            }

            group[NirNames.Nodes] = nodes;
        }

        if (node.Metadata.Count > 0)
        {
            group[NirNames.Metadata] = Section(node.Metadata);
        }

        return group;
    }

    private static H5Group Section(IReadOnlyDictionary<string, NirValue> values)
    {
        H5Group group = [];
        foreach ((string name, NirValue value) in values)
        {
            group[name] = value switch
            {
                NirArray array => Data(array),
                NirText { Shape.Count: 0 } text => text.Values[0],
                NirText text => new H5Dataset(text.Values.ToArray(), fileDims: Extents(text.Shape)),
                NirSection section => Section(section.Values),
                _ => throw new NotSupportedException($"{value.GetType().Name} cannot be written."),
            };
        }

        return group;
    }

    /// <summary>An array, or its only element as a scalar.</summary>
    private static object Data(NirArray array) => array.Shape.Count == 0
        ? array.Elements.GetValue(0)!
        : array.Elements switch
        {
            float[] values => new H5Dataset(values, fileDims: Extents(array.Shape)),
            double[] values => new H5Dataset(values, fileDims: Extents(array.Shape)),
            Half[] values => new H5Dataset(values, fileDims: Extents(array.Shape)),
            long[] values => new H5Dataset(values, fileDims: Extents(array.Shape)),
            int[] values => new H5Dataset(values, fileDims: Extents(array.Shape)),
            short[] values => new H5Dataset(values, fileDims: Extents(array.Shape)),
            sbyte[] values => new H5Dataset(values, fileDims: Extents(array.Shape)),
            ulong[] values => new H5Dataset(values, fileDims: Extents(array.Shape)),
            uint[] values => new H5Dataset(values, fileDims: Extents(array.Shape)),
            ushort[] values => new H5Dataset(values, fileDims: Extents(array.Shape)),
            _ => new H5Dataset((byte[])array.Elements, fileDims: Extents(array.Shape)),
        };

    private static ulong[] Extents(IReadOnlyList<int> shape) => [.. shape.Select(static extent => (ulong)extent)];
}
