using System.Globalization;
using RramSnn.Cli.Reports;
using RramSnn.Nir.Graph;
using Spectre.Console;

namespace RramSnn.Cli.Exchange;

/// <summary>A graph for people and, with stable keys, for programs.</summary>
internal sealed record GraphSheet(string? Version, IReadOnlyList<GraphSheet.NodeRow> Nodes, IReadOnlyList<IReadOnlyList<string>> Edges, IReadOnlyList<string> Metadata)
{
    private const int MetadataShown = 12;

    /// <summary>Collects what is to be shown; nodes of inner graphs are named outer/inner.</summary>
    internal static GraphSheet Of(NirGraph graph)
    {
        List<NodeRow> nodes = [];
        List<IReadOnlyList<string>> edges = [];
        Add(graph, "");
        return new GraphSheet(graph.Version, nodes, edges, [.. graph.Metadata.Keys]);

        void Add(NirGraph part, string prefix)
        {
            foreach ((string name, NirNode node) in part.Nodes)
            {
                nodes.Add(new NodeRow(prefix + name, node.Type, [.. node.Parameters.Select(static item => ParameterRow.Of(item.Key, item.Value))]));
                if (node is NirGraph inner)
                {
                    Add(inner, $"{prefix}{name}/");
                }
            }

            edges.AddRange(part.Edges.Select(edge => (string[])[prefix + edge.Source, prefix + edge.Target]));
        }
    }

    /// <summary>Writes tables.</summary>
    internal void Write(TextWriter writer, string path)
    {
        Table table = new() { Border = TableBorder.Simple };
        foreach (string header in (string[])["node", "type", "parameter", "shape", "values"])
        {
            table.AddColumn(new TableColumn(header) { NoWrap = true, Padding = new Padding(0, 0, 1, 0) });
        }

        foreach (NodeRow node in Nodes)
        {
            IEnumerable<string[]> rows = node.Parameters.Count == 0
                ? [["", "", ""]]
                : node.Parameters.Select(static parameter => (string[])[parameter.Name, $"{parameter.ElementType} [{string.Join(", ", parameter.Shape)}]", parameter.Range()]);
            foreach ((int index, string[] row) in rows.Index())
            {
                table.AddRow([new Text(index == 0 ? node.Name : ""), new Text(index == 0 ? node.Type : ""), .. row.Select(static cell => new Text(cell))]);
            }
        }

        IAnsiConsole console = Terminal.Console(writer);
        if (!console.Profile.Out.IsTerminal)
        {
            // A file or a pipe has no width that lines would have to fit into.
            console.Profile.Width = 160;
        }

        writer.WriteLine($"{path}: NIR {Version ?? "of no version"}, {Nodes.Count} nodes, {Edges.Count} edges");
        console.Write(table);
        foreach (IReadOnlyList<string> edge in Edges)
        {
            writer.WriteLine($"{edge[0]} -> {edge[1]}");
        }

        if (Metadata.Count > 0)
        {
            writer.WriteLine($"metadata: {string.Join(", ", Metadata.Take(MetadataShown))}{(Metadata.Count > MetadataShown ? $" and {Metadata.Count - MetadataShown} more" : "")}");
        }
    }

    /// <summary>A node.</summary>
    internal sealed record NodeRow(string Name, string Type, IReadOnlyList<ParameterRow> Parameters);

    /// <summary>A parameter; without elements it has no values.</summary>
    internal sealed record ParameterRow(string Name, string ElementType, IReadOnlyList<int> Shape, double? Minimum, double? Maximum, double? Mean)
    {
        internal static ParameterRow Of(string name, NirArray array)
        {
            double[] values = array.ToDoubles();
            return values.Length == 0
                ? new ParameterRow(name, array.TypeName, array.Shape, null, null, null)
                : new ParameterRow(name, array.TypeName, array.Shape, values.Min(), values.Max(), values.Average());
        }

        internal string Range() => Minimum == Maximum
            ? Number(Minimum)
            : $"{Number(Minimum)} to {Number(Maximum)}, mean {Number(Mean)}";

        private static string Number(double? value) => string.Create(CultureInfo.InvariantCulture, $"{value:G6}");
    }
}
