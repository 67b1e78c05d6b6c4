using FsCheck.Xunit;
using RramSnn.Kernels.Crossbar;
using RramSnn.Kernels.Memory;
using RramSnn.PropertyTests.Support;
using Xunit;

namespace RramSnn.PropertyTests.Kernels;

public sealed class CrossbarLayoutTests
{
    public static TheoryData<int, int> Sizes => new()
    {
        { 1, 1 },
        { 1, 128 },
        { 3, 127 },
        { 5, 129 },
        { 20, 256 },
        { 7, 300 },
    };

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Every_cell_has_a_place_of_its_own(int rows, int columns)
    {
        CrossbarLayout layout = new(rows, columns);
        Assert.Equal(layout.Length, layout.PanelCount * layout.PanelLength);
        Assert.Equal(layout.PaddedColumns, layout.PanelCount * CrossbarLayout.PanelWidth);
        bool[] taken = new bool[layout.Length];
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < layout.PaddedColumns; column++)
            {
                int index = layout.IndexOf(row, column);
                Assert.False(taken[index]);
                taken[index] = true;
                Assert.Equal(column / CrossbarLayout.PanelWidth, index / layout.PanelLength);
            }
        }

        Assert.DoesNotContain(false, taken);
    }

    [Property(MaxTest = 100)]
    public bool A_matrix_survives_the_way_into_the_layout_and_back(byte rows, ushort columns, int seed)
    {
        CrossbarLayout layout = new((rows % 20) + 1, (columns % 400) + 1);
        float[] original = Numbers.Between(-1f, 1f, layout.Rows * layout.Columns, seed);
        float[] stored = new float[layout.Length];
        stored.AsSpan().Fill(float.NaN);
        layout.FromRowMajor(original, stored);
        float[] back = new float[original.Length];
        layout.ToRowMajor(stored, back);
        return BitwiseAssert.AreEqual(original, back);
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Cells_lie_where_the_index_says_and_padding_is_zero(int rows, int columns)
    {
        CrossbarLayout layout = new(rows, columns);
        float[] original = Numbers.Between(1f, 2f, rows * columns, 1);
        float[] stored = new float[layout.Length];
        stored.AsSpan().Fill(float.NaN);
        layout.FromRowMajor(original, stored);
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < layout.PaddedColumns; column++)
            {
                Assert.Equal(column < columns ? original[(row * columns) + column] : 0f, stored[layout.IndexOf(row, column)]);
            }
        }
    }

    [Fact]
    public void The_arena_field_has_the_shape_of_the_panels()
    {
        ArenaLayout arena = new();
        CrossbarLayout layout = new(5, 129);
        Assert.Equal(layout.Length, layout.AddTo(arena, "states", FieldRole.Persistent).Length);
        Assert.Equal([2, 5, 128], arena.Fields[0].Shape);
    }

    [Theory]
    [InlineData(0, 1, "rows")]
    [InlineData(-3, 1, "rows")]
    [InlineData(1, 0, "columns")]
    [InlineData(1, -1, "columns")]
    public void Extents_must_be_positive(int rows, int columns, string argument) =>
        Rejected.OutOfRange(argument, Math.Min(rows, columns), () => new CrossbarLayout(rows, columns));

    [Fact]
    public void A_matrix_beyond_the_longest_span_is_refused()
    {
        Assert.Throws<OverflowException>(static () => new CrossbarLayout(int.MaxValue, 1));
        Assert.Throws<OverflowException>(static () => new CrossbarLayout(1, int.MaxValue));
    }

    [Theory]
    [InlineData(-1, 0, "row")]
    [InlineData(3, 0, "row")]
    [InlineData(0, -1, "column")]
    [InlineData(0, 128, "column")]
    public void Cells_outside_the_matrix_have_no_index(int row, int column, string argument) =>
        Rejected.OutOfRange(argument, row == 0 ? column : row, () => new CrossbarLayout(3, 100).IndexOf(row, column));

    [Fact]
    public void Wrong_lengths_are_refused()
    {
        CrossbarLayout layout = new(3, 100);
        Rejected.Length("rowMajor", 299, 300, () => layout.FromRowMajor(new float[299], new float[layout.Length]));
        Rejected.Length("stored", 300, layout.Length, () => layout.FromRowMajor(new float[300], new float[300]));
        Rejected.Length("rowMajor", 301, 300, () => layout.ToRowMajor(new float[layout.Length], new float[301]));
        Rejected.Length("stored", 1, layout.Length, () => layout.ToRowMajor(new float[1], new float[300]));
    }
}
