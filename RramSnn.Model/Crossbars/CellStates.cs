using RramSnn.Kernels.Crossbar;

namespace RramSnn.Model.Crossbars;

/// <summary>A crossbar's devices as its products see them.</summary>
internal readonly ref struct CellStates
{
    private readonly ReadOnlySpan<float> _plusAttenuations;
    private readonly ReadOnlySpan<float> _minusAttenuations;
    private readonly float _offset;

    /// <summary>Devices without wires.</summary>
    /// <param name="plus">u⁺ (of a reference cell: u) in stored order.</param>
    /// <param name="minus">u⁻ in stored order; empty for a reference cell.</param>
    internal CellStates(ReadOnlySpan<float> plus, ReadOnlySpan<float> minus)
    {
        Plus = plus;
        Minus = minus;
    }

    /// <summary>Devices behind wires (<see cref="AttenuatedStates"/>).</summary>
    /// <param name="plus">u⁺ (of a reference cell: u) in stored order.</param>
    /// <param name="minus">u⁻ in stored order; empty for a reference cell.</param>
    /// <param name="plusAttenuations">Shares that the wires leave of them.</param>
    /// <param name="minusAttenuations">Shares that the wires leave of those.</param>
    /// <param name="offset">Gmin/(Gmax - Gmin).</param>
    internal CellStates(
        ReadOnlySpan<float> plus, ReadOnlySpan<float> minus, ReadOnlySpan<float> plusAttenuations, ReadOnlySpan<float> minusAttenuations, float offset)
        : this(plus, minus)
    {
        _plusAttenuations = plusAttenuations;
        _minusAttenuations = minusAttenuations;
        _offset = offset;
    }

    /// <summary>State of a reference cell's reference.</summary>
    internal float Reference { get; init; }

    internal ReadOnlySpan<float> Plus { get; }

    internal ReadOnlySpan<float> Minus { get; }

    internal bool IsPair => !Minus.IsEmpty;

    internal bool HasWires => !_plusAttenuations.IsEmpty;

    /// <summary>Some devices of one array, with their wires.</summary>
    internal AttenuatedStates Attenuated(bool isPlus, int first, int count) => new(
        (isPlus ? Plus : Minus).Slice(first, count), (isPlus ? _plusAttenuations : _minusAttenuations).Slice(first, count), _offset);
}
