using RramSnn.Kernels.Conductance;
using RramSnn.Model.Crossbars;
using RramSnn.Model.Devices;

namespace RramSnn.Model.Learning;

/// <summary>
/// The upper bound: every device is read at every write, and gets the number of pulses that its law needs for exactly the wished change, du = ±dw/2W.
/// </summary>
/// <remarks>
/// For soft bounds n = -ln(1 - Δu/(1 - u))/a_P up and ln(1 - |Δu|/u)/a_D down (Fouda, Neftci, Eltawil, Kurdahi, arXiv 1909.01771), which takes a read and
/// logarithmic amplifiers for each of them. The rule knows the nominal device: spread and noise stay.
/// </remarks>
public sealed class ExactInversionMethod : UpdateMethod
{
    /// <inheritdoc/>
    public override string Name => "exact-inversion";

    /// <inheritdoc/>
    public override string Description => "every device read and its law solved for the pulses; the upper bound, needs reads";

    /// <inheritdoc/>
    public override bool NeedsReads => true;

    /// <summary>That of <see cref="IdealMethod"/>, which does the same.</summary>
    /// <inheritdoc/>
    public override MethodTuning TuningFor(PulseMode pulses) => new IdealMethod().TuningFor(pulses);

    /// <inheritdoc/>
    protected override string? ObjectionTo(Device device) => base.ObjectionTo(device) ?? (device.Law.ExactInversion(1) is null
        ? $"device {device.Name} is of the model {device.Law.Model.Name}, which has no exact inverse; expected another device, or the method linearized-inversion."
        : null);

    /// <inheritdoc/>
    protected override PulsePlan PlanFor(Device device, SynapseCell cell, double weightRange)
    {
        double state = 1 / (2 * weightRange);
        return new PulsePlan(device.Law, device.Law.ExactInversion(state)!, cell == SynapseCell.Pair ? device.Law.ExactInversion(-state)! : PulseRule.Never);
    }
}

/// <summary>
/// Every device is read at every write, and gets the wished change divided by the step that a pulse makes at its state: n = Δu/s(u), du = ±dw/2W wished.
/// </summary>
/// <remarks>
/// n_P = Δu/(a_P (1 - u)) and n_D = |Δu|/(a_D u) for soft bounds (arXiv 1909.01771): a read and a divider. For any device; steps are known at 16 states per polarity.
/// </remarks>
public sealed class LinearizedInversionMethod : UpdateMethod
{
    /// <inheritdoc/>
    public override string Name => "linearized-inversion";

    /// <inheritdoc/>
    public override string Description => "every device read, pulses divided by the step at its state; needs reads";

    /// <inheritdoc/>
    public override bool NeedsReads => true;

    /// <summary>That of <see cref="IdealMethod"/>, which does the same.</summary>
    /// <inheritdoc/>
    public override MethodTuning TuningFor(PulseMode pulses) => new IdealMethod().TuningFor(pulses);

    /// <inheritdoc/>
    protected override PulsePlan PlanFor(Device device, SynapseCell cell, double weightRange)
    {
        const int Nodes = LinearizedInversion.NodeCount;
        double state = 1 / (2 * weightRange);
        double[] up = [.. Enumerable.Range(0, Nodes).Select(node => device.Law.PotentiationSlope(node / (Nodes - 1.0)))];
        double[] down = [.. Enumerable.Range(0, Nodes).Select(node => device.Law.DepressionSlope(node / (Nodes - 1.0)))];
        return new PulsePlan(device.Law, Rule(state), cell == SynapseCell.Pair ? Rule(-state) : PulseRule.Never);

        PulseRule Rule(double scale) => PulseRule.Of(new LinearizedInversion(up, down, scale));
    }
}
