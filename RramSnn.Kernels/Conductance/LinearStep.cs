using System.Runtime.CompilerServices;
using RramSnn.Kernels.Simd;

namespace RramSnn.Kernels.Conductance;

/// <summary>
/// Steps that are linear in the state: one potentiation pulse gives u ← u + s_P (1 - γ_P u), one depression pulse
/// u ← u - s_D (1 - γ_D (1 - u)), clamped to [0, 1]. γ = 1 are soft bounds, γ = 0 is a constant step, and for γ &lt; 0 steps grow on the way.
/// </summary>
/// <remarks>
/// <para>
/// aihwkit's LinearStep, CrossSim's asymmetric device and NeuroSim's curves (<see cref="FromCurves"/>) are this law. In the
/// distance v from the bound where a branch begins n pulses give v ← v + (1 - γ v)(1 - exp(k n))/γ with k = ln(1 - s γ), which for
/// whole n are n single steps, and which holds for fractions too: a state goes exponentially to, or away from, a target 1/γ that lies
/// outside the range or at its end.
/// </para>
/// <para>
/// The lanes work out Δu = ±S n · (ε + (1 - ε) d) · (2ᵗ - 1)/(t ln 2), with d the distance to the bound where the branch is slowest, ε its
/// smallest step over its largest, and t = n k log₂e: all factors are sums of positive numbers, so nothing cancels for any γ.
/// </para>
/// </remarks>
public readonly struct LinearStep : IInvertibleModel
{
    private const float Log2E = 1.44269502f;

    // (2ᵗ - 1)/(t ln 2) = 1 + t (c₁ + t c₂) on [-1/64, 1/64]: minimax, relative error 1.4·10⁻⁸.
    private const float SmallSquare = 3.465761244e-1f;
    private const float SmallCube = 8.007587492e-2f;

    // A dose that carries any state to its bound; beyond, powers of it would not be finite.
    private const float LargestDose = 1e10f;

    private readonly LinearBranch _potentiation;
    private readonly LinearBranch _depression;
    private readonly DeviceConstants _constants;

    /// <summary>A device whose single pulses make the given steps.</summary>
    /// <param name="potentiationStep">s_P, the step of one pulse at u = 0, 0 &lt; s_P ≤ 1.</param>
    /// <param name="potentiationSlope">γ_P, the share of the step that is lost on the way to u = 1, -1000 to 1.</param>
    /// <param name="depressionStep">s_D, the step of one pulse at u = 1, 0 &lt; s_D ≤ 1.</param>
    /// <param name="depressionSlope">γ_D, the share of the step that is lost on the way to u = 0, -1000 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range or not a number.</exception>
    public LinearStep(double potentiationStep, double potentiationSlope, double depressionStep, double depressionSlope)
    {
        CheckShare(potentiationStep, nameof(potentiationStep));
        CheckSlope(potentiationSlope, nameof(potentiationSlope));
        CheckShare(depressionStep, nameof(depressionStep));
        CheckSlope(depressionSlope, nameof(depressionSlope));
        this = new(LinearBranch.OfPulses(potentiationStep, potentiationSlope), LinearBranch.OfPulses(depressionStep, depressionSlope));
    }

    private LinearStep(LinearBranch potentiation, LinearBranch depression)
    {
        _potentiation = potentiation;
        _depression = depression;
        _constants[0] = (float)potentiation.LargestSlope;
        _constants[1] = (float)depression.LargestSlope;
        _constants[2] = (float)potentiation.SmallestShare;
        _constants[3] = (float)depression.SmallestShare;
        _constants[4] = (float)potentiation.OctavesPerSlope;
        _constants[5] = (float)depression.OctavesPerSlope;
    }

    /// <inheritdoc/>
    public DeviceConstants Constants
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _constants;
    }

    /// <inheritdoc/>
    public static int ConstantCount => 6;

    /// <summary>
    /// A device whose pulses walk along (1 - exp(-ν x))/(1 - exp(-ν)), from Gmin up and from Gmax down: NeuroSim's curves with ν = P/A
    /// for a ramp of P pulses.
    /// </summary>
    /// <param name="potentiationCurvature">ν_P, positive if potentiation starts fast, negative if it ends fast, 0 for a line; -100 to 100.</param>
    /// <param name="potentiationShare">Share of the ramp in x that one pulse covers, 1/P: more than 0, at most 1.</param>
    /// <param name="depressionCurvature">ν_D, positive if depression starts fast.</param>
    /// <param name="depressionShare">As <paramref name="potentiationShare"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range or not a number.</exception>
    public static LinearStep FromCurves(double potentiationCurvature, double potentiationShare, double depressionCurvature, double depressionShare)
    {
        CheckCurvature(potentiationCurvature, nameof(potentiationCurvature));
        CheckShare(potentiationShare, nameof(potentiationShare));
        CheckCurvature(depressionCurvature, nameof(depressionCurvature));
        CheckShare(depressionShare, nameof(depressionShare));
        return new(LinearBranch.OfCurve(potentiationCurvature, potentiationShare), LinearBranch.OfCurve(depressionCurvature, depressionShare));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DriveConstants<TLanes> Drive<TLanes, TConstants>(TLanes pulses, TConstants device)
        where TLanes : struct, ILanes<TLanes>
        where TConstants : struct, IDeviceConstants, allows ref struct
    {
        TLanes zero = TLanes.Broadcast(0f);
        TLanes one = TLanes.Broadcast(1f);
        TLanes depresses = TLanes.GreaterThan(zero, pulses);
        TLanes dose = TLanes.Min(TLanes.Abs(pulses) * device.ByPolarity(depresses, 0), TLanes.Broadcast(LargestDose));
        TLanes smallest = device.ByPolarity(depresses, 1);
        TLanes octaves = device.ByPolarity(depresses, 2);
        TLanes rate = dose * octaves;
        TLanes linear = TLanes.Select(depresses, zero - dose, dose);
        TLanes square = linear * rate;

        // A shrinking branch is slowest at the bound it goes to, a growing one where it begins.
        TLanes slowest = one & (depresses ^ TLanes.GreaterThan(zero, octaves));
        return new(
            rate,
            target: slowest,
            slope: one - smallest,
            scale: smallest,
            linear,
            square: square * TLanes.Broadcast(SmallSquare),
            cube: square * rate * TLanes.Broadcast(SmallCube));
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
        TLanes share = TLanes.FusedMultiplyAdd(drive.Cube, count, drive.Square);
        share = count * TLanes.FusedMultiplyAdd(share, count, drive.Linear);
        if (typeof(TSteps) != typeof(SmallSteps))
        {
            TLanes t = drive.Rate * count;
            TLanes isSmall = TLanes.GreaterThanOrEqual(TLanes.Broadcast(SmallLimit), TLanes.Abs(t));
            share = TLanes.Select(isSmall, share, LargeShare<TLanes, TSteps>(t, count, drive));
        }

        TLanes weight = TLanes.FusedMultiplyAdd(drive.Slope, TLanes.Abs(state - drive.Target), drive.Scale);
        TLanes next = TLanes.FusedMultiplyAdd(share, weight, state);
        return TLanes.Min(TLanes.Max(next, TLanes.Broadcast(0f)), TLanes.Broadcast(1f));
    }

    /// <inheritdoc/>
    public static float SmallLimit => 1f / 64;

    /// <inheritdoc/>
    public static float MediumLimit => ElementaryLanes.MediumExponent;

    /// <inheritdoc/>
    public double PotentiationSlope(double state) => _potentiation.Slope(state);

    /// <inheritdoc/>
    public double DepressionSlope(double state) => _depression.Slope(1 - state);

    /// <inheritdoc/>
    public static bool HasClosedForm => true;

    /// <inheritdoc/>
    public double After(double state, double pulses) => pulses >= 0
        ? _potentiation.After(state, pulses)
        : 1 - _depression.After(1 - state, -pulses);

    /// <inheritdoc/>
    public double PulsesBetween(double from, double to) => to >= from
        ? _potentiation.PulsesBetween(from, to)
        : -_depression.PulsesBetween(1 - from, 1 - to);

    /// <inheritdoc/>
    /// <remarks>With x = |Δu|/(ε + (1 - ε) d): S n = ln(1 + x k/S)/(k/S), or x where k = 0.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes PulsesFor<TLanes>(TLanes state, TLanes change)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes zero = TLanes.Broadcast(0f);
        TLanes one = TLanes.Broadcast(1f);
        TLanes depresses = TLanes.GreaterThan(zero, change);
        DriveConstants<TLanes> drive = Drive(TLanes.Select(depresses, TLanes.Broadcast(-1f), one), _constants);
        TLanes weight = TLanes.FusedMultiplyAdd(drive.Slope, TLanes.Abs(state - drive.Target), drive.Scale);
        TLanes x = TLanes.Abs(change) / TLanes.Max(weight, TLanes.Broadcast(1e-12f));

        // The rate of one pulse over its dose S is k/S in octaves.
        TLanes curvature = drive.Rate / TLanes.Abs(drive.Linear) * TLanes.Broadcast(1f / Log2E);
        TLanes z = x * curvature;
        TLanes growing = ElementaryLanes.AddScaledLogOnePlus<TLanes, AnySteps>(
            zero, TLanes.Max(z, zero), one, one, TLanes.Broadcast(ElementaryLanes.SmallLogLinear), TLanes.Broadcast(ElementaryLanes.SmallLogSquare));
        TLanes shrinking = ElementaryLanes.MinusLogOneMinus(TLanes.Max(zero - z, zero), one);
        TLanes size = TLanes.Abs(curvature);
        TLanes dose = TLanes.Select(
            TLanes.GreaterThan(size, TLanes.Broadcast(1e-12f)),
            TLanes.Select(TLanes.GreaterThan(curvature, zero), growing, shrinking) / size,
            x);
        return dose / drive.Linear;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes LargeShare<TLanes, TSteps>(TLanes t, TLanes count, DriveConstants<TLanes> drive)
        where TLanes : struct, ILanes<TLanes>
        where TSteps : struct, IStepSize
    {
        TLanes log2E = TLanes.Broadcast(Log2E);
        if (typeof(TSteps) == typeof(MediumSteps))
        {
            return drive.Linear * count * (log2E * ElementaryLanes.Exp2MinusOneOver(t));
        }

        TLanes growth = ElementaryLanes.Exp2MinusOne(t, out TLanes ratio, out _);
        TLanes isMedium = TLanes.GreaterThanOrEqual(TLanes.Broadcast(MediumLimit), TLanes.Abs(t));
        return TLanes.Select(isMedium, drive.Linear * count * (log2E * ratio), drive.Linear * log2E * (growth / drive.Rate));
    }

    private static void CheckShare(double share, string argument)
    {
        if (!(share > 0 && share <= 1))
        {
            KernelThrow.OutOfRange(share, "more than 0 and at most 1 per pulse", argument);
        }
    }

    private static void CheckSlope(double slope, string argument)
    {
        if (!(slope >= -1000 && slope <= 1))
        {
            KernelThrow.OutOfRange(slope, "-1000 to 1", argument);
        }
    }

    private static void CheckCurvature(double curvature, string argument)
    {
        if (!(curvature >= -100 && curvature <= 100))
        {
            KernelThrow.OutOfRange(curvature, "-100 to 100", argument);
        }
    }
}
