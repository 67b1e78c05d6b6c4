using RramSnn.Model.Crossbars;
using RramSnn.Model.Devices;

namespace RramSnn.Model.Learning;

/// <summary>
/// One device of a synapse is driven, with a constant number of pulses per polarity that makes an up step and a down step equal at the middle of
/// the range: n_P = Δu/s_P for Δu &gt; 0, n_D = |Δu|/s_D for Δu &lt; 0.
/// </summary>
/// <remarks>
/// The linearised inversion with a constant in place of the conductance: two pulse widths instead of a read and a divider. What is left of a soft-bounds
/// device is du = Δu - 2|Δu| (u - ½): symmetric soft bounds. Of a pair the positive device is driven, the other one keeps its start value.
/// </remarks>
public sealed class PolarityScaledMethod : UpdateMethod
{
    private const double Middle = 0.5;

    /// <inheritdoc/>
    public override string Name => "polarity-scaled";

    /// <inheritdoc/>
    public override string Description => "one device driven, pulses scaled per polarity by constants; no reads";

    /// <inheritdoc/>
    public override MethodTuning TuningFor(PulseMode pulses) => pulses == PulseMode.Continuous
        ? new MethodTuning(LearningRate: 0.01, WeightRange: 8)
        : new MethodTuning(LearningRate: 0.01, WeightRange: 1);

    /// <inheritdoc/>
    protected override PulsePlan PlanFor(Device device, SynapseCell cell, double weightRange)
    {
        double statePerWeight = StatePerWeight(cell, weightRange);
        return new PulsePlan(
            device.Law,
            PulseRule.Constant(statePerWeight / device.Law.PotentiationSlope(Middle), statePerWeight / device.Law.DepressionSlope(Middle)),
            PulseRule.Never);
    }
}
