using FsCheck;
using FsCheck.Fluent;
using RramSnn.Kernels.Crossbar;

namespace RramSnn.PropertyTests.Support;

/// <summary>A crossbar with the inputs and currents of a batch; its own input and currents take no part.</summary>
public sealed record BatchProductCase(CrossbarCase Crossbar, int Batch, int Gap)
{
    internal int Stride => Crossbar.Rows + Gap;

    internal CrossbarLayout CurrentLayout { get; } = new(Batch, Crossbar.Columns);

    /// <summary>One row per sample; what lies between the rows is NaN.</summary>
    internal float[] Inputs { get; } = Numbers.Rows(-2f, 2f, 0.3, Batch, Crossbar.Rows, Gap, Crossbar.Seed + 5);

    internal float[] Start { get; } = Numbers.Sparse(-3f, 3f, 0.3, Batch * Crossbar.Layout.PaddedColumns, Crossbar.Seed + 6);

    internal float[] Accumulate()
    {
        float[] current = (float[])Start.Clone();
        Accumulate(Crossbar.Plus, Crossbar.Minus, Inputs, current);
        return current;
    }

    internal void Accumulate(ReadOnlySpan<float> plus, ReadOnlySpan<float> minus, ReadOnlySpan<float> inputs, Span<float> current)
    {
        if (Crossbar.IsPair)
        {
            CrossbarKernels.AccumulateBatch(plus, minus, Crossbar.Rows, inputs, Stride, Batch, current);
        }
        else
        {
            CrossbarKernels.AccumulateBatch(plus, Crossbar.Reference, Crossbar.Rows, inputs, Stride, Batch, current);
        }
    }

    internal float[] AccumulateAt(int width)
    {
        float[] current = (float[])Start.Clone();
        if (Crossbar.IsPair)
        {
            RunAt(width, new PairCell(in Crossbar.Plus[0], in Crossbar.Minus[0]), current);
        }
        else if (Crossbar.Reference == 0f)
        {
            RunAt(width, new PlainCell(in Crossbar.Plus[0]), current);
        }
        else
        {
            RunAt(width, new ReferenceCell(in Crossbar.Plus[0], Crossbar.Reference), current);
        }

        return current;
    }

    /// <summary>The batch-1 product of every sample.</summary>
    internal float[] OneByOne()
    {
        float[] all = (float[])Start.Clone();
        float[] current = new float[Crossbar.Layout.PaddedColumns];
        for (int sample = 0; sample < Batch; sample++)
        {
            for (int column = 0; column < current.Length; column++)
            {
                current[column] = all[CurrentLayout.IndexOf(sample, column)];
            }

            Crossbar.Accumulate(Crossbar.Plus, Crossbar.Minus, Inputs.AsSpan(sample * Stride, Crossbar.Rows), current);
            for (int column = 0; column < current.Length; column++)
            {
                all[CurrentLayout.IndexOf(sample, column)] = current[column];
            }
        }

        return all;
    }

    /// <summary>The generator FsCheck uses for this type: rows around the blocks of 64 and of 256.</summary>
    public static Arbitrary<BatchProductCase> Generator() => Arb.From(
        from rows in Gen.OneOf(Gen.Choose(1, 20), Gen.Elements(63, 64, 65, 127, 128, 129, 200, 257))
        from columns in Gen.Elements(1, 127, 128, 129, 300)
        from isPair in Gen.Elements(true, false)
        from seed in Gen.Choose(0, 1 << 20)
        from batch in Gen.Choose(1, 14)
        from gap in Gen.Choose(0, 5)
        select new BatchProductCase(new CrossbarCase(rows, columns, isPair, seed), batch, gap));

    private void RunAt<TCell>(int width, TCell cell, float[] current)
        where TCell : struct, ISynapseCell, allows ref struct =>
        Widths.Run(width, new BatchKernel<TCell>
        {
            Cell = cell,
            Inputs = ref Inputs[0],
            InputStride = (nuint)Stride,
            Batch = (nuint)Batch,
            Rows = (nuint)Crossbar.Rows,
            Current = ref current[0],
            PaddedColumns = (nuint)Crossbar.Layout.PaddedColumns,
        });
}
