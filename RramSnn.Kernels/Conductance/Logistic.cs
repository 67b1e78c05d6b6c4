using System.Runtime.CompilerServices;
using RramSnn.Kernels.Simd;

namespace RramSnn.Kernels.Conductance;

/// <summary>
/// A logistic curve that both polarities walk: du/dn = ±s 2 a A y (1 - y) with y = y₀ + u/A, y₀ = 1/(exp(a) + 1), 1/A = tanh(a/2). Steps are
/// largest in the middle, and equal up and down at every state: nonlinear, yet symmetric.
/// </summary>
/// <remarks>
/// <para>
/// CrossSim's symmetric analytic device with nonlinearity a. 1/s pulses cover the range. n pulses give y ← y/(y + (1 - y) exp(∓2 a s n)), so n
/// pulses equal n times one pulse, also for fractional n, and n pulses back undo n pulses.
/// </para>
/// <para>
/// The lanes add Δu = ±A y (1 - y) q/(b + r (1 - q)) with q = 1 - exp(-2 a s n), r the one of y, 1 - y that lies ahead and b the other: sums of
/// positive numbers, so nothing cancels.
/// </para>
/// </remarks>
public readonly struct Logistic : IDeviceModel
{
    private const double Log2E = 1.4426950408889634;

    private readonly DeviceConstants _constants;
    private readonly double _scale;
    private readonly double _start;
    private readonly double _rate;

    /// <summary>A device with the given curve.</summary>
    /// <param name="nonlinearity">a, half the logit that the range spans: more than 0, at most 20.</param>
    /// <param name="rangePerPulse">s, the share of the range's pulses that one pulse is: more than 0, at most 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range or not a number.</exception>
    public Logistic(double nonlinearity, double rangePerPulse)
    {
        if (!(nonlinearity > 0 && nonlinearity <= 20))
        {
            KernelThrow.OutOfRange(nonlinearity, "more than 0 and at most 20", nameof(nonlinearity));
        }

        if (!(rangePerPulse > 0 && rangePerPulse <= 1))
        {
            KernelThrow.OutOfRange(rangePerPulse, "more than 0 and at most 1 per pulse", nameof(rangePerPulse));
        }

        _scale = 1 / Math.Tanh(nonlinearity / 2);
        _start = 1 / (Math.Exp(nonlinearity) + 1);
        _rate = 2 * nonlinearity * rangePerPulse;
        _constants[0] = (float)_scale;
        _constants[1] = (float)(1 / _scale);
        _constants[2] = (float)_start;
        _constants[3] = (float)(_rate * Log2E);
    }

    /// <inheritdoc/>
    public DeviceConstants Constants
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _constants;
    }

    /// <inheritdoc/>
    public static int ConstantCount => 4;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DriveConstants<TLanes> Drive<TLanes, TConstants>(TLanes pulses, TConstants device)
        where TLanes : struct, ILanes<TLanes>
        where TConstants : struct, IDeviceConstants, allows ref struct
    {
        TLanes zero = TLanes.Broadcast(0f);
        TLanes scale = device.Get<TLanes>(0);
        TLanes rate = TLanes.Abs(pulses) * device.Get<TLanes>(3);
        TLanes square = rate * rate;
        return new(
            rate,
            target: device.Get<TLanes>(2),
            slope: device.Get<TLanes>(1),
            scale: TLanes.Select(TLanes.GreaterThan(zero, pulses), zero - scale, scale),
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
        TLanes zero = TLanes.Broadcast(0f);
        TLanes one = TLanes.Broadcast(1f);
        TLanes y = TLanes.FusedMultiplyAdd(drive.Slope, state, drive.Target);
        TLanes rest = TLanes.FusedMultiplyAdd(drive.Slope, one - state, drive.Target);
        TLanes depresses = TLanes.GreaterThan(zero, drive.Scale);
        TLanes ahead = TLanes.Select(depresses, y, rest);

        // For small q the quotient is q (1 + q r (1 + q r)), to within (q r)³.
        TLanes q = TLanes.FusedMultiplyAdd(drive.Cube, count, drive.Square);
        q = count * TLanes.FusedMultiplyAdd(q, count, drive.Linear);
        TLanes share = q * ahead;
        share = q * TLanes.FusedMultiplyAdd(share, one + share, one);
        if (typeof(TSteps) != typeof(SmallSteps))
        {
            TLanes octaves = drive.Rate * count;
            TLanes isSmall = TLanes.GreaterThanOrEqual(TLanes.Broadcast(SmallLimit), octaves);
            TLanes decay;
            if (typeof(TSteps) == typeof(MediumSteps))
            {
                q = ElementaryLanes.OneMinusExp2Negative<TLanes, TSteps>(octaves);
                decay = one - q;
            }
            else
            {
                q = zero - ElementaryLanes.Exp2MinusOne(zero - octaves, out _, out decay);
            }

            TLanes behind = TLanes.Select(depresses, rest, y);
            share = TLanes.Select(isSmall, share, q / TLanes.FusedMultiplyAdd(ahead, decay, behind));
        }

        TLanes next = TLanes.FusedMultiplyAdd(share, drive.Scale * (y * rest), state);
        return TLanes.Min(TLanes.Max(next, zero), one);
    }

    /// <inheritdoc/>
    public static float SmallLimit => 1f / 256;

    /// <inheritdoc/>
    public static float MediumLimit => ElementaryLanes.MediumExponent;

    /// <inheritdoc/>
    public double PotentiationSlope(double state) => _rate * _scale * Y(state) * Y(1 - state);

    /// <inheritdoc/>
    public double DepressionSlope(double state) => PotentiationSlope(state);

    /// <inheritdoc/>
    public static bool HasClosedForm => true;

    /// <inheritdoc/>
    public double After(double state, double pulses)
    {
        double q = -AccurateDouble.ExpM1(-_rate * Math.Abs(pulses));
        double y = Y(state);
        double rest = Y(1 - state);
        double change = _scale * y * rest * q / (pulses >= 0 ? y + (rest * (1 - q)) : rest + (y * (1 - q)));
        return Math.Clamp(pulses >= 0 ? state + change : state - change, 0, 1);
    }

    /// <inheritdoc/>
    public double PulsesBetween(double from, double to) =>
        AccurateDouble.LogP1((to - from) / (_scale * Y(from) * Y(1 - to))) / _rate;

    /// <summary>y at u; 1 - y is y at 1 - u.</summary>
    private double Y(double state) => _start + (state / _scale);
}
