using RramSnn.Model.Crossbars;
using RramSnn.Model.Devices;

namespace RramSnn.Model.Learning;

/// <summary>
/// The parallel rank-1 update: every word line and every bit line fires a random bit stream, and a device gets a pulse wherever the streams of
/// its two lines coincide. No multiplication anywhere, and all devices are written at once.
/// </summary>
/// <remarks>
/// <para>
/// In a step of L = <see cref="StreamLength"/> bits word line i has probability min(1, xᵢ/√L) per bit, x its trace, and bit line j min(1, |mⱼ|/√L)
/// with m = Δw/(x Δw_min), the wished change per trace in pulses. So the mean number of pulses is x m = Δw/Δw_min while neither saturates, and
/// its variance L pq(1 - pq). Δw_min is the mean step of an up and a down pulse at u = ½: W(s_P + s_D) for a pair, whose devices are driven in
/// opposite directions from streams of their own; W(s_P + s_D) for a reference cell too, whose one device counts double.
/// </para>
/// <para>
/// Pulses are whole in either pulse mode, the same number for both polarities, so devices should be nearly symmetric. No reads, no extra
/// devices; one random bit source per line. With η/Δw_min shared out evenly between both lines the source's A = B = √(η/(Δw_min L)) is this.
/// Gokmen and Vlasov, Frontiers in Neuroscience 10:333, 2016.
/// </para>
/// </remarks>
public sealed class StochasticPulseMethod : UpdateMethod
{
    private const double Middle = 0.5;

    /// <inheritdoc/>
    public override string Name => "stochastic-pulse";

    /// <inheritdoc/>
    public override string Description => "whole pulses by coincidence of random bit streams on word and bit lines; no reads";

    /// <summary>L, bits per stream and step: 1 to 31.</summary>
    public int StreamLength { get; init; } = 31;

    /// <inheritdoc/>
    public override MethodTuning TuningFor(PulseMode pulses) => new(LearningRate: 0.02, WeightRange: 0.5);

    /// <inheritdoc/>
    protected override PulsePlan PlanFor(Device device, SynapseCell cell, double weightRange)
    {
        double pulses = 1 / (weightRange * (device.Law.PotentiationSlope(Middle) + device.Law.DepressionSlope(Middle)));
        return new PulsePlan(
            device.Law,
            PulseRule.Coincident(pulses, pulses, StreamLength),
            cell == SynapseCell.Pair ? PulseRule.Coincident(-pulses, -pulses, StreamLength) : PulseRule.Never);
    }
}
