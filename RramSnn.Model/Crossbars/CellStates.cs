namespace RramSnn.Model.Crossbars;

/// <summary>A crossbar's devices as its products see them; all in stored order.</summary>
internal readonly ref struct CellStates
{
    /// <summary>State of a reference cell's reference; of no meaning for pairs.</summary>
    internal float Reference { get; init; }

    /// <summary>u⁺; of a reference cell: u.</summary>
    internal required ReadOnlySpan<float> Plus { get; init; }

    /// <summary>u⁻; empty for a reference cell.</summary>
    internal required ReadOnlySpan<float> Minus { get; init; }

    /// <summary>Shares that wires leave of the devices of <see cref="Plus"/>; empty without wires.</summary>
    internal ReadOnlySpan<float> PlusAttenuation { get; init; }

    /// <summary>Shares that wires leave of the devices of <see cref="Minus"/>; empty without wires.</summary>
    internal ReadOnlySpan<float> MinusAttenuation { get; init; }

    internal bool IsPair => !Minus.IsEmpty;

    internal bool HasWires => !PlusAttenuation.IsEmpty;
}
