using RramSnn.Kernels.Conductance;
using RramSnn.Kernels.Crossbar;
using RramSnn.Kernels.Random;
using RramSnn.PropertyTests.Support;
using Xunit;

namespace RramSnn.PropertyTests.Kernels;

/// <summary>Stochastic rounding of pulse counts, read off a linear device that is far from its bounds.</summary>
public sealed class StochasticPulsesTests
{
    private const float Step = 1f / 4096;

    private static int Rows => Effort.Of(512, 32);

    [Theory]
    [InlineData(0.001f)]
    [InlineData(0.25f)]
    [InlineData(0.5f)]
    [InlineData(0.999f)]
    [InlineData(1.3f)]
    [InlineData(7.75f)]
    public void The_mean_count_is_the_wished_number(float wished)
    {
        float[] counts = Counts(wished, step: 1);
        double fraction = wished - Math.Floor(wished);
        double limit = Statistics.Limit * Math.Sqrt(fraction * (1 - fraction) / counts.Length);
        Assert.InRange(Statistics.Mean(counts) - wished, -limit, limit);
    }

    [Theory]
    [InlineData(0.25f)]
    [InlineData(1.3f)]
    [InlineData(7.75f)]
    [InlineData(-2.6f)]
    public void Counts_are_the_whole_numbers_around_the_wish(float wished)
    {
        float low = MathF.Floor(Math.Abs(wished)) * Math.Sign(wished);
        float high = MathF.Ceiling(Math.Abs(wished)) * Math.Sign(wished);
        Assert.All(Counts(wished, step: 2), count => Assert.True(count == low || count == high));
    }

    [Theory]
    [InlineData(1f)]
    [InlineData(3f)]
    [InlineData(-2f)]
    public void A_whole_wish_is_met_by_every_device(float wished) =>
        Assert.All(Counts(wished, step: 3), count => Assert.Equal(wished, count));

    [Fact]
    public void Neighbouring_columns_rows_and_steps_round_independently()
    {
        float[] counts = Counts(0.5f, step: 4);
        double limit = Statistics.Limit / Math.Sqrt(counts.Length - 128.0);
        foreach (int distance in new[] { 1, 32, 64, 128 })
        {
            Assert.InRange(Statistics.Correlation(counts.AsSpan(distance), counts.AsSpan(0, counts.Length - distance)), -limit, limit);
        }

        Assert.InRange(Statistics.Correlation(counts, Counts(0.5f, step: 5)), -limit, limit);
    }

    [Fact]
    public void Counters_add_up_what_the_devices_got()
    {
        float[] pulses = new float[128];
        float[] writes = new float[128];
        float[] counts = Counts(0.7f, step: 6, pulses, writes);
        for (int column = 0; column < 128; column++)
        {
            float[] devices = [.. Enumerable.Range(0, Rows).Select(row => counts[(row * 128) + column])];
            Assert.Equal(devices.Sum(), pulses[column]);
            Assert.Equal(devices.Count(static count => count > 0), writes[column]);
        }
    }

    private static float[] Counts(float wished, ulong step) => Counts(wished, step, new float[128], new float[128]);

    /// <summary>Signed pulses of a panel of devices with the same wish; traces are 1.</summary>
    private static float[] Counts(float wished, ulong step, float[] pulses, float[] writes)
    {
        float[] state = new float[Rows * 128];
        float[] trace = new float[Rows];
        float[] wish = new float[128];
        state.AsSpan().Fill(0.5f);
        trace.AsSpan().Fill(1f);
        wish.AsSpan().Fill(wished);
        ActiveRows active = ActiveRows.FromTrace(trace, Rows, new int[Rows], new float[Rows]);
        RandomStream stream = new(seed: 77, purpose: 2, step);
        ConductanceKernels.Update<ConstantStep, PolarityGain, StochasticPulses, NoNoise>(
            new ConstantStep(Step), new(1, 1), default, state, active, wish, stream, 0, new(pulses, writes, new float[128]));
        return [.. state.Select(static value => (value - 0.5f) / Step)];
    }
}
