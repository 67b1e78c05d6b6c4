using PureHDF;
using PureHDF.VOL.Native;
using RramSnn.Nir.Graph;

namespace RramSnn.Nir.Files;

/// <summary>A graph out of HDF5 groups.</summary>
/// <param name="path">The file.</param>
/// <param name="warnings">Receives what was left out of metadata.</param>
internal sealed class NirReader(string path, ICollection<string>? warnings)
{
    private const int MaximumObjects = 100_000;

    private int _objects;

    /// <summary>Reads the file.</summary>
    /// <exception cref="InvalidDataException">The file is no HDF5 file of this form.</exception>
    internal NirGraph Read()
    {
        using FileStream stream = File.OpenRead(path);
        try
        {
            using NativeFile file = H5File.Open(stream);
            Dictionary<string, IH5Object> root = Children(file);
            string? version = root.TryGetValue(NirNames.Version, out IH5Object? named) && named is IH5Dataset text ? Text(text, NirNames.Version) : null;
            return Node(GroupOf(root, NirNames.Node, "the file"), "", 0) is NirGraph graph
                ? new NirGraph(graph.Nodes, graph.Edges, graph.Metadata) { Version = version }
                : throw Bad($"'{NirNames.Node}' is no {NirGraph.TypeName}");
        }
        catch (InvalidDataException)
        {
            throw;
        }
#pragma warning disable CA1031 // The HDF5 library throws whatever a damaged file leads it to, arrays beyond all memory included.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            throw new InvalidDataException($"{path}: is no readable HDF5 file ({OneLine(exception)}).", exception);
        }
    }

    private NirNode Node(IH5Group group, string place, int depth)
    {
        if (depth > NirRules.MaximumDepth)
        {
            throw Bad($"node '{place}' lies deeper than {NirRules.MaximumDepth} graphs");
        }

        Dictionary<string, IH5Object> children = Children(group);
        string type = Text(DatasetOf(children, NirNames.Type, Describe(place)), $"type of {Describe(place)}");
        Dictionary<string, NirValue> metadata = children.TryGetValue(NirNames.Metadata, out IH5Object? child) && child is IH5Group section ? Metadata(section, Join(place, NirNames.Metadata), 0) : [];
        return type == NirGraph.TypeName ? Graph(children, metadata, place, depth) : new NirNode(type, Parameters(children, type, place), metadata);
    }

    private NirGraph Graph(Dictionary<string, IH5Object> children, Dictionary<string, NirValue> metadata, string place, int depth)
    {
        Dictionary<string, NirNode> nodes = [];
        foreach ((string name, IH5Object child) in Children(GroupOf(children, NirNames.Nodes, Describe(place))))
        {
            string inner = Join(place, name);
            nodes[name] = child is IH5Group group ? Node(group, inner, depth + 1) : throw Bad($"node '{inner}' is no group");
        }

        List<NirEdge> edges = Edges(DatasetOf(children, NirNames.Edges, Describe(place)), place);
        return nodes.Count > 0 || edges.Count == 0
            ? new NirGraph(nodes, edges, metadata)
            : throw Bad($"{Describe(place)} has edges but no nodes; names beyond ASCII can only be read in files of the newest HDF5 format (h5py: libver='latest')");
    }

    private List<NirEdge> Edges(IH5Dataset data, string place)
    {
        int[] shape = ShapeOf(data, $"the edges of {Describe(place)}");
        if (NirShape.LengthOf(shape) == 0)
        {
            // Python writes an empty list as one dimension of real numbers.
            return [];
        }

        if (shape.Length != 2 || shape[1] != 2 || data.Type.Class is not (H5DataTypeClass.String or H5DataTypeClass.VariableLength))
        {
            throw Bad($"the edges of {Describe(place)} have shape {NirShape.Text(shape)}; expected texts of shape [edges, 2]");
        }

        string[] ends = Texts(data, $"edges of {Describe(place)}");
        return [.. ends.Chunk(2).Select(static pair => new NirEdge(pair[0], pair[1]))];
    }

    private Dictionary<string, NirArray> Parameters(Dictionary<string, IH5Object> children, string type, string place)
    {
        NirNodeType known = NirNodeType.Find(type) ?? throw Bad(NirRules.Unsupported(place, type));
        Dictionary<string, NirArray> parameters = [];
        foreach ((string name, IH5Object child) in children)
        {
            bool isNamed = known.Parameters.Any(parameter => parameter.Name == name);
            if (name is NirNames.Type or NirNames.Metadata || (NirNames.Derived.Contains(name) && (!isNamed || child is IH5Group)))
            {
                continue;
            }

            string what = $"{name} of {Describe(place)}";
            if (!isNamed)
            {
                throw Bad($"{Describe(place)} has '{name}', which is no parameter of type {type}; expected {string.Join(", ", known.Parameters.Select(static parameter => parameter.Name))}");
            }

            parameters[name] = child is IH5Dataset data && Value(data, what) is NirArray array ? array : throw Bad($"{what} is no array of integers of 8 to 64 bits or of real numbers of 16, 32 or 64 bits");
        }

        return parameters;
    }

    private Dictionary<string, NirValue> Metadata(IH5Group group, string place, int depth)
    {
        Dictionary<string, NirValue> values = [];
        foreach ((string name, IH5Object child) in Children(group))
        {
            string inner = Join(place, name);
            if (child is IH5Group section && depth < NirRules.MaximumDepth)
            {
                values[name] = new NirSection(Metadata(section, inner, depth + 1));
            }
            else if (child is IH5Dataset data && TryValue(data, inner) is { } value)
            {
                values[name] = value;
            }
            else
            {
                warnings?.Add($"{path}: '{inner}' is neither numbers nor text; it is left out");
            }
        }

        return values;
    }

    /// <summary>The value, or null if it is of a kind that NIR does not need.</summary>
    private NirValue? TryValue(IH5Dataset data, string what)
    {
        try
        {
            return Value(data, what);
        }
#pragma warning disable CA1031 // Metadata must never keep a network from being read.
        catch (Exception)
#pragma warning restore CA1031
        {
            return null;
        }
    }

    private NirValue? Value(IH5Dataset data, string what)
    {
        int[] shape = ShapeOf(data, what);
        return (data.Type.Class, data.Type.Size) switch
        {
            (H5DataTypeClass.FloatingPoint, 4) => NirArray.Of(Elements<float>(data, shape, what), shape),
            (H5DataTypeClass.FloatingPoint, 8) => NirArray.Of(Elements<double>(data, shape, what), shape),
            (H5DataTypeClass.FloatingPoint, 2) => NirArray.Of(Elements<Half>(data, shape, what), shape),
            (H5DataTypeClass.FixedPoint, var size) => (data.Type.FixedPoint.IsSigned, size) switch
            {
                (true, 8) => NirArray.Of(Elements<long>(data, shape, what), shape),
                (true, 4) => NirArray.Of(Elements<int>(data, shape, what), shape),
                (true, 2) => NirArray.Of(Elements<short>(data, shape, what), shape),
                (true, 1) => NirArray.Of(Elements<sbyte>(data, shape, what), shape),
                (false, 8) => NirArray.Of(Elements<ulong>(data, shape, what), shape),
                (false, 4) => NirArray.Of(Elements<uint>(data, shape, what), shape),
                (false, 2) => NirArray.Of(Elements<ushort>(data, shape, what), shape),
                (false, 1) => NirArray.Of(Elements<byte>(data, shape, what), shape),
                _ => null,
            },
            (H5DataTypeClass.String or H5DataTypeClass.VariableLength, _) => new NirText(NirShape.LengthOf(shape) == 0 ? [] : Texts(data, what), shape),
            _ => null,
        };
    }

    /// <summary>Texts; an empty one may lie in the file as no text at all.</summary>
    private string[] Texts(IH5Dataset data, string what) => Array.ConvertAll(Read<string?[]>(data, what), static text => text ?? "");

    private T[] Elements<T>(IH5Dataset data, int[] shape, string what)
        where T : unmanaged => NirShape.LengthOf(shape) == 0 ? [] : Read<T[]>(data, what);

    private T Read<T>(IH5Dataset data, string what)
    {
        try
        {
            return data.Read<T>();
        }
#pragma warning disable CA1031 // As in Read; here the name of the array is known.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            // What follows the first sentence is advice for programmers.
            throw new InvalidDataException($"{path}: {what} cannot be read ({OneLine(exception).Split(". ")[0]}).", exception);
        }
    }

    private static string OneLine(Exception exception) => exception.Message.ReplaceLineEndings(" ").TrimEnd('.');

    private int[] ShapeOf(IH5Dataset data, string what)
    {
        if (data.Space.Type == H5DataspaceType.Scalar)
        {
            return [];
        }

        if (data.Space.Type == H5DataspaceType.Null)
        {
            throw Bad($"{what} holds nothing");
        }

        ulong[] extents = data.Space.Dimensions;
        int[] shape = data.Space.Type == H5DataspaceType.Simple && Array.TrueForAll(extents, static extent => extent <= NirShape.MaximumLength) ? Array.ConvertAll(extents, static extent => (int)extent) : [-1];
        return NirShape.LengthOf(shape) >= 0 ? shape : throw Bad($"{what} has shape [{string.Join(", ", extents)}]; expected at most {NirShape.MaximumLength} elements");
    }

    private string Text(IH5Dataset data, string what) =>
        data.Type.Class is H5DataTypeClass.String or H5DataTypeClass.VariableLength && NirShape.LengthOf(ShapeOf(data, what)) == 1
            ? Texts(data, what)[0]
            : throw Bad($"{what} is no text");

    private Dictionary<string, IH5Object> Children(IH5Group group)
    {
        Dictionary<string, IH5Object> children = [];
        foreach (IH5Object child in group.Children())
        {
            // A group may hold itself, and then has more children than anyone can wait for.
            if (++_objects > MaximumObjects)
            {
                throw Bad($"the file holds more than {MaximumObjects} objects");
            }

            children[child.Name] = child;
        }

        return children;
    }

    private IH5Group GroupOf(Dictionary<string, IH5Object> children, string name, string owner) =>
        children.TryGetValue(name, out IH5Object? child) && child is IH5Group group ? group : throw Bad($"{owner} has no group '{name}'");

    private IH5Dataset DatasetOf(Dictionary<string, IH5Object> children, string name, string owner) =>
        children.TryGetValue(name, out IH5Object? child) && child is IH5Dataset data ? data : throw Bad($"{owner} has no dataset '{name}'");

    private static string Describe(string place) => place.Length == 0 ? "the graph" : $"node '{place}'";

    private static string Join(string place, string name) => place.Length == 0 ? name : $"{place}/{name}";

    private InvalidDataException Bad(string problem) => new($"{path}: {problem}.");
}
