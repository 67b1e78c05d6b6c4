using System.Runtime.CompilerServices;
using RramSnn.Kernels.Simd;

namespace RramSnn.Kernels.Conductance;

/// <summary>A law without a closed form: all that it knows is the step of one pulse.</summary>
internal interface IStepLaw
{
    /// <summary>Signed step of one pulse at a state, finite. The drive's rate is the number of pulses, the rest is the law's business.</summary>
    TLanes Step<TLanes>(TLanes state, DriveConstants<TLanes> drive, LawConstants<TLanes> constants)
        where TLanes : struct, ILanes<TLanes>;
}

/// <summary>Pulses one by one: ⌊n⌋ whole steps, each from the state that the one before has left, then the fraction of a step that remains.</summary>
internal static class SinglePulses
{
    /// <summary>Up to one pulse there is one step, or a fraction of it: the form of <see cref="SmallSteps"/>.</summary>
    internal const float SmallLimit = 1f;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TLanes Advance<TLaw, TLanes, TSteps>(in TLaw law, TLanes state, TLanes count, DriveConstants<TLanes> drive, LawConstants<TLanes> constants)
        where TLaw : struct, IStepLaw
        where TLanes : struct, ILanes<TLanes>
        where TSteps : struct, IStepSize
    {
        TLanes left = drive.Rate * count;
        if (typeof(TSteps) == typeof(SmallSteps))
        {
            return Pulse(law, state, left, drive, constants);
        }

        TLanes next = FirstPulse(law, state, ref left, drive, constants, out TLanes isMoving);
        return TLanes.BitsFromMask(isMoving) == 0 ? next : OtherPulses(law, next, left, drive, constants);
    }

    internal static double After<TDevice>(in TDevice device, double state, double pulses)
        where TDevice : struct, IDeviceModel
    {
        double left = Math.Abs(pulses);
        for (; left >= 1; left--)
        {
            double next = Pulse(device, state, Math.Sign(pulses));
            if (next == state)
            {
                return state;
            }

            state = next;
        }

        return Pulse(device, state, Math.CopySign(left, pulses));
    }

    internal static double PulsesBetween<TDevice>(in TDevice device, double from, double to)
        where TDevice : struct, IDeviceModel
    {
        double direction = Math.Sign(to - from);
        for (double pulses = 0; ; pulses += direction)
        {
            double next = Pulse(device, from, direction);
            if ((next - to) * direction >= 0)
            {
                return from == to ? pulses : pulses + ((to - from) / (direction > 0 ? device.PotentiationSlope(from) : device.DepressionSlope(from)));
            }

            if (next == from)
            {
                return direction * double.PositiveInfinity;
            }

            from = next;
        }
    }

    // A lane that has its pulses, or that none moves any more, waits for the others: what becomes of it does not depend on them.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static TLanes OtherPulses<TLaw, TLanes>(in TLaw law, TLanes state, TLanes left, DriveConstants<TLanes> drive, LawConstants<TLanes> constants)
        where TLaw : struct, IStepLaw
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes isMoving;
        do
        {
            state = FirstPulse(law, state, ref left, drive, constants, out isMoving);
        }
        while (TLanes.BitsFromMask(isMoving) != 0);
        return state;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes FirstPulse<TLaw, TLanes>(
        in TLaw law, TLanes state, ref TLanes left, DriveConstants<TLanes> drive, LawConstants<TLanes> constants, out TLanes isMoving)
        where TLaw : struct, IStepLaw
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes share = TLanes.Min(left, TLanes.Broadcast(1f));
        TLanes next = Pulse(law, state, share, drive, constants);
        left -= share;

        // By order and not by difference: what is no number differs from itself and would move for ever.
        isMoving = (TLanes.GreaterThan(next, state) | TLanes.GreaterThan(state, next)) & TLanes.GreaterThan(left, TLanes.Broadcast(0f));
        return next;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Pulse<TLaw, TLanes>(in TLaw law, TLanes state, TLanes share, DriveConstants<TLanes> drive, LawConstants<TLanes> constants)
        where TLaw : struct, IStepLaw
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes next = TLanes.FusedMultiplyAdd(share, law.Step(state, drive, constants), state);
        return TLanes.Min(TLanes.Max(next, TLanes.Broadcast(0f)), TLanes.Broadcast(1f));
    }

    private static double Pulse<TDevice>(in TDevice device, double state, double pulses)
        where TDevice : struct, IDeviceModel =>
        Math.Clamp(state + (pulses * (pulses >= 0 ? device.PotentiationSlope(state) : device.DepressionSlope(state))), 0, 1);
}
