using FsCheck.Xunit;
using RramSnn.Kernels.Neurons;
using RramSnn.PropertyTests.Support;
using Xunit;

namespace RramSnn.PropertyTests.Kernels;

[Properties(Arbitrary = [typeof(NeuronCase)], MaxTest = 40)]
public sealed class NeuronStepTests
{
    private const float HalfWidth = 0.3f;

    private static readonly NeuronConstants Constants = new(0.95f, 0.9f, 0.8f, resetStrength: 2f, gain: 1.5f, threshold: 1f);

    [Property]
    public bool Every_width_gives_the_bits_of_the_scalar_rule(NeuronCase c)
    {
        NeuronCase expected = c.Again();
        expected.StepByReference();
        bool isEqual = IsSame(expected, c.Again(), static neurons => neurons.Step());
        foreach (int width in Widths.InBits)
        {
            isEqual &= IsSame(expected, c.Again(), neurons => neurons.StepAt(width));
        }

        return isEqual;
    }

    [Property]
    public bool Without_storing_membranes_every_width_gives_the_same_state_and_masks(NeuronCase c)
    {
        NeuronCase expected = c.Again();
        expected.Step();
        Array.Clear(expected.Potential);
        bool isEqual = IsSame(expected, c.Again(), static neurons => neurons.StepToMasks());
        foreach (int width in Widths.InBits)
        {
            isEqual &= IsSame(expected, c.Again(), neurons => neurons.StepToMasksAt(width));
        }

        return isEqual;
    }

    [Property]
    public bool A_neuron_spikes_exactly_when_it_is_above_its_threshold(NeuronCase c)
    {
        c.Step();
        return Enumerable.Range(0, c.Length).All(i => c.IsSpiking(i) == (c.Potential[i] > c.Constants.Threshold));
    }

    [Property]
    public bool A_neuron_learns_exactly_when_it_is_near_its_threshold(NeuronCase c)
    {
        c.Step();
        return Enumerable.Range(0, c.Length).All(i => c.IsNearThreshold(i) == (Math.Abs(c.Potential[i] - c.Constants.Threshold) < c.Box.HalfWidth));
    }

    [Property]
    public bool Membranes_may_replace_the_currents(NeuronCase c)
    {
        NeuronCase apart = c.Again();
        apart.Step();
        NeuronKernels.Step(c.Constants, c.Box, NeuronCase.WeightRange, c.Current, c.Synapse, c.Membrane, c.Reset, c.Current, c.Spikes, c.Surrogate);
        return BitwiseAssert.AreEqual(apart.Potential, c.Current) && BitwiseAssert.AreEqual(apart.Synapse, c.Synapse);
    }

    [Property]
    public bool Permuted_words_give_permuted_results(NeuronCase c)
    {
        NeuronCase alone = c with { Words = 1 };
        NeuronCase last = alone.Again();
        Span<float> Part(float[] values) => values.AsSpan(c.Length - 64);
        Part(c.Current).CopyTo(last.Current);
        Part(c.Synapse).CopyTo(last.Synapse);
        Part(c.Membrane).CopyTo(last.Membrane);
        Part(c.Reset).CopyTo(last.Reset);
        c.Step();
        last.Step();
        return BitwiseAssert.AreEqual(Part(c.Potential), last.Potential) && c.Spikes[^1] == last.Spikes[0] && c.Surrogate[^1] == last.Surrogate[0];
    }

    [Fact]
    public void A_membrane_at_its_threshold_is_silent_and_the_next_float_spikes()
    {
        NeuronConstants direct = new(0f, 0f, 0f, resetStrength: 1f, gain: 1f, threshold: 0.7f);
        float[] synapse = new float[64];
        synapse[10] = 0.7f;
        synapse[11] = MathF.BitIncrement(0.7f);
        synapse[12] = float.PositiveInfinity;
        synapse[13] = -5f;
        Assert.Equal((1ul << 11) | (1ul << 12), Step(direct, new float[64], synapse, new float[64], new float[64], new float[64]));
    }

    [Fact]
    public void A_threshold_of_zero_keeps_silent_neurons_silent()
    {
        NeuronConstants zero = new(0.9f, 0.9f, 0.9f, resetStrength: 1f, gain: 1f, threshold: 0f);
        Assert.Equal(0ul, Step(zero, new float[64], new float[64], new float[64], new float[64], new float[64]));
    }

    [Fact]
    public void Padding_without_input_stays_zero()
    {
        float[][] state = [new float[64], new float[64], new float[64], new float[64]];
        for (int step = 0; step < 10; step++)
        {
            Assert.Equal(0ul, Step(Constants, new float[64], state[0], state[1], state[2], state[3]));
        }

        Assert.All(state, static values => BitwiseAssert.Equal(new float[64], values, "padding"));
    }

    [Fact]
    public void NaN_in_padding_reaches_no_neuron_and_no_mask()
    {
        NeuronCase clean = new(1, 0.9f, 0.8f, 0.7f, 8);
        NeuronCase poisoned = clean.Again();
        const int Neurons = 41;
        foreach (float[] values in new[] { poisoned.Current, poisoned.Synapse, poisoned.Membrane, poisoned.Reset })
        {
            values.AsSpan(Neurons).Fill(float.NaN);
        }

        for (int step = 0; step < 3; step++)
        {
            clean.StepToMasks();
            poisoned.StepToMasks();
            const ulong Mine = (1ul << Neurons) - 1;
            Assert.Equal(clean.Spikes[0] & Mine, poisoned.Spikes[0]);
            Assert.Equal(clean.Surrogate[0] & Mine, poisoned.Surrogate[0]);
        }

        BitwiseAssert.Equal<float>(clean.Synapse.AsSpan(0, Neurons), poisoned.Synapse.AsSpan(0, Neurons), "synapse filter");
        BitwiseAssert.Equal<float>(clean.Membrane.AsSpan(0, Neurons), poisoned.Membrane.AsSpan(0, Neurons), "membrane filter");
        BitwiseAssert.Equal<float>(clean.Reset.AsSpan(0, Neurons), poisoned.Reset.AsSpan(0, Neurons), "reset trace");
    }

    /// <summary>X is the membrane of the next step when nothing else is there, so U takes any value one likes.</summary>
    [Theory]
    [InlineData(0.4f, 0f, true)]
    [InlineData(0.4f, 0.39999998f, true)]
    [InlineData(0.4f, -0.39999998f, true)]
    [InlineData(0.4f, 0.4f, false)]
    [InlineData(0.4f, -0.4f, false)]
    [InlineData(0.4f, float.PositiveInfinity, false)]
    [InlineData(0.4f, float.NegativeInfinity, false)]
    [InlineData(0.4f, float.NaN, false)]
    [InlineData(float.Epsilon, 0f, true)]
    [InlineData(float.MaxValue, float.MaxValue, false)]
    [InlineData(float.MaxValue, -3e38f, true)]
    public void The_box_is_open_at_its_edges(float halfWidth, float distance, bool isInside)
    {
        NeuronConstants direct = new(0f, 0f, 0f, resetStrength: 0f, gain: 1f, threshold: 0f);
        float[] synapse = [.. Enumerable.Repeat(distance, 64)];
        ulong[] spikes = new ulong[1];
        ulong[] surrogate = new ulong[1];
        NeuronKernels.Step(direct, new BoxSurrogate(halfWidth), 1f, new float[64], synapse, new float[64], new float[64], spikes, surrogate);
        Assert.Equal(isInside ? ulong.MaxValue : 0, surrogate[0]);
        Assert.Equal(distance > 0f ? ulong.MaxValue : 0, spikes[0]);
    }

    [Fact]
    public void The_smallest_box_holds_the_threshold_alone()
    {
        NeuronConstants direct = new(0f, 0f, 0f, resetStrength: 0f, gain: 1f, threshold: 1f);
        float[] synapse = [.. Enumerable.Repeat(MathF.BitIncrement(1f), 64)];
        synapse[7] = 1f;
        ulong[] surrogate = new ulong[1];
        NeuronKernels.Step(direct, new BoxSurrogate(float.Epsilon), 1f, new float[64], synapse, new float[64], new float[64], new ulong[1], surrogate);
        Assert.Equal(1ul << 7, surrogate[0]);
    }

    /// <summary>The rule is stated in words of magnitude; the kernel compares bits.</summary>
    [Fact]
    public void Vanishing_values_become_plus_zero_and_their_neighbours_stay()
    {
        float limit = MathF.ScaleB(1f, -80);
        float above = MathF.BitIncrement(limit);
        NeuronConstants direct = new(0f, 0f, 0f, resetStrength: 0f, gain: 1f, threshold: 1f);
        float[] synapse = new float[64];
        float[] kept = [above, -above, float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.MaxValue];
        float[] flushed = [limit, -limit, float.Epsilon, -float.Epsilon, 0f, -0f];
        kept.CopyTo(synapse, 0);
        flushed.CopyTo(synapse, kept.Length);
        float[] membrane = new float[64];
        Step(direct, new float[64], synapse, membrane, new float[64], new float[64]);
        Assert.Equal(kept, membrane[..kept.Length]);
        BitwiseAssert.Equal<float>(new float[64 - kept.Length], membrane.AsSpan(kept.Length), "flushed");
    }

    [Fact]
    public void Without_input_the_membrane_decays_exactly_and_ends_at_zero()
    {
        float[] membrane = Numbers.Between(0.1f, 0.9f, 64, 3);
        float[] expected = (float[])membrane.Clone();
        for (int step = 0; step < 1500; step++)
        {
            Step(Constants, new float[64], new float[64], membrane, new float[64], new float[64]);
            foreach (ref float value in expected.AsSpan())
            {
                value = Constants.MembraneDecay * value;
                value = value <= MathF.ScaleB(1f, -80) ? 0f : value;
            }

            BitwiseAssert.Equal(expected, membrane, $"step {step}");
        }

        Assert.All(membrane, static value => Assert.Equal(0f, value));
    }

    [Fact]
    public void A_spike_lowers_the_reset_trace_by_its_share_of_the_strength()
    {
        float[] reset = new float[64];
        float[] membrane = new float[64];
        membrane[5] = 10f;
        Assert.Equal(1ul << 5, Step(Constants, new float[64], new float[64], membrane, reset, new float[64]));
        Assert.Equal(-(1f - 0.8f) * 2f, reset[5]);
        Assert.Equal(63, reset.Count(static value => value == 0f));

        membrane[5] = 0f;
        Step(Constants, new float[64], new float[64], membrane, reset, new float[64]);
        Assert.Equal(0.8f * (-(1f - 0.8f) * 2f), reset[5]);
    }

    [Fact]
    public void A_neuron_that_always_spikes_approaches_the_full_reset_strength()
    {
        float[] reset = new float[64];
        for (int step = 0; step < 300; step++)
        {
            float[] membrane = [.. Enumerable.Repeat(100f, 64)];
            Assert.Equal(ulong.MaxValue, Step(Constants, new float[64], new float[64], membrane, reset, new float[64]));
        }

        Assert.All(reset, static value => Assert.Equal(-2f, value, 1e-5f));
    }

    [Fact]
    public void NaN_stays_in_its_neuron_and_does_not_spike()
    {
        NeuronCase clean = new(1, 0.9f, 0.8f, 0.7f, 6);
        NeuronCase dirty = clean.Again();
        dirty.Current[9] = float.NaN;
        for (int step = 0; step < 3; step++)
        {
            clean.Step();
            dirty.Step();
        }

        Assert.Equal(float.NaN, dirty.Potential[9]);
        Assert.False(dirty.IsSpiking(9));
        Assert.False(dirty.IsNearThreshold(9));
        clean.Potential[9] = dirty.Potential[9] = 0f;
        BitwiseAssert.Equal(clean.Potential, dirty.Potential, "neighbours");
    }

    /// <summary>
    /// Each of a handful of roundings per step is at most 2⁻²⁴ of the largest value, and the two filters add them up over
    /// 1/(1 - decay) steps. The reference takes its spikes from the kernel: one ulp must not become another spike train.
    /// </summary>
    [Theory]
    [InlineData(0.9f, 0.8f, 0.7f)]
    [InlineData(0.99f, 0.95f, 0.9f)]
    [InlineData(0f, 0.5f, 0f)]
    public void A_hundred_steps_stay_close_to_the_double_reference(float membraneDecay, float synapseDecay, float resetDecay)
    {
        NeuronCase c = new(1, membraneDecay, synapseDecay, resetDecay, 21);
        double[] synapse = [.. c.Synapse.Select(static value => (double)value)];
        double[] membrane = [.. c.Membrane.Select(static value => (double)value)];
        double[] reset = [.. c.Reset.Select(static value => (double)value)];
        double memory = (1 / (1.0 - membraneDecay)) + (1 / (1.0 - synapseDecay)) + (1 / (1.0 - resetDecay));
        double largest = 20;
        double bound = 8 * memory * largest * Math.ScaleB(1, -24);
        for (int step = 0; step < 100; step++)
        {
            Numbers.Between(-6f, 6f, c.Length, step).CopyTo(c.Current, 0);
            c.Step();
            for (int i = 0; i < c.Length; i++)
            {
                double input = (double)c.Constants.Gain * NeuronCase.WeightRange * c.Current[i];
                NeuronReference.Filter(c.Constants, input, ref synapse[i], ref membrane[i]);
                Assert.InRange(c.Potential[i] - (membrane[i] + reset[i]), -bound, bound);
                reset[i] = (resetDecay * reset[i]) - (c.IsSpiking(i) ? (1 - (double)resetDecay) * c.Constants.ResetStrength : 0);
            }
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_kernels_never_leave_their_spans(bool guardAfter)
    {
        for (int words = 0; words < 4; words++)
        {
            using GuardedBuffer<float> current = new(64 * words, guardAfter);
            using GuardedBuffer<float> synapse = new(64 * words, guardAfter);
            using GuardedBuffer<float> membrane = new(64 * words, guardAfter);
            using GuardedBuffer<float> reset = new(64 * words, guardAfter);
            using GuardedBuffer<float> potential = new(64 * words, guardAfter);
            using GuardedBuffer<ulong> spikes = new(words, guardAfter);
            using GuardedBuffer<ulong> surrogate = new(words, guardAfter);
            BoxSurrogate box = new(HalfWidth);
            current.Span.Fill(1f);
            NeuronKernels.Step(Constants, box, 1f, current.Span, synapse.Span, membrane.Span, reset.Span, potential.Span, spikes.Span, surrogate.Span);
            NeuronKernels.Step(Constants, box, 1f, current.Span, synapse.Span, membrane.Span, reset.Span, spikes.Span, surrogate.Span);
            NeuronKernels.FilterSpikes(Constants, spikes.Span, synapse.Span, membrane.Span);
            Assert.Equal(words, spikes.Length);
        }
    }

    private static ulong Step(in NeuronConstants constants, float[] current, float[] synapse, float[] membrane, float[] reset, float[] potential)
    {
        ulong[] spikes = new ulong[1];
        NeuronKernels.Step(constants, new BoxSurrogate(HalfWidth), 1f, current, synapse, membrane, reset, potential, spikes, new ulong[1]);
        return spikes[0];
    }

    private static bool IsSame(NeuronCase expected, NeuronCase actual, Action<NeuronCase> step)
    {
        step(actual);
        return BitwiseAssert.AreEqual(expected.State, actual.State) && expected.Spikes.AsSpan().SequenceEqual(actual.Spikes)
            && expected.Surrogate.AsSpan().SequenceEqual(actual.Surrogate);
    }
}
