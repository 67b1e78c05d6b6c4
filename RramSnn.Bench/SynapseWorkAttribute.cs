using RramSnn.Bench.Roofline;

namespace RramSnn.Bench;

/// <summary>What a benchmark that is no case of the roofline does per synapse, for the columns of its table; its operands are updated in place.</summary>
/// <param name="flops">Float operations per synapse touched.</param>
/// <param name="bytes">Bytes moved at least per synapse touched.</param>
/// <param name="stateBytes">Bytes per synapse that every call comes back to.</param>
/// <param name="inputBytes">Bytes of the inputs that calls take in turn.</param>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SynapseWorkAttribute(double flops, double bytes, double stateBytes, double inputBytes) : Attribute
{
    /// <summary>Float operations.</summary>
    public double Flops { get; } = flops;

    /// <summary>Bytes.</summary>
    public double Bytes { get; } = bytes;

    /// <summary>Bytes that every call comes back to.</summary>
    public double StateBytes { get; } = stateBytes;

    /// <summary>Bytes of all inputs.</summary>
    public double InputBytes { get; } = inputBytes;

    /// <summary>Work of one operation on so many synapses.</summary>
    internal Work Of(double synapses) => Work.PerSynapse(synapses, Flops, Bytes, Traffic.InPlace, (synapses * StateBytes) + InputBytes);
}
