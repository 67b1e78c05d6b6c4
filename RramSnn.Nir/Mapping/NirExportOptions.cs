namespace RramSnn.Nir.Mapping;

/// <summary>Nodes that a layer becomes.</summary>
public enum NirForm
{
    /// <summary>Linear, CubaLI, Threshold and an LI for the reset: what the layer computes, exactly.</summary>
    Exact,

    /// <summary>Linear and CubaLIF: nodes that most tools read, but with another reset.</summary>
    CubaLif,
}

/// <summary>How a network is written.</summary>
public sealed record NirExportOptions
{
    /// <summary>dt in seconds, above 0: how long a step is in the graph's time.</summary>
    public double StepSeconds { get; init; } = 1e-3;

    /// <summary>Nodes that a layer becomes.</summary>
    public NirForm Form { get; init; } = NirForm.Exact;

    /// <summary>What belongs to the network beside its state; kept in the metadata.</summary>
    public IReadOnlyDictionary<string, string>? Run { get; init; }

    /// <summary>Whether the state of the devices goes into the metadata, so that the same network can be had back to the bit.</summary>
    public bool HasState { get; init; } = true;
}
