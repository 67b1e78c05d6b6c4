using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using RramSnn.Kernels.Simd;

namespace RramSnn.Kernels.Random;

/// <summary>Turns 32 random bits into a draw of the standard normal distribution.</summary>
public interface INormalDraw
{
    /// <summary>One draw per lane.</summary>
    static abstract TLanes Draw<TLanes>(TLanes bits)
        where TLanes : struct, ILanes<TLanes>;
}

/// <summary>
/// The default: x = ±Φ⁻¹(u) with u uniform on those multiples of 2⁻²⁵ below ½ whose bit of 2⁻¹⁷ is set, by one cubic per power of two.
/// </summary>
/// <remarks>
/// The exponent of u selects one of 16 cubics, its mantissa is the argument; minimax coefficients, absolute error below 1.8·10⁻⁴.
/// Symmetric; variance 0.99984, excess kurtosis -0.003. The tails end at ±4.325, beyond which a normal variable falls once in 65,000
/// draws; what lies beyond ±4.17 has its full probability.
/// </remarks>
public readonly struct InverseCdfNormal : INormalDraw
{
    private const uint SignBit = 0x8000_0000u;
    private const uint MantissaMask = 0x007F_FFFFu;
    private const uint ExponentOne = 0x3F80_0000u;

    // 2¹⁷: from here on the first eight entries of the tables suffice.
    private const float FirstOfNear = 131072f;

    // Entry e & 15 belongs to the biased exponent e of 2²⁶ u, which runs from 136 to 151: all but one in 256 draws need the first eight entries.
    private static ReadOnlySpan<float> Constant =>
    [
        3.34228945e+00f, 3.14673114e+00f, 2.94063330e+00f, 2.72230268e+00f, 2.48961568e+00f, 2.23990130e+00f, 1.97002387e+00f, 1.68519330e+00f,
        4.64936686e+00f, 4.50469351e+00f, 4.35566807e+00f, 4.20188904e+00f, 4.04289246e+00f, 3.87813616e+00f, 3.70698190e+00f, 3.52867031e+00f,
    ];

    private static ReadOnlySpan<float> Linear =>
    [
        -6.34263813e-01f, -6.74153864e-01f, -7.22066879e-01f, -7.80929685e-01f, -8.55301380e-01f, -9.52652276e-01f, -1.08642364e+00f, -1.30414534e+00f,
        -4.54910815e-01f, -4.69583005e-01f, -4.85725552e-01f, -5.03596187e-01f, -5.23519576e-01f, -5.45910895e-01f, -5.71310639e-01f, -6.00436509e-01f,
    ];

    private static ReadOnlySpan<float> Square =>
    [
        2.08429247e-01f, 2.19972730e-01f, 2.33405218e-01f, 2.49180228e-01f, 2.67789900e-01f, 2.89515793e-01f, 3.13856721e-01f, 3.55807096e-01f,
        1.53261185e-01f, 1.57942846e-01f, 1.63063332e-01f, 1.68693289e-01f, 1.74919650e-01f, 1.81850642e-01f, 1.89622372e-01f, 1.98407888e-01f,
    ];

    private static ReadOnlySpan<float> Cube =>
    [
        -3.09416223e-02f, -3.26103978e-02f, -3.45475897e-02f, -3.68219689e-02f, -3.95256616e-02f, -4.28094640e-02f, -4.72865924e-02f, -6.25379533e-02f,
        -2.28889231e-02f, -2.35774629e-02f, -2.43294816e-02f, -2.51550116e-02f, -2.60663684e-02f, -2.70788278e-02f, -2.82115322e-02f, -2.94887591e-02f,
    ];

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Draw<TLanes>(TLanes bits)
        where TLanes : struct, ILanes<TLanes>
    {
        // 24 bits convert exactly, one place to the left of where they belong; the bit that is always set keeps the exponent within the table.
        TLanes tail = TLanes.ShiftRight(bits, 6) & TLanes.BroadcastInteger(0x01FF_FFFEu);
        TLanes u = TLanes.ConvertToSingle(tail | TLanes.BroadcastInteger(0x200u));
        TLanes segment = TLanes.ShiftRight(u, 23);
        TLanes m = (u & TLanes.BroadcastInteger(MantissaMask)) | TLanes.BroadcastInteger(ExponentOne);

        // Where a permutation reaches half a table, only those bundles look into its second half that need it: of eight lanes one in 32.
        TLanes x = TLanes.Count <= 8 && TLanes.BitsFromMask(TLanes.GreaterThan(TLanes.Broadcast(FirstOfNear), u)) == 0
            ? Cubic<TLanes, Near>(segment, m)
            : Cubic<TLanes, AllSegments>(segment, m);
        return x ^ (bits & TLanes.BroadcastInteger(SignBit));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Cubic<TLanes, TSegments>(TLanes segment, TLanes m)
        where TLanes : struct, ILanes<TLanes>
        where TSegments : struct
    {
        TLanes x = TLanes.FusedMultiplyAdd(Entry<TLanes, TSegments>(Cube, segment), m, Entry<TLanes, TSegments>(Square, segment));
        x = TLanes.FusedMultiplyAdd(x, m, Entry<TLanes, TSegments>(Linear, segment));
        return TLanes.FusedMultiplyAdd(x, m, Entry<TLanes, TSegments>(Constant, segment));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Entry<TLanes, TSegments>(ReadOnlySpan<float> table, TLanes index)
        where TLanes : struct, ILanes<TLanes>
        where TSegments : struct =>
        typeof(TSegments) == typeof(Near)
            ? TLanes.Lookup8(in MemoryMarshal.GetReference(table), index)
            : TLanes.Lookup16(in MemoryMarshal.GetReference(table), index);

    private readonly struct Near;

    private readonly struct AllSegments;
}

/// <summary>
/// Quicker and coarser: the sum of the four bytes, scaled to variance 1. Excess kurtosis -0.30, no draw beyond ±3.45.
/// </summary>
public readonly struct ByteSumNormal : INormalDraw
{
    private const float Mean = 510f;

    // 1/√(4 (256² - 1)/12).
    private const float Scale = 6.76587509e-3f;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Draw<TLanes>(TLanes bits)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes everyOther = TLanes.BroadcastInteger(0x00FF_00FFu);
        TLanes pairs = TLanes.AddInteger(bits & everyOther, TLanes.ShiftRight(bits, 8) & everyOther);
        TLanes sum = TLanes.AddInteger(pairs & TLanes.BroadcastInteger(0xFFFFu), TLanes.ShiftRight(pairs, 16));
        return (TLanes.ConvertToSingle(sum) - TLanes.Broadcast(Mean)) * TLanes.Broadcast(Scale);
    }
}
