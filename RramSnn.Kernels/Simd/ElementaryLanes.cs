using System.Runtime.CompilerServices;

namespace RramSnn.Kernels.Simd;

/// <summary>
/// exp, 2ˣ, log, log(1 + z) and 1 - 2⁻ʸ over lanes, built from explicit fused multiply-adds so that every width gives the same bits.
/// Derivation, coefficients and error bounds: docs/numerics.md.
/// </summary>
public static partial class ElementaryLanes
{
    private const float Log2E = 1.44269502f;
    private const float Log2ELow = 1.92596299e-8f;
    private const float Ln2 = 6.93147182e-1f;
    private const float Ln2High = 0.693359375f;
    private const float Ln2Low = -2.12194440e-4f;

    // Adding 1.5·2²³ leaves the nearest whole number, as an integer, in the low bits of the sum.
    private const float RoundingShift = 12582912f;
    private const uint RoundingShiftBits = 0x4B40_0000u;
    private const uint ExponentOne = 0x3F80_0000u;
    private const uint SqrtHalfBits = 0x3F35_04F3u;
    private const int MantissaBits = 23;
    private const float LargestLogArgument = 1e30f;
    private const float SmallestNormal = 1.17549435e-38f;
    private const uint SmallestNormalBits = 0x0080_0000u;
    private const uint LargestFiniteBits = 0x7F7F_FFFFu;
    private const uint LowestInteger = 0x8000_0000u;

    /// <summary>Largest y of <see cref="OneMinusExp2Negative{TLanes, TSteps}"/> for <see cref="SmallSteps"/> and <see cref="MediumSteps"/>.</summary>
    public const float MediumExponent = 0.5f;

    // Rows are classified by a product that may be rounded to just below the limit while an argument lies just above it.
    private const float Margin = 1.0001f;

    /// <summary>Largest z of <see cref="AddScaledLogOnePlus{TLanes, TSteps}"/> for <see cref="SmallSteps"/>.</summary>
    public const float SmallLogArgument = 1f / 256 / Margin;

    /// <summary>Largest z of <see cref="AddScaledLogOnePlus{TLanes, TSteps}"/> for <see cref="MediumSteps"/>.</summary>
    public const float MediumLogArgument = 0.414f / Margin;

    /// <summary>log(1 + z) = z (<see cref="SmallLogLinear"/> + z · <see cref="SmallLogSquare"/>) up to <see cref="SmallLogArgument"/>.</summary>
    public const float SmallLogLinear = 9.99999364e-1f;

    /// <inheritdoc cref="SmallLogLinear"/>
    public const float SmallLogSquare = -4.98698e-1f;

    /// <summary>1 - 2⁻ʸ = y (<see cref="SmallShareLinear"/> + y (<see cref="SmallShareSquare"/> + y · <see cref="SmallShareCube"/>)) on [0, 1/32]: minimax, relative error 1.4·10⁻⁸.</summary>
    public const float SmallShareLinear = 6.931471825e-1f;

    /// <inheritdoc cref="SmallShareLinear"/>
    public const float SmallShareSquare = -2.402212471e-1f;

    /// <inheritdoc cref="SmallShareLinear"/>
    public const float SmallShareCube = 5.505520850e-2f;

    /// <summary>1 - 2⁻ʸ for y ≥ 0: the share of the way to its bound that a soft-bounds device goes.</summary>
    /// <typeparam name="TLanes">Bundle of lanes.</typeparam>
    /// <typeparam name="TSteps">Promise that y is at most <see cref="MediumExponent"/>, unless <see cref="AnySteps"/>; the bits are the same for all that keep it.</typeparam>
    /// <remarks>
    /// Relative error below 1.65·10⁻⁷ for every y, also where 2⁻ʸ itself is close to one; exactly 0 at y = 0; never above 1.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes OneMinusExp2Negative<TLanes, TSteps>(TLanes y)
        where TLanes : struct, ILanes<TLanes>
        where TSteps : struct, IStepSize
    {
        if (typeof(TSteps) != typeof(AnySteps))
        {
            return y * Exp2MinusOneOver(TLanes.Broadcast(0f) - y);
        }

        // Beyond 2⁻¹²⁶ the difference to 1 is far below one ulp.
        TLanes bounded = TLanes.Min(y, TLanes.Broadcast(126f));
        TLanes shift = TLanes.Broadcast(RoundingShift);
        TLanes shifted = bounded + shift;
        TLanes whole = shifted - shift;
        TLanes fraction = bounded - whole;
        TLanes count = TLanes.SubtractInteger(shifted, TLanes.BroadcastInteger(RoundingShiftBits));
        TLanes power = TLanes.SubtractInteger(TLanes.BroadcastInteger(ExponentOne), TLanes.ShiftLeft(count, MantissaBits));
        TLanes gain = fraction * Exp2MinusOneOver(TLanes.Broadcast(0f) - fraction);
        return TLanes.FusedMultiplyAdd(power, gain, TLanes.Broadcast(1f) - power);
    }

    /// <summary>2ᵗ - 1 for t of either sign, as if |t| were at most 126: a share that a growing or shrinking distance gains.</summary>
    /// <param name="t">Arguments.</param>
    /// <param name="ratio">(2ᵗ - 1)/t if |t| ≤ <see cref="MediumExponent"/>, else of no meaning.</param>
    /// <param name="exp2">2ᵗ, which one more than the result would not give where 2ᵗ is small.</param>
    /// <remarks>The bits of -<see cref="OneMinusExp2Negative{TLanes, TSteps}"/> at -t for t ≤ 0; relative error below 2·10⁻⁷ for t &gt; 0.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TLanes Exp2MinusOne<TLanes>(TLanes t, out TLanes ratio, out TLanes exp2)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes bounded = TLanes.Max(TLanes.Min(t, TLanes.Broadcast(126f)), TLanes.Broadcast(-126f));
        TLanes shift = TLanes.Broadcast(RoundingShift);
        TLanes shifted = bounded + shift;
        TLanes fraction = bounded - (shifted - shift);

        // The shift's own low bits are zero: what arrives in the exponent field is the whole part alone.
        TLanes power = TLanes.AddInteger(TLanes.BroadcastInteger(ExponentOne), TLanes.ShiftLeft(shifted, MantissaBits));
        ratio = Exp2MinusOneOver(fraction);
        TLanes gain = fraction * ratio;
        exp2 = TLanes.FusedMultiplyAdd(power, gain, power);
        return TLanes.FusedMultiplyAdd(power, gain, power - TLanes.Broadcast(1f));
    }

    /// <summary>2ˣ for |x| ≤ 125, with a relative error below 2.75·10⁻⁶; 1 - 7·10⁻⁷ at x = 0.</summary>
    /// <param name="x">Arguments.</param>
    /// <param name="c">Coefficients of <see cref="Polynomial.Exp2"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Exp2<TLanes>(TLanes x, LawConstants<TLanes> c)
        where TLanes : struct, ILanes<TLanes>
    {
        // The constant twice: the JIT would copy a local before each use.
        TLanes shifted = x + TLanes.Broadcast(RoundingShift);
        TLanes f = x - (shifted - TLanes.Broadcast(RoundingShift));

        // Estrin's order: a device's update is one long chain, and its length bounds the throughput more than the number of operations.
        TLanes square = f * f;
        TLanes low = TLanes.FusedMultiplyAdd(c.C1, f, c.C0);
        TLanes high = TLanes.FusedMultiplyAdd(c.C3, f, c.C2);
        TLanes p = TLanes.FusedMultiplyAdd(TLanes.FusedMultiplyAdd(c.C4, square, high), square, low);

        // The shift's own low bits are zero: what arrives in the exponent field is the whole part alone.
        return TLanes.AddInteger(p, TLanes.ShiftLeft(shifted, MantissaBits));
    }

    /// <summary>sum + scale · log(1 + z) for z = rate · x ≥ 0, with a relative error of the logarithm below 7.4·10⁻⁷ up to <see cref="SmallLogArgument"/> and below 2.45·10⁻⁷ beyond; exactly the sum at z = 0.</summary>
    /// <typeparam name="TLanes">Bundle of lanes.</typeparam>
    /// <typeparam name="TSteps">Promise that z is at most <see cref="SmallLogArgument"/> or <see cref="MediumLogArgument"/>, but for rounding; the bits are the same for all that keep it.</typeparam>
    /// <param name="sum">What the logarithm is added to.</param>
    /// <param name="x">Arguments in units of the rate, 0 or more.</param>
    /// <param name="rate">Factor of the arguments.</param>
    /// <param name="scale">Factor of the logarithm.</param>
    /// <param name="linear">scale · rate · <see cref="SmallLogLinear"/>.</param>
    /// <param name="square">scale · rate² · <see cref="SmallLogSquare"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes AddScaledLogOnePlus<TLanes, TSteps>(TLanes sum, TLanes x, TLanes rate, TLanes scale, TLanes linear, TLanes square)
        where TLanes : struct, ILanes<TLanes>
        where TSteps : struct, IStepSize
    {
        TLanes small = TLanes.FusedMultiplyAdd(TLanes.FusedMultiplyAdd(square, x, linear), x, sum);
        if (typeof(TSteps) == typeof(SmallSteps))
        {
            return small;
        }

        TLanes z = rate * x;
        TLanes isSmall = TLanes.GreaterThanOrEqual(TLanes.Broadcast(SmallLogArgument * Margin), z);
        if (typeof(TSteps) == typeof(MediumSteps))
        {
            return TLanes.Select(isSmall, small, TLanes.FusedMultiplyAdd(z * Log1pOver(z), scale, sum));
        }

        // 1 + z = 2ᵉ(1 + f) with 1 + f in [√½, √2); f comes from z itself, so nothing cancels. e = 0 gives f = z: the medium form.
        TLanes bounded = TLanes.Min(z, TLanes.Broadcast(LargestLogArgument));
        TLanes whole = TLanes.SubtractInteger(bounded + TLanes.Broadcast(1f), TLanes.BroadcastInteger(SqrtHalfBits));
        TLanes exponent = TLanes.ShiftRightSigned(whole, MantissaBits);
        TLanes power = PowerOfTwo(TLanes.SubtractInteger(TLanes.BroadcastInteger(0), exponent));
        TLanes f = TLanes.FusedMultiplyAdd(bounded, power, power - TLanes.Broadcast(1f));
        TLanes log = TLanes.FusedMultiplyAdd(TLanes.ConvertToSingle(exponent), TLanes.Broadcast(Ln2), f * Log1pOver(f));
        return TLanes.Select(isSmall, small, TLanes.FusedMultiplyAdd(log, scale, sum));
    }

    /// <summary>-log(1 - part/whole) for 0 ≤ part, without cancellation where the part is small; about 14 where the part reaches the whole.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes MinusLogOneMinus<TLanes>(TLanes part, TLanes whole)
        where TLanes : struct, ILanes<TLanes>
    {
        // -log(1 - x) = log(1 + x/(1 - x)).
        TLanes rest = TLanes.Max(whole - part, TLanes.Max(TLanes.Broadcast(1e-6f) * whole, TLanes.Broadcast(1e-30f)));
        TLanes one = TLanes.Broadcast(1f);
        TLanes x = TLanes.Min(part / rest, TLanes.Broadcast(1e6f));
        return AddScaledLogOnePlus<TLanes, AnySteps>(
            TLanes.Broadcast(0f), x, one, one, TLanes.Broadcast(SmallLogLinear), TLanes.Broadcast(SmallLogSquare));
    }

    /// <summary>eˣ within 1.27 ulp; subnormal results are kept, overflow gives +∞, NaN gives NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Exp<TLanes>(TLanes x)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes bounded = TLanes.Max(TLanes.Min(x, TLanes.Broadcast(89f)), TLanes.Broadcast(-105f));
        TLanes shift = TLanes.Broadcast(RoundingShift);
        TLanes shifted = TLanes.FusedMultiplyAdd(bounded, TLanes.Broadcast(Log2E), shift);
        TLanes whole = shifted - shift;
        TLanes fraction = TLanes.FusedMultiplyAdd(bounded, TLanes.Broadcast(Log2E), TLanes.Broadcast(0f) - whole);
        fraction = TLanes.FusedMultiplyAdd(bounded, TLanes.Broadcast(Log2ELow), fraction);
        TLanes mantissa = TLanes.FusedMultiplyAdd(fraction, Exp2MinusOneOver(fraction), TLanes.Broadcast(1f));

        // 2ᵏ in two steps: k reaches -151 and 128, one float exponent does not.
        TLanes count = TLanes.SubtractInteger(shifted, TLanes.BroadcastInteger(RoundingShiftBits));
        TLanes first = TLanes.ShiftRightSigned(count, 1);
        TLanes second = TLanes.SubtractInteger(count, first);
        TLanes result = mantissa * PowerOfTwo(first) * PowerOfTwo(second);
        return TLanes.Select(TLanes.NotEqual(x, x), x, result);
    }

    /// <summary>ln x within 0.84 ulp; ln 0 = -∞, ln ∞ = ∞, NaN for negative x and NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Log<TLanes>(TLanes x)
        where TLanes : struct, ILanes<TLanes>
    {
        // Positive normal numbers are one range of integers, moved here to the lowest signed ones. Nearly always all lanes are in it. If not there is a call,
        // before which a caller in a loop must save its bundles; the loop over an array has none to save.
        TLanes place = TLanes.AddInteger(x, TLanes.BroadcastInteger(LowestInteger - SmallestNormalBits));
        TLanes isSpecial = TLanes.LessThanInteger(TLanes.BroadcastInteger(LowestInteger + (LargestFiniteBits - SmallestNormalBits)), place);
        return TLanes.BitsFromMask(isSpecial) == 0 ? LogOfNormal(x, TLanes.BroadcastInteger(0)) : LogOfAny(x);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static TLanes LogOfAny<TLanes>(TLanes x)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes zero = TLanes.Broadcast(0f);
        TLanes isSubnormal = TLanes.GreaterThan(TLanes.Broadcast(SmallestNormal), x);
        TLanes normal = TLanes.Select(isSubnormal, x * TLanes.Broadcast(8388608f), x);
        TLanes result = LogOfNormal(normal, isSubnormal & TLanes.BroadcastInteger(unchecked((uint)-MantissaBits)));
        result = TLanes.Select(TLanes.GreaterThan(x, TLanes.Broadcast(float.MaxValue)), x, result);
        result = TLanes.Select(TLanes.GreaterThan(x, zero), result, TLanes.Broadcast(float.NaN));
        return TLanes.Select(TLanes.NotEqual(x, zero), result, TLanes.Broadcast(float.NegativeInfinity));
    }

    /// <summary>ln x + shift · ln 2 for positive normal x and integers shift; of no meaning for other x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes LogOfNormal<TLanes>(TLanes x, TLanes shift)
        where TLanes : struct, ILanes<TLanes>
    {
        // x = 2ᵉ·m with m in [√½, √2): then ln x = e·ln 2 + log1p(m - 1) without cancellation.
        TLanes exponent = TLanes.ShiftRightSigned(TLanes.SubtractInteger(x, TLanes.BroadcastInteger(SqrtHalfBits)), MantissaBits);
        TLanes mantissa = TLanes.SubtractInteger(x, TLanes.ShiftLeft(exponent, MantissaBits));
        TLanes e = TLanes.ConvertToSingle(TLanes.AddInteger(exponent, shift));
        TLanes f = mantissa - TLanes.Broadcast(1f);
        TLanes square = f * f;
        TLanes tail = square * f * Log1pTail(f);
        tail = TLanes.FusedMultiplyAdd(e, TLanes.Broadcast(Ln2Low), tail);
        tail = TLanes.FusedMultiplyAdd(TLanes.Broadcast(-0.5f), square, tail);
        return TLanes.FusedMultiplyAdd(e, TLanes.Broadcast(Ln2High), f + tail);
    }

    /// <summary>log₂x for positive normal x, to within 2⁻²³ of its size; exactly 0 at 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TLanes Log2OfNormal<TLanes>(TLanes x)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes exponent = TLanes.ShiftRightSigned(TLanes.SubtractInteger(x, TLanes.BroadcastInteger(SqrtHalfBits)), MantissaBits);
        TLanes f = TLanes.SubtractInteger(x, TLanes.ShiftLeft(exponent, MantissaBits)) - TLanes.Broadcast(1f);
        return TLanes.FusedMultiplyAdd(f * Log1pOver(f), TLanes.Broadcast(Log2E), TLanes.ConvertToSingle(exponent));
    }
}
