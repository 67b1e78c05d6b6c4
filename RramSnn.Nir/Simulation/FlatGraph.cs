using RramSnn.Nir.Graph;

namespace RramSnn.Nir.Simulation;

/// <summary>A graph without graphs in it: those of the file are opened, their inputs and outputs hand on what they get.</summary>
/// <remarks>A node of an inner graph is named outer/inner. Nodes are numbered in the ordinal order of their names, so that the order in the file means nothing.</remarks>
internal sealed class FlatGraph
{
    private readonly List<string> _names = [];
    private readonly List<NirNode> _nodes = [];
    private readonly List<(string Source, string Target)> _edges = [];

    private FlatGraph(NirGraph graph)
    {
        Open(graph, "");
        int[] order = [.. Enumerable.Range(0, _names.Count)];
        Array.Sort(order, (a, b) => string.CompareOrdinal(_names[a], _names[b]));
        Names = [.. order.Select(node => _names[node])];
        Nodes = [.. order.Select(node => _nodes[node])];
        Dictionary<string, int> index = Names.Index().ToDictionary(static item => item.Item, static item => item.Index, StringComparer.Ordinal);
        ILookup<int, int> sources = _edges.Distinct().ToLookup(edge => index[edge.Target], edge => index[edge.Source]);
        Sources = [.. Enumerable.Range(0, Names.Length).Select(node => (int[])[.. sources[node].Order()])];
        Inputs = Ends(NirNodeType.Input);
        Outputs = Ends(NirNodeType.Output);

        int[] Ends(string type) => [.. graph.Nodes.Where(item => item.Value.Type == type).Select(item => index[item.Key]).Order()];
    }

    internal string[] Names { get; }

    internal NirNode[] Nodes { get; }

    /// <summary>For every node those whose output it adds up, ascending.</summary>
    internal int[][] Sources { get; }

    /// <summary>The graph's own inputs.</summary>
    internal int[] Inputs { get; }

    /// <summary>The graph's own outputs.</summary>
    internal int[] Outputs { get; }

    /// <summary>Opens a graph that was checked.</summary>
    /// <exception cref="ArgumentException">An inner graph that edges lead to or from has not one input and one output.</exception>
    internal static FlatGraph Of(NirGraph graph) => new(graph);

    private void Open(NirGraph graph, string prefix)
    {
        foreach ((string name, NirNode node) in graph.Nodes)
        {
            if (node is NirGraph inner)
            {
                Open(inner, $"{prefix}{name}/");
            }
            else
            {
                _names.Add(prefix + name);
                _nodes.Add(node);
            }
        }

        foreach (NirEdge edge in graph.Edges)
        {
            _edges.Add((End(graph, prefix, edge.Source, NirNodeType.Output), End(graph, prefix, edge.Target, NirNodeType.Input)));
        }
    }

    private static string End(NirGraph graph, string prefix, string name, string type)
    {
        string place = prefix + name;
        while (graph.Nodes[name] is NirGraph inner)
        {
            string[] ends = [.. inner.Nodes.Where(item => item.Value.Type == type).Select(static item => item.Key)];
            if (ends.Length != 1)
            {
                throw new ArgumentException($"node '{place}' is a graph with {ends.Length} nodes of type {type}; expected one, since an edge uses it.");
            }

            (graph, name) = (inner, ends[0]);
            place = $"{place}/{name}";
        }

        return place;
    }
}
