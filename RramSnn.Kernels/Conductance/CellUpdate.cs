using System.Runtime.CompilerServices;
using RramSnn.Kernels.Simd;

namespace RramSnn.Kernels.Conductance;

/// <summary>What happens to one bundle of devices, whichever kernel brought them: pulses are counted, the law applies, noise disturbs.</summary>
/// <remarks>
/// Specialisation is asked for by <c>typeof</c>, which the JIT decides before it inlines: branches that do not apply then cost nothing of
/// its inlining budget, and a call that is left in a lane loop for want of budget costs a factor of five.
/// Continuous pulses are proportional: every device of a column gets its trace times one number, so the drive holds the pulses.
/// </remarks>
internal readonly struct CellUpdate<TDevice, TRule, TCounts, TNoise>(TDevice device, TRule rule, TNoise noise)
    where TDevice : struct, IDeviceModel
    where TRule : struct, IPulseRule
    where TCounts : struct, IPulseCounts
    where TNoise : struct, ICycleNoise
{
    private readonly TDevice _device = device;
    private readonly TRule _rule = rule;
    private readonly TNoise _noise = noise;

    /// <inheritdoc cref="IPulseRule.IsZero"/>
    internal bool IsNeverWritten => _rule.IsZero;

    /// <inheritdoc cref="IDeviceModel.Constants"/>
    internal DeviceConstants DeviceConstants => _device.Constants;

    /// <inheritdoc cref="IDeviceModel.LawConstants{TLanes}"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal LawConstants<TLanes> Constants<TLanes>()
        where TLanes : struct, ILanes<TLanes> => _device.LawConstants<TLanes>();

    /// <summary>Pulses of a column per unit trace, for a rule that does not read.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal TLanes PulsesOfColumn<TLanes>(TLanes wish)
        where TLanes : struct, ILanes<TLanes> => _rule.Pulses(wish, TLanes.Broadcast(0f));

    /// <summary>What drives devices that get these pulses: all of a column, or one each.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static DriveConstants<TLanes> Drive<TLanes>(TLanes pulses, SharedConstants device)
        where TLanes : struct, ILanes<TLanes> =>
        TDevice.Drive(typeof(TCounts) == typeof(ContinuousPulses) ? pulses : SignOf(pulses), device);

    /// <summary>States of devices with a common drive of their column.</summary>
    /// <param name="state">States before.</param>
    /// <param name="count">Pulses of each device; traces, if pulses are continuous.</param>
    /// <param name="damping">How the states damp them, if the law is damped.</param>
    /// <param name="drive">The column's drive.</param>
    /// <param name="constants">Constants of the law.</param>
    /// <param name="magnitude">The column's pulses per unit trace, which noise of continuous pulses asks for.</param>
    /// <param name="deviate">A draw of the normal distribution for noise.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal TLanes ByColumn<TLanes, TSteps>(
        TLanes state, TLanes count, TLanes damping, DriveConstants<TLanes> drive, LawConstants<TLanes> constants, TLanes magnitude, TLanes deviate)
        where TLanes : struct, ILanes<TLanes>
        where TSteps : struct, IStepSize
    {
        TLanes next = _device.Advance<TLanes, TSteps>(state, TDevice.IsDamped ? count * damping : count, drive, constants);
        if (typeof(TNoise) == typeof(NoNoise))
        {
            return next;
        }

        TLanes pulses = typeof(TCounts) == typeof(ContinuousPulses) ? count * magnitude : count;
        return _noise.Disturb(state, next, pulses, deviate);
    }

    /// <summary>States of devices that each have a wish of their own.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal TLanes ByWish<TLanes, TSteps>(
        TLanes state, TLanes wish, SharedConstants device, LawConstants<TLanes> constants, TLanes roundingBits, TLanes noiseBits, out TLanes count)
        where TLanes : struct, ILanes<TLanes>
        where TSteps : struct, IStepSize
    {
        TLanes pulses = _rule.Pulses(wish, state);
        TLanes one = TLanes.Broadcast(1f);
        TLanes magnitude = TLanes.Abs(pulses);
        count = typeof(TCounts) == typeof(ContinuousPulses) ? magnitude : TCounts.Count(one, magnitude, roundingBits);

        // Continuous pulses are in the drive already.
        TLanes times = typeof(TCounts) == typeof(ContinuousPulses) ? one : count;
        TLanes next = _device.DampAndAdvance<TDevice, TLanes, TSteps>(state, times, Drive(pulses, device), constants);
        return typeof(TNoise) == typeof(NoNoise) ? next : _noise.Disturb(state, next, count, TNoise.Deviate(noiseBits));
    }

    /// <summary>States of devices that each have constants and a range of their own.</summary>
    /// <param name="state">States in the nominal range, which a rule may read.</param>
    /// <param name="inward">States in the devices' own ranges, which the law acts on.</param>
    /// <param name="wish">Wished change of the bit lines per unit trace.</param>
    /// <param name="trace">Traces of the devices' word lines.</param>
    /// <param name="law">Constants of the law.</param>
    /// <param name="device">The devices' own constants.</param>
    /// <param name="roundingBits">Random bits for whole pulses.</param>
    /// <param name="noiseBits">Random bits for noise.</param>
    /// <param name="count">Pulses that each device gets.</param>
    /// <returns>States in the devices' own ranges.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal TLanes ByDevice<TLanes, TConstants>(
        TLanes state, TLanes inward, TLanes wish, TLanes trace, LawConstants<TLanes> law, TConstants device, TLanes roundingBits, TLanes noiseBits, out TLanes count)
        where TLanes : struct, ILanes<TLanes>
        where TConstants : struct, IDeviceConstants, allows ref struct
    {
        TLanes pulses = TRule.ReadsState ? _rule.Pulses(wish * trace, state) : _rule.Pulses(wish, TLanes.Broadcast(0f));
        TLanes factor = TRule.ReadsState ? TLanes.Broadcast(1f) : trace;
        count = TCounts.Count(factor, TLanes.Abs(pulses), roundingBits);
        TLanes next = typeof(TCounts) == typeof(ContinuousPulses)
            ? _device.DampAndAdvance<TDevice, TLanes, AnySteps>(inward, factor, TDevice.Drive(pulses, device), law)
            : _device.DampAndAdvance<TDevice, TLanes, AnySteps>(inward, count, TDevice.Drive(SignOf(pulses), device), law);
        return typeof(TNoise) == typeof(NoNoise) ? next : _noise.Disturb(inward, next, count, TNoise.Deviate(noiseBits));
    }

    /// <summary>The largest |wish| for which <see cref="SmallSteps"/> holds; negative if there is none, or if the rule reads the state.</summary>
    internal float LargestSmallWish() => TRule.ReadsState ? -1f : MathF.Min(LargestSmallWish(1f), LargestSmallWish(-1f));

    private float LargestSmallWish(float sign)
    {
        // |rate| · count grows linearly with the wish: from 0, or from one pulse if counts are rounded up.
        float start = DriveSize(sign * 1e-30f);
        float slope = DriveSize(sign) - start;
        return slope > 0f ? 0.999f * (TDevice.SmallLimit - start) / slope : start <= TDevice.SmallLimit ? float.PositiveInfinity : -1f;
    }

    /// <summary>Bound on |rate| · count for wishes of this sign that are not larger, for a rule that does not read.</summary>
    private float DriveSize(float wish)
    {
        LanesScalar pulses = _rule.Pulses(LanesScalar.Broadcast(wish), LanesScalar.Broadcast(0f));
        float count = 1f;
        float rate = 0f;
        if (typeof(TCounts) != typeof(ContinuousPulses))
        {
            LanesScalar.Store(LanesScalar.Abs(pulses) + LanesScalar.Broadcast(1f), ref count, 0);
        }

        DeviceConstants device = DeviceConstants;
        LanesScalar.Store(LanesScalar.Abs(Drive(pulses, new SharedConstants(in device)).Rate), ref rate, 0);
        return rate * count;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes SignOf<TLanes>(TLanes pulses)
        where TLanes : struct, ILanes<TLanes> =>
        TLanes.Select(TLanes.GreaterThan(TLanes.Broadcast(0f), pulses), TLanes.Broadcast(-1f), TLanes.Broadcast(1f));
}
