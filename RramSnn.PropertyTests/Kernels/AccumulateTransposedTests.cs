using FsCheck.Xunit;
using RramSnn.Kernels.Crossbar;
using RramSnn.PropertyTests.Support;
using Xunit;

namespace RramSnn.PropertyTests.Kernels;

/// <summary>The way back: from bit lines to word lines.</summary>
[Properties(Arbitrary = [typeof(TransposedCase)], MaxTest = 30)]
public sealed class AccumulateTransposedTests
{
    [Property]
    public bool Every_width_sums_in_the_documented_order(TransposedCase c)
    {
        float[] expected = c.AccumulateByReference();
        bool isEqual = BitwiseAssert.AreEqual(expected, c.Accumulate());
        foreach (int width in Widths.InBits)
        {
            isEqual &= BitwiseAssert.AreEqual(expected, c.AccumulateAt(width));
        }

        return isEqual;
    }

    [Theory]
    [InlineData(63, 100)]
    [InlineData(63, 300)]
    [InlineData(64, 512)]
    [InlineData(65, 128)]
    [InlineData(65, 513)]
    [InlineData(130, 1100)]
    public void Blocks_of_rows_and_groups_of_panels_leave_no_trace(int rows, int columns)
    {
        for (int seed = 0; seed < 4; seed++)
        {
            Assert.True(Every_width_sums_in_the_documented_order(new(new CrossbarCase(rows, columns, IsPair: seed % 2 == 0, seed))));
        }
    }

    [Property]
    public bool Word_lines_may_be_split_in_any_way(TransposedCase c, int first, int second)
    {
        int rows = c.Crossbar.Rows;
        int[] cuts = [0, .. new[] { Cut(first), Cut(second) }.Order(), rows];
        float[] parts = (float[])c.Start.Clone();
        for (int part = 2; part >= 0; part--)
        {
            c.Accumulate(c.Crossbar.Plus, c.Crossbar.Minus, c.Input, cuts[part], parts.AsSpan(cuts[part]..cuts[part + 1]));
        }

        return BitwiseAssert.AreEqual(c.Accumulate(), parts);

        int Cut(int number) => (int)((uint)number % (rows + 1));
    }

    /// <summary>At most n/16 fused steps per partial sum, four levels of the tree, the start, and one rounding of each weight.</summary>
    [Property]
    public bool The_error_stays_within_the_forward_bound(TransposedCase c)
    {
        float[] actual = c.Accumulate();
        double unit = ((c.Input.Length / 16) + 6) * Math.ScaleB(1, -24);
        for (int row = 0; row < actual.Length; row++)
        {
            double sum = c.Start[row];
            double magnitude = Math.Abs(sum);
            for (int column = 0; column < c.Input.Length; column++)
            {
                int cell = c.Crossbar.Layout.IndexOf(row, column);
                double weight = (double)c.Crossbar.Plus[cell] - (c.Crossbar.IsPair ? c.Crossbar.Minus[cell] : c.Crossbar.Reference);
                sum += c.Input[column] * weight;
                magnitude += Math.Abs(c.Input[column] * weight);
            }

            if (Math.Abs(actual[row] - sum) > unit / (1 - unit) * magnitude)
            {
                return false;
            }
        }

        return true;
    }

    [Property]
    public bool Zero_input_adds_nothing(TransposedCase c)
    {
        Array.Clear(c.Input);
        return BitwiseAssert.AreEqual(c.Start, c.Accumulate());
    }

    [Fact]
    public void Without_bit_lines_nothing_is_added()
    {
        float[] output = [1f, -2f, 3f];
        CrossbarKernels.AccumulateTransposed([], [], 3, [], 0, output);
        CrossbarKernels.AccumulateTransposed([], 0.5f, 3, [], 0, output);
        Assert.Equal([1f, -2f, 3f], output);
    }

    [Fact]
    public void Word_lines_of_many_panels_may_be_split()
    {
        foreach (bool isPair in new[] { true, false })
        {
            Assert.True(Word_lines_may_be_split_in_any_way(new(new CrossbarCase(90, 700, isPair, Seed: 4)), 7, 71));
        }
    }

    [Fact]
    public void NaN_stays_in_its_word_line()
    {
        TransposedCase c = new(new CrossbarCase(21, 200, IsPair: true, Seed: 3));
        float[] clean = c.Accumulate();
        c.Crossbar.Minus[c.Crossbar.Layout.IndexOf(13, 150)] = float.NaN;
        float[] dirty = c.Accumulate();
        for (int row = 0; row < 21; row++)
        {
            Assert.Equal(row == 13 ? float.NaN : clean[row], dirty[row]);
        }
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public void The_kernel_never_leaves_its_spans(bool guardAfter, bool isPair)
    {
        for (int rows = 1; rows <= 20; rows++)
        {
            TransposedCase c = new(new CrossbarCase(rows, 128 * (1 + (rows % 6)), isPair, rows));
            using GuardedBuffer<float> plus = new(c.Crossbar.Plus, guardAfter);
            using GuardedBuffer<float> minus = new(c.Crossbar.Minus, guardAfter);
            using GuardedBuffer<float> input = new(c.Input, guardAfter);
            using GuardedBuffer<float> output = new(c.Start, guardAfter);
            c.Accumulate(plus.Span, minus.Span, input.Span, 0, output.Span);
            BitwiseAssert.Equal(c.Accumulate(), output.Span, $"{c}");
        }
    }
}
