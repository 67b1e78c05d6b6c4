using FsCheck;
using FsCheck.Fluent;
using RramSnn.Kernels.Crossbar;

namespace RramSnn.PropertyTests.Support;

/// <summary>A crossbar with states, inputs and currents to start from, drawn from a seed.</summary>
public sealed record CrossbarCase(int Rows, int Columns, bool IsPair, int Seed)
{
    internal CrossbarLayout Layout { get; } = new(Rows, Columns);

    internal float[] Plus { get; } = States(Rows, Columns, Seed);

    internal float[] Minus { get; } = States(Rows, Columns, Seed + 1);

    internal float Reference { get; } = (Seed % 5) / 4f;

    internal float[] Start { get; } = Numbers.Sparse(-3f, 3f, 0.3, new CrossbarLayout(Rows, Columns).PaddedColumns, Seed + 2);

    internal float[] Input { get; } = Numbers.Sparse(-2f, 2f, 0.3, Rows, Seed + 3);

    internal ulong[] Spikes { get; } = Numbers.Spikes(0.3, (Rows + 63) / 64, Seed + 4);

    /// <summary>The spikes as numbers 0 and 1.</summary>
    internal float[] SpikesAsNumbers => [.. Enumerable.Range(0, Rows).Select(row => (float)((Spikes[row / 64] >> (row % 64)) & 1))];

    internal float[] Accumulate(ReadOnlySpan<float> input)
    {
        float[] current = (float[])Start.Clone();
        Accumulate(Plus, Minus, input, current);
        return current;
    }

    internal void Accumulate(ReadOnlySpan<float> plus, ReadOnlySpan<float> minus, ReadOnlySpan<float> input, Span<float> current)
    {
        if (IsPair)
        {
            CrossbarKernels.Accumulate(plus, minus, input, current);
        }
        else
        {
            CrossbarKernels.Accumulate(plus, Reference, input, current);
        }
    }

    internal float[] AccumulateSpikes()
    {
        float[] current = (float[])Start.Clone();
        AccumulateSpikes(Plus, Minus, ActiveRows.FromSpikes(Spikes, Rows, new int[Rows]), current);
        return current;
    }

    internal void AccumulateSpikes(ReadOnlySpan<float> plus, ReadOnlySpan<float> minus, ActiveRows active, Span<float> current)
    {
        if (IsPair)
        {
            CrossbarKernels.AccumulateSpikes(plus, minus, active, current);
        }
        else
        {
            CrossbarKernels.AccumulateSpikes(plus, Reference, active, current);
        }
    }

    internal float[] AccumulateAt(int width) => RunAt(width, new DenseRows(in Input[0], (nuint)Rows));

    /// <summary>The dense product of the plain states, with the cell that has no reference or with a reference of 0.</summary>
    internal float[] AccumulateStatesAt(int width, bool isPlain)
    {
        float[] current = (float[])Start.Clone();
        DenseRows inputs = new(in Input[0], (nuint)Rows);
        if (isPlain)
        {
            RunAt(width, new PlainCell(in Plus[0]), inputs, current);
        }
        else
        {
            RunAt(width, new ReferenceCell(in Plus[0], 0f), inputs, current);
        }

        return current;
    }

    internal float[] AccumulateSpikesAt(int width)
    {
        int[] scratch = new int[Rows + 1];
        ActiveRows active = ActiveRows.FromSpikes(Spikes, Rows, scratch);
        return RunAt(width, new SpikingRows(in scratch[0], (nuint)active.Count));
    }

    /// <summary>The inputs that are not zero, listed.</summary>
    internal ActiveRows Active(Span<int> rows, Span<float> values)
    {
        float[] padded = new float[PaddedRows];
        Input.CopyTo(padded, 0);
        return ActiveRows.FromTrace(padded, Rows, rows, values);
    }

    /// <summary>Room for <see cref="Active"/>.</summary>
    internal int PaddedRows => (Rows + 15) / 16 * 16;

    internal float[] AccumulateActive()
    {
        float[] current = (float[])Start.Clone();
        AccumulateActive(Plus, Minus, Active(new int[PaddedRows], new float[PaddedRows]), current);
        return current;
    }

    internal void AccumulateActive(ReadOnlySpan<float> plus, ReadOnlySpan<float> minus, ActiveRows active, Span<float> current)
    {
        if (IsPair)
        {
            CrossbarKernels.AccumulateActive(plus, minus, active, current);
        }
        else
        {
            CrossbarKernels.AccumulateActive(plus, Reference, active, current);
        }
    }

    internal float[] AccumulateActiveAt(int width)
    {
        (int[] rows, float[] values) = (new int[PaddedRows], new float[PaddedRows]);
        ActiveRows active = Active(rows, values);
        return RunAt(width, new ListedRows(in rows[0], in values[0], (nuint)active.Count));
    }

    /// <summary>Shares that wires leave of the devices of <see cref="Plus"/>.</summary>
    internal float[] Attenuations => Numbers.Between(0.2f, 1f, Plus.Length, Seed + 5);

    /// <summary>The products behind wires, of the listed inputs or of spikes.</summary>
    internal float[] AccumulateAttenuated(bool isSpiking)
    {
        float[] current = (float[])Start.Clone();
        if (isSpiking)
        {
            CrossbarKernels.AccumulateSpikes(Plus, Attenuations, Reference, ActiveRows.FromSpikes(Spikes, Rows, new int[Rows]), current);
        }
        else
        {
            CrossbarKernels.AccumulateActive(Plus, Attenuations, Reference, Active(new int[PaddedRows], new float[PaddedRows]), current);
        }

        return current;
    }

    internal float[] AccumulateAttenuatedAt(int width, bool isSpiking)
    {
        float[] current = (float[])Start.Clone();
        float[] attenuations = Attenuations;
        AttenuatedCell cell = new(in Plus[0], in attenuations[0], Reference);
        int[] rows = new int[Math.Max(PaddedRows, Rows + 1)];
        if (isSpiking)
        {
            ActiveRows active = ActiveRows.FromSpikes(Spikes, Rows, rows);
            RunAt(width, cell, new SpikingRows(in rows[0], (nuint)active.Count), current);
        }
        else
        {
            float[] values = new float[PaddedRows];
            ActiveRows active = Active(rows.AsSpan(0, PaddedRows), values);
            RunAt(width, cell, new ListedRows(in rows[0], in values[0], (nuint)active.Count), current);
        }

        return current;
    }

    /// <summary>The generator FsCheck uses for this type: any rows, and columns around the borders of panels.</summary>
    public static Arbitrary<CrossbarCase> Generator()
    {
        Gen<CrossbarCase> cases =
            from rows in Gen.OneOf(Gen.Choose(1, 20), Gen.Elements(63, 64, 65, 130))
            from columns in Gen.Elements(1, 127, 128, 129, 300)
            from isPair in Gen.Elements(true, false)
            from seed in Gen.Choose(0, 1 << 20)
            select new CrossbarCase(rows, columns, isPair, seed);
        return Arb.From(cases);
    }

    private static float[] States(int rows, int columns, int seed)
    {
        CrossbarLayout layout = new(rows, columns);
        float[] stored = new float[layout.Length];
        layout.FromRowMajor(Numbers.Sparse(0f, 1f, 0.1, rows * columns, seed), stored);
        return stored;
    }

    private float[] RunAt<TInputs>(int width, TInputs inputs)
        where TInputs : struct, IRowInputs, allows ref struct
    {
        float[] current = (float[])Start.Clone();
        RunAt(width, Plus, Minus, inputs, current);
        return current;
    }

    /// <summary>The kernel at a width, on other memory than the case's own.</summary>
    internal void RunAt<TInputs>(int width, ReadOnlySpan<float> plus, ReadOnlySpan<float> minus, TInputs inputs, Span<float> current)
        where TInputs : struct, IRowInputs, allows ref struct
    {
        if (IsPair)
        {
            RunAt(width, new PairCell(in plus[0], in minus[0]), inputs, current);
        }
        else if (Reference == 0f)
        {
            RunAt(width, new PlainCell(in plus[0]), inputs, current);
        }
        else
        {
            RunAt(width, new ReferenceCell(in plus[0], Reference), inputs, current);
        }
    }

    /// <summary>The kernel at a width, with any cell.</summary>
    internal void RunAt<TCell, TInputs>(int width, TCell cell, TInputs inputs, Span<float> current)
        where TCell : struct, ISynapseCell, allows ref struct
        where TInputs : struct, IRowInputs, allows ref struct =>
        Widths.Run(width, new AccumulateKernel<TCell, TInputs>
        {
            Cell = cell,
            Inputs = inputs,
            Rows = (nuint)Rows,
            Current = ref current[0],
            PaddedColumns = (nuint)current.Length,
        });
}
