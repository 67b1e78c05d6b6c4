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

    /// <inheritdoc cref="IDeviceModel.Constants{TLanes}"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal LawConstants<TLanes> Constants<TLanes>()
        where TLanes : struct, ILanes<TLanes> => _device.Constants<TLanes>();

    /// <summary>Drive of a column that all its devices share, and the pulses per unit trace without their sign.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal DriveConstants<TLanes> DriveColumn<TLanes>(TLanes wish, out TLanes magnitude)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes pulses = _rule.Pulses(wish, TLanes.Broadcast(0f));
        magnitude = TLanes.Abs(pulses);
        return _device.Drive(typeof(TCounts) == typeof(ContinuousPulses) ? pulses : SignOf(pulses));
    }

    /// <summary>States of devices with a common drive of their column.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal TLanes ByColumn<TLanes, TSteps>(
        TLanes state, TLanes trace, DriveConstants<TLanes> drive, LawConstants<TLanes> constants, TLanes magnitude, TLanes roundingBits, TLanes noiseBits, out TLanes count)
        where TLanes : struct, ILanes<TLanes>
        where TSteps : struct, IStepSize
    {
        count = typeof(TCounts) == typeof(ContinuousPulses) ? trace : TCounts.Count(trace, magnitude, roundingBits);
        TLanes next = _device.Advance<TLanes, TSteps>(state, count, drive, constants);
        if (typeof(TNoise) == typeof(NoNoise))
        {
            return next;
        }

        TLanes pulses = typeof(TCounts) == typeof(ContinuousPulses) ? trace * magnitude : count;
        return _noise.Disturb(state, next, pulses, noiseBits);
    }

    /// <summary>Drive of devices that each have a wish of their own, and how many pulses of it they get.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal DriveConstants<TLanes> DriveWish<TLanes>(TLanes state, TLanes wish, TLanes roundingBits, out TLanes count)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes pulses = _rule.Pulses(wish, state);
        count = TCounts.Count(TLanes.Broadcast(1f), TLanes.Abs(pulses), roundingBits);
        return _device.Drive(SignOf(pulses));
    }

    /// <summary>Whether the quickest form of the law holds for all lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool IsSmall<TLanes>(DriveConstants<TLanes> drive, TLanes count)
        where TLanes : struct, ILanes<TLanes> =>
        TLanes.BitsFromMask(TLanes.GreaterThan(TLanes.Abs(drive.Rate) * count, TLanes.Broadcast(TDevice.SmallLimit))) == 0;

    /// <summary>States of devices with drives of their own.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal TLanes ByDrive<TLanes, TSteps>(
        TLanes state, TLanes count, DriveConstants<TLanes> drive, LawConstants<TLanes> constants, TLanes noiseBits)
        where TLanes : struct, ILanes<TLanes>
        where TSteps : struct, IStepSize
    {
        TLanes next = _device.Advance<TLanes, TSteps>(state, count, drive, constants);
        return typeof(TNoise) == typeof(NoNoise) ? next : _noise.Disturb(state, next, count, noiseBits);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes SignOf<TLanes>(TLanes pulses)
        where TLanes : struct, ILanes<TLanes> =>
        TLanes.Select(TLanes.GreaterThan(TLanes.Broadcast(0f), pulses), TLanes.Broadcast(-1f), TLanes.Broadcast(1f));
}
