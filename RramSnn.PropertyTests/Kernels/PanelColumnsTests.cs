using FsCheck.Xunit;
using RramSnn.Kernels.Conductance;
using RramSnn.Kernels.Crossbar;
using RramSnn.PropertyTests.Support;
using Xunit;

namespace RramSnn.PropertyTests.Kernels;

public sealed class PanelColumnsTests
{
    [Property(MaxTest = 50)]
    public bool The_largest_magnitude_is_found_wherever_it_is(int seed)
    {
        float[] values = Numbers.Between(-1f, 1f, CrossbarLayout.PanelWidth, seed);
        return Largest(values) == values.Max(Math.Abs);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(77)]
    [InlineData(127)]
    public void A_NaN_is_larger_than_any_number(int column)
    {
        float[] values = Numbers.Between(-1f, 1f, CrossbarLayout.PanelWidth, 1);
        values[5] = float.PositiveInfinity;
        values[column] = -float.NaN;
        Assert.Equal(float.NaN, Largest(values));
    }

    private static float Largest(float[] values)
    {
        ColumnBuffer buffer = default;
        values.CopyTo(buffer);
        return buffer.LargestMagnitude();
    }
}
