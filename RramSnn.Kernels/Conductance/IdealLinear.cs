using System.Runtime.CompilerServices;
using RramSnn.Kernels.Simd;

namespace RramSnn.Kernels.Conductance;

/// <summary>The ideal device: every pulse moves the state by the same step, u ← clamp(u ± s·n, 0, 1).</summary>
public readonly struct IdealLinear : IDeviceModel
{
    private readonly float _step;

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
        _step = (float)step;
    }

    /// <summary>s, the share of the range that one pulse covers.</summary>
    public double Step { get; }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public DriveConstants<TLanes> Drive<TLanes>(TLanes pulses)
        where TLanes : struct, ILanes<TLanes> => new(pulses * TLanes.Broadcast(_step));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public LawConstants<TLanes> Constants<TLanes>()
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
}
