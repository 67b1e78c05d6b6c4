using RramSnn.Kernels.Crossbar;
using RramSnn.Model.Periphery;
using RramSnn.PropertyTests.Support;
using Xunit;

namespace RramSnn.PropertyTests.Periphery;

/// <summary>States as seen through wires.</summary>
public sealed class WiredStatesTests
{
    private const double MinConductance = 1e-5;
    private const double MaxConductance = 1e-4;

    private static readonly CrossbarLayout Layout = new(150, 140);

    private readonly TileGrid _grid = new(Layout, 64, 128);
    private readonly float[] _states = States();

    /// <summary>The product with effective states gives the currents of each tile's own network, added up.</summary>
    [Fact]
    public void Solved_states_give_the_currents_of_the_networks()
    {
        WireResistance wires = new(5);
        using WiredStates wired = new(_grid, wires, MinConductance, MaxConductance);
        float[] effective = new float[Layout.Length];
        wired.Solve(_states, effective);
        float[] input = Numbers.Between(0f, 1f, Layout.Rows, 2);
        float[] current = new float[Layout.PaddedColumns];
        new PeripheryProduct(_grid, new PeripheryOptions { Offset = wired.Offset }).Compute(effective, new float[Layout.Length], input, current);
        double[] expected = new double[Layout.Columns];
        for (int rowTile = 0; rowTile < _grid.RowTiles; rowTile++)
        {
            for (int columnTile = 0; columnTile < _grid.ColumnTiles; columnTile++)
            {
                AddTile(_grid[rowTile, columnTile], wires, input, expected);
            }
        }

        // The other array of the pair holds zero states: only the offset is left to subtract.
        double offset = wired.Offset * input.Sum(static x => (double)x);
        for (int column = 0; column < Layout.Columns; column++)
        {
            Assert.Equal(expected[column] - offset, current[column], 1e-4);
        }
    }

    [Fact]
    public void Estimated_states_are_close_to_solved_ones()
    {
        using WiredStates wired = new(_grid, new WireResistance(1), MinConductance, MaxConductance);
        float[] estimated = new float[Layout.Length];
        float[] solved = new float[Layout.Length];
        wired.Estimate(_states, estimated);
        wired.Solve(_states, solved);
        double error = estimated.Zip(solved, static (a, b) => (double)(a - b) * (a - b)).Sum() / solved.Sum(static b => (double)b * b);
        double loss = _states.Zip(solved, static (a, b) => (double)(a - b) * (a - b)).Sum() / solved.Sum(static b => (double)b * b);
        Assert.InRange(Math.Sqrt(error), 0, 0.01);
        Assert.InRange(Math.Sqrt(loss), 0.1, 1);
    }

    [Fact]
    public void Ideal_wires_leave_the_states_and_zero_the_padding()
    {
        using WiredStates wired = new(_grid, new WireResistance(0), MinConductance, MaxConductance);
        foreach (Action<float[]> compute in new Action<float[]>[] { e => wired.Estimate(_states, e), e => wired.Solve(_states, e) })
        {
            float[] effective = [.. Enumerable.Repeat(7f, Layout.Length)];
            compute(effective);
            for (int k = 0; k < effective.Length; k++)
            {
                Assert.Equal(_states[k], effective[k], 3e-7f);
            }

            Assert.Equal(0f, effective[Layout.IndexOf(149, 140)]);
            Assert.Equal(0f, effective[Layout.IndexOf(0, 255)]);
        }
    }

    [Fact]
    public void An_estimate_allocates_nothing()
    {
        Allocations.SkipUnlessOptimized();
        using WiredStates wired = new(_grid, new WireResistance(5), MinConductance, MaxConductance);
        float[] effective = new float[Layout.Length];
        long bytes = Allocations.Of(() => wired.Estimate(_states, effective), times: 3);
        Assert.Equal(0, bytes);
    }

    [Fact]
    public void Bad_arguments_are_refused()
    {
        WireResistance wires = new(5);
        Rejected.OutOfRange("minConductance", -1.0, () => new WiredStates(_grid, wires, -1, 1));
        Rejected.OutOfRange("maxConductance", 1e-5, () => new WiredStates(_grid, wires, 1e-5, 1e-5));
        using WiredStates wired = new(_grid, wires, MinConductance, MaxConductance);
        Rejected.Length("states", 3, Layout.Length, () => wired.Estimate(new float[3], new float[Layout.Length]));
        Rejected.Length("effective", 3, Layout.Length, () => wired.Solve(_states, new float[3]));
    }

    private void AddTile(Tile tile, WireResistance wires, float[] input, double[] sums)
    {
        double[] conductances = new double[tile.Rows * tile.Columns];
        for (int k = 0; k < conductances.Length; k++)
        {
            int index = Layout.IndexOf(tile.FirstRow + (k / tile.Columns), tile.FirstColumn + (k % tile.Columns));
            conductances[k] = MinConductance + ((MaxConductance - MinConductance) * _states[index]);
        }

        double[] outputs = new double[tile.Columns];
        double[] voltages = [.. input.Skip(tile.FirstRow).Take(tile.Rows).Select(static x => (double)x)];
        NodalSolver.Factorise(conductances, tile.Rows, tile.Columns, wires).Solve(voltages, outputs);
        for (int column = 0; column < tile.Columns; column++)
        {
            sums[tile.FirstColumn + column] += outputs[column] / (MaxConductance - MinConductance);
        }
    }

    private static float[] States()
    {
        float[] stored = new float[Layout.Length];
        Layout.FromRowMajor(Numbers.Between(0f, 1f, Layout.Rows * Layout.Columns, 1), stored);
        return stored;
    }
}
