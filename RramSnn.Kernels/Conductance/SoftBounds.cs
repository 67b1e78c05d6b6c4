using System.Runtime.CompilerServices;
using RramSnn.Kernels.Simd;

namespace RramSnn.Kernels.Conductance;

/// <summary>
/// Soft bounds with a rate per polarity: n potentiation pulses give u ← u + (1 - u)(1 - exp(-a_P n)), n depression pulses
/// give u ← u·exp(-a_D n).
/// </summary>
/// <remarks>
/// The state-dependent form of G = Gmax - β exp(-α_P n) and G = Gmin + β exp(-α_D n) (Fouda, Neftci, Eltawil, Kurdahi,
/// arXiv 1909.01771). Exact for any pulse count, also a fractional one: n pulses equal n times one pulse.
/// Both polarities are one expression, u ← u + (T - u)(1 - 2^(-k n)) with target T = 1 or 0 and k = a·log₂e.
/// </remarks>
public readonly struct SoftBounds : IInvertibleModel
{
    private const double Log2E = 1.4426950408889634;

    private readonly DeviceConstants _constants;

    /// <summary>A device with the given rates.</summary>
    /// <param name="potentiationRate">a_P per pulse, 0 &lt; a_P ≤ 100.</param>
    /// <param name="depressionRate">a_D per pulse, 0 &lt; a_D ≤ 100.</param>
    /// <exception cref="ArgumentOutOfRangeException">A rate is outside its range or not a number.</exception>
    public SoftBounds(double potentiationRate, double depressionRate)
    {
        Check(potentiationRate, nameof(potentiationRate));
        Check(depressionRate, nameof(depressionRate));
        PotentiationRate = potentiationRate;
        DepressionRate = depressionRate;
        _constants[0] = (float)(potentiationRate * Log2E);
        _constants[1] = (float)(depressionRate * Log2E);
    }

    /// <summary>a_P per pulse.</summary>
    public double PotentiationRate { get; }

    /// <summary>a_D per pulse.</summary>
    public double DepressionRate { get; }

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
        where TConstants : struct, IDeviceConstants, allows ref struct
    {
        TLanes zero = TLanes.Broadcast(0f);
        TLanes depresses = TLanes.GreaterThan(zero, pulses);
        TLanes rate = TLanes.Abs(pulses) * device.ByPolarity(depresses, 0);
        TLanes square = rate * rate;
        return new(
            rate,
            target: TLanes.Select(depresses, zero, TLanes.Broadcast(1f)),
            linear: rate * TLanes.Broadcast(ElementaryLanes.SmallShareLinear),
            square: square * TLanes.Broadcast(ElementaryLanes.SmallShareSquare),
            cube: square * rate * TLanes.Broadcast(ElementaryLanes.SmallShareCube));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public LawConstants<TLanes> LawConstants<TLanes>()
        where TLanes : struct, ILanes<TLanes> => default;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Advance<TLanes, TSteps>(TLanes state, TLanes count, DriveConstants<TLanes> drive, LawConstants<TLanes> constants)
        where TLanes : struct, ILanes<TLanes>
        where TSteps : struct, IStepSize
    {
        // 1 - 2⁻ʸ for small y = rate · count, with the rate in the coefficients: what is left to do per device are three operations.
        TLanes share = TLanes.FusedMultiplyAdd(drive.Cube, count, drive.Square);
        share = count * TLanes.FusedMultiplyAdd(share, count, drive.Linear);
        if (typeof(TSteps) != typeof(SmallSteps))
        {
            TLanes y = drive.Rate * count;
            TLanes isSmall = TLanes.GreaterThanOrEqual(TLanes.Broadcast(SmallLimit), y);
            share = TLanes.Select(isSmall, share, ElementaryLanes.OneMinusExp2Negative<TLanes, TSteps>(y));
        }

        return TLanes.FusedMultiplyAdd(drive.Target - state, share, state);
    }

    /// <inheritdoc/>
    public static float SmallLimit => 1f / 32;

    /// <inheritdoc/>
    public static float MediumLimit => ElementaryLanes.MediumExponent;

    /// <inheritdoc/>
    public double PotentiationSlope(double state) => PotentiationRate * (1 - state);

    /// <inheritdoc/>
    public double DepressionSlope(double state) => DepressionRate * state;

    /// <inheritdoc/>
    public static bool HasClosedForm => true;

    /// <inheritdoc/>
    public double After(double state, double pulses) => pulses >= 0
        ? state - ((1 - state) * AccurateDouble.ExpM1(-PotentiationRate * pulses))
        : state * Math.Exp(DepressionRate * pulses);

    /// <inheritdoc/>
    public double PulsesBetween(double from, double to) => to >= from
        ? (to == from ? 0 : Math.Log((1 - from) / (1 - to)) / PotentiationRate)
        : Math.Log(to / from) / DepressionRate;

    /// <inheritdoc/>
    /// <remarks>n = -ln(1 - Δu/(1 - u))/a_P up, ln(1 + Δu/u)/a_D = -(-ln(1 - |Δu|/u))/a_D down.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes PulsesFor<TLanes>(TLanes state, TLanes change)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes zero = TLanes.Broadcast(0f);
        TLanes depresses = TLanes.GreaterThan(zero, change);
        TLanes scale = TLanes.Select(depresses, TLanes.Broadcast((float)(-1 / DepressionRate)), TLanes.Broadcast((float)(1 / PotentiationRate)));
        TLanes distance = TLanes.Select(depresses, state, TLanes.Broadcast(1f) - state);
        return scale * ElementaryLanes.MinusLogOneMinus(TLanes.Abs(change), distance);
    }

    private static void Check(double rate, string argument)
    {
        if (!(rate > 0 && rate <= 100))
        {
            KernelThrow.OutOfRange(rate, "more than 0 and at most 100 per pulse", argument);
        }
    }
}
