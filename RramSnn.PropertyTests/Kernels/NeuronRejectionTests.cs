using System.Runtime.InteropServices;
using RramSnn.Kernels.Crossbar;
using RramSnn.Kernels.Neurons;
using RramSnn.PropertyTests.Support;
using Xunit;

namespace RramSnn.PropertyTests.Kernels;

public sealed class NeuronRejectionTests
{
    private readonly float[] _current = new float[64];
    private readonly float[] _synapseFilter = new float[64];
    private readonly float[] _membraneFilter = new float[64];
    private readonly float[] _resetTrace = new float[64];
    private readonly float[] _membrane = new float[64];

    private static readonly NeuronConstants Constants = new(0.9f, 0.8f, 0.7f, resetStrength: 1f, gain: 1f, threshold: 1f);

    private static readonly BoxSurrogate Box = new(0.5f);

    [Fact]
    public void Filter_lengths_must_fit()
    {
        Rejected.Length("synapseTrace", 63, 64, static () => NeuronKernels.FilterSpikes(Constants, new ulong[1], new float[63], new float[63]));
        Rejected.Length("membraneTrace", 128, 64, static () => NeuronKernels.FilterSpikes(Constants, new ulong[1], new float[64], new float[128]));
        Rejected.Length("spikes", 2, 1, static () => NeuronKernels.FilterSpikes(Constants, new ulong[2], new float[64], new float[64]));
        float[] trace = new float[64];
        Rejected.Overlap("membraneTrace", () => NeuronKernels.FilterSpikes(Constants, new ulong[1], trace, trace));
    }

    [Theory]
    [InlineData(100, 64, 64, 64, 1, 1, "current", 100, 64)]
    [InlineData(64, 0, 64, 64, 1, 1, "synapseFilter", 0, 64)]
    [InlineData(64, 64, 65, 64, 1, 1, "membraneFilter", 65, 64)]
    [InlineData(64, 64, 64, 128, 1, 1, "resetTrace", 128, 64)]
    [InlineData(128, 128, 128, 128, 1, 2, "spikes", 1, 2)]
    [InlineData(128, 128, 128, 128, 2, 3, "surrogate", 3, 2)]
    public void Step_lengths_must_fit(
        int current, int synapse, int filter, int reset, int spikes, int surrogate, string argument, int actual, int expected)
    {
        Rejected.Length(argument, actual, expected, () => NeuronKernels.Step(
            Constants, Box, 1f, new float[current], new float[synapse], new float[filter], new float[reset], new ulong[spikes], new ulong[surrogate]));
        Rejected.Length(argument, actual, expected, () => NeuronKernels.Step(
            Constants, Box, 1f, new float[current], new float[synapse], new float[filter], new float[reset], new float[current], new ulong[spikes], new ulong[surrogate]));
    }

    [Fact]
    public void Membranes_need_room_of_their_own_or_that_of_the_currents()
    {
        static void Step(Span<float> current, float[] state, Span<float> membrane) => NeuronKernels.Step(
            Constants, Box, 1f, current, state.AsSpan(0, 64), state.AsSpan(64, 64), state.AsSpan(128, 64), membrane, new ulong[1], new ulong[1]);

        float[] state = new float[192];
        float[] block = new float[65];
        Rejected.Length("membrane", 63, 64, () => Step(new float[64], state, new float[63]));
        Rejected.Overlap("membrane", () => Step(new float[64], state, state.AsSpan(0, 64)));
        Rejected.Overlap("membrane", () => Step(new float[64], state, state.AsSpan(70, 64)));
        Rejected.Overlap("membrane", () => Step(new float[64], state, state.AsSpan(128, 64)));
        Rejected.Overlap("membrane", () => Step(block.AsSpan(0, 64), state, block.AsSpan(1, 64)));
    }

    [Fact]
    public void A_step_needs_separate_state_and_separate_masks()
    {
        static void Step(Span<float> synapse, Span<float> filter, Span<float> reset, ulong[] spikes, ulong[] surrogate) =>
            NeuronKernels.Step(Constants, Box, 1f, new float[64], synapse, filter, reset, spikes, surrogate);

        float[] one = new float[64];
        float[] other = new float[64];
        ulong[] mask = new ulong[1];
        Rejected.Overlap("membraneFilter", () => Step(one, one, other, mask, new ulong[1]));
        Rejected.Overlap("resetTrace", () => Step(one, other, one, mask, new ulong[1]));
        Rejected.Overlap("resetTrace", () => Step(one, other, other, mask, new ulong[1]));
        Rejected.Overlap("surrogate", () => Step(one, other, new float[64], mask, mask));
    }

    [Fact]
    public void Masks_lie_apart_from_numbers()
    {
        static Span<ulong> In(float[] memory) => MemoryMarshal.Cast<float, ulong>(memory.AsSpan(62, 2));
        void Step(Span<ulong> spikes, Span<ulong> surrogate) => NeuronKernels.Step(
            Constants, Box, 1f, _current, _synapseFilter, _membraneFilter, _resetTrace, _membrane, spikes, surrogate);

        foreach (float[] memory in new[] { _current, _synapseFilter, _membraneFilter, _resetTrace, _membrane })
        {
            Rejected.Overlap("spikes", () => Step(In(memory), new ulong[1]));
            Rejected.Overlap("surrogate", () => Step(new ulong[1], In(memory)));
        }

        Rejected.Overlap("synapseTrace", () => NeuronKernels.FilterSpikes(Constants, In(_current), _current, _membrane));
        Rejected.Overlap("membraneTrace", () => NeuronKernels.FilterSpikes(Constants, In(_membrane), _current, _membrane));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.NegativeInfinity)]
    public void The_weight_of_a_state_must_be_finite(float weight) =>
        Rejected.OutOfRange("weightPerState", weight, () => NeuronKernels.Step(
            Constants, Box, weight, new float[64], new float[64], new float[64], new float[64], new ulong[1], new ulong[1]));

    [Theory]
    [InlineData(1f, 0f, 0f, 1f, 1f, 1f, "membraneDecay", 1f)]
    [InlineData(-0.1f, 0f, 0f, 1f, 1f, 1f, "membraneDecay", -0.1f)]
    [InlineData(0f, float.NaN, 0f, 1f, 1f, 1f, "synapseDecay", float.NaN)]
    [InlineData(0f, 0f, 2f, 1f, 1f, 1f, "resetDecay", 2f)]
    [InlineData(0f, 0f, 0f, -1f, 1f, 1f, "resetStrength", -1f)]
    [InlineData(0f, 0f, 0f, 1001f, 1f, 1f, "resetStrength", 1001f)]
    [InlineData(0f, 0f, 0f, 1f, 0f, 1f, "gain", 0f)]
    [InlineData(0f, 0f, 0f, 1f, float.PositiveInfinity, 1f, "gain", float.PositiveInfinity)]
    [InlineData(0f, 0f, 0f, 1f, 1f, -0.5f, "threshold", -0.5f)]
    [InlineData(0f, 0f, 0f, 1f, 1f, float.NaN, "threshold", float.NaN)]
    public void Constants_must_be_in_their_ranges(
        float membrane, float synapse, float reset, float strength, float gain, float threshold, string argument, float actual) =>
        Rejected.OutOfRange(argument, actual, () => new NeuronConstants(membrane, synapse, reset, strength, gain, threshold));

    [Theory]
    [InlineData(0f)]
    [InlineData(-1f)]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void A_box_must_have_a_width(float halfWidth) => Rejected.OutOfRange("halfWidth", halfWidth, () => new BoxSurrogate(halfWidth));

    [Fact]
    public void Score_lengths_must_fit()
    {
        Rejected.Length("scores", 10, 16, static () => ReadoutKernels.Score(new float[30], Active(3), new float[10]));
        Rejected.Length("readout", 47, 48, static () => ReadoutKernels.Score(new float[47], Active(3), new float[16]));
        float[] block = new float[64];
        Rejected.Overlap("scores", () => ReadoutKernels.Score(block.AsSpan(0, 48), Active(3), block.AsSpan(40, 16)));
    }

    [Fact]
    public void Loss_arguments_must_fit()
    {
        Rejected.Length("delta", 15, 16, static () => ReadoutKernels.SmoothL1Derivative(new float[16], 0, new float[15]));
        Rejected.OutOfRange("label", -1, static () => ReadoutKernels.SmoothL1Derivative(new float[16], -1, new float[16]));
        float[] block = new float[32];
        Rejected.Overlap("delta", () => ReadoutKernels.SmoothL1Derivative(block.AsSpan(0, 16), 3, block.AsSpan(4, 16)));
        Rejected.OutOfRange("label", 16, static () => ReadoutKernels.SmoothL1Derivative(new float[16], 16, new float[16]));
    }

    [Fact]
    public void Projection_arguments_must_fit()
    {
        static void Project(float[] feedback, int stride, float[] delta, ulong[] surrogate, float scale, float[] wish) =>
            ReadoutKernels.ProjectError(feedback, stride, delta, surrogate, scale, wish);

        float[] ok = new float[64];
        ulong[] mask = new ulong[1];
        Rejected.Length("wish", 63, 64, () => Project(ok, 64, new float[1], mask, 1f, new float[63]));
        Rejected.Length("surrogate", 2, 1, () => Project(ok, 64, new float[1], new ulong[2], 1f, new float[64]));
        Rejected.Length("stride", 63, 64, () => Project(ok, 63, new float[1], mask, 1f, new float[64]));
        Rejected.Length("feedback", 127, 128, () => Project(new float[127], 64, new float[2], mask, 1f, new float[64]));
        Rejected.OutOfRange("scale", float.PositiveInfinity, () => Project(ok, 64, new float[1], mask, float.PositiveInfinity, new float[64]));
    }

    [Fact]
    public void A_wish_must_not_overlap_what_it_is_made_from()
    {
        float[] block = new float[100];
        float[] other = new float[64];
        ulong[] mask = new ulong[33];
        Rejected.Overlap("wish", () => ReadoutKernels.ProjectError(block.AsSpan(0, 64), 64, other.AsSpan(0, 1), mask.AsSpan(0, 1), 1f, block.AsSpan(8, 64)));
        Rejected.Overlap("wish", () => ReadoutKernels.ProjectError(other, 64, block.AsSpan(3, 1), mask.AsSpan(0, 1), 1f, block.AsSpan(0, 64)));
        Rejected.Overlap("wish", () => ReadoutKernels.ProjectError(
            other, 64, new float[1], mask.AsSpan(0, 1), 1f, MemoryMarshal.Cast<ulong, float>(mask.AsSpan())[..64]));
    }

    private static ActiveRows Active(int rows) => ActiveRows.FromSpikes(new ulong[1], rows, new int[rows]);
}
