using FsCheck.Xunit;
using RramSnn.Kernels.Neurons;
using RramSnn.PropertyTests.Support;
using Xunit;

namespace RramSnn.PropertyTests.Kernels;

/// <summary>Traces of amplitudes.</summary>
[Properties(Arbitrary = [typeof(NeuronCase)], MaxTest = 40)]
public sealed class FilterAmplitudesTests
{
    [Property]
    public bool Every_width_gives_the_bits_of_the_scalar_rule(NeuronCase c)
    {
        float[] amplitudes = Numbers.Sparse(0f, 1f, 0.4, c.Length, c.Seed + 6);
        NeuronCase expected = c.Again();
        for (int i = 0; i < c.Length; i++)
        {
            float height = (1f - c.SynapseDecay) * c.Constants.Gain;
            expected.Membrane[i] = NeuronReference.Leak(expected.Membrane[i], c.MembraneDecay, (1f - c.MembraneDecay) * expected.Synapse[i]);
            expected.Synapse[i] = NeuronReference.Leak(expected.Synapse[i], c.SynapseDecay, height * amplitudes[i]);
        }

        NeuronCase facade = c.Again();
        NeuronKernels.FilterAmplitudes(c.Constants, amplitudes, facade.Synapse, facade.Membrane);
        bool isEqual = BitwiseAssert.AreEqual(expected.State, facade.State);
        foreach (int width in Widths.InBits)
        {
            NeuronCase actual = c.Again();
            Widths.Run(width, new NeuronKernels.AmplitudeFilterKernel
            {
                Constants = c.Constants,
                Amplitudes = ref amplitudes[0],
                Length = (nuint)c.Length,
                SynapseTrace = ref actual.Synapse[0],
                MembraneTrace = ref actual.Membrane[0],
            });
            isEqual &= BitwiseAssert.AreEqual(expected.State, actual.State);
        }

        return isEqual;
    }

    [Property]
    public bool Amplitudes_of_zero_and_one_are_spikes(NeuronCase c)
    {
        NeuronCase spikes = c.Again();
        spikes.Filter();
        NeuronCase amplitudes = c.Again();
        float[] numbers = [.. Enumerable.Range(0, c.Length).Select(i => c.IsSpiking(i) ? 1f : 0f)];
        NeuronKernels.FilterAmplitudes(c.Constants, numbers, amplitudes.Synapse, amplitudes.Membrane);
        return BitwiseAssert.AreEqual(spikes.State, amplitudes.State);
    }

    [Fact]
    public void Steady_amplitudes_fill_the_trace_in_proportion_and_zero_leaves_it_empty()
    {
        NeuronConstants constants = new(0.95f, 0.9f, 0f, resetStrength: 0f, gain: 2f, threshold: 1f);
        float[] amplitudes = [.. Enumerable.Range(0, 64).Select(static i => i / 63f)];
        float[] synapse = new float[64];
        float[] membrane = new float[64];
        for (int step = 0; step < 600; step++)
        {
            NeuronKernels.FilterAmplitudes(constants, amplitudes, synapse, membrane);
        }

        Assert.All(membrane, (value, i) => Assert.Equal(2f * amplitudes[i], value, 1e-5f));
        Assert.Equal(0f, membrane[0]);
    }

    [Fact]
    public void Lengths_must_fit_and_spans_lie_apart()
    {
        NeuronConstants constants = new(0.9f, 0.8f, 0.7f, resetStrength: 1f, gain: 1f, threshold: 1f);
        float[] trace = new float[64];
        Rejected.Length("synapseTrace", 63, 64, () => NeuronKernels.FilterAmplitudes(constants, new float[63], new float[63], new float[63]));
        Rejected.Length("membraneTrace", 128, 64, () => NeuronKernels.FilterAmplitudes(constants, new float[64], new float[64], new float[128]));
        Rejected.Length("amplitudes", 1, 64, () => NeuronKernels.FilterAmplitudes(constants, new float[1], new float[64], new float[64]));
        Rejected.Overlap("membraneTrace", () => NeuronKernels.FilterAmplitudes(constants, new float[64], trace, trace));
        Rejected.Overlap("synapseTrace", () => NeuronKernels.FilterAmplitudes(constants, trace, trace, new float[64]));
        Rejected.Overlap("membraneTrace", () => NeuronKernels.FilterAmplitudes(constants, trace, new float[64], trace));
    }

    [Fact]
    public void Amplitudes_allocate_nothing()
    {
        Allocations.SkipUnlessOptimized();
        NeuronConstants constants = new(0.9f, 0.8f, 0.7f, resetStrength: 1f, gain: 1f, threshold: 1f);
        float[] amplitudes = new float[64];
        float[] synapse = new float[64];
        float[] membrane = new float[64];
        Assert.Equal(0, Allocations.Of(() => NeuronKernels.FilterAmplitudes(constants, amplitudes, synapse, membrane)));
    }
}
