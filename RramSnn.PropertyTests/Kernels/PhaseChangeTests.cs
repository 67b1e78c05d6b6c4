using FsCheck.Xunit;
using RramSnn.Kernels.Conductance;
using RramSnn.Kernels.Crossbar;
using RramSnn.Kernels.Random;
using RramSnn.PropertyTests.Support;
using Xunit;

namespace RramSnn.PropertyTests.Kernels;

public sealed class PhaseChangeTests
{
    [Property(MaxTest = 25)]
    public bool Every_width_gives_the_same_bits(byte rows, byte columns, ushort seed)
    {
        float[] expected = Case(rows, columns, seed).SetAt(32).Result;
        bool isEqual = BitwiseAssert.AreEqual(expected, Case(rows, columns, seed).Set().Result);
        foreach (int width in Widths.InBits)
        {
            isEqual &= BitwiseAssert.AreEqual(expected, Case(rows, columns, seed).SetAt(width).Result);
        }

        return isEqual;
    }

    [Property(MaxTest = 15)]
    public bool Panels_may_be_programmed_separately(byte rows, byte columns, ushort seed)
    {
        PhaseChangeCase parts = Case(rows, columns, seed);
        for (int panel = parts.Layout.PanelCount - 1; panel >= 0; panel--)
        {
            parts.SetPanel(panel);
        }

        return BitwiseAssert.AreEqual(Case(rows, columns, seed).Set().Result, parts.Result);
    }

    /// <summary>The published equations in double precision and microsiemens, with the exact inverse of the normal distribution.</summary>
    [Property(MaxTest = 15)]
    public void Pulses_follow_the_equations_one_device_at_a_time(byte rows, byte columns, ushort seed)
    {
        PhaseChangeCase before = Case(rows, columns, seed);
        PhaseChangeCase after = Case(rows, columns, seed).Set();
        CellHashReference rounding = CellHashReference.Rounding(before.Stream);
        CellHashReference steps = CellHashReference.Noise(before.Stream);
        double[] pulses = new double[before.Wish.Length];
        double[] writes = new double[before.Wish.Length];
        for (int row = 0; row < before.Layout.Rows; row++)
        {
            for (int column = 0; column < before.Wish.Length; column++)
            {
                float wished = Math.Max(0f, before.Wish[column] * (before.Wish[column] < 0 ? 4f : 8f));
                float count = before.Trace[row] == 0
                    ? 0f
                    : MathF.Floor(MathF.FusedMultiplyAdd(before.Trace[row], wished, UpdateCase.UnitInterval(rounding.Word(row, column))));
                int cell = before.Layout.IndexOf(row, column);
                double conductance = 0.1 + (before.State[cell] * 11.9);
                double memory = before.Memory[cell];
                for (int pulse = 0; pulse < count; pulse++)
                {
                    double normal = PhaseChangeCase.Normal(steps.Word(row, column + (pulse << 20)));
                    memory *= Math.Exp(-1 / 2.6);
                    double step = 0.88 - (0.084 * conductance) + (1.40 * memory) + ((0.26 + (0.091 * conductance) + (2.15 * memory)) * normal);
                    conductance = Math.Clamp(conductance + step, 0.1, 12);
                }

                Assert.Equal(conductance, 0.1 + (after.State[cell] * 11.9), 1e-5 + (count * 1e-3));
                Assert.Equal(memory, after.Memory[cell], 1e-6);
                Assert.True(count > 0 || (before.State[cell], before.Memory[cell]) == (after.State[cell], after.Memory[cell]));
                pulses[column] += count;
                writes[column] += count > 0 ? 1 : 0;
            }
        }

        Assert.Equal([.. pulses, .. writes, .. new double[pulses.Length]], after.Counters.Select(static value => (double)value));
    }

    /// <summary>Mean and standard deviation of one step, at states and memories where no bound is met.</summary>
    [Theory]
    [InlineData(0.3, 1, 1)]
    [InlineData(0.6, 0.2, 2)]
    public void A_step_has_the_mean_and_the_deviation_of_the_model(double state, double memory, int seed)
    {
        PhaseChange device = new(0.7, (0.02, -0.1, 0.05), (0.005, 0.01, 0.02), 0);
        float[] after = Many(device, (float)state, (float)memory, pulses: 1, seed);
        double faded = 0.7 * memory;
        double deviation = 0.005 + (0.01 * state) + (0.02 * faded);
        Assert.Equal(state + 0.02 - (0.1 * state) + (0.05 * faded), Statistics.Mean(after), Statistics.Limit * Statistics.StandardError(after));
        Assert.Equal(1, Statistics.Variance(after) / (deviation * deviation), Statistics.Limit * Math.Sqrt(2.0 / after.Length));
    }

    /// <summary>Steps of one device draw independently: their variances add up, each carried on by the law.</summary>
    [Fact]
    public void Steps_of_one_call_are_independent()
    {
        PhaseChange device = new(0.5, (0.01, -0.2, 0), (0.01, 0, 0.02), 0);
        float[] after = Many(device, 0.4f, 1f, pulses: 3, seed: 5);
        double mean = 0.4;
        double variance = 0;
        for (int pulse = 1; pulse <= 3; pulse++)
        {
            double deviation = 0.01 + (0.02 * Math.Pow(0.5, pulse));
            mean += 0.01 - (0.2 * mean);
            variance = (0.8 * 0.8 * variance) + (deviation * deviation);
        }

        Assert.Equal(mean, Statistics.Mean(after), Statistics.Limit * Statistics.StandardError(after));
        Assert.Equal(1, Statistics.Variance(after) / variance, Statistics.Limit * Math.Sqrt(2.0 / after.Length));
    }

    /// <summary>After RESET the mean conductance climbs as in a simulation of its own, with another generator of random numbers.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(20)]
    public void The_published_device_climbs_from_reset(int pulses)
    {
        float[] after = Many(PhaseChange.Nandakumar(), 0f, 1f, pulses, pulses);
        Random random = new(pulses);
        float[] expected = new float[after.Length];
        for (int i = 0; i < expected.Length; i++)
        {
            double g = 0.1;
            for (int pulse = 1; pulse <= pulses; pulse++)
            {
                double memory = Math.Exp(-pulse / 2.6);
                double normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
                g = Math.Clamp(g + 0.88 - (0.084 * g) + (1.40 * memory) + ((0.26 + (0.091 * g) + (2.15 * memory)) * normal), 0.1, 12);
            }

            expected[i] = (float)((g - 0.1) / 11.9);
        }

        double error = Statistics.StandardError(after) + Statistics.StandardError(expected);
        Assert.Equal(Statistics.Mean(expected), Statistics.Mean(after), Statistics.Limit * error);
        Assert.Equal(1, Statistics.Variance(after) / Statistics.Variance(expected), 0.05);
    }

    [Fact]
    public void A_wish_for_very_many_pulses_is_cut_off()
    {
        PhaseChangeCase c = new(1, 128, 3) { Wish = [.. Enumerable.Repeat(1e6f, 128)], Trace = [1f, .. new float[15]] };
        c.Set();
        Assert.All(c.Counters.Take(128), static pulses => Assert.Equal(ConductanceKernels.LargestSetCount, pulses));
        Assert.All(c.Memory, static memory => Assert.InRange(memory, 0f, 1e-30f));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_kernel_never_leaves_its_spans(bool guardAfter)
    {
        for (int rows = 1; rows <= 8; rows++)
        {
            PhaseChangeCase c = new(rows, 200, rows);
            using GuardedBuffer<float> state = new(c.State, guardAfter);
            using GuardedBuffer<float> memory = new(c.Memory, guardAfter);
            using GuardedBuffer<float> wish = new(c.Wish, guardAfter);
            ConductanceKernels.Set(
                PhaseChangeCase.Device, c.Rule, state.Span, memory.Span, c.Active, wish.Span, c.Stream, 0, new(new float[256], new float[256], new float[256]));
            c.Set();
            BitwiseAssert.Equal(c.State, state.Span, $"{rows} rows");
            ConductanceKernels.Reset(PhaseChangeCase.Device, state.Span, memory.Span, rows, .., 200, c.Stream, 0);
        }
    }

    [Fact]
    public void Impossible_operands_are_refused()
    {
        PhaseChangeCase c = new(2, 128, 1);
        PulseCounters Counters() => new(new float[128], new float[128], new float[128]);
        Rejected.Length("memory", 255, 256, () => ConductanceKernels.Set(PhaseChangeCase.Device, c.Rule, c.State, c.Memory.AsSpan(1), c.Active, c.Wish, c.Stream, 0, Counters()));
        Rejected.Overlap("memory", () => ConductanceKernels.Set(PhaseChangeCase.Device, c.Rule, c.State, c.State, c.Active, c.Wish, c.Stream, 0, Counters()));
        Assert.Throws<ArgumentOutOfRangeException>("firstPanel", () => ConductanceKernels.Set(PhaseChangeCase.Device, c.Rule, c.State, c.Memory, c.Active, c.Wish, c.Stream, 1 << 13, Counters()));
    }

    [Theory]
    [InlineData(-0.1, 0.1, 0.1, 0, "memoryDecay")]
    [InlineData(0.5, 11, 0.1, 0, "mean")]
    [InlineData(0.5, 0.1, -0.01, 0, "deviation")]
    [InlineData(0.5, 0.1, double.NaN, 0, "deviation")]
    [InlineData(0.5, 0.1, 0.1, 1.1, "resetDeviation")]
    public void Parameters_must_be_in_their_range(double decay, double mean, double deviation, double reset, string argument) =>
        Assert.Throws<ArgumentOutOfRangeException>(argument, () => new PhaseChange(decay, (mean, 0, 0), (deviation, 0, 0), reset));

    [Theory]
    [InlineData(-1e-6, 12e-6, 0, "minimumSiemens")]
    [InlineData(1e-6, 1.5e-6, 0, "maximumSiemens")]
    [InlineData(1e-6, 12e-6, 12e-6, "resetDeviationSiemens")]
    public void Conductances_must_be_in_their_range(double minimum, double maximum, double reset, string argument) =>
        Assert.Throws<ArgumentOutOfRangeException>(argument, () => PhaseChange.Nandakumar(minimum, maximum, reset));

    private static PhaseChangeCase Case(byte rows, byte columns, ushort seed) => new(1 + (rows % 12), 1 + columns, seed);

    /// <summary>The states of many devices that all got the same number of pulses.</summary>
    private static float[] Many(PhaseChange device, float state, float memory, int pulses, int seed)
    {
        const int Rows = 100;
        CrossbarLayout layout = new(Rows, 512);
        float[] states = new float[layout.Length];
        float[] memories = new float[layout.Length];
        Array.Fill(states, state);
        Array.Fill(memories, memory);
        float[] trace = [.. Enumerable.Repeat(1f, Rows), .. new float[12]];
        float[] wish = [.. Enumerable.Repeat(pulses + 1e-6f, 512)];
        ConductanceKernels.Set(
            device,
            new PolarityGain(1, 0),
            states,
            memories,
            ActiveRows.FromTrace(trace, Rows, new int[112], new float[112]),
            wish,
            new RandomStream((ulong)seed, 9),
            0,
            new(new float[512], new float[512], new float[512]));
        return states;
    }
}
