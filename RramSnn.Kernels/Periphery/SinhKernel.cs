using System.Runtime.CompilerServices;
using RramSnn.Kernels.Simd;

namespace RramSnn.Kernels.Periphery;

/// <summary>The one body of <see cref="PeripheryKernels.SinhAmplitude"/>.</summary>
internal ref struct SinhKernel : IVectorKernel
{
    private const uint SignBit = 0x8000_0000u;

    internal ref readonly float X;
    internal ref float Y;
    internal nuint Length;
    internal float Nonlinearity;

    public readonly void Run<TLanes>()
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes factor = TLanes.Broadcast(Nonlinearity);
        TLanes full = Sinh(factor);
        TLanes sign = TLanes.BroadcastInteger(SignBit);
        for (nuint i = 0; i < Length; i += (nuint)TLanes.Count)
        {
            TLanes x = TLanes.Load(in X, i);
            TLanes magnitude = Sinh(TLanes.Abs(x) * factor) / full;
            TLanes.Store(magnitude | (x & sign), ref Y, i);
        }
    }

    /// <summary>sinh y for y ≥ 0: its series up to 1, where the difference of the two exponentials would lose digits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Sinh<TLanes>(TLanes y)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes square = y * y;
        TLanes p = TLanes.FusedMultiplyAdd(TLanes.Broadcast(1f / 362880), square, TLanes.Broadcast(1f / 5040));
        p = TLanes.FusedMultiplyAdd(p, square, TLanes.Broadcast(1f / 120));
        p = TLanes.FusedMultiplyAdd(p, square, TLanes.Broadcast(1f / 6));
        TLanes series = TLanes.FusedMultiplyAdd(y, square * p, y);
        TLanes half = TLanes.Broadcast(0.5f);
        TLanes growing = ElementaryLanes.Exp(y);
        TLanes difference = (half * growing) - (half / growing);
        return TLanes.Select(TLanes.GreaterThan(y, TLanes.Broadcast(1f)), difference, series);
    }
}
