using System.Numerics;
using RramSnn.Kernels.Simd;

namespace RramSnn.Kernels.Periphery;

/// <summary>The one body of <see cref="PeripheryKernels.Quantise"/>.</summary>
internal ref struct QuantiseKernel : IVectorKernel
{
    // Adding 1.5·2²³ leaves the nearest whole number, ties to even, in the low bits of the sum.
    private const float RoundingShift = 12582912f;

    internal ref readonly float X;
    internal ref float Y;
    internal nuint Length;
    internal float Range;
    internal float HighestCode;
    internal float LowestCode;
    internal ref int Saturated;

    public readonly void Run<TLanes>()
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes scale = TLanes.Broadcast(HighestCode / Range);

        // One step in two parts: the highest code, too, then comes out as the range to the bit, without a division.
        float step = Range / HighestCode;
        TLanes high = TLanes.Broadcast(step);
        TLanes low = TLanes.Broadcast(MathF.FusedMultiplyAdd(-step, HighestCode, Range) / HighestCode);
        TLanes highest = TLanes.Broadcast(HighestCode);
        TLanes lowest = TLanes.Broadcast(LowestCode);
        TLanes beyond = TLanes.Broadcast(HighestCode + 0.5f);
        TLanes below = TLanes.Broadcast(LowestCode - 0.5f);
        TLanes shift = TLanes.Broadcast(RoundingShift);
        int saturated = 0;
        for (nuint i = 0; i < Length; i += (nuint)TLanes.Count)
        {
            TLanes exact = TLanes.Load(in X, i) * scale;
            saturated += BitOperations.PopCount(TLanes.BitsFromMask(TLanes.GreaterThan(exact, beyond) | TLanes.GreaterThan(below, exact)));

            // In this order NaN comes through.
            TLanes bounded = TLanes.Max(lowest, TLanes.Min(highest, exact));
            TLanes code = (bounded + shift) - shift;
            TLanes.Store(TLanes.FusedMultiplyAdd(code, high, code * low), ref Y, i);
        }

        Saturated = saturated;
    }
}
