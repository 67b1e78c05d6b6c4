using RramSnn.Kernels.Memory;

namespace RramSnn.Bench.Roofline.Cases;

/// <summary>The row sets of a case as spike masks, taken in turn.</summary>
internal sealed class SpikeMasks
{
    private readonly Operands _operands;
    private readonly RowSets _sets;
    private readonly Field<ulong> _bits;
    private readonly int _words;
    private int _next;

    /// <summary>Reserves the masks.</summary>
    internal SpikeMasks(Operands operands, CaseShape shape)
    {
        _operands = operands;
        _sets = new RowSets(shape);
        _words = (shape.Rows + 63) / 64;
        _bits = operands.Reserve<ulong>("spike_masks", Count * _words);
    }

    /// <summary>Number of masks.</summary>
    internal int Count => _sets.Count;

    /// <summary>Word lines that spike in at least one of the masks.</summary>
    internal int UnionRows => _sets.UnionRows;

    /// <summary>Sets the bits of all masks.</summary>
    internal void Fill()
    {
        for (int mask = 0; mask < Count; mask++)
        {
            Span<ulong> bits = _operands.Span(_bits).Slice(mask * _words, _words);
            foreach (int row in _sets[mask])
            {
                bits[row / 64] |= 1ul << (row % 64);
            }
        }
    }

    /// <summary>The memory of all masks, for <see cref="Next"/>.</summary>
    internal ReadOnlySpan<ulong> All => _operands.Span(_bits);

    /// <summary>The next mask.</summary>
    internal ReadOnlySpan<ulong> Next(ReadOnlySpan<ulong> all)
    {
        _next = (_next + 1) % Count;
        return all.Slice(_next * _words, _words);
    }
}
