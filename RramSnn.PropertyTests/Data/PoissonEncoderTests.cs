using System.Numerics;
using RramSnn.Data;
using RramSnn.Kernels.Simd;
using RramSnn.Model.Layers;
using Xunit;

namespace RramSnn.PropertyTests.Data;

public class PoissonEncoderTests
{
    private const int Words = 13;
    private static readonly LabeledImages Images = ImageDataSet.Load(ImageDataSet.EmbeddedMnistDirectory).Train.Slice(0, 100);

    [Fact]
    public void A_sample_at_a_step_gives_the_same_spikes_in_any_order_and_split()
    {
        PoissonEncoder encoder = new(Images, 10, 0.5, seed: 5, RandomPurpose.TrainingSpikes);
        ulong[] whole = Encode(encoder, 7, 0, 20);
        ulong[] late = Encode(encoder, 7, 12, 20);
        ulong[] again = Encode(new PoissonEncoder(Images, 10, 0.5, seed: 5, RandomPurpose.TrainingSpikes), 7, 0, 20);
        Assert.Equal(whole[(12 * Words)..], late);
        Assert.Equal(whole, again);
    }

    [Fact]
    public void Seed_sample_step_and_purpose_all_matter()
    {
        PoissonEncoder encoder = new(Images, 10, 0.5, seed: 5, RandomPurpose.TrainingSpikes);
        ulong[] spikes = Encode(encoder, 7, 3, 4);
        Assert.NotEqual(spikes, Encode(encoder, 7, 4, 5));
        Assert.NotEqual(spikes, Encode(encoder, 8, 3, 4));
        Assert.NotEqual(spikes, Encode(new PoissonEncoder(Images, 10, 0.5, seed: 6, RandomPurpose.TrainingSpikes), 7, 3, 4));
        Assert.NotEqual(spikes, Encode(new PoissonEncoder(Images, 10, 0.5, seed: 5, RandomPurpose.TestSpikes), 7, 3, 4));
    }

    [Fact]
    public void Images_that_come_one_by_one_give_the_spikes_that_they_give_together()
    {
        PoissonEncoder together = new(Images, 10, 0.5, seed: 5, RandomPurpose.TrainingSpikes);
        PoissonEncoder alone = new(Images.Slice(7, 1), 10, 0.5, seed: 5, RandomPurpose.TrainingSpikes) { FirstNumber = 7 };
        Assert.Equal(Encode(together, 7, 0, 5), Encode(alone, 0, 0, 5));
    }

    [Fact]
    public void Black_pixels_never_spike_and_white_ones_at_rate_one_always_do()
    {
        PoissonEncoder encoder = new(Images, 10, 1.0, seed: 5, RandomPurpose.TrainingSpikes);
        ulong[] spikes = Encode(encoder, 0, 0, 40);
        ReadOnlySpan<byte> pixels = Images.Image(0);
        for (int i = 0; i < pixels.Length; i++)
        {
            int count = Enumerable.Range(0, 40).Count(step => (spikes[(step * Words) + (i / 64)] >> (i % 64) & 1) != 0);
            if (pixels[i] is 0 or 255)
            {
                Assert.Equal(pixels[i] == 0 ? 0 : 40, count);
            }
        }
    }

    /// <summary>Mean number of spikes within five standard deviations of a sum of independent Bernoulli variables.</summary>
    [Fact]
    public void Spike_counts_match_their_probabilities()
    {
        const double Rate = 0.3;
        int steps = VectorDispatch.WidthInBits >= 256 ? 2000 : 200;
        PoissonEncoder encoder = new(Images, 10, Rate, seed: 5, RandomPurpose.TrainingSpikes);
        long count = Encode(encoder, 3, 0, steps).Sum(word => (long)BitOperations.PopCount(word));
        double mean = 0;
        double variance = 0;
        foreach (byte pixel in Images.Image(3))
        {
            double probability = Rate * pixel / 255;
            mean += steps * probability;
            variance += steps * probability * (1 - probability);
        }

        Assert.InRange(count, mean - (5 * Math.Sqrt(variance)), mean + (5 * Math.Sqrt(variance)));
    }

    [Fact]
    public void Encoding_allocates_nothing()
    {
        PoissonEncoder encoder = new(Images, 10, 0.5, seed: 5, RandomPurpose.TrainingSpikes);
        ulong[] raster = new ulong[30 * Words];
        encoder.Encode(0, 0, 30, raster, Words);
        long before = GC.GetAllocatedBytesForCurrentThread();
        encoder.Encode(1, 0, 30, raster, Words);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Theory, InlineData(0), InlineData(-0.1), InlineData(1.01), InlineData(double.NaN)]
    public void Impossible_rates_are_refused(double rate)
    {
        ArgumentOutOfRangeException exception = Assert.Throws<ArgumentOutOfRangeException>(
            () => new PoissonEncoder(Images, 10, rate, seed: 5, RandomPurpose.TrainingSpikes));
        Assert.Contains("expected more than 0 and at most 1", exception.Message, StringComparison.Ordinal);
    }

    private static ulong[] Encode(PoissonEncoder source, int sample, int first, int end)
    {
        ulong[] raster = new ulong[(end - first) * Words];
        source.Encode(sample, first, end, raster, Words);
        return raster;
    }
}
