using RramSnn.Kernels.Memory;

namespace RramSnn.Bench.Roofline.Cases;

/// <summary>Several spike masks of one density, used in turn: a product that met the same rows every time would find them in a nearer cache.</summary>
internal sealed class SpikeMasks
{
    /// <summary>Number of masks.</summary>
    internal const int Count = 8;

    private readonly Operands _operands;
    private readonly Field<ulong> _bits;
    private readonly int _words;
    private readonly CaseShape _shape;
    private int _next;

    /// <summary>Reserves the masks.</summary>
    internal SpikeMasks(Operands operands, CaseShape shape)
    {
        _operands = operands;
        _shape = shape;
        _words = (shape.Rows + 63) / 64;
        _bits = operands.Reserve<ulong>("spike_masks", Count * _words);
    }

    /// <summary>Word lines that spike in at least one of the masks.</summary>
    internal int UnionRows { get; private set; }

    /// <summary>Draws the masks, each with exactly the asked-for number of spikes.</summary>
    internal void Draw()
    {
        System.Random random = new(1);
        int[] rows = [.. Enumerable.Range(0, _shape.Rows)];
        HashSet<int> union = [];
        for (int mask = 0; mask < Count; mask++)
        {
            random.Shuffle(rows);
            Span<ulong> bits = _operands.Span(_bits).Slice(mask * _words, _words);
            foreach (int row in rows.AsSpan(0, _shape.ActiveRows))
            {
                bits[row / 64] |= 1ul << (row % 64);
                union.Add(row);
            }
        }

        UnionRows = union.Count;
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
