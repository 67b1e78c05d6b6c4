using RramSnn.Model.Crossbars;
using RramSnn.Model.Devices;

namespace RramSnn.Model.Learning;

/// <summary>
/// Programs as if the device were linear and symmetric: n = N·|Δu| pulses for a wished change Δu of the state, the same
/// number for both polarities and at every state.
/// </summary>
/// <remarks>
/// One device takes the whole change: of a pair the positive one (Δu = Δw/W), while the other keeps its start value and
/// serves as the reference; of a reference cell the only one (Δu = Δw/2W).
/// </remarks>
public sealed class NaiveMethod : UpdateMethod
{
    /// <inheritdoc/>
    public override string Name => "naive";

    /// <inheritdoc/>
    public override string Description => "pulses as for a linear device, blind to asymmetry";

    /// <inheritdoc/>
    public override MethodTuning TuningFor(PulseMode pulses) => pulses == PulseMode.Continuous
        ? new MethodTuning(LearningRate: 0.01, WeightRange: 8)
        : new MethodTuning(LearningRate: 0.01, WeightRange: 1);

    /// <inheritdoc/>
    protected override PulsePlan PlanFor(Device device, SynapseCell cell, double weightRange)
    {
        double pulses = device.PulsesPerRange * StatePerWeight(cell, weightRange);
        return new PulsePlan(device.Law, PulseRule.Constant(pulses, pulses), PulseRule.Never);
    }
}
