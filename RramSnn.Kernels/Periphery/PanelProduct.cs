using System.Runtime.CompilerServices;

namespace RramSnn.Kernels.Periphery;

/// <summary>The inner loop of <see cref="SeriesKernel"/>, where nearly all of its time goes.</summary>
internal static class PanelProduct
{
    /// <summary>destination += leftᵀ right for four rows of the destination, <see cref="NodalKernels.Panel"/> terms each, in ascending order.</summary>
    internal static void Add<TLanes>(
        ref double left, int leftStride, ref double right, ref double destination, int stride, int firstColumn, int columns)
        where TLanes : struct, IDoubleLanes<TLanes>
    {
        nuint width = (nuint)TLanes.Count;
        for (nuint column = (nuint)firstColumn; column < (nuint)columns; column += 4 * width)
        {
            ref double d0 = ref Unsafe.Add(ref destination, column);
            ref double d1 = ref Unsafe.Add(ref d0, stride);
            ref double d2 = ref Unsafe.Add(ref d1, stride);
            ref double d3 = ref Unsafe.Add(ref d2, stride);
            TLanes a0 = TLanes.Load(in d0, 0), a1 = TLanes.Load(in d0, width), a2 = TLanes.Load(in d0, 2 * width), a3 = TLanes.Load(in d0, 3 * width);
            TLanes b0 = TLanes.Load(in d1, 0), b1 = TLanes.Load(in d1, width), b2 = TLanes.Load(in d1, 2 * width), b3 = TLanes.Load(in d1, 3 * width);
            TLanes c0 = TLanes.Load(in d2, 0), c1 = TLanes.Load(in d2, width), c2 = TLanes.Load(in d2, 2 * width), c3 = TLanes.Load(in d2, 3 * width);
            TLanes e0 = TLanes.Load(in d3, 0), e1 = TLanes.Load(in d3, width), e2 = TLanes.Load(in d3, 2 * width), e3 = TLanes.Load(in d3, 3 * width);
            ref double r = ref Unsafe.Add(ref right, column);
            ref double l = ref left;
            for (int p = 0; p < NodalKernels.Panel; p++)
            {
                TLanes r0 = TLanes.Load(in r, 0), r1 = TLanes.Load(in r, width), r2 = TLanes.Load(in r, 2 * width), r3 = TLanes.Load(in r, 3 * width);
                TLanes factor = TLanes.Broadcast(l);
                a0 = TLanes.FusedMultiplyAdd(factor, r0, a0);
                a1 = TLanes.FusedMultiplyAdd(factor, r1, a1);
                a2 = TLanes.FusedMultiplyAdd(factor, r2, a2);
                a3 = TLanes.FusedMultiplyAdd(factor, r3, a3);
                factor = TLanes.Broadcast(Unsafe.Add(ref l, 1));
                b0 = TLanes.FusedMultiplyAdd(factor, r0, b0);
                b1 = TLanes.FusedMultiplyAdd(factor, r1, b1);
                b2 = TLanes.FusedMultiplyAdd(factor, r2, b2);
                b3 = TLanes.FusedMultiplyAdd(factor, r3, b3);
                factor = TLanes.Broadcast(Unsafe.Add(ref l, 2));
                c0 = TLanes.FusedMultiplyAdd(factor, r0, c0);
                c1 = TLanes.FusedMultiplyAdd(factor, r1, c1);
                c2 = TLanes.FusedMultiplyAdd(factor, r2, c2);
                c3 = TLanes.FusedMultiplyAdd(factor, r3, c3);
                factor = TLanes.Broadcast(Unsafe.Add(ref l, 3));
                e0 = TLanes.FusedMultiplyAdd(factor, r0, e0);
                e1 = TLanes.FusedMultiplyAdd(factor, r1, e1);
                e2 = TLanes.FusedMultiplyAdd(factor, r2, e2);
                e3 = TLanes.FusedMultiplyAdd(factor, r3, e3);
                r = ref Unsafe.Add(ref r, stride);
                l = ref Unsafe.Add(ref l, leftStride);
            }

            Store(ref d0, a0, a1, a2, a3);
            Store(ref d1, b0, b1, b2, b3);
            Store(ref d2, c0, c1, c2, c3);
            Store(ref d3, e0, e1, e2, e3);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<TLanes>(ref double destination, TLanes v0, TLanes v1, TLanes v2, TLanes v3)
        where TLanes : struct, IDoubleLanes<TLanes>
    {
        nuint width = (nuint)TLanes.Count;
        TLanes.Store(v0, ref destination, 0);
        TLanes.Store(v1, ref destination, width);
        TLanes.Store(v2, ref destination, 2 * width);
        TLanes.Store(v3, ref destination, 3 * width);
    }
}
