using FsCheck.Xunit;
using RramSnn.Kernels.Conductance;
using RramSnn.Kernels.Crossbar;
using RramSnn.Kernels.Simd;
using RramSnn.PropertyTests.Support;
using Xunit;

namespace RramSnn.PropertyTests.Kernels;

public sealed class PanelColumnsTests
{
    private const int Width = CrossbarLayout.PanelWidth;
    private const int Constants = 8;

    [Property(MaxTest = 50)]
    public bool The_largest_constants_are_found_wherever_they_are(int seed)
    {
        float[] values = Numbers.Between(-1f, 1f, Constants * Width, seed);
        float rate = values[..Width].Max(Math.Abs);
        float count = values[^Width..].Max(Math.Abs);
        return Largest<LanesScalar>(values) == (rate, count)
            && Largest<Lanes128>(values) == (rate, count)
            && Largest<Lanes256>(values) == (rate, count)
            && Largest<Lanes512>(values) == (rate, count);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(77)]
    [InlineData(127)]
    public void A_NaN_is_larger_than_any_number(int column)
    {
        float[] values = Numbers.Between(-1f, 1f, Constants * Width, 1);
        values[5] = float.PositiveInfinity;
        values[column] = -float.NaN;
        values[^(1 + column)] = float.NaN;
        Assert.Equal((float.NaN, float.NaN), Largest<LanesScalar>(values));
        Assert.Equal((float.NaN, float.NaN), Largest<Lanes128>(values));
        Assert.Equal((float.NaN, float.NaN), Largest<Lanes256>(values));
        Assert.Equal((float.NaN, float.NaN), Largest<Lanes512>(values));
    }

    [Fact]
    public void Every_constant_comes_back_from_its_place()
    {
        CheckPlaces<LanesScalar>();
        CheckPlaces<Lanes128>();
        CheckPlaces<Lanes256>();
        CheckPlaces<Lanes512>();
    }

    private static void CheckPlaces<TLanes>()
        where TLanes : struct, ILanes<TLanes>
    {
        float[] values = Numbers.Between(-1f, 1f, Constants * Width, 3);
        float[] actual = new float[values.Length];
        PanelColumns columns = Filled<TLanes>(values);
        for (int column = 0; column < Width; column += TLanes.Count)
        {
            DriveConstants<TLanes> drive = columns.Drive<TLanes>((nuint)column);
            TLanes[] constants =
                [drive.Rate, drive.Target, drive.Slope, drive.Scale, drive.Linear, drive.Square, drive.Cube, columns.Magnitude<TLanes>((nuint)column)];
            for (int i = 0; i < Constants; i++)
            {
                TLanes.Store(constants[i], ref actual[(i * Width) + column], 0);
            }
        }

        BitwiseAssert.Equal(values, actual, typeof(TLanes).Name);
    }

    private static (float Rate, float Count) Largest<TLanes>(float[] values)
        where TLanes : struct, ILanes<TLanes>
    {
        PanelColumns columns = Filled<TLanes>(values);
        return (columns.LargestRate<TLanes>(), columns.LargestCount<TLanes>());
    }

    private static PanelColumns Filled<TLanes>(float[] values)
        where TLanes : struct, ILanes<TLanes>
    {
        PanelColumns columns = new(new float[PanelColumns.ScratchLength]);
        for (int column = 0; column < Width; column += TLanes.Count)
        {
            TLanes Constant(int index) => TLanes.Load(in values[(index * Width) + column], 0);
            columns.Set((nuint)column, new(Constant(0), Constant(1), Constant(2), Constant(3), Constant(4), Constant(5), Constant(6)), Constant(7));
        }

        return columns;
    }
}
