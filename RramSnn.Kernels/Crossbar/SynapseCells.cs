using System.Runtime.CompilerServices;
using RramSnn.Kernels.Memory;
using RramSnn.Kernels.Simd;

namespace RramSnn.Kernels.Crossbar;

/// <summary>How devices make one signed weight.</summary>
internal interface ISynapseCell
{
    /// <summary>Arrays of states or factors that a weight is made of.</summary>
    static abstract int Arrays { get; }

    /// <summary>Signed weights, in units of the normalised state, of the cells at an offset of the stored matrix.</summary>
    TLanes Weight<TLanes>(nuint offset)
        where TLanes : struct, ILanes<TLanes>;

    /// <summary>sum + weight of the cells at an offset.</summary>
    TLanes Add<TLanes>(TLanes sum, nuint offset)
        where TLanes : struct, ILanes<TLanes>;

    /// <summary>sum + input · weight of the cells at an offset, rounded once.</summary>
    TLanes MultiplyAdd<TLanes>(TLanes input, nuint offset, TLanes sum)
        where TLanes : struct, ILanes<TLanes>;

    /// <summary>Whether the weights are the stored states themselves, which then need no working out.</summary>
    bool IsPlain { get; }

    /// <summary>One of the <see cref="Arrays"/> from an offset on; the first holds the weights if <see cref="IsPlain"/>.</summary>
    ref float Stored(int array, nuint offset);

    /// <summary>Asks for what the weights of a row of a panel are made of.</summary>
    void HintRow(nuint offset);
}

/// <summary>One device per synapse that stands for itself: w = u.</summary>
/// <remarks>
/// A cell of its own although a reference of 0 gives the same bits: a subtraction per bundle is one more operation that waits for memory in the
/// processor's queue, which then holds half as many loads.
/// </remarks>
internal readonly ref struct PlainCell(ref readonly float state) : ISynapseCell
{
    private readonly ref readonly float _state = ref state;

    public static int Arrays => 1;

    public bool IsPlain => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Weight<TLanes>(nuint offset)
        where TLanes : struct, ILanes<TLanes> =>
        TLanes.Load(in _state, offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Add<TLanes>(TLanes sum, nuint offset)
        where TLanes : struct, ILanes<TLanes> =>
        TLanes.Add(sum, in _state, offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes MultiplyAdd<TLanes>(TLanes input, nuint offset, TLanes sum)
        where TLanes : struct, ILanes<TLanes> =>
        TLanes.FusedMultiplyAdd(input, in _state, offset, sum);

    public ref float Stored(int array, nuint offset) => ref Unsafe.Add(ref Unsafe.AsRef(in _state), offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void HintRow(nuint offset) => Prefetch.Row(ref Unsafe.AsRef(in _state), offset);
}

/// <summary>Two devices per synapse: w = u⁺ - u⁻.</summary>
internal readonly ref struct PairCell(ref readonly float plus, ref readonly float minus) : ISynapseCell
{
    private readonly ref readonly float _plus = ref plus;
    private readonly ref readonly float _minus = ref minus;

    public static int Arrays => 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Weight<TLanes>(nuint offset)
        where TLanes : struct, ILanes<TLanes> =>
        TLanes.Subtract(TLanes.Load(in _plus, offset), in _minus, offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Add<TLanes>(TLanes sum, nuint offset)
        where TLanes : struct, ILanes<TLanes> =>
        sum + Weight<TLanes>(offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes MultiplyAdd<TLanes>(TLanes input, nuint offset, TLanes sum)
        where TLanes : struct, ILanes<TLanes> =>
        TLanes.FusedMultiplyAdd(input, Weight<TLanes>(offset), sum);

    public bool IsPlain => false;

    public ref float Stored(int array, nuint offset) => ref Unsafe.Add(ref array == 0 ? ref Unsafe.AsRef(in _plus) : ref Unsafe.AsRef(in _minus), offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void HintRow(nuint offset)
    {
        Prefetch.Row(ref Unsafe.AsRef(in _plus), offset);
        Prefetch.Row(ref Unsafe.AsRef(in _minus), offset);
    }
}

/// <summary>One device per synapse against a fixed reference: w = u - u_ref.</summary>
internal readonly ref struct ReferenceCell(ref readonly float state, float reference) : ISynapseCell
{
    private readonly ref readonly float _state = ref state;
    private readonly float _reference = reference;

    public static int Arrays => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Weight<TLanes>(nuint offset)
        where TLanes : struct, ILanes<TLanes> =>
        TLanes.Load(in _state, offset) - TLanes.Broadcast(_reference);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Add<TLanes>(TLanes sum, nuint offset)
        where TLanes : struct, ILanes<TLanes> =>
        sum + Weight<TLanes>(offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes MultiplyAdd<TLanes>(TLanes input, nuint offset, TLanes sum)
        where TLanes : struct, ILanes<TLanes> =>
        TLanes.FusedMultiplyAdd(input, Weight<TLanes>(offset), sum);

    public bool IsPlain => false;

    public ref float Stored(int array, nuint offset) => ref Unsafe.Add(ref Unsafe.AsRef(in _state), offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void HintRow(nuint offset) => Prefetch.Row(ref Unsafe.AsRef(in _state), offset);
}

/// <summary>One device per synapse against a fixed reference, of both of which wires leave a share: w = f·(u - u_ref).</summary>
internal readonly ref struct AttenuatedCell(ref readonly float state, ref readonly float attenuation, float reference) : ISynapseCell
{
    private readonly ref readonly float _state = ref state;
    private readonly ref readonly float _attenuation = ref attenuation;
    private readonly float _reference = reference;

    public static int Arrays => 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Weight<TLanes>(nuint offset)
        where TLanes : struct, ILanes<TLanes> =>
        TLanes.Load(in _attenuation, offset) * (TLanes.Load(in _state, offset) - TLanes.Broadcast(_reference));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Add<TLanes>(TLanes sum, nuint offset)
        where TLanes : struct, ILanes<TLanes> =>
        sum + Weight<TLanes>(offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes MultiplyAdd<TLanes>(TLanes input, nuint offset, TLanes sum)
        where TLanes : struct, ILanes<TLanes> =>
        TLanes.FusedMultiplyAdd(input, Weight<TLanes>(offset), sum);

    public bool IsPlain => false;

    public ref float Stored(int array, nuint offset) => ref Unsafe.Add(ref array == 0 ? ref Unsafe.AsRef(in _state) : ref Unsafe.AsRef(in _attenuation), offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void HintRow(nuint offset)
    {
        Prefetch.Row(ref Unsafe.AsRef(in _attenuation), offset);
        Prefetch.Row(ref Unsafe.AsRef(in _state), offset);
    }
}
