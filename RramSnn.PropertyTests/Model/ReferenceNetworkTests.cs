using RramSnn.Model.Crossbars;
using RramSnn.Model.Layers;
using RramSnn.Model.Learning;
using Xunit;

namespace RramSnn.PropertyTests.Model;

/// <summary>The whole learning step against the textbook equations in double precision, written neuron by neuron.</summary>
public class ReferenceNetworkTests
{
    private const double LearningRate = 0.02;

    [Theory]
    [InlineData("ideal", SynapseCell.Pair)]
    [InlineData("ideal", SynapseCell.Reference)]
    [InlineData("naive", SynapseCell.Pair)]
    [InlineData("naive", SynapseCell.Reference)]
    [InlineData("balanced-pair", SynapseCell.Pair)]
    public void A_training_sample_follows_the_equations_in_every_layer(string method, SynapseCell cell)
    {
        NetworkOptions options = TinyRuns.Options(method: method, cell: cell, hidden: [40, 24]);
        SyntheticSpikes samples = TinyRuns.Samples(1);
        using Network network = new(options);
        ReferenceLayer[] reference = [.. network.Layers.Select(layer => new ReferenceLayer(layer, options))];
        using TrainingSession session = new(
            network, samples, new TrainingOptions { LearningRate = LearningRate, Schedule = LearningRateSchedule.Constant }, threads: 1);
        session.Advance(1);

        int words = (options.Inputs + 63) / 64;
        ulong[] raster = new ulong[options.Steps * words];
        samples.Encode(0, 0, options.Steps, raster, words);
        for (int step = 0; step < options.Steps; step++)
        {
            bool[] spikes = [.. Enumerable.Range(0, options.Inputs).Select(i => (raster[(step * words) + (i / 64)] >> (i % 64) & 1) != 0)];
            foreach (ReferenceLayer layer in reference)
            {
                spikes = layer.Step(spikes, step >= options.BurnIn ? samples.Label(0) : null, LearningRate);
            }
        }

        for (int i = 0; i < reference.Length; i++)
        {
            Assert.True(reference[i].LargestWish > 1e-3, $"layer {i} of the reference learned nothing");
            reference[i].AssertEquals(network.Layers[i]);
        }
    }

    /// <summary>
    /// With W towards infinity the weight decay of balanced-pair vanishes and the run becomes the ideal one, up to the rounding
    /// of states that then use a thousandth of their range.
    /// </summary>
    [Fact]
    public void A_wide_range_turns_balanced_pair_into_the_ideal_method()
    {
        const float Range = 1000f;
        float[] ideal = Weights("ideal", Range);
        float[] balanced = Weights("balanced-pair", Range);
        float[] start = Weights(method: null, Range);
        float largestChange = ideal.Zip(start, static (a, b) => Math.Abs(a - b)).Max();
        Assert.True(largestChange > 0.02f, $"the run changed weights by {largestChange} only");
        Assert.All(ideal.Zip(balanced), pair => Assert.Equal(pair.First, pair.Second, 0.02f * largestChange));
    }

    private static float[] Weights(string? method, float range)
    {
        NetworkOptions options = TinyRuns.Options(method: method ?? "ideal", hidden: [40]) with { WeightRange = range };
        using Network network = new(options);
        using TrainingSession session = new(network, TinyRuns.Samples(1), new TrainingOptions { LearningRate = LearningRate }, threads: 1);
        if (method is not null)
        {
            session.Advance(1);
        }

        Crossbar crossbar = network.Layers[0].Crossbar;
        return [.. Enumerable.Range(0, TinyRuns.Inputs * 40).Select(k => crossbar.Weight(k / 40, k % 40))];
    }
}
