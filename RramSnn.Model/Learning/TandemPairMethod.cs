using RramSnn.Model.Crossbars;
using RramSnn.Model.Devices;

namespace RramSnn.Model.Learning;

/// <summary>
/// Potentiation carries what is learned, to the one device of a pair or to the other; depression only makes room, and hits both devices of
/// a pair in the same instant, so that it shrinks the weight by a share of itself instead of knocking it about.
/// </summary>
/// <remarks>
/// <para>
/// Made for devices with one fine and one coarse polarity. For a wished change Δw the device of its sign gets n = |Δw|/(W s_P)
/// potentiation pulses, and then both devices get κ n depression pulses, κ = s_P/(2 (r - d)), with s_P the up step at r = 0.7 and d the state
/// after one down pulse from there. Where pulses are whole numbers both devices draw the same one.
/// </para>
/// <para>
/// In the mean both devices rest at r. Beyond ½ a potentiation pulse is finer for the same decay of the weight, and room is made less often;
/// near Gmax the pair runs out of range. But a depression pulse moves the weight
/// by (1 - d/u) w and not by half a state: where it is many times the size of a potentiation pulse, most of the rounding noise is
/// gone. No reads, no circuit beyond the pair. Our own, for devices with few states.
/// </para>
/// </remarks>
public sealed class TandemPairMethod : UpdateMethod
{
    private const double RestState = 0.7;

    /// <inheritdoc/>
    public override string Name => "tandem-pair";

    /// <inheritdoc/>
    public override string Description => "potentiation learns, both devices of a pair are depressed together to make room; no reads";

    /// <inheritdoc/>
    public override bool NeedsPair => true;

    /// <inheritdoc/>
    public override MethodTuning TuningFor(PulseMode pulses) => pulses == PulseMode.Continuous
        ? new MethodTuning(LearningRate: 0.02, WeightRange: 16)
        : new MethodTuning(LearningRate: 0.02, WeightRange: 1.67);

    /// <inheritdoc/>
    protected override PulsePlan PlanFor(Device device, SynapseCell cell, double weightRange)
    {
        double step = device.Law.PotentiationSlope(RestState);
        double pulses = 1 / (weightRange * step);
        double common = pulses * step / (2 * (RestState - device.Law.After(RestState, -1)));
        return new PulsePlan(
            device.Law, PulseRule.Constant(pulses, 0), PulseRule.Constant(0, -pulses), Common: PulseRule.Constant(-common, common), Rest: RestState);
    }
}
