using FsCheck.Xunit;
using RramSnn.Kernels.Crossbar;
using RramSnn.Model.Periphery;
using RramSnn.PropertyTests.Support;
using Xunit;

namespace RramSnn.PropertyTests.Periphery;

/// <summary>Layers cut into arrays.</summary>
public sealed class TileGridTests
{
    [Property(MaxTest = 50)]
    public bool Every_synapse_lies_on_one_tile(byte rows, ushort columns, byte arrayRows, byte arrayColumns)
    {
        CrossbarLayout layout = new(1 + (rows * 3), 1 + (columns % 600));
        TileGrid grid = new(layout, 64 * (1 + (arrayRows % 8)), 64 * (1 + (arrayColumns % 8)));
        int[] covered = new int[layout.Rows * layout.Columns];
        for (int rowTile = 0; rowTile < grid.RowTiles; rowTile++)
        {
            for (int columnTile = 0; columnTile < grid.ColumnTiles; columnTile++)
            {
                Tile tile = grid[rowTile, columnTile];
                if (tile.Rows is < 1 || tile.Rows > grid.ArrayRows || tile.Columns is < 1 || tile.Columns > grid.ArrayColumns)
                {
                    return false;
                }

                for (int row = tile.FirstRow; row < tile.FirstRow + tile.Rows; row++)
                {
                    for (int column = tile.FirstColumn; column < tile.FirstColumn + tile.Columns; column++)
                    {
                        covered[(row * layout.Columns) + column]++;
                    }
                }
            }
        }

        return covered.All(static times => times == 1);
    }

    [Fact]
    public void The_last_tiles_are_partial()
    {
        TileGrid grid = new(new CrossbarLayout(784, 512), 128, 128);
        Assert.Equal((7, 4), (grid.RowTiles, grid.ColumnTiles));
        Assert.Equal(new Tile(768, 16, 384, 128), grid[6, 3]);
    }

    [Fact]
    public void Bad_arrays_and_tiles_are_refused()
    {
        CrossbarLayout layout = new(100, 100);
        Rejected.OutOfRange("arrayRows", 32, () => new TileGrid(layout, 32, 64));
        Rejected.OutOfRange("arrayRows", 100, () => new TileGrid(layout, 100, 64));
        Rejected.OutOfRange("arrayColumns", 576, () => new TileGrid(layout, 64, 576));
        Rejected.OutOfRange("layout", 0, () => new TileGrid(default, 64, 64));
        TileGrid grid = new(layout, 64, 64);
        Rejected.OutOfRange("rowTile", 2, () => grid[2, 0]);
        Rejected.OutOfRange("columnTile", -1, () => grid[0, -1]);
    }
}
