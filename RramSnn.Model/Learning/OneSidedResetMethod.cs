using RramSnn.Model.Crossbars;
using RramSnn.Model.Crossbars.Units;
using RramSnn.Model.Devices;

namespace RramSnn.Model.Learning;

/// <summary>
/// Potentiation alone: a wished increase goes to the positive device of a pair, a wished decrease to the negative one. Pairs that fill up are
/// reset and rewritten on a schedule (<see cref="RefreshSchedule"/>), which takes reads.
/// </summary>
/// <remarks>
/// The way to learn on unidirectional devices such as phase-change memory, and a way around a device's bad polarity. n = |Δw|/(W s_P) pulses,
/// with s_P the up step at the middle of the range.
/// </remarks>
public sealed class OneSidedResetMethod : UpdateMethod
{
    private const double Middle = 0.5;

    /// <inheritdoc/>
    public override string Name => "one-sided-reset";

    /// <inheritdoc/>
    public override string Description => "potentiation only, pairs reset and rewritten every 100 samples where one device is nearly full; needs reads";

    /// <summary>When pairs are rewritten.</summary>
    public RefreshSchedule Refresh { get; init; } = new(EverySamples: 100, Threshold: 0.75);

    /// <inheritdoc/>
    public override bool NeedsPair => true;

    /// <inheritdoc/>
    public override bool NeedsReads => true;

    /// <inheritdoc/>
    public override bool NeedsDepression => false;

    /// <inheritdoc/>
    public override MethodTuning TuningFor(PulseMode pulses) => pulses == PulseMode.Continuous
        ? new MethodTuning(LearningRate: 0.01, WeightRange: 4)
        : new MethodTuning(LearningRate: 0.01, WeightRange: 1);

    /// <inheritdoc/>
    protected override PulsePlan PlanFor(Device device, SynapseCell cell, double weightRange)
    {
        double pulses = 1 / (weightRange * device.Law.PotentiationSlope(Middle));
        return new PulsePlan(device.Law, PulseRule.Constant(pulses, 0), PulseRule.Constant(0, -pulses), Unit: Refresh);
    }
}
