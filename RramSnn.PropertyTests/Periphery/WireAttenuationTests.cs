using System.Diagnostics;
using RramSnn.Model.Periphery;
using RramSnn.PropertyTests.Support;
using Xunit;

namespace RramSnn.PropertyTests.Periphery;

/// <summary>The quick estimate of wire resistance.</summary>
public sealed class WireAttenuationTests
{
    /// <summary>Size, segment in ohm, on-conductance, then the greatest errors that docs/periphery.md states: of currents and of the matrix, in per cent.</summary>
    public static TheoryData<int, double, double, double, double> Cases => new()
    {
        { 64, 0.1, 1e-4, 0.01, 0.02 },
        { 64, 1, 1e-4, 0.2, 0.3 },
        { 64, 5, 1e-4, 1.5, 3.5 },
        { 64, 5, 1e-6, 0.01, 0.02 },
        { 128, 0.1, 1e-4, 0.03, 0.06 },
        { 128, 1, 1e-4, 0.8, 2.5 },
        { 128, 5, 1e-4, 6, 11 },
        { 128, 5, 1e-6, 0.02, 0.04 },
        { 256, 0.1, 1e-4, 0.15, 0.9 },
        { 256, 1, 1e-4, 3.5, 9 },
        { 256, 5, 1e-4, 22, 20 },
        { 256, 5, 1e-6, 0.05, 0.2 },
    };

    /// <summary>On/off ratio 10, states uniform; a tenth of the inputs on.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void The_error_stays_within_what_is_stated(int size, double segment, double largest, double currentPercent, double matrixPercent)
    {
        Assert.SkipWhen(Effort.IsReduced && size > 64, "minutes without fused multiply-adds");
        float[] conductances = Numbers.Between((float)(0.1 * largest), (float)largest, size * size, size);
        WireResistance wires = new(segment);
        double[] exact = Exact(conductances, size, size, wires);
        string line = $"| {size} x {size} | {segment} | {1e-3 / largest:F0} | {100 * exact.Sum() / conductances.Sum(static g => (double)g):F1}";
        line += $" | {100 * RelativeError([.. conductances.Select(static g => (double)g)], exact):F1}";
        foreach (int sweeps in new[] { 1, 2, 3, 8 })
        {
            double[] estimate = Estimate(conductances, size, size, wires, sweeps);
            double matrix = RelativeError(estimate, exact);
            double current = CurrentError(estimate, exact, size);
            line += $" | {100 * current:F3} / {100 * matrix:F3}";
            if (sweeps == WireAttenuation.DefaultSweeps)
            {
                Assert.InRange(100 * current, 0, currentPercent);
                Assert.InRange(100 * matrix, 0, matrixPercent);
            }
        }

        using WireAttenuation timed = new(size, size, wires);
        float[] factors = new float[size * size];
        double best = Enumerable.Range(0, 20).Min(_ =>
        {
            long start = Stopwatch.GetTimestamp();
            timed.Compute(conductances, size, size, factors);
            return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        });
        TestContext.Current.TestOutputHelper?.WriteLine($"{line} | {best:F3} |");
    }

    /// <summary>Driven alike, the rows' and columns' sums are the exact ones in the limit: the sweeps solve that one network.</summary>
    [Theory]
    [InlineData(64, 64, LineEnds.One, 20)]
    [InlineData(20, 70, LineEnds.Both, 20)]
    [InlineData(100, 10, LineEnds.One, 0)]
    public void Many_sweeps_give_the_exact_sums_of_rows_and_columns(int rows, int columns, LineEnds ends, double circuit)
    {
        float[] conductances = Numbers.Between(0f, 1e-4f, rows * columns, rows);
        WireResistance wires = WireCase.Resistances(5, 2, circuit, circuit, ends, ends);
        double[] exact = Exact(conductances, rows, columns, wires);
        double[] estimate = Estimate(conductances, rows, columns, wires, sweeps: 50);
        for (int row = 0; row < rows; row++)
        {
            double expected = exact.AsSpan(row * columns, columns).ToArray().Sum();
            Assert.Equal(1, estimate.AsSpan(row * columns, columns).ToArray().Sum() / expected, 2e-5);
        }

        for (int column = 0; column < columns; column++)
        {
            double expected = Enumerable.Range(0, rows).Sum(row => exact[(row * columns) + column]);
            Assert.Equal(1, Enumerable.Range(0, rows).Sum(row => estimate[(row * columns) + column]) / expected, 2e-5);
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 40)]
    [InlineData(40, 1)]
    public void A_single_line_needs_one_sweep(int rows, int columns)
    {
        // With the crossing wires ideal, nothing is left to approximate.
        float[] conductances = Numbers.Between(0f, 1e-4f, rows * columns, 4);
        WireResistance wires = rows == 1 ? new(0) { WordLineSegment = 50 } : new(0) { BitLineSegment = 50, Sense = 10 };
        double[] exact = Exact(conductances, rows, columns, wires);
        double sum = Estimate(conductances, rows, columns, wires, sweeps: 1).Sum();
        Assert.Equal(1, sum / exact.Sum(), 1e-5);
    }

    [Fact]
    public void Without_resistance_nothing_is_lost()
    {
        using WireAttenuation attenuation = new(30, 20, new WireResistance(0));
        float[] factors = new float[600];
        attenuation.Compute(Numbers.Between(0f, 1f, 600, 2), 30, 20, factors);
        Assert.All(factors, static factor => Assert.Equal(1f, factor));
    }

    [Fact]
    public void What_was_computed_before_leaves_no_trace()
    {
        WireResistance wires = new(5);
        using WireAttenuation used = new(64, 64, wires);
        float[] large = new float[64 * 64];
        used.Compute(Numbers.Between(0f, 1e-3f, 64 * 64, 1), 64, 64, large);
        float[] conductances = Numbers.Between(0f, 1e-3f, 33 * 21, 2);
        float[] expected = new float[33 * 21];
        float[] actual = new float[33 * 21];
        using WireAttenuation fresh = new(33, 21, wires);
        fresh.Compute(conductances, 33, 21, expected);
        used.Compute(conductances, 33, 21, actual);
        BitwiseAssert.Equal(expected, actual, "a smaller array after a larger one");
    }

    [Fact]
    public void Nothing_is_allocated()
    {
        Allocations.SkipUnlessOptimized();
        using WireAttenuation attenuation = new(64, 64, new WireResistance(5));
        float[] conductances = Numbers.Between(0f, 1e-3f, 64 * 64, 1);
        float[] factors = new float[64 * 64];
        long bytes = Allocations.Of(() => attenuation.Compute(conductances, 64, 64, factors), times: 5);
        Assert.Equal(0, bytes);
    }

    [Fact]
    public void Bad_arguments_are_refused()
    {
        WireResistance wires = new(5);
        Rejected.OutOfRange("rows", 0, () => new WireAttenuation(0, 1, wires));
        Rejected.OutOfRange("columns", 0, () => new WireAttenuation(1, 0, wires));
        Rejected.OutOfRange("sweeps", 0, () => new WireAttenuation(1, 1, wires, 0));
        using WireAttenuation attenuation = new(4, 5, wires);
        Rejected.OutOfRange("rows", 5, () => attenuation.Compute(new float[25], 5, 5, new float[25]));
        Rejected.OutOfRange("columns", 6, () => attenuation.Compute(new float[24], 4, 6, new float[24]));
        Rejected.Length("conductances", 19, 20, () => attenuation.Compute(new float[19], 4, 5, new float[20]));
        Rejected.Length("attenuation", 19, 20, () => attenuation.Compute(new float[20], 4, 5, new float[19]));
    }

    private static double[] Exact(float[] conductances, int rows, int columns, WireResistance wires) =>
        NodalSolver.Factorise([.. conductances.Select(static g => (double)g)], rows, columns, wires).EffectiveConductances.ToArray();

    private static double[] Estimate(float[] conductances, int rows, int columns, WireResistance wires, int sweeps)
    {
        using WireAttenuation attenuation = new(rows, columns, wires, sweeps);
        float[] factors = new float[conductances.Length];
        attenuation.Compute(conductances, rows, columns, factors);
        return [.. conductances.Zip(factors, static (g, factor) => (double)g * factor)];
    }

    private static double RelativeError(double[] actual, double[] expected) =>
        Math.Sqrt(actual.Zip(expected, static (a, b) => (a - b) * (a - b)).Sum() / expected.Sum(static b => b * b));

    /// <summary>Of the currents of twenty inputs.</summary>
    private static double CurrentError(double[] estimate, double[] exact, int size)
    {
        Random random = new(5);
        List<double> actual = [];
        List<double> expected = [];
        for (int input = 0; input < 20; input++)
        {
            int[] on = [.. Enumerable.Range(0, size).Where(_ => random.NextDouble() < 0.1)];
            actual.AddRange(Enumerable.Range(0, size).Select(column => on.Sum(row => estimate[(row * size) + column])));
            expected.AddRange(Enumerable.Range(0, size).Select(column => on.Sum(row => exact[(row * size) + column])));
        }

        return RelativeError([.. actual], [.. expected]);
    }
}
