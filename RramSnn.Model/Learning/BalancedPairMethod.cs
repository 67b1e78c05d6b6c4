using RramSnn.Model.Crossbars;
using RramSnn.Model.Devices;

namespace RramSnn.Model.Learning;

/// <summary>
/// Drives both devices of a pair in opposite directions, with a constant number of pulses per polarity that makes an up
/// step and a down step equal at the middle of the range.
/// </summary>
/// <remarks>
/// For a wished change Δw &gt; 0, n_P = Δw/(2W·s_P) potentiation pulses go to u⁺ and n_D = Δw/(2W·s_D) depression pulses to
/// u⁻, with s_P and s_D the device's steps at u = ½; for Δw &lt; 0 the devices change roles. With soft bounds and small
/// pulses the weight then follows dw = Δw - |Δw|·w/W: the asymmetry cancels, a self-scaling weight decay remains. Nothing
/// is read and nothing is added to the pair. A reconstruction from public theory (docs/device-models.md), not a method
/// taken from a paper.
/// </remarks>
public sealed class BalancedPairMethod : UpdateMethod
{
    private const double Middle = 0.5;

    /// <inheritdoc/>
    public override string Name => "balanced-pair";

    /// <inheritdoc/>
    public override string Description => "both devices of a pair driven, pulses scaled per polarity by constants, no reads";

    /// <inheritdoc/>
    public override bool NeedsPair => true;

    /// <inheritdoc/>
    public override MethodTuning TuningFor(PulseMode pulses) => pulses == PulseMode.Continuous
        ? new MethodTuning(LearningRate: 0.02, WeightRange: 16)
        : new MethodTuning(LearningRate: 0.01, WeightRange: 0.5);

    /// <inheritdoc/>
    protected override PulsePlan PlanFor(Device device, SynapseCell cell, double weightRange)
    {
        double up = 1 / (2 * weightRange * device.Law.PotentiationSlope(Middle));
        double down = 1 / (2 * weightRange * device.Law.DepressionSlope(Middle));
        return new PulsePlan(device.Law, PulseRule.Constant(up, down), PulseRule.Constant(-down, -up));
    }
}
