using RramSnn.Kernels.Crossbar;
using RramSnn.Kernels.Neurons;
using RramSnn.PropertyTests.Support;
using Xunit;

namespace RramSnn.PropertyTests.Kernels;

public sealed class NeuronRejectionTests
{
    private static readonly NeuronConstants Constants = new(0.9f, 0.8f, 0.7f, resetStrength: 1f, gain: 1f, threshold: 1f);

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
    [InlineData(100, 64, 64, 64, 64, 1, "current", 100, 64)]
    [InlineData(64, 0, 64, 64, 64, 1, "synapseFilter", 0, 64)]
    [InlineData(64, 64, 65, 64, 64, 1, "membraneFilter", 65, 64)]
    [InlineData(64, 64, 64, 128, 64, 1, "resetTrace", 128, 64)]
    [InlineData(64, 64, 64, 64, 63, 1, "membrane", 63, 64)]
    [InlineData(128, 128, 128, 128, 128, 1, "spikes", 1, 2)]
    public void Step_lengths_must_fit(
        int current, int synapse, int filter, int reset, int membrane, int spikes, string argument, int actual, int expected) =>
        Rejected.Length(argument, actual, expected, () => NeuronKernels.Step(
            Constants, 1f, new float[current], new float[synapse], new float[filter], new float[reset], new float[membrane], new ulong[spikes]));

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.NegativeInfinity)]
    public void The_weight_of_a_state_must_be_finite(float weight) =>
        Rejected.OutOfRange("weightPerState", weight, () => NeuronKernels.Step(
            Constants, weight, new float[64], new float[64], new float[64], new float[64], new float[64], new ulong[1]));

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
        static void Project(float[] feedback, int stride, float[] delta, float[] membrane, float threshold, float scale, float[] wish) =>
            ReadoutKernels.ProjectError(new BoxSurrogate(1f), feedback, stride, delta, membrane, threshold, scale, wish);

        float[] ok = new float[16];
        Rejected.Length("membrane", 15, 16, () => Project(ok, 16, new float[1], new float[15], 0f, 1f, new float[15]));
        Rejected.Length("wish", 32, 16, () => Project(ok, 16, new float[1], ok, 0f, 1f, new float[32]));
        Rejected.Length("stride", 15, 16, () => Project(ok, 15, new float[1], ok, 0f, 1f, new float[16]));
        Rejected.Length("feedback", 31, 32, () => Project(new float[31], 16, new float[2], ok, 0f, 1f, new float[16]));
        Rejected.OutOfRange("threshold", float.NaN, () => Project(ok, 16, new float[1], ok, float.NaN, 1f, new float[16]));
        Rejected.OutOfRange("scale", float.PositiveInfinity, () => Project(ok, 16, new float[1], ok, 0f, float.PositiveInfinity, new float[16]));
    }

    [Fact]
    public void A_wish_must_not_overlap_what_it_is_made_from()
    {
        float[] block = new float[40];
        float[] other = new float[16];
        BoxSurrogate box = new(1f);
        Rejected.Overlap("wish", () => ReadoutKernels.ProjectError(box, block.AsSpan(0, 16), 16, other.AsSpan(0, 1), other, 0f, 1f, block.AsSpan(8, 16)));
        Rejected.Overlap("wish", () => ReadoutKernels.ProjectError(box, other, 16, block.AsSpan(3, 1), new float[16], 0f, 1f, block.AsSpan(0, 16)));
        Rejected.Overlap("wish", () => ReadoutKernels.ProjectError(box, other, 16, new float[1], block.AsSpan(0, 16), 0f, 1f, block.AsSpan(1, 16)));
    }

    private static ActiveRows Active(int rows) => ActiveRows.FromSpikes(new ulong[1], rows, new int[rows]);
}
