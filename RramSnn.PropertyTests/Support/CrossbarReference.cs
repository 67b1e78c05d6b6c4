namespace RramSnn.PropertyTests.Support;

/// <summary>Products of an input with a crossbar, one cell at a time: once with the kernel's roundings, once in double.</summary>
internal static class CrossbarReference
{
    /// <summary>The scalar rule: one fused multiply-add per cell, word lines ascending.</summary>
    internal static float[] Accumulate(CrossbarCase c, ReadOnlySpan<float> input)
    {
        float[] sums = (float[])c.Start.Clone();
        for (int column = 0; column < sums.Length; column++)
        {
            for (int row = 0; row < c.Layout.Rows; row++)
            {
                sums[column] = MathF.FusedMultiplyAdd(input[row], Weight(c, c.Layout.IndexOf(row, column)), sums[column]);
            }
        }

        return sums;
    }

    /// <summary>The rule for spikes: one addition per cell of an active word line.</summary>
    internal static float[] AccumulateSpikes(CrossbarCase c, ReadOnlySpan<ulong> spikes)
    {
        float[] sums = (float[])c.Start.Clone();
        for (int column = 0; column < sums.Length; column++)
        {
            for (int row = 0; row < c.Layout.Rows; row++)
            {
                if (((spikes[row / 64] >> (row % 64)) & 1) != 0)
                {
                    sums[column] += Weight(c, c.Layout.IndexOf(row, column));
                }
            }
        }

        return sums;
    }

    /// <summary>The exact sum of a column and the sum of the magnitudes of its terms.</summary>
    internal static (double Sum, double Magnitude) Exact(CrossbarCase c, ReadOnlySpan<float> input, int column)
    {
        double sum = c.Start[column];
        double magnitude = Math.Abs(sum);
        for (int row = 0; row < c.Layout.Rows; row++)
        {
            int cell = c.Layout.IndexOf(row, column);
            double weight = c.IsPair ? (double)c.Plus[cell] - c.Minus[cell] : (double)c.Plus[cell] - c.Reference;
            sum += input[row] * weight;
            magnitude += Math.Abs(input[row] * weight);
        }

        return (sum, magnitude);
    }

    internal static float Weight(CrossbarCase c, int cell) => c.IsPair ? c.Plus[cell] - c.Minus[cell] : c.Plus[cell] - c.Reference;
}
