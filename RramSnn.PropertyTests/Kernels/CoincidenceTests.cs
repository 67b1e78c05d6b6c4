using FsCheck.Xunit;
using RramSnn.Kernels.Conductance;
using RramSnn.Kernels.Crossbar;
using RramSnn.Kernels.Random;
using RramSnn.PropertyTests.Support;
using Xunit;

namespace RramSnn.PropertyTests.Kernels;

/// <summary>Pulses by coincidence of random bit streams.</summary>
[Properties(Arbitrary = [typeof(UpdateCase)], MaxTest = 40)]
public sealed class CoincidenceTests
{
    private const float Step = 1f / 8192;

    private static int Rows => Effort.Of(256, 32);

    [Property]
    public bool Every_width_every_split_and_equal_devices_give_the_bits_of_the_reference(UpdateCase c, byte length)
    {
        int bits = 1 + (length % ConductanceKernels.LongestBitStream);
        float[] expected = CoincidenceReference.Update(c.Again(), bits).Result;
        bool isEqual = BitwiseAssert.AreEqual(expected, Run(c, new CoincidenceFacade { Case = c.Again(), StreamLength = bits }));
        isEqual &= BitwiseAssert.AreEqual(expected, Run(c, new CoincidenceFacade { Case = c.Again(), StreamLength = bits, IsVaried = true }));
        foreach (int width in Widths.InBits)
        {
            CoincidenceAtWidth call = new() { Case = c.Again(), StreamLength = bits, Width = width };
            if (c.Active.Count > 0)
            {
                c.Device.Run(call, isStochastic: true, c.Noise);
                isEqual &= BitwiseAssert.AreEqual(expected, call.Case.Result);
            }
        }

        return isEqual;
    }

    /// <summary>Devices on a diagonal share no line, so their numbers of pulses are independent: binomial with L and pq.</summary>
    [Theory]
    [InlineData(0.8f, 0.5f, 31)]
    [InlineData(2f, 1.5f, 31)]
    [InlineData(0.3f, 0.2f, 10)]
    [InlineData(0.9f, -0.9f, 1)]
    public void Numbers_of_pulses_are_binomial_about_the_wish(float trace, float wished, int length)
    {
        List<float> counts = [];
        for (int step = 0; step < 200; step++)
        {
            float[] all = Counts(trace, wished, length, (ulong)step, 16);
            counts.AddRange(Enumerable.Range(0, 16).Select(i => all[(i * 128) + i]));
        }

        float[] values = [.. counts];
        double pq = Math.Min(1, trace / Math.Sqrt(length)) * Math.Min(1, Math.Abs(wished) / Math.Sqrt(length));
        double mean = Math.Sign(wished) * length * pq;
        double variance = length * pq * (1 - pq);
        Assert.Equal(trace * wished, mean, 1e-5);
        Assert.InRange(Statistics.Mean(values) - mean, -Statistics.Limit * Math.Sqrt(variance / values.Length), Statistics.Limit * Math.Sqrt(variance / values.Length));

        // Fourth central moment of the binomial: μ₄ = v (1 + 3 (L - 2) pq (1 - pq)).
        double spread = Math.Sqrt(((variance * (1 + (3 * (length - 2) * pq * (1 - pq)))) - (variance * variance)) / values.Length);
        Assert.InRange(Statistics.Variance(values) - variance, -Statistics.Limit * spread - 1e-9, (Statistics.Limit * spread) + 1e-9);
    }

    [Fact]
    public void Streams_saturate_at_a_pulse_per_bit()
    {
        Assert.All(Counts(trace: 100, wished: 100, length: 31, step: 1, rows: 4), static count => Assert.Equal(31f, count));
        Assert.All(Counts(trace: 100, wished: -100, length: 7, step: 1, rows: 4), static count => Assert.Equal(-7f, count));
    }

    [Fact]
    public void Devices_of_a_line_share_its_stream_and_others_do_not()
    {
        // With every bit of the bit lines set all devices of a word line get the pulses of its stream, and the other way round.
        float[] rows = Counts(trace: 1, wished: 100, length: 31, step: 3, Rows);
        Assert.All(rows.Chunk(128), static row => Assert.Single(row.Distinct()));
        float[] columns = Counts(trace: 100, wished: 1, length: 31, step: 3, Rows);
        Assert.All(columns.Chunk(128), row => Assert.Equal(columns[..128], row));
        float[] first = [.. rows.Chunk(128).Select(static row => row[0])];
        double limit = Statistics.Limit / Math.Sqrt(first.Length - 1.0);
        Assert.InRange(Statistics.Correlation(first.AsSpan(1), first.AsSpan(0, first.Length - 1)), -limit, limit);
        limit = Statistics.Limit / Math.Sqrt(127);
        Assert.InRange(Statistics.Correlation(columns.AsSpan(1, 127), columns.AsSpan(0, 127)), -limit, limit);
        Assert.NotEqual(columns[..128], Counts(trace: 100, wished: 1, length: 31, step: 4, Rows)[..128]);
    }

    [Fact]
    public void Lengths_of_streams_outside_their_range_are_refused()
    {
        Rejected.OutOfRange("streamLength", 0, () => Counts(1, 1, 0, 0, 1));
        Rejected.OutOfRange("streamLength", 32, () => Counts(1, 1, 32, 0, 1));
        UpdateCase c = new(0, IsStochastic: true, NoiseKind.None, 3, 1, Seed: 1);
        Rejected.OutOfRange("streamLength", 32, () => Run(c, new CoincidenceFacade { Case = c, StreamLength = 32, IsVaried = true }));
    }

    [Fact]
    public void Coincidences_allocate_nothing()
    {
        Allocations.SkipUnlessOptimized();
        UpdateCase c = new(0, IsStochastic: true, NoiseKind.None, 9, 1, Seed: 3);
        float[] trace = c.Trace;
        int[] list = new int[trace.Length];
        float[] values = new float[trace.Length];
        float[] counter = new float[128];
        float[] reads = new float[128];
        long bytes = Allocations.Of(() => ConductanceKernels.UpdateByCoincidence<SoftBounds, NoNoise>(
            new(0.1, 0.1), c.Rule, default, 31, c.State, ActiveRows.FromTrace(trace, 9, list, values), c.Wish, c.Stream, 0, new(counter, c.Writes, reads)));
        Assert.Equal(0, bytes);
    }

    private static float[] Run(UpdateCase c, CoincidenceFacade call)
    {
        c.Device.Run(call, isStochastic: true, c.Noise);
        return call.Case.Result;
    }

    /// <summary>Signed pulses of a panel of linear devices with the same trace and wish.</summary>
    private static float[] Counts(float trace, float wished, int length, ulong step, int rows)
    {
        float[] state = new float[rows * 128];
        float[] traces = new float[(rows + 15) / 16 * 16];
        float[] wish = new float[128];
        state.AsSpan().Fill(0.5f);
        traces.AsSpan(0, rows).Fill(trace);
        wish.AsSpan().Fill(wished);
        ActiveRows active = ActiveRows.FromTrace(traces, rows, new int[traces.Length], new float[traces.Length]);
        ConductanceKernels.UpdateByCoincidence<ConstantStep, NoNoise>(
            new(Step), new(1, 1), default, length, state, active, wish, new RandomStream(5, 3, step), 0, new(new float[128], new float[128], new float[128]));
        return [.. state.Select(static value => (value - 0.5f) / Step)];
    }
}
