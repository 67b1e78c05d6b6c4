using System.Runtime.CompilerServices;
using RramSnn.Kernels.Simd;

namespace RramSnn.Bench.Roofline.Ceilings;

/// <summary>Reads, writes or updates a block of memory in place with full vectors, eight to a round, as one stream or as several side by side.</summary>
internal ref struct StreamKernel : IVectorKernel
{
    internal ref float Block;
    internal nuint Length;
    internal nuint Parts;
    internal Traffic Traffic;

    public readonly void Run<TLanes>()
        where TLanes : struct, ILanes<TLanes>
    {
        switch (Traffic)
        {
            case Traffic.Read:
                Read<TLanes>();
                break;
            case Traffic.Write:
                Write<TLanes>();
                break;
            default:
                InPlace<TLanes>();
                break;
        }
    }

    private readonly void Read<TLanes>()
        where TLanes : struct, ILanes<TLanes>
    {
        // Locals: the compiler would load the fields again after every store.
        ref float block = ref Block;
        nuint part = Length / Parts;
        nuint parts = Parts;
        nuint step = (nuint)TLanes.Count;
        TLanes a = TLanes.Load(in block, 0), b = a, c = a, d = a, e = a, f = a, g = a, h = a;
        for (nuint start = 0; start < part; start += 8 * step)
        {
            for (nuint p = 0; p < parts; p++)
            {
                nuint i = (p * part) + start;
                a = TLanes.Add(a, in block, i);
                b = TLanes.Add(b, in block, i + step);
                c = TLanes.Add(c, in block, i + (2 * step));
                d = TLanes.Add(d, in block, i + (3 * step));
                e = TLanes.Add(e, in block, i + (4 * step));
                f = TLanes.Add(f, in block, i + (5 * step));
                g = TLanes.Add(g, in block, i + (6 * step));
                h = TLanes.Add(h, in block, i + (7 * step));
            }
        }

        TLanes.Store(TLanes.Broadcast(0f) * (a + b + c + d + e + f + g + h), ref block, 0);
    }

    private readonly void Write<TLanes>()
        where TLanes : struct, ILanes<TLanes>
    {
        // Locals: the compiler would load the fields again after every store.
        ref float block = ref Block;
        nuint part = Length / Parts;
        nuint parts = Parts;
        nuint step = (nuint)TLanes.Count;
        TLanes value = TLanes.Broadcast(1f);
        for (nuint start = 0; start < part; start += 8 * step)
        {
            for (nuint p = 0; p < parts; p++)
            {
                nuint i = (p * part) + start;
                TLanes.Store(value, ref block, i);
                TLanes.Store(value, ref block, i + step);
                TLanes.Store(value, ref block, i + (2 * step));
                TLanes.Store(value, ref block, i + (3 * step));
                TLanes.Store(value, ref block, i + (4 * step));
                TLanes.Store(value, ref block, i + (5 * step));
                TLanes.Store(value, ref block, i + (6 * step));
                TLanes.Store(value, ref block, i + (7 * step));
            }
        }
    }

    private readonly void InPlace<TLanes>()
        where TLanes : struct, ILanes<TLanes>
    {
        // Locals: the compiler would load the fields again after every store.
        ref float block = ref Block;
        nuint part = Length / Parts;
        nuint parts = Parts;
        nuint step = (nuint)TLanes.Count;
        TLanes half = TLanes.Broadcast(0.5f);
        for (nuint start = 0; start < part; start += 8 * step)
        {
            for (nuint p = 0; p < parts; p++)
            {
                nuint i = (p * part) + start;
                Move(ref block, i, half);
                Move(ref block, i + step, half);
                Move(ref block, i + (2 * step), half);
                Move(ref block, i + (3 * step), half);
                Move(ref block, i + (4 * step), half);
                Move(ref block, i + (5 * step), half);
                Move(ref block, i + (6 * step), half);
                Move(ref block, i + (7 * step), half);
            }
        }
    }

    // x ← ½ + x/2 settles at 1: no overflow and no denormal number, however often it runs. Not fused, which would be slow on vectors without that instruction.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Move<TLanes>(ref float block, nuint i, TLanes half)
        where TLanes : struct, ILanes<TLanes> =>
        TLanes.Store((TLanes.Load(in block, i) * half) + half, ref block, i);
}
