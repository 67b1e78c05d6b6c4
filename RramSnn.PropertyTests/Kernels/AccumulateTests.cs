using FsCheck.Xunit;
using RramSnn.Kernels.Crossbar;
using RramSnn.PropertyTests.Support;
using Xunit;

namespace RramSnn.PropertyTests.Kernels;

/// <summary>The dense product.</summary>
[Properties(Arbitrary = [typeof(CrossbarCase)], MaxTest = 30)]
public sealed class AccumulateTests
{
    [Property]
    public bool Every_width_gives_the_bits_of_the_scalar_rule(CrossbarCase c)
    {
        float[] expected = CrossbarReference.Accumulate(c, c.Input);
        bool isEqual = BitwiseAssert.AreEqual(expected, c.Accumulate(c.Input));
        foreach (int width in Widths.InBits)
        {
            isEqual &= BitwiseAssert.AreEqual(expected, c.AccumulateAt(width));
        }

        return isEqual;
    }

    /// <summary>
    /// Where rows to come are asked for early, and where they are not any more; whole panels, and on less than 256 bits some rows at a time through their parts; from memory
    /// narrow vectors take some panels side by side, and what is left over of them alone.
    /// </summary>
    [Theory]
    [InlineData(5_001, 128, true, 3)]
    [InlineData(5_001, 128, false, 3)]
    [InlineData(5_001, 128, false, 5)]
    [InlineData(50_001, 128, true, 3)]
    [InlineData(50_001, 128, false, 3)]
    [InlineData(50_001, 128, false, 5)]
    [InlineData(10_001, 700, true, 3)]
    [InlineData(10_001, 700, false, 3)]
    [InlineData(6_001, 1_100, true, 3)]
    [InlineData(6_001, 1_100, false, 3)]
    public void A_large_matrix_has_the_same_bits_on_every_width(int rows, int columns, bool isPair, int seed)
    {
        CrossbarCase c = new(rows, columns, isPair, seed);
        float[] expected = CrossbarReference.Accumulate(c, c.Input);
        foreach (int width in Widths.InBits)
        {
            BitwiseAssert.Equal(expected, c.AccumulateAt(width), $"{width} bits");
        }
    }

    [Property]
    public bool States_against_a_reference_of_zero_give_the_bits_of_plain_states(CrossbarCase c)
    {
        bool isEqual = true;
        foreach (int width in Widths.InBits)
        {
            isEqual &= BitwiseAssert.AreEqual(c.AccumulateStatesAt(width, isPlain: false), c.AccumulateStatesAt(width, isPlain: true));
        }

        return isEqual;
    }

    /// <summary>A theorem about n fused steps and one subtraction per weight, not a tuned tolerance.</summary>
    [Property]
    public bool The_error_stays_within_the_forward_bound(CrossbarCase c)
    {
        float[] actual = c.Accumulate(c.Input);
        double unit = (c.Rows + 1) * Math.ScaleB(1, -24);
        for (int column = 0; column < actual.Length; column++)
        {
            (double sum, double magnitude) = CrossbarReference.Exact(c, c.Input, column);
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
        float[] whole = c.Accumulate(c.Input);
        float[] parts = (float[])c.Start.Clone();
        for (int panel = c.Layout.PanelCount - 1; panel >= 0; panel--)
        {
            Range cells = (panel * c.Layout.PanelLength)..((panel + 1) * c.Layout.PanelLength);
            Range columns = (panel * CrossbarLayout.PanelWidth)..((panel + 1) * CrossbarLayout.PanelWidth);
            c.Accumulate(c.Plus.AsSpan()[cells], c.Minus.AsSpan()[cells], c.Input, parts.AsSpan()[columns]);
        }

        return BitwiseAssert.AreEqual(whole, parts);
    }

    [Property]
    public bool Zero_input_adds_nothing(CrossbarCase c) => BitwiseAssert.AreEqual(c.Start, c.Accumulate(new float[c.Rows]));

    [Property]
    public bool Twice_the_input_and_start_give_twice_the_current(CrossbarCase c)
    {
        float[] single = c.Accumulate(c.Input);
        float[] twice = [.. c.Start.Select(static value => 2 * value)];
        c.Accumulate(c.Plus, c.Minus, [.. c.Input.Select(static value => 2 * value)], twice);
        return BitwiseAssert.AreEqual([.. single.Select(static value => 2 * value)], twice);
    }

    [Property]
    public bool Padding_columns_stay_where_they_are(CrossbarCase c)
    {
        CrossbarCase pair = c with { IsPair = true };
        float[] actual = pair.Accumulate(pair.Input);
        return BitwiseAssert.AreEqual(pair.Start.AsSpan(c.Columns), actual.AsSpan(c.Columns));
    }

    [Fact]
    public void Swapping_the_devices_of_all_pairs_changes_the_sign()
    {
        CrossbarCase c = new(17, 200, IsPair: true, Seed: 8);
        float[] forward = new float[256];
        float[] backward = new float[256];
        CrossbarKernels.Accumulate(c.Plus, c.Minus, c.Input, forward);
        CrossbarKernels.Accumulate(c.Minus, c.Plus, c.Input, backward);
        Assert.Equal(forward, backward.Select(static value => -value));
    }

    [Fact]
    public void Infinity_and_NaN_stay_in_their_column()
    {
        CrossbarCase c = new(5, 128, IsPair: true, Seed: 1);
        float[] clean = c.Accumulate(c.Input);
        c.Input[2] = 1f;
        clean = c.Accumulate(c.Input);
        c.Plus[c.Layout.IndexOf(2, 40)] = float.NaN;
        c.Plus[c.Layout.IndexOf(2, 41)] = float.PositiveInfinity;
        float[] dirty = c.Accumulate(c.Input);
        Assert.Equal(float.NaN, dirty[40]);
        Assert.Equal(float.PositiveInfinity, dirty[41]);
        BitwiseAssert.Equal(clean.AsSpan(0, 40), dirty.AsSpan(0, 40), "columns before");
        BitwiseAssert.Equal(clean.AsSpan(42), dirty.AsSpan(42), "columns behind");
    }
}
