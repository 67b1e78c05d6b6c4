using System.Runtime.CompilerServices;
using RramSnn.Kernels.Simd;

namespace RramSnn.Kernels.Periphery;

/// <summary>The one body of <see cref="WireKernels.LineDrops"/>.</summary>
internal ref struct LineDropsKernel : IVectorKernel
{
    internal ref readonly float Conductance;
    internal ref readonly float CrossingDrops;
    internal ref float Drops;
    internal ref float Scratch;
    internal int Positions;
    internal nuint Lines;
    internal float Segment;
    internal float LeadConductance;
    internal bool IsBothEnded;
    internal bool IsFromLast;

    public readonly void Run<TLanes>()
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes one = TLanes.Broadcast(1f);
        TLanes segment = TLanes.Broadcast(Segment);
        ref float conductanceBehind = ref Unsafe.Add(ref Scratch, (nuint)Positions * Lines);
        ref float currentBehind = ref Unsafe.Add(ref conductanceBehind, Lines);
        for (nuint line = 0; line < Lines; line += (nuint)TLanes.Count)
        {
            TLanes.Store(TLanes.Broadcast(LeadConductance), ref Scratch, line);
            TLanes.Store(default, ref Drops, At(0) + line);
            TLanes.Store(TLanes.Broadcast(IsBothEnded ? LeadConductance : 0f), ref conductanceBehind, line);
            TLanes.Store(default, ref currentBehind, line);
        }

        // Away from the connected end: conductance and current that come in through the wire before each node.
        for (int position = 0; position + 1 < Positions; position++)
        {
            nuint here = At(position);
            nuint next = At(position + 1);
            nuint scratch = (nuint)position * Lines;
            for (nuint line = 0; line < Lines; line += (nuint)TLanes.Count)
            {
                TLanes device = TLanes.Load(in Conductance, here + line);
                TLanes voltage = one - TLanes.Load(in CrossingDrops, here + line);
                TLanes conductance = TLanes.Load(in Scratch, scratch + line) + device;
                TLanes current = TLanes.FusedMultiplyAdd(device, voltage, TLanes.Load(in Drops, here + line));
                TLanes share = one / TLanes.FusedMultiplyAdd(segment, conductance, one);
                TLanes.Store(conductance * share, ref Scratch, scratch + Lines + line);
                TLanes.Store(current * share, ref Drops, next + line);
            }
        }

        // Back: the same from behind, and with both the node's drop.
        for (int position = Positions - 1; position >= 0; position--)
        {
            nuint here = At(position);
            nuint scratch = (nuint)position * Lines;
            for (nuint line = 0; line < Lines; line += (nuint)TLanes.Count)
            {
                TLanes device = TLanes.Load(in Conductance, here + line);
                TLanes voltage = one - TLanes.Load(in CrossingDrops, here + line);
                TLanes conductance = TLanes.Load(in conductanceBehind, line) + device;
                TLanes current = TLanes.FusedMultiplyAdd(device, voltage, TLanes.Load(in currentBehind, line));
                TLanes share = one / TLanes.FusedMultiplyAdd(segment, conductance, one);
                TLanes total = TLanes.Load(in Scratch, scratch + line) + conductance;
                TLanes.Store((TLanes.Load(in Drops, here + line) + current) / total, ref Drops, here + line);
                TLanes.Store(conductance * share, ref conductanceBehind, line);
                TLanes.Store(current * share, ref currentBehind, line);
            }
        }
    }

    /// <summary>First element of a position, counted from the connected end.</summary>
    private readonly nuint At(int position) => (nuint)(IsFromLast ? Positions - 1 - position : position) * Lines;
}
