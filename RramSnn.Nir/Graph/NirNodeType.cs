namespace RramSnn.Nir.Graph;

/// <summary>What a parameter is.</summary>
internal enum NirParameterKind
{
    /// <summary>Extents: a vector of whole numbers, 1 or more; empty if the writer knew none.</summary>
    Extents,

    /// <summary>As <see cref="Extents"/>, with zeros where the writer did not know them.</summary>
    ExtentsIfKnown,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>[outputs, inputs].</summary>
    Matrix,

    /// <summary>Numbers, one for every neuron or one for all.</summary>
    PerNeuron,

    /// <summary>As <see cref="PerNeuron"/>, and above 0: a time constant.</summary>
    TimeConstant,

    /// <summary>As <see cref="PerNeuron"/>, and 0 or more.</summary>
    Time,
}

/// <summary>A parameter of a node type.</summary>
internal sealed record NirParameter(string Name, NirParameterKind Kind, bool IsOptional = false);

/// <summary>A node type: what NIR says that it holds.</summary>
/// <param name="Name">As NIR spells it.</param>
/// <param name="HasMemory">Whether its output depends on earlier steps.</param>
/// <param name="Spikes">Whether its output is 0 or 1.</param>
/// <param name="Parameters">All that a file may hold.</param>
internal sealed record NirNodeType(string Name, bool HasMemory, bool Spikes, params IReadOnlyList<NirParameter> Parameters)
{
    internal const string Input = "Input";
    internal const string Output = "Output";
    internal const string Linear = "Linear";
    internal const string Affine = "Affine";
    internal const string Scale = "Scale";
    internal const string Flatten = "Flatten";
    internal const string Delay = "Delay";
    internal const string Threshold = "Threshold";
    internal const string I = "I";
    internal const string LI = "LI";
    internal const string IF = "IF";
    internal const string LIF = "LIF";
    internal const string CubaLI = "CubaLI";
    internal const string CubaLIF = "CubaLIF";

    private static readonly NirParameter Resistance = new("r", NirParameterKind.PerNeuron);
    private static readonly NirParameter Leak = new("v_leak", NirParameterKind.PerNeuron);
    private static readonly NirParameter FiringThreshold = new("v_threshold", NirParameterKind.PerNeuron);
    private static readonly NirParameter Reset = new("v_reset", NirParameterKind.PerNeuron, IsOptional: true);
    private static readonly NirParameter InputWeight = new("w_in", NirParameterKind.PerNeuron, IsOptional: true);
    private static readonly NirParameter Tau = new("tau", NirParameterKind.TimeConstant);
    private static readonly NirParameter SynapseTau = new("tau_syn", NirParameterKind.TimeConstant);
    private static readonly NirParameter MembraneTau = new("tau_mem", NirParameterKind.TimeConstant);
    private static readonly NirParameter Shape = new("shape", NirParameterKind.Extents);
    private static readonly NirParameter Weight = new("weight", NirParameterKind.Matrix);

    /// <summary>The types that can be read, written and simulated.</summary>
    internal static IReadOnlyList<NirNodeType> All { get; } =
    [
        new(Input, false, false, Shape),
        new(Output, false, false, Shape),
        new(Linear, false, false, Weight),
        new(Affine, false, false, Weight, new("bias", NirParameterKind.PerNeuron)),
        new(Scale, false, false, new NirParameter("scale", NirParameterKind.PerNeuron)),
        new(Flatten, false, false, new("start_dim", NirParameterKind.Integer), new("end_dim", NirParameterKind.Integer), new("input_type", NirParameterKind.ExtentsIfKnown, IsOptional: true)),
        new(Delay, true, false, new NirParameter("delay", NirParameterKind.Time)),
        new(Threshold, false, true, new NirParameter("threshold", NirParameterKind.PerNeuron)),
        new(I, true, false, Resistance),
        new(LI, true, false, Tau, Resistance, Leak),
        new(IF, true, true, Resistance, FiringThreshold, Reset),
        new(LIF, true, true, Tau, Resistance, Leak, FiringThreshold, Reset),
        new(CubaLI, true, false, SynapseTau, MembraneTau, Resistance, Leak, InputWeight),
        new(CubaLIF, true, true, SynapseTau, MembraneTau, Resistance, Leak, FiringThreshold, Reset, InputWeight),
    ];

    private static readonly Dictionary<string, NirNodeType> ByName = All.ToDictionary(static type => type.Name, StringComparer.Ordinal);

    /// <summary>The type of that name, or null.</summary>
    internal static NirNodeType? Find(string name) => ByName.GetValueOrDefault(name);

    /// <summary>The type of a node that was checked.</summary>
    internal static NirNodeType Of(NirNode node) => ByName[node.Type];
}
