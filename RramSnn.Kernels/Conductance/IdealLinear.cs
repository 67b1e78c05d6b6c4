using System.Runtime.CompilerServices;
using RramSnn.Kernels.Simd;

namespace RramSnn.Kernels.Conductance;

/// <summary>The ideal device: every pulse moves the state by the same step, u ← clamp(u ± s·n, 0, 1).</summary>
public readonly struct IdealLinear : IDeviceModel
{
    private readonly DeviceConstants _constants;

    /// <summary>A device with the given step.</summary>
    /// <param name="step">s, the share of the range that one pulse covers, 0 &lt; s ≤ 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The step is outside its range or not a number.</exception>
    public IdealLinear(double step)
    {
        if (!(step > 0 && step <= 1))
        {
            KernelThrow.OutOfRange(step, "more than 0 and at most 1", nameof(step));
        }

        Step = step;
        _constants[0] = (float)step;
    }

    /// <summary>s, the share of the range that one pulse covers.</summary>
    public double Step { get; }

    /// <inheritdoc/>
    public DeviceConstants Constants
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _constants;
    }

    /// <inheritdoc/>
    public static int ConstantCount => 1;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DriveConstants<TLanes> Drive<TLanes, TConstants>(TLanes pulses, TConstants device)
        where TLanes : struct, ILanes<TLanes>
        where TConstants : struct, IDeviceConstants, allows ref struct => new(pulses * device.Get<TLanes>(0));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public LawConstants<TLanes> LawConstants<TLanes>()
        where TLanes : struct, ILanes<TLanes> => default;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Advance<TLanes, TSteps>(TLanes state, TLanes count, DriveConstants<TLanes> drive, LawConstants<TLanes> constants)
        where TLanes : struct, ILanes<TLanes>
        where TSteps : struct, IStepSize =>
        TLanes.Min(TLanes.Max(TLanes.FusedMultiplyAdd(drive.Rate, count, state), TLanes.Broadcast(0f)), TLanes.Broadcast(1f));

    /// <inheritdoc/>
    public static float SmallLimit => float.PositiveInfinity;

    /// <inheritdoc/>
    public static float MediumLimit => float.PositiveInfinity;

    /// <inheritdoc/>
    public double PotentiationSlope(double state) => Step;

    /// <inheritdoc/>
    public double DepressionSlope(double state) => Step;

    /// <inheritdoc/>
    public static bool HasClosedForm => true;

    /// <inheritdoc/>
    public double After(double state, double pulses) => Math.Clamp(state + (Step * pulses), 0, 1);

    /// <inheritdoc/>
    public double PulsesBetween(double from, double to) => (to - from) / Step;
}
