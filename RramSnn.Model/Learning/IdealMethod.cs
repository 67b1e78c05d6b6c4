using RramSnn.Model.Crossbars;
using RramSnn.Model.Devices;

namespace RramSnn.Model.Learning;

/// <summary>
/// The baseline: equal steps in both directions. With continuous pulses the conductance changes by exactly what is wished, whatever the device, until it reaches the end of its range.
/// </summary>
/// <remarks>Pulses are counted as an ideal linear device with the same number of pulses over the range would need them.</remarks>
public sealed class IdealMethod : UpdateMethod
{
    /// <inheritdoc/>
    public override string Name => "ideal";

    /// <inheritdoc/>
    public override string Description => "exact linear updates, the software baseline";

    /// <inheritdoc/>
    public override bool NeedsDepression => false;

    /// <inheritdoc/>
    public override MethodTuning TuningFor(PulseMode pulses) => pulses == PulseMode.Continuous
        ? new MethodTuning(LearningRate: 0.01, WeightRange: 1)
        : new MethodTuning(LearningRate: 0.01, WeightRange: 0.5);

    /// <inheritdoc/>
    protected override PulsePlan PlanFor(Device device, SynapseCell cell, double weightRange)
    {
        // Both cells need du = dw/2W: a pair moves its two devices half the way each, a reference cell counts double.
        double pulses = device.PulsesPerRange / (2 * weightRange);
        return new PulsePlan(
            DevicePresets.Ideal.WithPulsesPerRange(device.PulsesPerRange).Law,
            PulseRule.Constant(pulses, pulses),
            cell == SynapseCell.Pair ? PulseRule.Constant(-pulses, -pulses) : PulseRule.Never);
    }
}
