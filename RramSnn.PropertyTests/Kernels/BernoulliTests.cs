using System.Numerics;
using System.Runtime.InteropServices;
using FsCheck.Xunit;
using RramSnn.Kernels.Random;
using RramSnn.PropertyTests.Support;
using Xunit;

namespace RramSnn.PropertyTests.Kernels;

public sealed class BernoulliTests
{
    private static readonly RandomStream Stream = new(seed: 7, purpose: 1, step: 12, row: 3);

    [Fact]
    public void Each_spike_depends_on_its_index_alone_at_every_width()
    {
        uint[] thresholds = Thresholds(64 * 5, 1);
        ulong[] expected = new ulong[5];
        for (int i = 0; i < thresholds.Length; i++)
        {
            bool spikes = PhiloxReference.Uniform(Stream, i) < thresholds[i] / 16777216.0;
            expected[i / 64] |= spikes ? 1ul << (i % 64) : 0;
        }

        foreach (int width in Widths.InBits)
        {
            BitwiseAssert.Equal<ulong>(expected, DrawAt(width, thresholds), $"{width} bits");
        }

        BitwiseAssert.Equal<ulong>(expected, Draw(thresholds, Stream), "facade");
    }

    /// <summary>Blank words are skipped, which may not move a number of the others.</summary>
    [Property(MaxTest = 50)]
    public bool Blank_words_change_no_other_spike_at_any_width(byte blocks, ushort blank, int seed)
    {
        uint[] thresholds = Thresholds(64 * (blocks % 11), seed);
        ulong[] expected = Draw(thresholds, Stream);
        for (int word = 0; word < expected.Length; word++)
        {
            if (((blank >> word) & 1) != 0)
            {
                // One pixel is left in some words, so that almost blank is not taken for blank.
                uint kept = word % 3 == 0 ? thresholds[(64 * word) + 37] : 0;
                thresholds.AsSpan(64 * word, 64).Clear();
                thresholds[(64 * word) + 37] = kept;
                expected[word] &= kept != 0 ? 1ul << 37 : 0;
            }
        }

        bool isEqual = Draw(thresholds, Stream).AsSpan().SequenceEqual(expected);
        if (expected.Length != 0)
        {
            foreach (int width in Widths.InBits)
            {
                isEqual &= DrawAt(width, thresholds).AsSpan().SequenceEqual(expected);
            }
        }

        return isEqual;
    }

    [Property(MaxTest = 50)]
    public bool Splitting_into_calls_in_any_order_changes_no_spike(byte blocks, byte cut, int seed)
    {
        int count = 1 + (blocks % 9);
        int first = cut % (count + 1);
        uint[] thresholds = Thresholds(64 * count, seed);
        ulong[] whole = Draw(thresholds, Stream);
        ulong[] parts = new ulong[count];
        RandomKernels.Bernoulli(thresholds.AsSpan(64 * first), Stream, parts.AsSpan(first), first);
        RandomKernels.Bernoulli(thresholds.AsSpan(0, 64 * first), Stream, parts.AsSpan(0, first));
        return whole.AsSpan().SequenceEqual(parts);
    }

    [Property(MaxTest = 20)]
    public bool A_spike_is_a_uniform_number_below_its_threshold(int seed)
    {
        uint[] thresholds = Thresholds(64 * 4, seed);
        float[] uniform = new float[thresholds.Length];
        RandomKernels.Uniform(uniform, Stream);
        ulong[] spikes = Draw(thresholds, Stream);
        return Enumerable.Range(0, uniform.Length).All(i => IsSet(spikes, i) == (uniform[i] < thresholds[i] / 16777216.0));
    }

    [Fact]
    public void Thresholds_of_never_and_always_are_exact()
    {
        int length = 64 * Effort.Of(4096, 256);
        uint[] thresholds = new uint[length];
        Assert.All(Draw(thresholds, Stream), static word => Assert.Equal(0ul, word));
        thresholds.AsSpan().Fill(RandomKernels.CertainThreshold);
        Assert.All(Draw(thresholds, Stream), static word => Assert.Equal(ulong.MaxValue, word));
    }

    [Theory]
    [InlineData(0.001)]
    [InlineData(0.1)]
    [InlineData(0.5)]
    [InlineData(0.9)]
    [InlineData(0.999)]
    public void Spikes_come_with_their_probability(double probability)
    {
        int length = 64 * Effort.Of(4096, 512);
        uint[] thresholds = new uint[length];
        thresholds.AsSpan().Fill((uint)(probability * RandomKernels.CertainThreshold));
        double frequency = Draw(thresholds, Stream).Sum(static word => BitOperations.PopCount(word)) / (double)length;
        double limit = Statistics.Limit * Math.Sqrt(probability * (1 - probability) / length);
        Assert.InRange(frequency - probability, -limit, limit);
    }

    [Fact]
    public void A_higher_threshold_only_adds_spikes()
    {
        uint[] low = Thresholds(64 * 8, 3);
        uint[] high = [.. low.Select(static threshold => Math.Min(threshold + 100_000, RandomKernels.CertainThreshold))];
        foreach ((ulong few, ulong many) in Draw(low, Stream).Zip(Draw(high, Stream)))
        {
            Assert.Equal(0ul, few & ~many);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_kernels_never_leave_their_spans(bool guardAfter)
    {
        for (int blocks = 0; blocks < 6; blocks++)
        {
            using GuardedBuffer<uint> thresholds = new(Thresholds(64 * blocks, blocks), guardAfter);
            using GuardedBuffer<ulong> spikes = new(blocks, guardAfter);
            using GuardedBuffer<float> uniform = new(64 * blocks, guardAfter);
            RandomKernels.Bernoulli(thresholds.Span, Stream, spikes.Span);
            RandomKernels.Uniform(uniform.Span, Stream);
            Assert.Equal(blocks, spikes.Length);
        }
    }

    private static uint[] Thresholds(int length, int seed)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, length).Select(_ => (uint)random.Next((int)RandomKernels.CertainThreshold + 1))];
    }

    private static ulong[] Draw(uint[] thresholds, RandomStream stream)
    {
        ulong[] spikes = [.. Enumerable.Repeat(ulong.MaxValue, thresholds.Length / 64)];
        RandomKernels.Bernoulli(thresholds, stream, spikes);
        return spikes;
    }

    private static ulong[] DrawAt(int width, uint[] thresholds)
    {
        ulong[] spikes = new ulong[thresholds.Length / 64];
        Widths.Run(width, new RandomKernels.BernoulliKernel
        {
            Thresholds = ref MemoryMarshal.Cast<uint, float>(thresholds.AsSpan())[0],
            Spikes = ref spikes[0],
            Words = (nuint)spikes.Length,
            Stream = Stream,
        });
        return spikes;
    }

    private static bool IsSet(ulong[] words, int index) => ((words[index / 64] >> (index % 64)) & 1) != 0;
}
