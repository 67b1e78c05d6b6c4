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
        // Magnitudes of floats are ordered like their bits, so 2⁻⁸⁰ - |next| as integers is negative where next is to stay.
        // Four operations of the plainest kind; a comparison of floats would travel through a mask register and back.
        TLanes next = TLanes.FusedMultiplyAdd(decay, trace, input);
        TLanes stays = TLanes.SubtractInteger(TLanes.Broadcast(Smallest), TLanes.Abs(next));
        return next & TLanes.ShiftRightSigned(stays, 31);
    }
}
