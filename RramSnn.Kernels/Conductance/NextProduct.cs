using System.Runtime.CompilerServices;
using RramSnn.Kernels.Simd;

namespace RramSnn.Kernels.Conductance;

/// <summary>What a fused pass does with a state that it has just written: the weight that enters the coming step's product.</summary>
internal interface INextProduct
{
    /// <summary>Signed weights, in units of the normalised state, of the cells at an offset of this call's panels.</summary>
    TLanes Weight<TLanes>(TLanes next, nuint offset)
        where TLanes : struct, ILanes<TLanes>;
}

/// <summary>The pass only writes.</summary>
internal readonly struct NoProduct : INextProduct
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Weight<TLanes>(TLanes next, nuint offset)
        where TLanes : struct, ILanes<TLanes> => next;
}

/// <summary>One device per synapse against a fixed reference: w = u - u_ref.</summary>
internal readonly struct ReferenceProduct(float reference) : INextProduct
{
    private readonly float _reference = reference;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Weight<TLanes>(TLanes next, nuint offset)
        where TLanes : struct, ILanes<TLanes> => next - TLanes.Broadcast(_reference);
}

/// <summary>The minus array of a pair, with its plus array already written: w = u⁺ - u⁻.</summary>
internal readonly ref struct MinusOfPairProduct(ref readonly float plus) : INextProduct
{
    private readonly ref readonly float _plus = ref plus;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Weight<TLanes>(TLanes next, nuint offset)
        where TLanes : struct, ILanes<TLanes> => TLanes.Load(in _plus, offset) - next;
}
