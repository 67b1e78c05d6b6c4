using RramSnn.Model.Crossbars;
using RramSnn.Model.Devices;

namespace RramSnn.Model.Learning;

/// <summary>
/// Zero shifting: devices start at their symmetry point u*, and the reference, or the other device of a pair, stays there. One device is driven, with the
/// same number of pulses for both polarities: n = Δu/s(u*). A device without a symmetry point starts at ½, with a number per polarity.
/// </summary>
/// <remarks>
/// At u* an up step and a down step are equal, so what asymmetry drags a device to is w = 0 and no longer a wrong weight. Bringing devices to u* takes
/// alternating pulses before training and no reads; it is not counted. Kim et al., arXiv 1907.10228.
/// </remarks>
public sealed class SymmetryPointMethod : UpdateMethod
{
    /// <inheritdoc/>
    public override string Name => "symmetry-point";

    /// <inheritdoc/>
    public override string Description => "one device driven, start and reference at the device's symmetry point; no reads";

    /// <inheritdoc/>
    public override MethodTuning TuningFor(PulseMode pulses) => pulses == PulseMode.Continuous
        ? new MethodTuning(LearningRate: 0.01, WeightRange: 16)
        : new MethodTuning(LearningRate: 0.01, WeightRange: 1);

    /// <inheritdoc/>
    protected override PulsePlan PlanFor(Device device, SynapseCell cell, double weightRange)
    {
        double rest = device.Law.SymmetryPoint() ?? 0.5;
        double state = StatePerWeight(cell, weightRange);
        return new PulsePlan(
            device.Law,
            PulseRule.Constant(state / device.Law.PotentiationSlope(rest), state / device.Law.DepressionSlope(rest)),
            PulseRule.Never,
            Rest: rest);
    }
}
