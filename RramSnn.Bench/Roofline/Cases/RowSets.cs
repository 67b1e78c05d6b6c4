namespace RramSnn.Bench.Roofline.Cases;

/// <summary>Several sets of active rows of one density, used in turn: a kernel that met the same rows every time would find them in a nearer cache.</summary>
internal sealed class RowSets
{
    private const int SparseCount = 8;

    private readonly int[][] _sets;

    /// <summary>Draws the sets, each with exactly the asked-for number of rows; where all rows are active, there is only one.</summary>
    internal RowSets(CaseShape shape)
    {
        System.Random random = new(1);
        int[] rows = [.. Enumerable.Range(0, shape.Rows)];
        _sets = new int[shape.Density < 1 ? SparseCount : 1][];
        for (int set = 0; set < _sets.Length; set++)
        {
            random.Shuffle(rows);
            _sets[set] = rows[..shape.ActiveRows];
        }

        UnionRows = _sets.SelectMany(static set => set).Distinct().Count();
    }

    /// <summary>Number of sets.</summary>
    internal int Count => _sets.Length;

    /// <summary>Rows that are active in at least one of the sets.</summary>
    internal int UnionRows { get; }

    /// <summary>The rows of one set, in no order.</summary>
    internal ReadOnlySpan<int> this[int set] => _sets[set];
}
