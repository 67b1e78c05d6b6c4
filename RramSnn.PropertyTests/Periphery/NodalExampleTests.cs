using System.Diagnostics;
using RramSnn.Model.Periphery;
using RramSnn.PropertyTests.Support;
using Xunit;

namespace RramSnn.PropertyTests.Periphery;

/// <summary>Arrays that can be solved by hand, or that others cannot solve.</summary>
public sealed class NodalExampleTests
{
    [Theory]
    [InlineData(LineEnds.One, LineEnds.One, 2 + 30 + 1000 + 3 + 40)]
    [InlineData(LineEnds.Both, LineEnds.One, 16 + 1000 + 43)]
    [InlineData(LineEnds.One, LineEnds.Both, 32 + 1000 + 21.5)]
    [InlineData(LineEnds.Both, LineEnds.Both, 16 + 1000 + 21.5)]
    public void One_device_is_a_chain_of_resistors(LineEnds driven, LineEnds sensed, double ohms)
    {
        NodalFactor factor = NodalSolver.Factorise([1e-3], 1, 1, WireCase.Resistances(2, 3, 30, 40, driven, sensed));
        Assert.Equal(1 / ohms, factor.EffectiveConductances[0], 1e-16);
    }

    /// <summary>Four devices on one word line, bit lines ideal: the tridiagonal system of its four nodes.</summary>
    [Theory]
    [InlineData(LineEnds.One)]
    [InlineData(LineEnds.Both)]
    public void One_word_line_is_a_ladder(LineEnds driven)
    {
        double[] conductances = [1e-3, 2e-3, 0, 4e-3];
        NodalFactor factor = NodalSolver.Factorise(conductances, 1, 4, WireCase.Resistances(10, 0, 15, 0, driven, LineEnds.One));
        const double Wire = 0.1;
        const double Lead = 0.04;
        double last = driven == LineEnds.Both ? Lead : 0;
        double[] diagonal = [Lead + 1e-3 + Wire, Wire + 2e-3 + Wire, Wire + 0 + Wire, Wire + 4e-3 + last];
        double[] right = [Lead, 0, 0, last];
        for (int k = 1; k < 4; k++)
        {
            diagonal[k] -= Wire * Wire / diagonal[k - 1];
            right[k] += Wire * right[k - 1] / diagonal[k - 1];
        }

        double potential = 0;
        for (int k = 3; k >= 0; k--)
        {
            potential = (right[k] + (Wire * potential)) / diagonal[k];
            Assert.Equal(conductances[k] * potential, factor.EffectiveConductances[k], 1e-15);
        }
    }

    [Fact]
    public void Like_devices_driven_from_both_ends_see_mirrored_voltages()
    {
        const int Rows = 7;
        const int Columns = 12;
        double[] conductances = [.. Enumerable.Repeat(2e-4, Rows * Columns)];
        NodalFactor factor = NodalSolver.Factorise(conductances, Rows, Columns, WireCase.Resistances(5, 3, 20, 10, LineEnds.Both, LineEnds.Both));
        double[] drops = new double[Rows * Columns];
        double[] rises = new double[Rows * Columns];
        factor.Drops([.. Enumerable.Repeat(1.0, Rows)], drops, rises);
        for (int row = 0; row < Rows; row++)
        {
            for (int column = 0; column < Columns; column++)
            {
                int here = (row * Columns) + column;
                Assert.Equal(drops[here], drops[(row * Columns) + Columns - 1 - column], 1e-14);
                Assert.Equal(drops[here], drops[((Rows - 1 - row) * Columns) + column], 1e-14);
                Assert.Equal(rises[here], rises[((Rows - 1 - row) * Columns) + column], 1e-14);
            }
        }

        Assert.True(drops[Columns / 2] > drops[0], "the middle is farthest from the drivers");
    }

    [Fact]
    public void An_open_array_carries_nothing()
    {
        WireCase open = new(5, 6, new WireResistance(1), 0, 3);
        NodalSolution solution = new(open, open.Factorise(), open.Voltages);
        Assert.All(solution.Outputs, static current => Assert.Equal(0, current));
        Assert.All(solution.WordLineDrops, static drop => Assert.Equal(0, drop));
    }

    [Fact]
    public void Voltages_are_drops_seen_from_the_drivers()
    {
        WireCase c = new(6, 4, new WireResistance(5), 1e-3, 9);
        NodalFactor factor = c.Factorise();
        NodalSolution solution = new(c, factor, c.Voltages);
        double[] wordLines = new double[24];
        double[] bitLines = new double[24];
        factor.Voltages(c.Voltages, wordLines, bitLines);
        Assert.Equal(solution.BitLineRises, bitLines);
        for (int k = 0; k < 24; k++)
        {
            Assert.Equal(c.Voltages[k / 4] - solution.WordLineDrops[k], wordLines[k]);
        }
    }

    /// <summary>Sizes at the borders of the kernel's blocks, lopsided ones, and the array on which relaxation methods diverge: 10 x 100, 5 ohm, 10 kilo-ohm.</summary>
    [Theory]
    [InlineData(10, 100, 5, 1e-4, LineEnds.One)]
    [InlineData(100, 10, 5, 1e-4, LineEnds.Both)]
    [InlineData(1, 300, 5, 1e-3, LineEnds.One)]
    [InlineData(300, 1, 5, 1e-3, LineEnds.Both)]
    [InlineData(16, 17, 1, 1e-3, LineEnds.Both)]
    [InlineData(33, 32, 0.1, 1e-3, LineEnds.One)]
    [InlineData(65, 100, 100, 1e-3, LineEnds.One)]
    [InlineData(64, 64, 5, 1e-4, LineEnds.One)]
    [InlineData(64, 64, 5, 1e-4, LineEnds.Both)]
    [InlineData(128, 128, 5, 1e-4, LineEnds.One)]
    [InlineData(128, 128, 5, 1e-4, LineEnds.Both)]
    [InlineData(256, 256, 5, 1e-4, LineEnds.One)]
    [InlineData(256, 256, 5, 1e-4, LineEnds.Both)]
    public void Currents_cancel_in_large_and_lopsided_arrays(int rows, int columns, double segment, double largest, LineEnds ends)
    {
        Assert.SkipWhen(Effort.IsReduced && rows * columns > 4096, "minutes without fused multiply-adds");
        WireCase c = new(rows, columns, new WireResistance(segment) { DrivenEnds = ends, SensedEnds = ends }, largest, 11);
        NodalFactor factor = c.Factorise();
        NodalSolution solution = new(c, factor, c.Voltages);
        double residual = solution.KirchhoffResidual() / solution.LargestCurrent;
        double[] outputs = new double[columns];
        double[] voltages = c.Voltages;
        string times = $"factorised in {Quickest(5, () => c.Factorise()):F2} ms";
        times += $", an input in {1000 * Quickest(50, () => factor.Solve(voltages, outputs)):F1} us";
        times += $", its voltages in {Quickest(5, () => factor.Drops(voltages, solution.WordLineDrops, solution.BitLineRises)):F3} ms";
        TestContext.Current.TestOutputHelper?.WriteLine($"{rows} x {columns}, {ends}: residual {residual:E1}, {times}");
        Assert.InRange(residual, 0, 1e-9);
    }

    /// <summary>1 kilo-ohm to 1 mega-ohm, 0.1 ohm a segment. Sums of rows and columns against sweeps that know nothing of the elimination.</summary>
    [Fact]
    public void Half_a_million_nodes_have_the_sums_that_relaxation_converges_to()
    {
        const int Size = 512;
        Assert.SkipWhen(Effort.IsReduced, "minutes without fused multiply-adds");
        float[] conductances = [.. Numbers.Between(-6f, -3f, Size * Size, 13).Select(static power => MathF.Pow(10f, power))];
        WireResistance wires = new(0.1);
        long start = Stopwatch.GetTimestamp();
        NodalFactor factor = NodalSolver.Factorise([.. conductances.Select(static g => (double)g)], Size, Size, wires);
        double[] exact = factor.EffectiveConductances.ToArray();
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        double kept = exact.Sum() / conductances.Sum(static g => (double)g);
        TestContext.Current.TestOutputHelper?.WriteLine($"512 x 512 in {seconds:F2} s: kept {kept:P1}");
        using WireAttenuation sweeps = new(Size, Size, wires, sweeps: 100);
        float[] attenuation = new float[Size * Size];
        sweeps.Compute(conductances, Size, Size, attenuation);
        for (int line = 0; line < Size; line++)
        {
            int[] row = [.. Enumerable.Range(line * Size, Size)];
            int[] column = [.. Enumerable.Range(0, Size).Select(k => (k * Size) + line)];
            Assert.Equal(1, row.Sum(k => (double)conductances[k] * attenuation[k]) / row.Sum(k => exact[k]), 1e-4);
            Assert.Equal(1, column.Sum(k => (double)conductances[k] * attenuation[k]) / column.Sum(k => exact[k]), 1e-4);
        }
    }

    [Fact]
    public void Bad_arrays_are_refused()
    {
        WireResistance wires = new(1);
        Rejected.Length("conductances", 5, 6, () => NodalSolver.Factorise(new double[5], 2, 3, wires));
        Rejected.OutOfRange("rows", 0, () => NodalSolver.Factorise([], 0, 3, wires));
        Rejected.OutOfRange("columns", -1, () => NodalSolver.Factorise([], 1, -1, wires));
        Rejected.OutOfRange("conductances", -1e-9, () => NodalSolver.Factorise([1e-3, -1e-9], 1, 2, wires));
        Rejected.OutOfRange("conductances", double.NaN, () => NodalSolver.Factorise([double.NaN], 1, 1, wires));
        NodalFactor factor = NodalSolver.Factorise(new double[6], 2, 3, wires);
        Rejected.Length("inputVoltages", 3, 2, () => factor.Solve(new double[3], new double[3]));
        Rejected.Length("outputCurrents", 2, 3, () => factor.Solve(new double[2], new double[2]));
        Rejected.Length("wordLineDrops", 5, 6, () => factor.Drops(new double[2], new double[5], new double[6]));
        Rejected.Length("bitLineRises", 7, 6, () => factor.Drops(new double[2], new double[6], new double[7]));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1e-13)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Bad_resistances_are_refused(double ohms)
    {
        Rejected.OutOfRange("segment", ohms, () => new WireResistance(ohms));
        Rejected.OutOfRange("WordLineSegment", ohms, () => new WireResistance(0) { WordLineSegment = ohms });
        Rejected.OutOfRange("BitLineSegment", ohms, () => new WireResistance(0) { BitLineSegment = ohms });
        Rejected.OutOfRange("Driver", ohms, () => new WireResistance(0) { Driver = ohms });
        Rejected.OutOfRange("Sense", ohms, () => new WireResistance(0) { Sense = ohms });
    }

    private static double Quickest(int times, Action call) => Enumerable.Range(0, times).Min(_ =>
    {
        long start = Stopwatch.GetTimestamp();
        call();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    });
}
