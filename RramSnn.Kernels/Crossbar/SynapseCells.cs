using System.Runtime.CompilerServices;
using RramSnn.Kernels.Simd;

namespace RramSnn.Kernels.Crossbar;

/// <summary>How devices make one signed weight.</summary>
internal interface ISynapseCell
{
    /// <summary>Signed weights, in units of the normalised state, of the cells at an offset of the stored matrix.</summary>
    TLanes Weight<TLanes>(nuint offset)
        where TLanes : struct, ILanes<TLanes>;

    /// <summary>Whether the weights are the stored states themselves, which then need no working out.</summary>
    bool IsPlain { get; }

    /// <summary>The stored states from an offset on; of use if <see cref="IsPlain"/>.</summary>
    ref float States(nuint offset);
}

/// <summary>Two devices per synapse: w = u⁺ - u⁻.</summary>
internal readonly ref struct PairCell(ref readonly float plus, ref readonly float minus) : ISynapseCell
{
    private readonly ref readonly float _plus = ref plus;
    private readonly ref readonly float _minus = ref minus;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Weight<TLanes>(nuint offset)
        where TLanes : struct, ILanes<TLanes> =>
        TLanes.Load(in _plus, offset) - TLanes.Load(in _minus, offset);

    public bool IsPlain => false;

    public ref float States(nuint offset) => ref Unsafe.Add(ref Unsafe.AsRef(in _plus), offset);
}

/// <summary>One device per synapse against a fixed reference: w = u - u_ref.</summary>
internal readonly ref struct ReferenceCell(ref readonly float state, float reference) : ISynapseCell
{
    private readonly ref readonly float _state = ref state;
    private readonly float _reference = reference;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Weight<TLanes>(nuint offset)
        where TLanes : struct, ILanes<TLanes> =>
        TLanes.Load(in _state, offset) - TLanes.Broadcast(_reference);

    public bool IsPlain => _reference == 0f;

    public ref float States(nuint offset) => ref Unsafe.Add(ref Unsafe.AsRef(in _state), offset);
}

/// <summary>One device per synapse against a fixed reference, of both of which wires leave a share: w = f·(u - u_ref).</summary>
internal readonly ref struct AttenuatedCell(ref readonly float state, ref readonly float attenuation, float reference) : ISynapseCell
{
    private readonly ref readonly float _state = ref state;
    private readonly ref readonly float _attenuation = ref attenuation;
    private readonly float _reference = reference;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Weight<TLanes>(nuint offset)
        where TLanes : struct, ILanes<TLanes> =>
        TLanes.Load(in _attenuation, offset) * (TLanes.Load(in _state, offset) - TLanes.Broadcast(_reference));

    public bool IsPlain => false;

    public ref float States(nuint offset) => ref Unsafe.Add(ref Unsafe.AsRef(in _state), offset);
}
