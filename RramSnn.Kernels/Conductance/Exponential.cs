using System.Runtime.CompilerServices;
using RramSnn.Kernels.Simd;

namespace RramSnn.Kernels.Conductance;

/// <summary>
/// Steps that shrink exponentially with the conductance: du/dn = α_P exp(-β_P u) for potentiation, du/dn = -α_D exp(-β_D (1 - u)) for
/// depression, clamped to [0, 1].
/// </summary>
/// <remarks>
/// <para>
/// Querlioz, Bichler, Gamrat (IJCNN 2011) and N2D2's behavioural synapse, as a law in the number of pulses n. With the distance
/// v = u or 1 - u travelled from the start of the branch the closed form is v ← v + (1/β) log1p(n α β exp(-β v)), so n pulses equal n times
/// one pulse, also for fractional n. The papers' single event Δu = α exp(-β u) is its limit for small α β; a device that shall make
/// exactly that step from u = 0 with one pulse has α = (exp(β Δu) - 1)/β.
/// </para>
/// <para>Steps do not vanish at the bounds, so the clamp is part of the law.</para>
/// </remarks>
public readonly struct Exponential : IInvertibleModel
{
    private const float LargestOctaves = 29f;
    private const double Log2E = 1.4426950408889634;

    private readonly DeviceConstants _constants;
    private readonly Polynomial _exp2;

    /// <summary>A device with the given steps and dampings.</summary>
    /// <param name="potentiationStep">α_P, the step at u = 0 per pulse, 0 &lt; α_P ≤ 1.</param>
    /// <param name="potentiationDamping">β_P, 0 &lt; β_P ≤ 20.</param>
    /// <param name="depressionStep">α_D, the step at u = 1 per pulse, 0 &lt; α_D ≤ 1.</param>
    /// <param name="depressionDamping">β_D, 0 &lt; β_D ≤ 20.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range or not a number.</exception>
    public Exponential(double potentiationStep, double potentiationDamping, double depressionStep, double depressionDamping)
    {
        CheckStep(potentiationStep, nameof(potentiationStep));
        CheckDamping(potentiationDamping, nameof(potentiationDamping));
        CheckStep(depressionStep, nameof(depressionStep));
        CheckDamping(depressionDamping, nameof(depressionDamping));
        PotentiationStep = potentiationStep;
        PotentiationDamping = potentiationDamping;
        DepressionStep = depressionStep;
        DepressionDamping = depressionDamping;

        // The drive is β·α·n, so that the argument of log1p is drive · exp(-β v).
        _constants[0] = (float)(potentiationStep * potentiationDamping);
        _constants[1] = (float)(depressionStep * depressionDamping);
        _constants[2] = (float)(-potentiationDamping * Log2E);
        _constants[3] = (float)(depressionDamping * Log2E);
        _constants[4] = (float)(1 / potentiationDamping);
        _constants[5] = (float)(-1 / depressionDamping);
        _exp2 = Polynomial.Exp2;
    }

    /// <summary>α_P, the step at u = 0 per pulse.</summary>
    public double PotentiationStep { get; }

    /// <summary>β_P.</summary>
    public double PotentiationDamping { get; }

    /// <summary>α_D, the step at u = 1 per pulse.</summary>
    public double DepressionStep { get; }

    /// <summary>β_D.</summary>
    public double DepressionDamping { get; }

    /// <inheritdoc/>
    public DeviceConstants Constants
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _constants;
    }

    /// <inheritdoc/>
    public static int ConstantCount => 6;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DriveConstants<TLanes> Drive<TLanes, TConstants>(TLanes pulses, TConstants device)
        where TLanes : struct, ILanes<TLanes>
        where TConstants : struct, IDeviceConstants, allows ref struct
    {
        TLanes zero = TLanes.Broadcast(0f);
        TLanes depresses = TLanes.GreaterThan(zero, pulses);
        TLanes rate = TLanes.Abs(pulses) * device.ByPolarity(depresses, 0);
        TLanes slope = device.ByPolarity(depresses, 1);
        TLanes scale = device.ByPolarity(depresses, 2);

        // v = u - 0 or 1 - u: the exponent -β v log₂e is slope · u, or slope · u - slope.
        return new(
            rate,
            target: TLanes.Select(depresses, zero - slope, zero),
            slope,
            scale,
            linear: rate * (scale * TLanes.Broadcast(ElementaryLanes.SmallLogLinear)),
            square: rate * rate * (scale * TLanes.Broadcast(ElementaryLanes.SmallLogSquare)));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public LawConstants<TLanes> LawConstants<TLanes>()
        where TLanes : struct, ILanes<TLanes> => _exp2.Broadcast<TLanes>();

    /// <inheritdoc/>
    public static bool IsDamped => true;

    /// <inheritdoc/>
    /// <remarks>exp(-β v); the exponent slope · (u - start) = -β v log₂e is never positive.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Damping<TLanes>(TLanes state, DriveConstants<TLanes> drive, LawConstants<TLanes> constants)
        where TLanes : struct, ILanes<TLanes> =>
        ElementaryLanes.Exp2(TLanes.FusedMultiplyAdd(drive.Slope, state, drive.Target), constants);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Advance<TLanes, TSteps>(TLanes state, TLanes count, DriveConstants<TLanes> drive, LawConstants<TLanes> constants)
        where TLanes : struct, ILanes<TLanes>
        where TSteps : struct, IStepSize
    {
        TLanes next = ElementaryLanes.AddScaledLogOnePlus<TLanes, TSteps>(state, count, drive.Rate, drive.Scale, drive.Linear, drive.Square);
        return TLanes.Min(TLanes.Max(next, TLanes.Broadcast(0f)), TLanes.Broadcast(1f));
    }

    /// <inheritdoc/>
    public static float SmallLimit => ElementaryLanes.SmallLogArgument;

    /// <inheritdoc/>
    public static float MediumLimit => ElementaryLanes.MediumLogArgument;

    /// <inheritdoc/>
    public double PotentiationSlope(double state) => PotentiationStep * Math.Exp(-PotentiationDamping * state);

    /// <inheritdoc/>
    public double DepressionSlope(double state) => DepressionStep * Math.Exp(-DepressionDamping * (1 - state));

    /// <inheritdoc/>
    public static bool HasClosedForm => true;

    /// <inheritdoc/>
    public double After(double state, double pulses) => pulses >= 0
        ? Travel(state, pulses, PotentiationStep, PotentiationDamping)
        : 1 - Travel(1 - state, -pulses, DepressionStep, DepressionDamping);

    /// <inheritdoc/>
    public double PulsesBetween(double from, double to) => to >= from
        ? PulsesFor(from, to, PotentiationStep, PotentiationDamping)
        : -PulsesFor(1 - from, 1 - to, DepressionStep, DepressionDamping);

    /// <inheritdoc/>
    /// <remarks>n = (exp(β |Δu|) - 1) exp(β v)/(α β), with v the distance travelled from the start of the branch.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes PulsesFor<TLanes>(TLanes state, TLanes change)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes zero = TLanes.Broadcast(0f);
        TLanes one = TLanes.Broadcast(1f);
        TLanes depresses = TLanes.GreaterThan(zero, change);
        TLanes octaves = TLanes.Select(depresses, TLanes.Broadcast((float)(DepressionDamping * Log2E)), TLanes.Broadcast((float)(PotentiationDamping * Log2E)));
        TLanes scale = TLanes.Select(
            depresses,
            TLanes.Broadcast((float)(-1 / (DepressionStep * DepressionDamping))),
            TLanes.Broadcast((float)(1 / (PotentiationStep * PotentiationDamping))));
        TLanes distance = TLanes.Select(depresses, one - state, state);
        TLanes share = ElementaryLanes.OneMinusExp2Negative<TLanes, AnySteps>(TLanes.Min(octaves * TLanes.Abs(change), TLanes.Broadcast(LargestOctaves)));
        TLanes growth = share / TLanes.Max(one - share, TLanes.Broadcast(1e-9f));
        return scale * growth * ElementaryLanes.Exp2(octaves * distance, LawConstants<TLanes>());
    }

    private static double Travel(double distance, double pulses, double step, double damping) =>
        Math.Min(distance + (AccurateDouble.LogP1(pulses * step * damping * Math.Exp(-damping * distance)) / damping), 1);

    private static double PulsesFor(double from, double to, double step, double damping) =>
        AccurateDouble.ExpM1(damping * (to - from)) * Math.Exp(damping * from) / (step * damping);

    private static void CheckStep(double step, string argument)
    {
        if (!(step > 0 && step <= 1))
        {
            KernelThrow.OutOfRange(step, "more than 0 and at most 1 per pulse", argument);
        }
    }

    private static void CheckDamping(double damping, string argument)
    {
        if (!(damping > 0 && damping <= 20))
        {
            KernelThrow.OutOfRange(damping, "more than 0 and at most 20", argument);
        }
    }
}
