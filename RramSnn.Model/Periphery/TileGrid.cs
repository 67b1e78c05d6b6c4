using RramSnn.Kernels.Crossbar;

namespace RramSnn.Model.Periphery;

/// <summary>A part of a layer that lies on one array.</summary>
/// <param name="FirstRow">First word line.</param>
/// <param name="Rows">Word lines; fewer than the array has for the last tile.</param>
/// <param name="FirstColumn">First bit line.</param>
/// <param name="Columns">Bit lines; fewer than the array has for the last tile.</param>
public readonly record struct Tile(int FirstRow, int Rows, int FirstColumn, int Columns);

/// <summary>How a layer of R word lines and C bit lines is cut into arrays; the last ones of each direction may be partly used.</summary>
public sealed record TileGrid
{
    /// <summary>Smallest array, and the unit of array sizes: a word of spikes belongs to one tile.</summary>
    public const int SmallestArray = 64;

    /// <summary>Largest array.</summary>
    public const int LargestArray = 512;

    /// <summary>Cuts a layer.</summary>
    /// <param name="layout">The layer.</param>
    /// <param name="arrayRows">Word lines of an array: 64 to 512, a multiple of 64.</param>
    /// <param name="arrayColumns">Bit lines of an array: 64 to 512, a multiple of 64.</param>
    /// <exception cref="ArgumentOutOfRangeException">An array size is out of range.</exception>
    public TileGrid(CrossbarLayout layout, int arrayRows, int arrayColumns)
    {
        Require.That(layout.Rows > 0, layout.Rows, "a layout with rows", nameof(layout));
        Require.That(IsArraySize(arrayRows), arrayRows, "64 to 512, a multiple of 64", nameof(arrayRows));
        Require.That(IsArraySize(arrayColumns), arrayColumns, "64 to 512, a multiple of 64", nameof(arrayColumns));
        (Layout, ArrayRows, ArrayColumns) = (layout, arrayRows, arrayColumns);
    }

    private TileGrid(CrossbarLayout layout)
    {
        (Layout, ArrayRows, ArrayColumns) = (layout, Padded(layout.Rows), Padded(layout.Columns));

        static int Padded(int lines) => checked((lines + SmallestArray - 1) / SmallestArray * SmallestArray);
    }

    /// <summary>The layer.</summary>
    public CrossbarLayout Layout { get; }

    /// <summary>Word lines of an array.</summary>
    public int ArrayRows { get; }

    /// <summary>Bit lines of an array.</summary>
    public int ArrayColumns { get; }

    /// <summary>Tiles on top of each other, whose currents are converted one by one and then added.</summary>
    public int RowTiles => ((Layout.Rows - 1) / ArrayRows) + 1;

    /// <summary>Tiles side by side.</summary>
    public int ColumnTiles => ((Layout.Columns - 1) / ArrayColumns) + 1;

    /// <summary>One array for a whole layer, however large.</summary>
    public static TileGrid Whole(CrossbarLayout layout)
    {
        Require.That(layout.Rows > 0, layout.Rows, "a layout with rows", nameof(layout));
        return new TileGrid(layout);
    }

    /// <summary>A tile by its place in the grid.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such tile.</exception>
    public Tile this[int rowTile, int columnTile]
    {
        get
        {
            RequireExtent.Between(rowTile, 0, RowTiles - 1, nameof(rowTile));
            RequireExtent.Between(columnTile, 0, ColumnTiles - 1, nameof(columnTile));
            int row = rowTile * ArrayRows;
            int column = columnTile * ArrayColumns;
            return new Tile(row, Math.Min(ArrayRows, Layout.Rows - row), column, Math.Min(ArrayColumns, Layout.Columns - column));
        }
    }

    private static bool IsArraySize(int size) => size is >= SmallestArray and <= LargestArray && size % SmallestArray == 0;
}
