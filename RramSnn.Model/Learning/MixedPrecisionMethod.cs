using RramSnn.Model.Crossbars;
using RramSnn.Model.Crossbars.Units;
using RramSnn.Model.Devices;

namespace RramSnn.Model.Learning;

/// <summary>
/// A digital number χ per synapse gathers the wished changes at full precision; whenever it is worth a whole pulse the devices get one, without being
/// read.
/// </summary>
/// <remarks>
/// <para>
/// Every step χ ← χ + Δw; behind every sample p = ⌊|χ|/ε⌋ pulses with the sign of χ, χ ← χ - p ε. Of a pair both devices get them, in opposite
/// directions, and ε = W(s_P + s_D) with s the steps of one pulse at u = ½: up and down are then the same operation with the devices' roles exchanged,
/// so that the asymmetry of the device cancels; one device alone learned no better and took five times the pulses (TiOx at ±3 V). The device of a
/// reference cell has ε₊ = 2W s_P and ε₋ = 2W s_D.
/// </para>
/// <para>
/// Cost: no reads and few writes, but a 32-bit number per synapse and an outer product in digital memory at every step. Pulses are whole in either
/// pulse mode. Nandakumar et al., Frontiers in Neuroscience 14:406, 2020.
/// </para>
/// </remarks>
public sealed class MixedPrecisionMethod : UpdateMethod
{
    /// <inheritdoc/>
    public override string Name => "mixed-precision";

    /// <inheritdoc/>
    public override string Description => "changes gathered in digital memory, whole pulses behind every sample; no reads";

    /// <inheritdoc/>
    public override MethodTuning TuningFor(PulseMode pulses) => new(LearningRate: 0.01, WeightRange: 0.25);

    /// <inheritdoc/>
    protected override PulsePlan PlanFor(Device device, SynapseCell cell, double weightRange) =>
        new(device.Law, PulseRule.Never, PulseRule.Never, Unit: new AccumulatorPlan(WholePulses.Of(device.Law, cell, weightRange)));
}
