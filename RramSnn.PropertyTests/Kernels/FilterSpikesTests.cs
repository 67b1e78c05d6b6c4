using FsCheck.Xunit;
using RramSnn.Kernels.Neurons;
using RramSnn.PropertyTests.Support;
using Xunit;

namespace RramSnn.PropertyTests.Kernels;

[Properties(Arbitrary = [typeof(NeuronCase)], MaxTest = 40)]
public sealed class FilterSpikesTests
{
    [Property]
    public bool Every_width_gives_the_bits_of_the_scalar_rule(NeuronCase c)
    {
        NeuronCase expected = c.Again();
        expected.FilterByReference();
        NeuronCase facade = c.Again();
        facade.Filter();
        bool isEqual = BitwiseAssert.AreEqual(expected.State, facade.State);
        foreach (int width in Widths.InBits)
        {
            NeuronCase actual = c.Again();
            actual.FilterAt(width);
            isEqual &= BitwiseAssert.AreEqual(expected.State, actual.State);
        }

        return isEqual;
    }

    [Fact]
    public void A_single_spike_leaves_the_response_of_two_filters_in_a_row()
    {
        const float Alpha = 0.95f;
        const float Beta = 0.9f;
        NeuronConstants constants = new(Alpha, Beta, 0f, resetStrength: 0f, gain: 2f, threshold: 1f);
        float[] synapse = new float[64];
        float[] membrane = new float[64];
        for (int step = 0; step < 100; step++)
        {
            NeuronKernels.FilterSpikes(constants, [step == 0 ? 1ul << 33 : 0], synapse, membrane);
            double q = 2 * (1 - (double)Beta) * Math.Pow(Beta, step);
            double p = 2 * (1 - (double)Beta) * (1 - (double)Alpha) * (Math.Pow(Alpha, step) - Math.Pow(Beta, step)) / (Alpha - (double)Beta);
            Assert.Equal(q, synapse[33], 4e-7);
            Assert.Equal(p, membrane[33], 4e-7);
        }

        Assert.Equal(1, synapse.Count(static value => value != 0));
        Assert.Equal(1, membrane.Count(static value => value != 0));
    }

    [Fact]
    public void A_steady_spike_train_fills_the_trace_to_the_gain()
    {
        NeuronConstants constants = new(0.95f, 0.9f, 0f, resetStrength: 0f, gain: 2f, threshold: 1f);
        float[] synapse = new float[64];
        float[] membrane = new float[64];
        for (int step = 0; step < 600; step++)
        {
            NeuronKernels.FilterSpikes(constants, [ulong.MaxValue], synapse, membrane);
        }

        Assert.All(synapse, static value => Assert.Equal(2f, value, 1e-5f));
        Assert.All(membrane, static value => Assert.Equal(2f, value, 1e-5f));
    }

    [Fact]
    public void Traces_of_spikes_are_never_negative_and_vanish_into_zero()
    {
        NeuronConstants constants = new(0.5f, 0.6f, 0f, resetStrength: 0f, gain: 1f, threshold: 1f);
        float[] synapse = new float[64];
        float[] membrane = new float[64];
        for (int step = 0; step < 300; step++)
        {
            NeuronKernels.FilterSpikes(constants, step < 100 ? Numbers.Spikes(0.3, 1, step) : [0], synapse, membrane);
            Assert.All(membrane, static value => Assert.True(value is 0f or > 8e-25f and <= 1f));
        }

        Assert.All(membrane, static value => Assert.Equal(0f, value));
    }
}
