using RramSnn.Model.Crossbars;
using RramSnn.Model.Devices;

namespace RramSnn.Model.Learning;

/// <summary>
/// Both devices of a pair get the same number of pulses, of opposite polarity: n = |Δw|/(2W s(u*)), potentiation on u⁺ and depression on u⁻ for an increase,
/// and the other way round for a decrease.
/// </summary>
/// <remarks>
/// Whatever the device's asymmetry the pair is symmetric about w = 0: with soft bounds u⁺ + u⁻ settles at 2u*, u* = a_P/(a_P + a_D), and there
/// dw = ±A - B w with A = 2 a_P a_D/(a_P + a_D), B = (a_P + a_D)/2 per pulse. The price is range, |w| &lt; W A/B. Devices start at u*.
/// </remarks>
public sealed class PushPullMethod : UpdateMethod
{
    /// <inheritdoc/>
    public override string Name => "push-pull";

    /// <inheritdoc/>
    public override string Description => "both devices of a pair driven with equal pulse numbers; no reads, no constants of the device";

    /// <inheritdoc/>
    public override bool NeedsPair => true;

    /// <inheritdoc/>
    public override MethodTuning TuningFor(PulseMode pulses) => pulses == PulseMode.Continuous
        ? new MethodTuning(LearningRate: 0.01, WeightRange: 16)
        : new MethodTuning(LearningRate: 0.01, WeightRange: 1);

    /// <inheritdoc/>
    protected override PulsePlan PlanFor(Device device, SynapseCell cell, double weightRange)
    {
        double rest = device.Law.SymmetryPoint() ?? 0.5;
        double pulses = 1 / (weightRange * (device.Law.PotentiationSlope(rest) + device.Law.DepressionSlope(rest)));
        return new PulsePlan(device.Law, PulseRule.Constant(pulses, pulses), PulseRule.Constant(-pulses, -pulses), Rest: rest);
    }
}
