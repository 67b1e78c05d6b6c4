using RramSnn.Model.Crossbars;
using RramSnn.Model.Devices;

namespace RramSnn.Model.Learning;

/// <summary>
/// Chooses, among the voltages that a device was measured at, one for potentiation and one for depression whose rates are nearest to each other, and
/// drives both devices of a pair with equal pulse numbers.
/// </summary>
/// <remarks>
/// The two voltages decide the range, from the bound of the depression to the bound of the potentiation; those that leave none are not considered.
/// For TiOx: +3 V (30.6·10⁻⁶ per pulse) with -2.5 V (35.3·10⁻⁶), a ratio of 1.15 instead of 11.6 at ±3 V, on 186 to 674 nS. A setting of
/// the pulse generator; on that range the rest is <see cref="PushPullMethod"/>. No reads, no constants in the pulse counts.
/// </remarks>
public sealed class VoltagePairedMethod : UpdateMethod
{
    private readonly PushPullMethod _pushPull = new();

    /// <inheritdoc/>
    public override string Name => "voltage-paired";

    /// <inheritdoc/>
    public override string Description => "push-pull at the two voltages whose rates are most alike; no reads, for devices with curves of several voltages";

    /// <inheritdoc/>
    public override bool NeedsPair => true;

    /// <inheritdoc/>
    public override MethodTuning TuningFor(PulseMode pulses) => _pushPull.TuningFor(pulses);

    /// <inheritdoc/>
    public override Device Setting(Device device)
    {
        ArgumentNullException.ThrowIfNull(device);
        return Pair(device) is var (up, down)
            ? device.ProgrammedWith(up, down)
            : device;
    }

    /// <inheritdoc/>
    protected override string? ObjectionTo(Device device) => base.ObjectionTo(device) ?? (Pair(device) is null
        ? $"device {device.Name} has no voltage_curves that share a range; the method {Name} expects one of each polarity."
        : null);

    /// <inheritdoc/>
    protected override PulsePlan PlanFor(Device device, SynapseCell cell, double weightRange) => _pushPull.Plan(Setting(device), cell, weightRange);

    private static (VoltageCurve Up, VoltageCurve Down)? Pair(Device device)
    {
        (VoltageCurve Up, VoltageCurve Down)? best = null;
        double least = double.PositiveInfinity;
        foreach (VoltageCurve up in device.VoltageCurves.Where(static curve => curve.Volts > 0))
        {
            foreach (VoltageCurve down in device.VoltageCurves.Where(curve => curve.Volts < 0 && curve.BoundSiemens < up.BoundSiemens))
            {
                double mismatch = Math.Abs(Math.Log(up.RatePerPulse / down.RatePerPulse));
                if (mismatch < least)
                {
                    (best, least) = ((up, down), mismatch);
                }
            }
        }

        return best;
    }
}
