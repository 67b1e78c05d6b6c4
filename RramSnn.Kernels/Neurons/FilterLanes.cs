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
    internal static TLanes Leak<TLanes>(TLanes trace, TLanes decay, TLanes input)
        where TLanes : struct, ILanes<TLanes>
    {
        // Magnitudes of floats are ordered like their bits, so 2⁻⁸⁰ - |next| as integers is negative where next is to stay. On wide vectors that takes
        // four operations of the plainest kind, where a comparison would travel through a mask register and back; narrow ones compare in three.
        TLanes next = TLanes.FusedMultiplyAdd(decay, trace, input);
        TLanes magnitude = TLanes.Abs(next);
        TLanes smallest = TLanes.Broadcast(Smallest);
        return next & (TLanes.Count >= 16
            ? TLanes.ShiftRightSigned(TLanes.SubtractInteger(smallest, magnitude), 31)
            : TLanes.LessThanInteger(smallest, magnitude));
    }
}
