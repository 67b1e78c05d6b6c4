using FsCheck.Xunit;
using RramSnn.Kernels.Conductance;
using RramSnn.Kernels.Crossbar;
using RramSnn.Kernels.Simd;
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

    [Fact]
    public void Every_constant_comes_back_from_its_place()
    {
        float[] scratch = new float[PanelColumns.ScratchLength];
        PanelColumns columns = new(scratch);
        float[][] expected = [.. Enumerable.Range(0, 8).Select(static seed => Numbers.Between(-1f, 1f, CrossbarLayout.PanelWidth, seed))];
        for (int column = 0; column < CrossbarLayout.PanelWidth; column++)
        {
            LanesScalar Constant(int index) => LanesScalar.Broadcast(expected[index][column]);
            columns.Set((nuint)column, new(Constant(0), Constant(1), Constant(2), Constant(3), Constant(4), Constant(5), Constant(6)), Constant(7));
        }

        Assert.Equal(expected[0].Max(Math.Abs), columns.LargestRate());
        Assert.Equal(expected[7].Max(Math.Abs), columns.LargestCount());
        float[] actual = new float[8 * 16];
        DriveConstants<Lanes512> drive = columns.Drive<Lanes512>(32);
        Lanes512.Store(drive.Rate, ref actual[0], 0);
        Lanes512.Store(drive.Target, ref actual[0], 16);
        Lanes512.Store(drive.Slope, ref actual[0], 32);
        Lanes512.Store(drive.Scale, ref actual[0], 48);
        Lanes512.Store(drive.Linear, ref actual[0], 64);
        Lanes512.Store(drive.Square, ref actual[0], 80);
        Lanes512.Store(drive.Cube, ref actual[0], 96);
        Lanes512.Store(columns.Magnitude<Lanes512>(32), ref actual[0], 112);
        BitwiseAssert.Equal([.. expected.SelectMany(static values => values[32..48])], actual, "constants of 16 columns");
    }

    private static float Largest(float[] values) => PanelColumns.LargestMagnitude(values);
}
