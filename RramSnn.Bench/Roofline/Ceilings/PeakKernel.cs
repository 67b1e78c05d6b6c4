using RramSnn.Kernels.Simd;

namespace RramSnn.Bench.Roofline.Ceilings;

/// <summary>Sixteen independent chains of fused multiply-adds: twice what two pipes of latency four need.</summary>
internal ref struct PeakKernel : IVectorKernel
{
    /// <summary>Chains side by side.</summary>
    internal const int Chains = 16;

    internal ref float Values;
    internal int Rounds;

    public readonly void Run<TLanes>()
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes a = TLanes.Load(in Values, 0), b = a, c = a, d = a, e = a, f = a, g = a, h = a;
        TLanes i = a, j = a, k = a, l = a, m = a, n = a, o = a, p = a;
        for (int round = 0; round < Rounds; round++)
        {
            // Each chain is its own factor and addend: 256-bit machines have 16 registers, and no other operand fits beside the chains.
            a = TLanes.FusedMultiplyAdd(a, a, a);
            b = TLanes.FusedMultiplyAdd(b, b, b);
            c = TLanes.FusedMultiplyAdd(c, c, c);
            d = TLanes.FusedMultiplyAdd(d, d, d);
            e = TLanes.FusedMultiplyAdd(e, e, e);
            f = TLanes.FusedMultiplyAdd(f, f, f);
            g = TLanes.FusedMultiplyAdd(g, g, g);
            h = TLanes.FusedMultiplyAdd(h, h, h);
            i = TLanes.FusedMultiplyAdd(i, i, i);
            j = TLanes.FusedMultiplyAdd(j, j, j);
            k = TLanes.FusedMultiplyAdd(k, k, k);
            l = TLanes.FusedMultiplyAdd(l, l, l);
            m = TLanes.FusedMultiplyAdd(m, m, m);
            n = TLanes.FusedMultiplyAdd(n, n, n);
            o = TLanes.FusedMultiplyAdd(o, o, o);
            p = TLanes.FusedMultiplyAdd(p, p, p);
        }

        TLanes.Store(a + b + c + d + e + f + g + h + i + j + k + l + m + n + o + p, ref Values, 0);
    }
}
