using RramSnn.Kernels.Random;
using RramSnn.PropertyTests.Support;
using Xunit;

namespace RramSnn.PropertyTests.Kernels;

public sealed class UniformTests
{
    private static readonly RandomStream Stream = new(seed: 42, purpose: 3, step: 1000, row: 5);

    private static int SampleLength => Effort.Of(1 << 18, 1 << 15);

    /// <summary>Streams that differ in one part of their name only.</summary>
    public static TheoryData<ulong, byte, ulong, uint> OtherNames => new()
    {
        { 43, 3, 1000, 5 },
        { 42ul + (1ul << 32), 3, 1000, 5 },
        { 42, 4, 1000, 5 },
        { 42, 3, 1001, 5 },
        { 42, 3, 1000ul + (1ul << 32), 5 },
        { 42, 3, 1000, 6 },
        { 5, 3, 1000, 42 },
        { 42, 3, 5, 1000 },
    };

    [Fact]
    public void Each_number_depends_on_its_index_alone_at_every_width()
    {
        float[] expected = new float[64 * 5];
        for (int i = 0; i < expected.Length; i++)
        {
            expected[i] = PhiloxReference.Uniform(Stream, i);
        }

        foreach (int width in Widths.InBits)
        {
            float[] actual = new float[expected.Length];
            Widths.Run(width, new RandomKernels.FillKernel<RandomKernels.UniformNumbers> { Destination = ref actual[0], Length = (nuint)actual.Length, Stream = Stream });
            BitwiseAssert.Equal(expected, actual, $"uniform, {width} bits");
        }
    }

    [Fact]
    public void A_longer_call_begins_with_the_numbers_of_a_shorter_one()
    {
        float[] whole = Draw(Stream, 64 * 9);
        for (int blocks = 0; blocks < 9; blocks++)
        {
            BitwiseAssert.Equal(whole.AsSpan(0, 64 * blocks), Draw(Stream, 64 * blocks), $"{blocks} blocks");
        }
    }

    [Fact]
    public void Numbers_are_multiples_of_two_to_the_minus_24_below_one()
    {
        foreach (float value in Draw(Stream, SampleLength))
        {
            Assert.True(value is >= 0 and < 1 && float.IsInteger(value * 16777216f), $"{value:R}");
        }
    }

    [Fact]
    public void Mean_and_variance_are_those_of_the_uniform_law()
    {
        float[] values = Draw(Stream, SampleLength);
        double n = values.Length;
        Assert.InRange(Statistics.Mean(values), 0.5 - (Statistics.Limit / Math.Sqrt(12 * n)), 0.5 + (Statistics.Limit / Math.Sqrt(12 * n)));

        // The variance of (x - ½)² is 1/80 - 1/144 = 1/180.
        Assert.InRange(Statistics.Variance(values) - (1 / 12.0), -Statistics.Limit / Math.Sqrt(180 * n), Statistics.Limit / Math.Sqrt(180 * n));
    }

    [Fact]
    public void A_chi_square_test_finds_all_intervals_equally_full()
    {
        const int Intervals = 256;
        int[] counts = new int[Intervals];
        float[] values = Draw(Stream, SampleLength);
        foreach (float value in values)
        {
            counts[(int)(value * Intervals)]++;
        }

        double expected = (double)values.Length / Intervals;
        double chiSquare = counts.Sum(count => (count - expected) * (count - expected) / expected);
        double deviation = Math.Sqrt(2 * (Intervals - 1));
        Assert.InRange(chiSquare, Intervals - 1 - (Statistics.Limit * deviation), Intervals - 1 + (Statistics.Limit * deviation));
    }

    [Fact]
    public void Every_bit_is_set_half_of_the_time()
    {
        float[] values = Draw(Stream, SampleLength);
        double limit = Statistics.Limit / 2 / Math.Sqrt(values.Length);
        for (int bit = 0; bit < 24; bit++)
        {
            int set = values.Count(value => (((uint)(value * 16777216f) >> bit) & 1) != 0);
            Assert.InRange(((double)set / values.Length) - 0.5, -limit, limit);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(16)]
    [InlineData(32)]
    [InlineData(64)]
    [InlineData(1024)]
    public void Elements_at_a_distance_are_not_correlated(int distance)
    {
        float[] values = Draw(Stream, SampleLength);
        double correlation = Statistics.Correlation(values.AsSpan(distance), values.AsSpan(0, values.Length - distance));
        Assert.InRange(correlation, -Statistics.Limit / Math.Sqrt(values.Length), Statistics.Limit / Math.Sqrt(values.Length));
    }

    [Theory]
    [MemberData(nameof(OtherNames))]
    public void Streams_with_other_names_are_independent(ulong seed, byte purpose, ulong step, uint row)
    {
        float[] values = Draw(Stream, SampleLength);
        float[] others = Draw(new RandomStream(seed, purpose, step, row), SampleLength);
        double correlation = Statistics.Correlation(values, others);
        Assert.InRange(correlation, -Statistics.Limit / Math.Sqrt(values.Length), Statistics.Limit / Math.Sqrt(values.Length));

        // Pairs of independent numbers agree in 24 bits once in 2²⁴: some hundredths of a pair are expected.
        Assert.True(values.Zip(others).Count(pair => pair.First == pair.Second) <= 3);
    }

    private static float[] Draw(RandomStream stream, int length)
    {
        float[] values = new float[length];
        RandomKernels.Uniform(values, stream);
        return values;
    }
}
