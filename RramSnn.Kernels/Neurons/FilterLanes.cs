using System.Runtime.CompilerServices;
using RramSnn.Kernels.Simd;

namespace RramSnn.Kernels.Neurons;

/// <summary>Lane arithmetic shared by the filters before and behind the synapses.</summary>
internal static class FilterLanes
{
    // 2⁻⁸⁰: long before a decaying trace becomes subnormal (slow on many processors) it is nothing against any threshold.
    private const float Smallest = 8.271806e-25f;

    /// <summary>decay · trace + input, with vanishing results set to zero; NaN stays NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TLanes Leak<TLanes>(TLanes trace, float decay, TLanes input)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes next = TLanes.FusedMultiplyAdd(TLanes.Broadcast(decay), trace, input);
        return TLanes.Select(TLanes.GreaterThanOrEqual(TLanes.Broadcast(Smallest), TLanes.Abs(next)), TLanes.Broadcast(0f), next);
    }
}
