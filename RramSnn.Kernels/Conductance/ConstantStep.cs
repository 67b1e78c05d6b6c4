using System.Runtime.CompilerServices;
using RramSnn.Kernels.Simd;

namespace RramSnn.Kernels.Conductance;

/// <summary>
/// The same step at every state, one per polarity: n potentiation pulses give u ← min(u + s_P n, 1), n depression pulses
/// u ← max(u - s_D n, 0). With equal steps it is the ideal device.
/// </summary>
/// <remarks>aihwkit's ConstantStep (Rasch et al., AICAS 2021) in units of the range: s = dw_min/(w_max - w_min).</remarks>
public readonly struct ConstantStep : IInvertibleModel
{
    private readonly DeviceConstants _constants;

    /// <summary>The ideal device: equal steps up and down.</summary>
    /// <param name="step">s, the share of the range that one pulse covers, 0 &lt; s ≤ 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The step is outside its range or not a number.</exception>
    public ConstantStep(double step)
    {
        Check(step, nameof(step));
        PotentiationStep = DepressionStep = step;
        _constants[0] = _constants[1] = (float)step;
    }

    /// <summary>A device with the given steps.</summary>
    /// <param name="potentiationStep">s_P, the share of the range that one potentiation pulse covers, 0 &lt; s_P ≤ 1.</param>
    /// <param name="depressionStep">s_D, the share of the range that one depression pulse covers, 0 &lt; s_D ≤ 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A step is outside its range or not a number.</exception>
    public ConstantStep(double potentiationStep, double depressionStep)
    {
        Check(potentiationStep, nameof(potentiationStep));
        Check(depressionStep, nameof(depressionStep));
        PotentiationStep = potentiationStep;
        DepressionStep = depressionStep;
        _constants[0] = (float)potentiationStep;
        _constants[1] = (float)depressionStep;
    }

    /// <summary>s_P, the share of the range that one potentiation pulse covers.</summary>
    public double PotentiationStep { get; }

    /// <summary>s_D, the share of the range that one depression pulse covers.</summary>
    public double DepressionStep { get; }

    /// <inheritdoc/>
    public DeviceConstants Constants
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _constants;
    }

    /// <inheritdoc/>
    public static int ConstantCount => 2;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DriveConstants<TLanes> Drive<TLanes, TConstants>(TLanes pulses, TConstants device)
        where TLanes : struct, ILanes<TLanes>
        where TConstants : struct, IDeviceConstants, allows ref struct =>
        new(pulses * device.ByPolarity(TLanes.GreaterThan(TLanes.Broadcast(0f), pulses), 0));

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
    public double PotentiationSlope(double state) => PotentiationStep;

    /// <inheritdoc/>
    public double DepressionSlope(double state) => DepressionStep;

    /// <inheritdoc/>
    public static bool HasClosedForm => true;

    /// <inheritdoc/>
    public double After(double state, double pulses) => Math.Clamp(state + (StepOf(pulses) * pulses), 0, 1);

    /// <inheritdoc/>
    public double PulsesBetween(double from, double to) => (to - from) / StepOf(to - from);

    private double StepOf(double direction) => direction >= 0 ? PotentiationStep : DepressionStep;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes PulsesFor<TLanes>(TLanes state, TLanes change)
        where TLanes : struct, ILanes<TLanes> => change / TLanes.Select(
            TLanes.GreaterThan(TLanes.Broadcast(0f), change), TLanes.Broadcast((float)DepressionStep), TLanes.Broadcast((float)PotentiationStep));

    private static void Check(double step, string argument)
    {
        if (!(step > 0 && step <= 1))
        {
            KernelThrow.OutOfRange(step, "more than 0 and at most 1", argument);
        }
    }
}
