using FsCheck.Xunit;
using RramSnn.Kernels.Crossbar;
using RramSnn.PropertyTests.Support;
using Xunit;

namespace RramSnn.PropertyTests.Kernels;

/// <summary>The spike-driven product.</summary>
[Properties(Arbitrary = [typeof(CrossbarCase)], MaxTest = 30)]
public sealed class AccumulateSpikesTests
{
    [Property]
    public bool Every_width_gives_the_bits_of_the_scalar_rule(CrossbarCase c)
    {
        float[] expected = CrossbarReference.AccumulateSpikes(c, c.Spikes);
        bool isEqual = BitwiseAssert.AreEqual(expected, c.AccumulateSpikes());
        foreach (int width in Widths.InBits)
        {
            isEqual &= BitwiseAssert.AreEqual(expected, c.AccumulateSpikesAt(width));
        }

        return isEqual;
    }

    [Theory]
    [InlineData(5_001, 128, true, 3)]
    [InlineData(5_001, 128, false, 5)]
    [InlineData(2_001, 700, true, 3)]
    [InlineData(2_001, 700, false, 3)]
    public void A_large_matrix_has_the_bits_of_the_scalar_rule(int rows, int columns, bool isPair, int seed) =>
        Assert.True(Every_width_gives_the_bits_of_the_scalar_rule(new CrossbarCase(rows, columns, isPair, seed)));

    [Property]
    public bool Spikes_equal_the_dense_product_with_zeros_and_ones(CrossbarCase c) =>
        BitwiseAssert.AreEqual(c.Accumulate(c.SpikesAsNumbers), c.AccumulateSpikes());

    [Property]
    public bool The_error_stays_within_the_forward_bound(CrossbarCase c)
    {
        float[] actual = c.AccumulateSpikes();
        double unit = (c.Rows + 1) * Math.ScaleB(1, -24);
        for (int column = 0; column < actual.Length; column++)
        {
            (double sum, double magnitude) = CrossbarReference.Exact(c, c.SpikesAsNumbers, column);
            if (Math.Abs(actual[column] - sum) > unit / (1 - unit) * magnitude)
            {
                return false;
            }
        }

        return true;
    }

    [Property]
    public bool Panels_may_be_computed_separately(CrossbarCase c)
    {
        float[] whole = c.AccumulateSpikes();
        float[] parts = (float[])c.Start.Clone();
        ActiveRows active = ActiveRows.FromSpikes(c.Spikes, c.Rows, new int[c.Rows]);
        for (int panel = c.Layout.PanelCount - 1; panel >= 0; panel--)
        {
            Range cells = (panel * c.Layout.PanelLength)..((panel + 1) * c.Layout.PanelLength);
            Range columns = (panel * CrossbarLayout.PanelWidth)..((panel + 1) * CrossbarLayout.PanelWidth);
            c.AccumulateSpikes(c.Plus.AsSpan()[cells], c.Minus.AsSpan()[cells], active, parts.AsSpan()[columns]);
        }

        return BitwiseAssert.AreEqual(whole, parts);
    }

    [Property]
    public bool No_spike_adds_nothing(CrossbarCase c)
    {
        float[] current = (float[])c.Start.Clone();
        c.AccumulateSpikes(c.Plus, c.Minus, ActiveRows.FromSpikes(new ulong[3], c.Rows, new int[c.Rows]), current);
        return BitwiseAssert.AreEqual(c.Start, current);
    }
}
