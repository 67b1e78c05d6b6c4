using System.Runtime.CompilerServices;

namespace RramSnn.Kernels.Simd;

public static partial class ElementaryLanes
{
    /// <summary>log1p(f)/f on [√½ - 1, √2 - 1]: minimax polynomial of degree 8, relative error 2.7·10⁻⁸.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Log1pOver<TLanes>(TLanes f)
        where TLanes : struct, ILanes<TLanes>
    {
        // Estrin's order, four products deep instead of eight.
        TLanes square = f * f;
        TLanes fourth = square * square;
        TLanes p0 = TLanes.FusedMultiplyAdd(TLanes.Broadcast(-4.999998808e-1f), f, TLanes.Broadcast(1f));
        TLanes p2 = TLanes.FusedMultiplyAdd(TLanes.Broadcast(-2.500207424e-1f), f, TLanes.Broadcast(3.333418667e-1f));
        TLanes p4 = TLanes.FusedMultiplyAdd(TLanes.Broadcast(-1.656242013e-1f), f, TLanes.Broadcast(1.995683759e-1f));
        TLanes p6 = TLanes.FusedMultiplyAdd(TLanes.Broadcast(-1.436667293e-1f), f, TLanes.Broadcast(1.495226026e-1f));
        TLanes low = TLanes.FusedMultiplyAdd(p2, square, p0);
        TLanes high = TLanes.FusedMultiplyAdd(p6, square, p4);
        return TLanes.FusedMultiplyAdd(TLanes.FusedMultiplyAdd(TLanes.Broadcast(8.722178638e-2f), fourth, high), fourth, low);
    }

    /// <summary>(2ᶠ - 1)/f on [-½, ½]: minimax polynomial of degree 5, relative error 1.1·10⁻⁸.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TLanes Exp2MinusOneOver<TLanes>(TLanes f)
        where TLanes : struct, ILanes<TLanes>
    {
        // Estrin's order: three products deep instead of five.
        TLanes square = f * f;
        TLanes p0 = TLanes.FusedMultiplyAdd(TLanes.Broadcast(2.402264979e-1f), f, TLanes.Broadcast(6.931471879e-1f));
        TLanes p2 = TLanes.FusedMultiplyAdd(TLanes.Broadcast(9.618237494e-3f), f, TLanes.Broadcast(5.550357434e-2f));
        TLanes p4 = TLanes.FusedMultiplyAdd(TLanes.Broadcast(1.540351277e-4f), f, TLanes.Broadcast(1.339073548e-3f));
        return TLanes.FusedMultiplyAdd(TLanes.FusedMultiplyAdd(p4, square, p2), square, p0);
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
