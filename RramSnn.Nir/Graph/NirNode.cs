namespace RramSnn.Nir.Graph;

/// <summary>A node of a NIR graph: a type, its parameters, and metadata that do not change what it does.</summary>
public class NirNode
{
    private static readonly Dictionary<string, NirValue> Nothing = [];

    /// <summary>A node; <see cref="NirGraph.Validate"/> checks it together with its graph.</summary>
    /// <param name="type">Name of the type as NIR spells it.</param>
    /// <param name="parameters">Parameters by name.</param>
    /// <param name="metadata">Whatever else belongs to the node; null for nothing.</param>
    public NirNode(string type, IReadOnlyDictionary<string, NirArray> parameters, IReadOnlyDictionary<string, NirValue>? metadata = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(type);
        ArgumentNullException.ThrowIfNull(parameters);
        Type = type;
        Parameters = parameters;
        Metadata = metadata ?? Nothing;
    }

    /// <summary>Name of the type as NIR spells it.</summary>
    public string Type { get; }

    /// <summary>Parameters by name; an optional one that the file does not hold is not there.</summary>
    public IReadOnlyDictionary<string, NirArray> Parameters { get; }

    /// <summary>Whatever else belongs to the node.</summary>
    public IReadOnlyDictionary<string, NirValue> Metadata { get; }

    /// <summary>A node from pairs of name and parameter.</summary>
    public static NirNode Of(string type, params (string Name, NirArray Value)[] parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        return new NirNode(type, new OrderedDictionary<string, NirArray>(parameters.Select(static item => KeyValuePair.Create(item.Name, item.Value))));
    }
}

/// <summary>A connection: what the source puts out goes into the target, where all that comes in is added.</summary>
/// <param name="Source">Name of a node.</param>
/// <param name="Target">Name of a node.</param>
public readonly record struct NirEdge(string Source, string Target);
