using System.Collections.Frozen;

namespace RramSnn.Nir.Graph;

/// <summary>A NIR graph: named nodes, one of which may be a graph itself, and the edges between them.</summary>
/// <remarks>The order of nodes and edges has no meaning. Nothing here depends on HDF5 or on crossbars.</remarks>
public sealed class NirGraph : NirNode
{
    /// <summary>NIR's name of a graph as a node.</summary>
    public const string TypeName = "NIRGraph";

    /// <summary>A graph; not checked.</summary>
    /// <param name="nodes">Nodes by name.</param>
    /// <param name="edges">Edges between them.</param>
    /// <param name="metadata">Whatever else belongs to the graph; null for nothing.</param>
    public NirGraph(IReadOnlyDictionary<string, NirNode> nodes, IReadOnlyList<NirEdge> edges, IReadOnlyDictionary<string, NirValue>? metadata = null)
        : base(TypeName, FrozenDictionary<string, NirArray>.Empty, metadata)
    {
        ArgumentNullException.ThrowIfNull(nodes);
        ArgumentNullException.ThrowIfNull(edges);
        Nodes = nodes;
        Edges = edges;
    }

    /// <summary>Nodes by name.</summary>
    public IReadOnlyDictionary<string, NirNode> Nodes { get; }

    /// <summary>Edges between the nodes.</summary>
    public IReadOnlyList<NirEdge> Edges { get; }

    /// <summary>Version of NIR that the file names; null if it names none, and for graphs within graphs.</summary>
    public string? Version { get; init; }

    /// <summary>Checks names, types, parameters and edges, graphs within the graph included.</summary>
    /// <exception cref="ArgumentException">Something is wrong; the message names the node, what it has and what was expected.</exception>
    public void Validate()
    {
        if (NirRules.FirstProblem(this) is { } problem)
        {
            throw new ArgumentException($"{problem}.");
        }
    }

    /// <summary>Whether both graphs have the same nodes, parameters (to the bit) and edges; metadata and version do not count.</summary>
    public bool IsSameNetwork(NirGraph other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Nodes.Count == other.Nodes.Count
            && Edges.ToHashSet().SetEquals(other.Edges)
            && Nodes.All(item => other.Nodes.TryGetValue(item.Key, out NirNode? twin) && IsSame(item.Value, twin));
    }

    private static bool IsSame(NirNode a, NirNode b) => (a, b) switch
    {
        (NirGraph inner, NirGraph twin) => inner.IsSameNetwork(twin),
        _ => a.Type == b.Type
            && a.Parameters.Count == b.Parameters.Count
            && a.Parameters.All(item => b.Parameters.TryGetValue(item.Key, out NirArray? value) && value.Equals(item.Value)),
    };
}
