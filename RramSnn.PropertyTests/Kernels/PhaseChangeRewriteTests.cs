using RramSnn.Kernels.Conductance;
using RramSnn.Kernels.Crossbar;
using RramSnn.Kernels.Random;
using RramSnn.PropertyTests.Support;
using Xunit;

namespace RramSnn.PropertyTests.Kernels;

public sealed class PhaseChangeRewriteTests
{
    private const int Rows = 7;
    private const int Row = 4;
    private const int Columns = 300;

    private static readonly CrossbarLayout Layout = new(Rows, Columns);

    private static readonly RandomStream Stream = new(5, 9, 3);

    /// <summary>-1, 0, 1, ... 7 pulses in turn; -1 in the padding.</summary>
    private static float[] Counts => [.. Enumerable.Range(0, Layout.PaddedColumns).Select(static column => column < Columns ? (column % 9) - 1f : -1f)];

    [Fact]
    public void Every_width_and_every_split_give_the_same_bits()
    {
        PhaseChangeCase expected = Rewritten();
        foreach (int width in Widths.InBits)
        {
            PhaseChangeCase c = Case();
            CellHash.Of(Stream, out CellHash resets, out CellHash steps);
            Widths.Run(width, new RewriteKernel
            {
                Device = PhaseChangeCase.Device,
                State = ref c.State[0],
                Memory = ref c.Memory[0],
                PanelLength = (nuint)Layout.PanelLength,
                RowIndex = Row,
                Counts = ref Counts[0],
                PaddedColumns = (nuint)Layout.PaddedColumns,
                Resets = resets,
                Steps = steps,
                FirstPanel = 0,
            });
            BitwiseAssert.Equal(expected.Result, c.Result, $"{width} bits");
        }

        PhaseChangeCase parts = Case();
        for (int panel = Layout.PanelCount - 1; panel >= 0; panel--)
        {
            Range cells = (panel * Layout.PanelLength)..((panel + 1) * Layout.PanelLength);
            Range bitLines = (panel * CrossbarLayout.PanelWidth)..((panel + 1) * CrossbarLayout.PanelWidth);
            ConductanceKernels.Rewrite(PhaseChangeCase.Device, parts.State.AsSpan()[cells], parts.Memory.AsSpan()[cells], Rows, Row, Counts.AsSpan()[bitLines], Stream, panel);
        }

        BitwiseAssert.Equal(expected.Result, parts.Result, "panels one by one");
    }

    /// <summary>The published equations in double precision, from the half-normal conductance after RESET on.</summary>
    [Fact]
    public void Devices_start_afresh_and_climb_by_their_pulses()
    {
        PhaseChangeCase before = Case();
        PhaseChangeCase after = Rewritten();
        CellHashReference resets = CellHashReference.Rounding(Stream);
        CellHashReference steps = CellHashReference.Noise(Stream);
        for (int row = 0; row < Rows; row++)
        {
            for (int column = 0; column < Layout.PaddedColumns; column++)
            {
                int cell = Layout.IndexOf(row, column);
                float count = row == Row ? Counts[column] : -1;
                if (count < 0)
                {
                    Assert.Equal((before.State[cell], before.Memory[cell]), (after.State[cell], after.Memory[cell]));
                    continue;
                }

                double conductance = 0.1 + Math.Abs(0.01 * PhaseChangeCase.Normal(resets.Word(row, column)));
                double memory = 1;
                for (int pulse = 0; pulse < count; pulse++)
                {
                    memory *= Math.Exp(-1 / 2.6);
                    double deviation = 0.26 + (0.091 * conductance) + (2.15 * memory);
                    double step = 0.88 - (0.084 * conductance) + (1.40 * memory) + (deviation * PhaseChangeCase.Normal(steps.Word(row, column + (pulse << 20))));
                    conductance = Math.Clamp(conductance + step, 0.1, 12);
                }

                Assert.Equal(conductance, 0.1 + (after.State[cell] * 11.9), 1e-5 + (count * 1e-3));
                Assert.Equal(memory, after.Memory[cell], 1e-6);
            }
        }
    }

    [Fact]
    public void Impossible_operands_are_refused()
    {
        PhaseChangeCase c = Case();
        Rejected.Length("state", c.State.Length, 128 * Rows, () => ConductanceKernels.Rewrite(PhaseChangeCase.Device, c.State, c.Memory, Rows, Row, new float[128], Stream, 0));
        Rejected.Length("memory", c.State.Length - 1, c.State.Length, () => ConductanceKernels.Rewrite(PhaseChangeCase.Device, c.State, c.Memory.AsSpan(1), Rows, Row, Counts, Stream, 0));
        Rejected.Overlap("memory", () => ConductanceKernels.Rewrite(PhaseChangeCase.Device, c.State, c.State, Rows, Row, Counts, Stream, 0));
        Assert.Throws<ArgumentException>("counts", () => ConductanceKernels.Rewrite(PhaseChangeCase.Device, c.State, c.Memory, Rows, Row, new float[100], Stream, 0));
        Assert.Throws<ArgumentOutOfRangeException>("row", () => ConductanceKernels.Rewrite(PhaseChangeCase.Device, c.State, c.Memory, Rows, Rows, Counts, Stream, 0));
        Assert.Throws<ArgumentOutOfRangeException>("firstPanel", () => ConductanceKernels.Rewrite(PhaseChangeCase.Device, c.State, c.Memory, Rows, Row, Counts, Stream, -1));
    }

    private static PhaseChangeCase Case() => new(Rows, Columns, seed: 3);

    private static PhaseChangeCase Rewritten()
    {
        PhaseChangeCase c = Case();
        ConductanceKernels.Rewrite(PhaseChangeCase.Device, c.State, c.Memory, Rows, Row, Counts, Stream, 0);
        return c;
    }
}
