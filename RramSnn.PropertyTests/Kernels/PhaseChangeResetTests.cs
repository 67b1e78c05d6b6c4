using RramSnn.Kernels.Conductance;
using RramSnn.Kernels.Crossbar;
using RramSnn.Kernels.Random;
using RramSnn.PropertyTests.Support;
using Xunit;

namespace RramSnn.PropertyTests.Kernels;

public sealed class PhaseChangeResetTests
{
    private const int Rows = 20;
    private const int Columns = 300;

    private static readonly CrossbarLayout Layout = new(Rows, Columns);

    private static readonly PhaseChange Device = new(0.5, (0.1, 0, 0), (0.1, 0, 0), 0.05);

    [Fact]
    public void Only_the_asked_rows_are_reset_and_padding_keeps_its_zeros()
    {
        (float[] state, float[] memory) = Planes();
        (float[] before, _) = Planes();
        ConductanceKernels.Reset(Device, state, memory, Rows, 5..9, Columns, new RandomStream(1, 9), 0);
        for (int row = 0; row < Rows; row++)
        {
            for (int column = 0; column < Layout.PaddedColumns; column++)
            {
                int cell = Layout.IndexOf(row, column);
                bool isReset = row is >= 5 and < 9;
                Assert.Equal(column >= Columns ? 0f : isReset ? 1f : 0.25f, memory[cell]);
                Assert.True(column >= Columns ? state[cell] == 0 : isReset ? state[cell] is >= 0 and < 0.25f : state[cell] == before[cell]);
            }
        }
    }

    [Fact]
    public void States_are_half_normal()
    {
        CrossbarLayout layout = new(200, 512);
        float[] state = new float[layout.Length];
        ConductanceKernels.Reset(Device, state, new float[layout.Length], 200, .., 512, new RandomStream(2, 9), 0);
        Assert.Equal(0.05 * Math.Sqrt(2 / Math.PI), Statistics.Mean(state), Statistics.Limit * Statistics.StandardError(state));
        Assert.Equal(0.0025 * (1 - (2 / Math.PI)), Statistics.Variance(state), 1e-5);
    }

    [Fact]
    public void Every_width_and_every_split_give_the_same_bits()
    {
        (float[] expected, float[] expectedMemory) = Planes();
        ConductanceKernels.Reset(Device, expected, expectedMemory, Rows, 3.., Columns, new RandomStream(3, 9), 0);
        CellHash.Of(new RandomStream(3, 9), out _, out CellHash noise);
        foreach (int width in Widths.InBits)
        {
            (float[] state, float[] memory) = Planes();
            Widths.Run(width, new ResetKernel
            {
                Device = Device,
                State = ref state[0],
                Memory = ref memory[0],
                PanelLength = (nuint)Layout.PanelLength,
                FirstRow = 3,
                EndRow = Rows,
                Columns = Columns,
                PaddedColumns = (nuint)Layout.PaddedColumns,
                Noise = noise,
                FirstPanel = 0,
            });
            BitwiseAssert.Equal(expected, state, $"{width} bits");
            BitwiseAssert.Equal(expectedMemory, memory, $"{width} bits");
        }

        (float[] parts, float[] partsMemory) = Planes();
        foreach (Range rows in new[] { 10..Rows, 3..10 })
        {
            for (int panel = 0; panel < Layout.PanelCount; panel++)
            {
                Range cells = (panel * Layout.PanelLength)..((panel + 1) * Layout.PanelLength);
                int columns = Math.Min(CrossbarLayout.PanelWidth, Columns - (panel * CrossbarLayout.PanelWidth));
                ConductanceKernels.Reset(Device, parts.AsSpan()[cells], partsMemory.AsSpan()[cells], Rows, rows, columns, new RandomStream(3, 9), panel);
            }
        }

        BitwiseAssert.Equal(expected, parts, "panels and rows one by one");
        BitwiseAssert.Equal(expectedMemory, partsMemory, "panels and rows one by one");
    }

    [Fact]
    public void Impossible_operands_are_refused()
    {
        (float[] state, float[] memory) = Planes();
        Rejected.Length("state", Layout.Length, 256 * Rows, () => ConductanceKernels.Reset(Device, state, memory, Rows, .., 200, default, 0));
        Rejected.Length("memory", Layout.Length - 1, Layout.Length, () => ConductanceKernels.Reset(Device, state, memory.AsSpan(1), Rows, .., Columns, default, 0));
        Rejected.Overlap("memory", () => ConductanceKernels.Reset(Device, state, state, Rows, .., Columns, default, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => ConductanceKernels.Reset(Device, state, memory, Rows, 5..21, Columns, default, 0));
        Assert.Throws<ArgumentOutOfRangeException>("firstPanel", () => ConductanceKernels.Reset(Device, state, memory, Rows, .., Columns, default, -1));
    }

    private static (float[] State, float[] Memory) Planes()
    {
        float[] state = new float[Layout.Length];
        float[] memory = new float[Layout.Length];
        float[] values = Numbers.Between(0.5f, 1f, Layout.Length, 7);
        for (int row = 0; row < Rows; row++)
        {
            for (int column = 0; column < Columns; column++)
            {
                state[Layout.IndexOf(row, column)] = values[Layout.IndexOf(row, column)];
                memory[Layout.IndexOf(row, column)] = 0.25f;
            }
        }

        return (state, memory);
    }
}
