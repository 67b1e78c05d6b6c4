using FsCheck;
using FsCheck.Fluent;
using RramSnn.Kernels.Crossbar;

namespace RramSnn.PropertyTests.Support;

/// <summary>A crossbar that is driven from its bit lines.</summary>
public sealed record TransposedCase(CrossbarCase Crossbar)
{
    /// <summary>One value per bit line; padding is zero.</summary>
    internal float[] Input { get; } =
    [
        .. Numbers.Sparse(-2f, 2f, 0.3, Crossbar.Columns, Crossbar.Seed + 5), .. new float[Crossbar.Layout.PaddedColumns - Crossbar.Columns],
    ];

    internal float[] Start { get; } = Numbers.Sparse(-3f, 3f, 0.3, Crossbar.Rows, Crossbar.Seed + 6);

    internal float[] Accumulate()
    {
        float[] output = (float[])Start.Clone();
        Accumulate(Crossbar.Plus, Crossbar.Minus, Input, 0, output);
        return output;
    }

    internal void Accumulate(ReadOnlySpan<float> plus, ReadOnlySpan<float> minus, ReadOnlySpan<float> input, int firstRow, Span<float> output)
    {
        if (Crossbar.IsPair)
        {
            CrossbarKernels.AccumulateTransposed(plus, minus, Crossbar.Rows, input, firstRow, output);
        }
        else
        {
            CrossbarKernels.AccumulateTransposed(plus, Crossbar.Reference, Crossbar.Rows, input, firstRow, output);
        }
    }

    internal float[] AccumulateAt(int width)
    {
        float[] output = (float[])Start.Clone();
        if (Crossbar.IsPair)
        {
            RunAt(width, new PairCell(in Crossbar.Plus[0], in Crossbar.Minus[0]), output);
        }
        else if (Crossbar.Reference == 0f)
        {
            RunAt(width, new PlainCell(in Crossbar.Plus[0]), output);
        }
        else
        {
            RunAt(width, new ReferenceCell(in Crossbar.Plus[0], Crossbar.Reference), output);
        }

        return output;
    }

    /// <summary>The documented order: sixteen partial sums by the column modulo 16, then a tree over them.</summary>
    internal float[] AccumulateByReference()
    {
        float[] output = (float[])Start.Clone();
        for (int row = 0; row < output.Length; row++)
        {
            float[] p = new float[16];
            for (int column = 0; column < Input.Length; column++)
            {
                float weight = CrossbarReference.Weight(Crossbar, Crossbar.Layout.IndexOf(row, column));
                p[column % 16] = MathF.FusedMultiplyAdd(Input[column], weight, p[column % 16]);
            }

            float even = ((p[0] + p[8]) + (p[4] + p[12])) + ((p[2] + p[10]) + (p[6] + p[14]));
            float odd = ((p[1] + p[9]) + (p[5] + p[13])) + ((p[3] + p[11]) + (p[7] + p[15]));
            output[row] += even + odd;
        }

        return output;
    }

    /// <summary>The generator FsCheck uses for this type.</summary>
    public static Arbitrary<TransposedCase> Generator() => Arb.From(CrossbarCase.Generator().Generator.Select(static crossbar => new TransposedCase(crossbar)));

    private void RunAt<TCell>(int width, TCell cell, float[] output)
        where TCell : struct, ISynapseCell, allows ref struct =>
        Widths.Run(width, new TransposedKernel<TCell>
        {
            Cell = cell,
            Input = ref Input[0],
            PaddedColumns = (nuint)Input.Length,
            Rows = (nuint)Crossbar.Rows,
            RowCount = (nuint)Crossbar.Rows,
            Output = ref output[0],
        });
}
