using RramSnn.Bench.Roofline;

namespace RramSnn.Bench;

/// <summary>What a benchmark that is no case of the roofline does per synapse, for the columns of its table.</summary>
/// <param name="flops">Float operations per synapse touched.</param>
/// <param name="bytes">Bytes moved at least per synapse touched.</param>
/// <param name="inPlace">Whether the operand is written, too.</param>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SynapseWorkAttribute(double flops, double bytes, bool inPlace = false) : Attribute
{
    /// <summary>Float operations.</summary>
    public double Flops { get; } = flops;

    /// <summary>Bytes.</summary>
    public double Bytes { get; } = bytes;

    /// <summary>Whether the operand is written, too.</summary>
    public bool InPlace { get; } = inPlace;

    /// <summary>Work of one operation on so many synapses.</summary>
    internal Work Of(double synapses) => Work.PerSynapse(synapses, Flops, Bytes, InPlace ? Traffic.InPlace : Traffic.Read);
}
