using FsCheck.Xunit;
using RramSnn.Kernels.Crossbar;
using RramSnn.PropertyTests.Support;
using Xunit;

namespace RramSnn.PropertyTests.Kernels;

/// <summary>The batched product. Inputs have NaN between their rows, so a read beyond a sample would show.</summary>
[Properties(Arbitrary = [typeof(BatchProductCase)], MaxTest = 30)]
public sealed class AccumulateBatchTests
{
    [Property]
    public bool Every_width_gives_every_sample_the_bits_of_its_own_product(BatchProductCase c)
    {
        float[] expected = c.OneByOne();
        bool isEqual = BitwiseAssert.AreEqual(expected, c.Accumulate());
        foreach (int width in Widths.InBits)
        {
            isEqual &= BitwiseAssert.AreEqual(expected, c.AccumulateAt(width));
        }

        return isEqual;
    }

    [Property]
    public bool Panels_may_be_computed_separately(BatchProductCase c)
    {
        float[] whole = c.Accumulate();
        float[] parts = (float[])c.Start.Clone();
        CrossbarLayout layout = c.Crossbar.Layout;
        for (int panel = layout.PanelCount - 1; panel >= 0; panel--)
        {
            Range cells = (panel * layout.PanelLength)..((panel + 1) * layout.PanelLength);
            Range currents = (panel * c.CurrentLayout.PanelLength)..((panel + 1) * c.CurrentLayout.PanelLength);
            c.Accumulate(c.Crossbar.Plus.AsSpan()[cells], c.Crossbar.Minus.AsSpan()[cells], c.Inputs, parts.AsSpan()[currents]);
        }

        return BitwiseAssert.AreEqual(whole, parts);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Every_batch_and_every_border_of_a_block_of_rows_has_the_bits_of_its_own_product(bool isPair)
    {
        foreach (int rows in new[] { 1, 2, 63, 64, 65, 128, 129, 255, 256, 257, 513 })
        {
            for (int batch = 1; batch <= 14; batch++)
            {
                BatchProductCase c = new(new CrossbarCase(rows, 128, isPair, (rows * 20) + batch), batch, batch % 3);
                float[] expected = c.OneByOne();
                foreach (int width in Widths.InBits)
                {
                    BitwiseAssert.Equal(expected, c.AccumulateAt(width), $"{c}, {width} bits");
                }
            }
        }
    }

    /// <summary>Large enough that the tiles ask for the weights that follow; the batches have tiles of 1 to 6 samples.</summary>
    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 0)]
    [InlineData(false, 1)]
    public void Matrices_beyond_the_second_level_cache_have_the_bits_of_single_products(bool isPair, int seed)
    {
        foreach (int batch in Effort.IsReduced ? new[] { 8 } : [1, 8, 9, 11, 40])
        {
            BatchProductCase c = new(new CrossbarCase(1_100, 384, isPair, seed), batch, 3);
            Assert.Equal(seed == 0, c.Crossbar.Reference == 0f);
            float[] expected = c.OneByOne();
            foreach (int width in Widths.InBits)
            {
                BitwiseAssert.Equal(expected, c.AccumulateAt(width), $"{c}, {width} bits");
            }
        }
    }

    [Fact]
    public void Infinity_and_NaN_stay_in_their_column_and_their_sample()
    {
        BatchProductCase c = new(new CrossbarCase(70, 200, IsPair: true, Seed: 4), 5, 2);
        Array.Fill(c.Inputs, 1f, 66, 1);
        float[] clean = c.Accumulate();
        c.Crossbar.Plus[c.Crossbar.Layout.IndexOf(66, 140)] = float.NaN;
        c.Inputs[(3 * c.Stride) + 9] = float.PositiveInfinity;
        float[] dirty = c.Accumulate();
        for (int sample = 0; sample < 5; sample++)
        {
            for (int column = 0; column < 200; column++)
            {
                int at = c.CurrentLayout.IndexOf(sample, column);
                Assert.True(column == 140 ? float.IsNaN(dirty[at]) : sample == 3 ? !float.IsFinite(dirty[at]) : dirty[at] == clean[at]);
            }
        }
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public void The_kernel_never_leaves_its_spans(bool guardAfter, bool isPair)
    {
        for (int batch = 1; batch <= 14; batch++)
        {
            BatchProductCase c = new(new CrossbarCase(batch * 5, 128 * (1 + (batch % 2)), isPair, batch), batch, batch % 4);
            using GuardedBuffer<float> plus = new(c.Crossbar.Plus, guardAfter);
            using GuardedBuffer<float> minus = new(c.Crossbar.Minus, guardAfter);
            using GuardedBuffer<float> inputs = new(c.Inputs, guardAfter);
            using GuardedBuffer<float> current = new(c.Start, guardAfter);
            c.Accumulate(plus.Span, minus.Span, inputs.Span, current.Span);
            BitwiseAssert.Equal(c.Accumulate(), current.Span, $"{c}");
        }
    }
}
