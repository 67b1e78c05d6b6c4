using System.Numerics;
using RramSnn.Kernels.Random;
using RramSnn.PropertyTests.Support;
using Xunit;

namespace RramSnn.PropertyTests.Kernels;

/// <summary>The random words of a crossbar's cells: the same on every width, uniform, and independent along every index.</summary>
public sealed class CellHashTests
{
    private const int Columns = 1024;

    private static readonly RandomStream Stream = new(seed: 4711, purpose: 3, step: 12);

    public static TheoryData<ulong, byte, ulong, uint> Streams => new()
    {
        { 0, 0, 0, 0 },
        { 1, 3, 0, 0 },
        { 4711, 3, 12, 0 },
        { ulong.MaxValue, 255, (1ul << 56) - 1, uint.MaxValue },
    };

    private static int Rows => Effort.Of(1024, 64);

    [Theory]
    [MemberData(nameof(Streams))]
    public void Every_width_gives_the_words_of_the_plain_rule(ulong seed, byte purpose, ulong step, uint row)
    {
        RandomStream stream = new(seed, purpose, step, row);
        CellHashReference rounding = CellHashReference.Rounding(stream);
        CellHashReference noise = CellHashReference.Noise(stream);
        foreach (int width in Widths.InBits)
        {
            BitwiseAssert.Equal<uint>(Expected(rounding), CellWords.Rounding(stream, 9, 144, width), $"rounding, {width} bits");
            BitwiseAssert.Equal<uint>(Expected(noise), CellWords.Noise(stream, 9, 144, width), $"noise, {width} bits");
        }
    }

    [Theory]
    [MemberData(nameof(Streams))]
    public void No_two_rows_share_a_key(ulong seed, byte purpose, ulong step, uint row)
    {
        RandomStream stream = new(seed, purpose, step, row);
        foreach (CellHashReference hash in new[] { CellHashReference.Rounding(stream), CellHashReference.Noise(stream) })
        {
            Assert.Equal(100_000, Enumerable.Range(0, 100_000).Select(index => hash.Keys(index).Start).Distinct().Count());
            Assert.Equal(100_000, Enumerable.Range(0, 100_000).Select(index => hash.Keys(index).Key).Distinct().Count());
        }
    }

    [Theory]
    [MemberData(nameof(Streams))]
    public void Every_byte_is_uniform(ulong seed, byte purpose, ulong step, uint row)
    {
        RandomStream stream = new(seed, purpose, step, row);
        foreach (uint[] words in new[] { CellWords.Rounding(stream, Rows, Columns), CellWords.Noise(stream, Rows, Columns) })
        {
            for (int shift = 0; shift < 32; shift += 8)
            {
                Assert.InRange(Deviation(words, word => (int)(word >> shift) & 255), -Statistics.Limit, Statistics.Limit);
            }
        }
    }

    /// <summary>A column or a row alone has few words, so its uniformity is tested over many streams.</summary>
    [Fact]
    public void A_single_cell_is_uniform_over_the_steps()
    {
        int steps = Effort.Of(100_000, 5_000);
        uint[] words = [.. Enumerable.Range(0, steps).Select(static step => CellHashReference.Rounding(new RandomStream(7, 3, (ulong)step)).Word(5, 77))];
        Assert.InRange(Deviation(words, static word => (int)(word >> 24)), -Statistics.Limit, Statistics.Limit);
        Assert.InRange(Deviation(words, static word => (int)(word & 255)), -Statistics.Limit, Statistics.Limit);
    }

    [Fact]
    public void Mean_and_variance_are_those_of_the_unit_interval()
    {
        float[] values = CellWords.UnitIntervals(CellWords.Rounding(Stream, Rows, Columns));
        double meanLimit = Statistics.Limit * Math.Sqrt(1 / 12.0 / values.Length);
        double varianceLimit = Statistics.Limit * Math.Sqrt(1 / 180.0 / values.Length);
        Assert.InRange(Statistics.Mean(values) - 0.5, -meanLimit, meanLimit);
        Assert.InRange(Statistics.Variance(values) - (1 / 12.0), -varianceLimit, varianceLimit);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(16)]
    [InlineData(64)]
    [InlineData(128)]
    [InlineData(Columns - 1)]
    [InlineData(Columns)]
    [InlineData(2 * Columns)]
    [InlineData(4 * Columns)]
    public void Neighbouring_columns_and_rows_are_independent(int distance)
    {
        float[] values = CellWords.UnitIntervals(CellWords.Rounding(Stream, Rows, Columns));
        CheckIndependent(values.AsSpan(distance), values.AsSpan(0, values.Length - distance));
    }

    [Fact]
    public void Neighbouring_streams_are_independent()
    {
        float[] values = CellWords.UnitIntervals(CellWords.Rounding(Stream, Rows, Columns));
        RandomStream[] others =
        [
            new(seed: 4711, purpose: 3, step: 13), new(seed: 4711, purpose: 4, step: 12), new(seed: 4712, purpose: 3, step: 12),
            new(seed: 4711, purpose: 3, step: 12, row: 1), new(seed: 4711, purpose: 3, step: 12 + (1ul << 32)),
        ];
        foreach (RandomStream other in others)
        {
            CheckIndependent(values, CellWords.UnitIntervals(CellWords.Rounding(other, Rows, Columns)));
        }

        CheckIndependent(values, CellWords.UnitIntervals(CellWords.Noise(Stream, Rows, Columns)));
    }

    /// <summary>Correlation sees lines only; so also no value may say how its neighbour is ordered: pairs fill the square evenly.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(Columns)]
    public void Pairs_of_neighbours_fill_the_square(int distance)
    {
        uint[] words = CellWords.Rounding(Stream, Rows, Columns);
        uint[] pairs = [.. Enumerable.Range(0, words.Length - distance).Select(i => ((words[i] >> 28) << 4) | (words[i + distance] >> 28))];
        Assert.InRange(Deviation(pairs, static pair => (int)pair), -Statistics.Limit, Statistics.Limit);
    }

    [Fact]
    public void A_changed_bit_of_row_or_column_changes_every_bit_half_of_the_time()
    {
        CellHashReference hash = CellHashReference.Rounding(Stream);
        int samples = Effort.Of(20_000, 4_000);
        double limit = Statistics.Limit * Math.Sqrt(samples) / 2;
        for (int bit = 0; bit < 12; bit++)
        {
            int[] changes = new int[64];
            for (int i = 0; i < samples; i++)
            {
                (int row, int column) = (i / 100, i % 100 * 41);
                uint word = hash.Word(row, column);
                Count(changes.AsSpan(0, 32), word ^ hash.Word(row ^ (1 << bit), column));
                Count(changes.AsSpan(32), word ^ hash.Word(row, column ^ (1 << bit)));
            }

            Assert.All(changes, count => Assert.InRange(count - (samples / 2.0), -limit, limit));
        }
    }

    /// <summary>
    /// In a large array some two rows start close together, and then share their words but for the second key. Over many such pairs the
    /// squares of their correlations average to what chance gives.
    /// </summary>
    [Fact]
    public void Rows_that_start_alike_draw_independently()
    {
        const int Pairs = 1000;
        System.Random random = new(1);
        double sum = 0;
        for (int pair = 0; pair < Pairs; pair++)
        {
            uint start = (uint)random.NextInt64(1L << 32);
            double correlation = Statistics.Correlation(Row(start, (uint)random.NextInt64(1L << 32)), Row(start, (uint)random.NextInt64(1L << 32)));
            sum += correlation * correlation * Columns;
        }

        Assert.InRange((sum / Pairs) - 1, -Statistics.Limit * Math.Sqrt(2.0 / Pairs), Statistics.Limit * Math.Sqrt(2.0 / Pairs));
    }

    private static float[] Row(uint start, uint key) =>
        [.. Enumerable.Range(0, Columns).Select(column => UpdateCase.UnitInterval(CellHashReference.Word(start, key, column)))];

    private static uint[] Expected(CellHashReference hash) =>
        [.. Enumerable.Range(0, 9 * 144).Select(index => hash.Word(index / 144, index % 144))];

    private static void Count(Span<int> changes, uint bits)
    {
        for (; bits != 0; bits &= bits - 1)
        {
            changes[BitOperations.TrailingZeroCount(bits)]++;
        }
    }

    private static void CheckIndependent(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        double limit = Statistics.Limit / Math.Sqrt(a.Length);
        Assert.InRange(Statistics.Correlation(a, b), -limit, limit);
    }

    /// <summary>Chi-square over 256 classes, in standard deviations from its mean: it is close to normal.</summary>
    private static double Deviation(uint[] words, Func<uint, int> classOf)
    {
        int[] counts = new int[256];
        foreach (uint word in words)
        {
            counts[classOf(word)]++;
        }

        double expected = words.Length / 256.0;
        return (counts.Sum(count => (count - expected) * (count - expected) / expected) - 255) / Math.Sqrt(2 * 255.0);
    }
}
