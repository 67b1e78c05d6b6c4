using System.Runtime.CompilerServices;
using RramSnn.Kernels.Simd;

namespace RramSnn.Kernels.Conductance;

/// <summary>
/// Steps of an exponential of the state: one potentiation pulse gives u ← u + s_P y_P(u), one depression pulse u ← u - s_D y_D(u), clamped to
/// [0, 1], with y_P = max(0, 1 - A_P exp(γ_P z)), y_D = max(0, 1 - A_D exp(-γ_D z)) and z = 2 a (u - ½) + b.
/// </summary>
/// <remarks>
/// aihwkit's ExpStep (Rasch et al., AICAS 2021; fitted to HfO₂ devices of Gong et al., Nature Communications 9:2102, 2018). Bounds that are not
/// symmetric about 0 move z: b + a (w_max + w_min)/(w_max - w_min) takes the place of b. There is no closed form: pulses are applied one by one,
/// n of them and the fraction of a step that is left.
/// </remarks>
public readonly struct ExponentialStep : IDeviceModel, IStepLaw
{
    private const double Log2E = 1.4426950408889634;

    // Beyond either end y is 0, 1, or so large that a pulse covers the range.
    private const float LargestExponent = 60f;
    private const float SmallestExponent = -120f;

    private readonly DeviceConstants _constants;
    private readonly Polynomial _exp2;
    private readonly double _positionScale;
    private readonly double _positionOffset;
    private readonly Branch _potentiation;
    private readonly Branch _depression;

    /// <summary>A device with the given parameters.</summary>
    /// <param name="potentiationStep">s_P, the size of an up step per unit of y, as a share of the range: more than 0, at most 1.</param>
    /// <param name="depressionStep">s_D, the same of a down step.</param>
    /// <param name="potentiationAmplitude">A_P, -1000 to 1000; negative for steps that are larger than s_P.</param>
    /// <param name="depressionAmplitude">A_D, -1000 to 1000.</param>
    /// <param name="potentiationExponent">γ_P, 0 to 100.</param>
    /// <param name="depressionExponent">γ_D, 0 to 100.</param>
    /// <param name="positionScale">a, -10 to 10.</param>
    /// <param name="positionOffset">b, -10 to 10.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range or not a number.</exception>
    public ExponentialStep(
        double potentiationStep,
        double depressionStep,
        double potentiationAmplitude,
        double depressionAmplitude,
        double potentiationExponent,
        double depressionExponent,
        double positionScale,
        double positionOffset)
    {
        Check(potentiationStep > 0 && potentiationStep <= 1, potentiationStep, "more than 0 and at most 1 per pulse", nameof(potentiationStep));
        Check(depressionStep > 0 && depressionStep <= 1, depressionStep, "more than 0 and at most 1 per pulse", nameof(depressionStep));
        Check(Math.Abs(potentiationAmplitude) <= 1000, potentiationAmplitude, "-1000 to 1000", nameof(potentiationAmplitude));
        Check(Math.Abs(depressionAmplitude) <= 1000, depressionAmplitude, "-1000 to 1000", nameof(depressionAmplitude));
        Check(potentiationExponent is >= 0 and <= 100, potentiationExponent, "0 to 100", nameof(potentiationExponent));
        Check(depressionExponent is >= 0 and <= 100, depressionExponent, "0 to 100", nameof(depressionExponent));
        Check(Math.Abs(positionScale) <= 10, positionScale, "-10 to 10", nameof(positionScale));
        Check(Math.Abs(positionOffset) <= 10, positionOffset, "-10 to 10", nameof(positionOffset));
        _positionScale = positionScale;
        _positionOffset = positionOffset;
        _potentiation = new(potentiationStep, potentiationAmplitude, potentiationExponent);
        _depression = new(depressionStep, depressionAmplitude, -depressionExponent);

        // The exponent γ z log₂e is slope · u + offset.
        _constants[0] = (float)potentiationStep;
        _constants[1] = (float)-depressionStep;
        _constants[2] = (float)-potentiationAmplitude;
        _constants[3] = (float)-depressionAmplitude;
        _constants[4] = (float)(2 * positionScale * potentiationExponent * Log2E);
        _constants[5] = (float)(-2 * positionScale * depressionExponent * Log2E);
        _constants[6] = (float)((positionOffset - positionScale) * potentiationExponent * Log2E);
        _constants[7] = (float)((positionScale - positionOffset) * depressionExponent * Log2E);
        _exp2 = Polynomial.Exp2;
    }

    /// <inheritdoc/>
    public DeviceConstants Constants
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _constants;
    }

    /// <inheritdoc/>
    public static int ConstantCount => 8;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DriveConstants<TLanes> Drive<TLanes, TConstants>(TLanes pulses, TConstants device)
        where TLanes : struct, ILanes<TLanes>
        where TConstants : struct, IDeviceConstants, allows ref struct
    {
        TLanes depresses = TLanes.GreaterThan(TLanes.Broadcast(0f), pulses);
        return new(
            TLanes.Abs(pulses),
            target: device.ByPolarity(depresses, 3),
            slope: device.ByPolarity(depresses, 2),
            scale: device.ByPolarity(depresses, 1),
            linear: device.ByPolarity(depresses, 0));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public LawConstants<TLanes> LawConstants<TLanes>()
        where TLanes : struct, ILanes<TLanes> => _exp2.Broadcast<TLanes>();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Advance<TLanes, TSteps>(TLanes state, TLanes count, DriveConstants<TLanes> drive, LawConstants<TLanes> constants)
        where TLanes : struct, ILanes<TLanes>
        where TSteps : struct, IStepSize =>
        SinglePulses.Advance<ExponentialStep, TLanes, TSteps>(this, state, count, drive, constants);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    TLanes IStepLaw.Step<TLanes>(TLanes state, DriveConstants<TLanes> drive, LawConstants<TLanes> constants)
    {
        TLanes exponent = TLanes.FusedMultiplyAdd(drive.Slope, state, drive.Target);
        exponent = TLanes.Min(TLanes.Max(exponent, TLanes.Broadcast(SmallestExponent)), TLanes.Broadcast(LargestExponent));
        TLanes y = TLanes.FusedMultiplyAdd(drive.Scale, ElementaryLanes.Exp2(exponent, constants), TLanes.Broadcast(1f));
        return drive.Linear * TLanes.Max(y, TLanes.Broadcast(0f));
    }

    /// <inheritdoc/>
    public static float SmallLimit => SinglePulses.SmallLimit;

    /// <inheritdoc/>
    public static float MediumLimit => SinglePulses.SmallLimit;

    /// <inheritdoc/>
    public double PotentiationSlope(double state) => Math.Min(_potentiation.Step(Position(state)), double.MaxValue);

    /// <inheritdoc/>
    public double DepressionSlope(double state) => Math.Min(_depression.Step(Position(state)), double.MaxValue);

    /// <inheritdoc/>
    public static bool HasClosedForm => false;

    /// <inheritdoc/>
    public double After(double state, double pulses) => SinglePulses.After(this, state, pulses);

    /// <inheritdoc/>
    public double PulsesBetween(double from, double to) => SinglePulses.PulsesBetween(this, from, to);

    private double Position(double state) => (_positionScale * ((2 * state) - 1)) + _positionOffset;

    private static void Check(bool isFine, double value, string range, string argument)
    {
        if (!isFine)
        {
            KernelThrow.OutOfRange(value, range, argument);
        }
    }

    private readonly record struct Branch(double Size, double Amplitude, double Exponent)
    {
        internal double Step(double position) => Size * Math.Max(0, 1 - (Amplitude * Math.Exp(Exponent * position)));
    }
}
