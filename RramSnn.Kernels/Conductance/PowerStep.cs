using System.Runtime.CompilerServices;
using RramSnn.Kernels.Simd;

namespace RramSnn.Kernels.Conductance;

/// <summary>
/// Steps that are a power of the distance to the bound: du/dn = k_P (1 - u)^γ_P for potentiation, du/dn = -k_D u^γ_D for depression.
/// </summary>
/// <remarks>
/// <para>
/// The soft bounds of Fusi and Abbott (Nature Neuroscience 10:485, 2007); aihwkit's PowStep is its single step. With the distance v = 1 - u or u to the
/// bound the closed form is v ← v (1 + z)^(-1/(γ - 1)), z = (γ - 1) k n v^(γ - 1), so n pulses equal n times one pulse, also for fractional n. γ = 1
/// are soft bounds, γ = 0 is a constant step; for γ &lt; 1 the bound is reached after v^(1 - γ)/((1 - γ) k) pulses.
/// </para>
/// <para>
/// The lanes work out the share of v that is lost, 1 - 2⁻ʸ with y = log₂(1 + z')/|γ - 1| and z' = z for γ &gt; 1, |z|/(1 - |z|) for γ &lt; 1: nothing
/// cancels at small steps, nor for γ near 1.
/// </para>
/// </remarks>
public readonly struct PowerStep : IDeviceModel
{
    private const float Log2E = 1.44269502f;

    // Nearer to γ = 1 the law is that of this distance: the state differs by less than a double can hold.
    private const double SmallestDistanceFromOne = 1e-9;

    // Of 2ˣ.
    private const float LargestExponent = 125f;
    private const float SmallestNormal = 1.17549435e-38f;
    private const float SmallestRest = 1e-30f;

    private readonly Branch _potentiation;
    private readonly Branch _depression;
    private readonly DeviceConstants _constants;
    private readonly Polynomial _exp2;

    /// <summary>A device with the given steps and powers.</summary>
    /// <param name="potentiationStep">k_P, the slope at u = 0 per pulse: more than 0, at most 1.</param>
    /// <param name="potentiationPower">γ_P, 0 to 20.</param>
    /// <param name="depressionStep">k_D, the slope at u = 1 per pulse: more than 0, at most 1.</param>
    /// <param name="depressionPower">γ_D, 0 to 20.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range or not a number.</exception>
    public PowerStep(double potentiationStep, double potentiationPower, double depressionStep, double depressionPower)
    {
        CheckStep(potentiationStep, nameof(potentiationStep));
        CheckPower(potentiationPower, nameof(potentiationPower));
        CheckStep(depressionStep, nameof(depressionStep));
        CheckPower(depressionPower, nameof(depressionPower));
        _potentiation = new(potentiationStep, AwayFromOne(potentiationPower));
        _depression = new(depressionStep, AwayFromOne(depressionPower));
        _constants[0] = (float)(_potentiation.Step * Math.Abs(_potentiation.Power - 1));
        _constants[1] = (float)(_depression.Step * Math.Abs(_depression.Power - 1));
        _constants[2] = (float)(_potentiation.Power - 1);
        _constants[3] = (float)(_depression.Power - 1);
        _exp2 = Polynomial.Exp2;
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
        TLanes depresses = TLanes.GreaterThan(zero, pulses);
        TLanes power = device.ByPolarity(depresses, 1);
        TLanes scale = TLanes.Broadcast(Log2E) / TLanes.Abs(power);
        return new(
            rate: TLanes.Abs(pulses) * device.ByPolarity(depresses, 0),
            target: TLanes.Select(depresses, zero, TLanes.Broadcast(1f)),
            slope: power,
            scale,
            linear: scale * TLanes.Broadcast(ElementaryLanes.SmallLogLinear),
            square: scale * TLanes.Broadcast(ElementaryLanes.SmallLogSquare));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public LawConstants<TLanes> LawConstants<TLanes>()
        where TLanes : struct, ILanes<TLanes> => _exp2.Broadcast<TLanes>();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Advance<TLanes, TSteps>(TLanes state, TLanes count, DriveConstants<TLanes> drive, LawConstants<TLanes> constants)
        where TLanes : struct, ILanes<TLanes>
        where TSteps : struct, IStepSize
    {
        TLanes zero = TLanes.Broadcast(0f);
        TLanes one = TLanes.Broadcast(1f);
        TLanes distance = drive.Target - state;
        TLanes z = drive.Rate * count * Power(TLanes.Abs(distance), drive.Slope, constants);
        TLanes reachesBound = TLanes.GreaterThan(zero, drive.Slope);
        if (TLanes.BitsFromMask(reachesBound) != 0)
        {
            z = TLanes.Select(reachesBound, z / TLanes.Max(one - z, TLanes.Broadcast(SmallestRest)), z);
        }

        // No bound holds for a whole row, as v^(γ - 1) has none for γ < 1; but nearly always all lanes are small, and the short forms give the same bits.
        if (TLanes.BitsFromMask(TLanes.GreaterThan(z, TLanes.Broadcast(ElementaryLanes.SmallLogArgument))) == 0)
        {
            TLanes small = ElementaryLanes.AddScaledLogOnePlus<TLanes, SmallSteps>(zero, z, one, drive.Scale, drive.Linear, drive.Square);
            if (TLanes.BitsFromMask(TLanes.GreaterThan(small, TLanes.Broadcast(ElementaryLanes.MediumExponent))) == 0)
            {
                return TLanes.FusedMultiplyAdd(distance, ElementaryLanes.OneMinusExp2Negative<TLanes, MediumSteps>(small), state);
            }
        }

        TLanes y = ElementaryLanes.AddScaledLogOnePlus<TLanes, AnySteps>(zero, z, one, drive.Scale, drive.Linear, drive.Square);
        return TLanes.FusedMultiplyAdd(distance, ElementaryLanes.OneMinusExp2Negative<TLanes, AnySteps>(y), state);
    }

    /// <inheritdoc/>
    public static float SmallLimit => -1f;

    /// <inheritdoc/>
    public static float MediumLimit => -1f;

    /// <inheritdoc/>
    public double PotentiationSlope(double state) => _potentiation.Slope(1 - state);

    /// <inheritdoc/>
    public double DepressionSlope(double state) => _depression.Slope(state);

    /// <inheritdoc/>
    public static bool HasClosedForm => true;

    /// <inheritdoc/>
    public double After(double state, double pulses) => pulses >= 0
        ? state + _potentiation.Loss(1 - state, pulses)
        : state - _depression.Loss(state, -pulses);

    /// <inheritdoc/>
    public double PulsesBetween(double from, double to) => to >= from
        ? _potentiation.PulsesBetween(1 - from, 1 - to)
        : -_depression.PulsesBetween(from, to);

    /// <summary>v^(γ - 1); a subnormal v counts as the smallest normal number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Power<TLanes>(TLanes distance, TLanes power, LawConstants<TLanes> constants)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes exponent = power * ElementaryLanes.Log2OfNormal(TLanes.Max(distance, TLanes.Broadcast(SmallestNormal)));
        exponent = TLanes.Min(TLanes.Max(exponent, TLanes.Broadcast(-LargestExponent)), TLanes.Broadcast(LargestExponent));
        return ElementaryLanes.Exp2(exponent, constants);
    }

    private static double AwayFromOne(double power) =>
        Math.Abs(power - 1) >= SmallestDistanceFromOne ? power : 1 + SmallestDistanceFromOne;

    private static void CheckStep(double step, string argument)
    {
        if (!(step > 0 && step <= 1))
        {
            KernelThrow.OutOfRange(step, "more than 0 and at most 1 per pulse", argument);
        }
    }

    private static void CheckPower(double power, string argument)
    {
        if (!(power >= 0 && power <= 20))
        {
            KernelThrow.OutOfRange(power, "0 to 20", argument);
        }
    }

    /// <summary>One polarity, by the distance to the bound that it drives to.</summary>
    private readonly record struct Branch(double Step, double Power)
    {
        private double Excess => Power - 1;

        internal double Slope(double distance) => Step * Math.Pow(distance, Power);

        internal double Loss(double distance, double pulses)
        {
            double z = Excess * Step * pulses * Math.Pow(distance, Excess);
            return distance == 0 || z <= -1 ? distance : -distance * AccurateDouble.ExpM1(-AccurateDouble.LogP1(z) / Excess);
        }

        internal double PulsesBetween(double from, double to) => from == to
            ? 0
            : Math.Pow(from, -Excess) * AccurateDouble.ExpM1(-Excess * Math.Log(to / from)) / (Excess * Step);
    }
}
