using System.Runtime.CompilerServices;

namespace RramSnn.Kernels.Simd;

/// <summary>
/// exp, log and 1 - 2⁻ʸ over lanes, built from explicit fused multiply-adds so that every width gives the same bits.
/// Derivation, coefficients and error bounds: docs/numerics.md.
/// </summary>
public static class ElementaryLanes
{
    private const float Log2E = 1.44269502f;
    private const float Log2ELow = 1.92596299e-8f;
    private const float Ln2High = 0.693359375f;
    private const float Ln2Low = -2.12194440e-4f;

    // Adding 1.5·2²³ leaves the nearest whole number, as an integer, in the low bits of the sum.
    private const float RoundingShift = 12582912f;
    private const uint RoundingShiftBits = 0x4B40_0000u;
    private const uint ExponentOne = 0x3F80_0000u;
    private const uint SqrtHalfBits = 0x3F35_04F3u;
    private const int MantissaBits = 23;
    private const float SmallestNormal = 1.17549435e-38f;

    /// <summary>Largest y for which <see cref="OneMinusExp2NegativeSmall{TLanes}"/> holds.</summary>
    public const float SmallExponent = 0.5f;

    /// <summary>1 - 2⁻ʸ for y ≥ 0: the share of the way to its bound that a soft-bounds device goes.</summary>
    /// <remarks>
    /// Relative error below 1.25·10⁻⁷ for every y, also where 2⁻ʸ itself is close to one; exactly 0 at y = 0; never above 1.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes OneMinusExp2Negative<TLanes>(TLanes y)
        where TLanes : struct, ILanes<TLanes>
    {
        // Beyond 2⁻¹²⁶ the difference to 1 is far below one ulp.
        TLanes bounded = TLanes.Min(y, TLanes.Broadcast(126f));
        TLanes shift = TLanes.Broadcast(RoundingShift);
        TLanes shifted = bounded + shift;
        TLanes whole = shifted - shift;
        TLanes fraction = bounded - whole;
        TLanes count = TLanes.SubtractInteger(shifted, TLanes.BroadcastInteger(RoundingShiftBits));
        TLanes power = TLanes.SubtractInteger(TLanes.BroadcastInteger(ExponentOne), TLanes.ShiftLeft(count, MantissaBits));
        TLanes gain = OneMinusExp2NegativeSmall(fraction);
        return TLanes.FusedMultiplyAdd(power, gain, TLanes.Broadcast(1f) - power);
    }

    /// <summary>1 - 2⁻ʸ for |y| ≤ ½, with the bits of <see cref="OneMinusExp2Negative{TLanes}"/> for 0 ≤ y ≤ ½: no power of two to split off.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes OneMinusExp2NegativeSmall<TLanes>(TLanes y)
        where TLanes : struct, ILanes<TLanes> =>
        y * Exp2MinusOneOver(TLanes.Broadcast(0f) - y);

    /// <summary>eˣ within 1.05 ulp; subnormal results are kept, overflow gives +∞, NaN gives NaN.</summary>
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
        TLanes zero = TLanes.Broadcast(0f);
        TLanes isSubnormal = TLanes.GreaterThan(TLanes.Broadcast(SmallestNormal), x);
        TLanes normal = TLanes.Select(isSubnormal, x * TLanes.Broadcast(8388608f), x);
        TLanes exponentShift = TLanes.Select(isSubnormal, TLanes.Broadcast(-23f), zero);

        // x = 2ᵉ·m with m in [√½, √2): then ln x = e·ln 2 + log1p(m - 1) without cancellation.
        TLanes exponent = TLanes.ShiftRightSigned(TLanes.SubtractInteger(normal, TLanes.BroadcastInteger(SqrtHalfBits)), MantissaBits);
        TLanes mantissa = TLanes.SubtractInteger(normal, TLanes.ShiftLeft(exponent, MantissaBits));
        TLanes e = TLanes.ConvertToSingle(exponent) + exponentShift;
        TLanes f = mantissa - TLanes.Broadcast(1f);
        TLanes square = f * f;
        TLanes tail = square * f * Log1pTail(f);
        tail = TLanes.FusedMultiplyAdd(e, TLanes.Broadcast(Ln2Low), tail);
        tail = TLanes.FusedMultiplyAdd(TLanes.Broadcast(-0.5f), square, tail);
        TLanes result = TLanes.FusedMultiplyAdd(e, TLanes.Broadcast(Ln2High), f + tail);

        result = TLanes.Select(TLanes.GreaterThan(x, TLanes.Broadcast(float.MaxValue)), x, result);
        result = TLanes.Select(TLanes.GreaterThan(x, zero), result, TLanes.Broadcast(float.NaN));
        return TLanes.Select(TLanes.NotEqual(x, zero), result, TLanes.Broadcast(float.NegativeInfinity));
    }

    /// <summary>(2ᶠ - 1)/f on [-½, ½]: minimax polynomial of degree 5, relative error 1.1·10⁻⁸.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Exp2MinusOneOver<TLanes>(TLanes f)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes p = TLanes.FusedMultiplyAdd(TLanes.Broadcast(1.540351277e-4f), f, TLanes.Broadcast(1.339073548e-3f));
        p = TLanes.FusedMultiplyAdd(p, f, TLanes.Broadcast(9.618237494e-3f));
        p = TLanes.FusedMultiplyAdd(p, f, TLanes.Broadcast(5.550357434e-2f));
        p = TLanes.FusedMultiplyAdd(p, f, TLanes.Broadcast(2.402264979e-1f));
        return TLanes.FusedMultiplyAdd(p, f, TLanes.Broadcast(6.931471879e-1f));
    }

    /// <summary>(log1p(f) - f + f²/2)/f³ on [√½ - 1, √2 - 1]: minimax polynomial of degree 8, error 8·10⁻¹⁰ of log1p(f).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Log1pTail<TLanes>(TLanes f)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes p = TLanes.FusedMultiplyAdd(TLanes.Broadcast(6.746641677e-2f), f, TLanes.Broadcast(-1.167565197e-1f));
        p = TLanes.FusedMultiplyAdd(p, f, TLanes.Broadcast(1.188816180e-1f));
        p = TLanes.FusedMultiplyAdd(p, f, TLanes.Broadcast(-1.240558886e-1f));
        p = TLanes.FusedMultiplyAdd(p, f, TLanes.Broadcast(1.421955242e-1f));
        p = TLanes.FusedMultiplyAdd(p, f, TLanes.Broadcast(-1.666799586e-1f));
        p = TLanes.FusedMultiplyAdd(p, f, TLanes.Broadcast(2.000211866e-1f));
        p = TLanes.FusedMultiplyAdd(p, f, TLanes.Broadcast(-2.500000960e-1f));
        return TLanes.FusedMultiplyAdd(p, f, TLanes.Broadcast(3.333331260e-1f));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes PowerOfTwo<TLanes>(TLanes exponent)
        where TLanes : struct, ILanes<TLanes> =>
        TLanes.AddInteger(TLanes.ShiftLeft(exponent, MantissaBits), TLanes.BroadcastInteger(ExponentOne));
}
