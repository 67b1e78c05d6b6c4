using System.Runtime.InteropServices;
using RramSnn.Kernels.Conductance;
using RramSnn.Kernels.Crossbar;
using RramSnn.Kernels.Neurons;
using RramSnn.PropertyTests.Support;
using Xunit;

namespace RramSnn.PropertyTests.Kernels;

public sealed class CrossbarRejectionTests
{
    private readonly float[] _states = new float[3 * 128];
    private readonly float[] _input = new float[3];
    private readonly float[] _current = new float[128];

    [Fact]
    public void Wrong_lengths_are_refused()
    {
        Rejected.Length("current", 127, 128, () => CrossbarKernels.Accumulate(_states, _states, _input, new float[127]));
        Rejected.Length("plus", 383, 384, () => CrossbarKernels.Accumulate(new float[383], _states, _input, _current));
        Rejected.Length("minus", 385, 384, () => CrossbarKernels.Accumulate(_states, new float[385], _input, _current));
        Rejected.Length("plus", 384, 512, () => CrossbarKernels.Accumulate(_states, _states, new float[4], _current));
        Rejected.Length("state", 0, 384, () => CrossbarKernels.Accumulate([], 0f, _input, _current));
        Rejected.Length("plus", 1, 384, () => CrossbarKernels.AccumulateSpikes(new float[1], _states, Active(3), _current));
        Rejected.Length("minus", 384, 256, () => CrossbarKernels.AccumulateSpikes(new float[256], _states, Active(2), _current));
        Rejected.Length("state", 384, 512, () => CrossbarKernels.AccumulateSpikes(_states, 0f, Active(4), _current));
        Rejected.Length("current", 130, 128, () => CrossbarKernels.AccumulateSpikes(_states, 0f, Active(3), new float[130]));
    }

    [Fact]
    public void A_crossbar_without_word_lines_is_refused()
    {
        Rejected.OutOfRange("rows", 0, () => CrossbarKernels.Accumulate([], [], [], _current));
        Rejected.OutOfRange("rows", 0, () => CrossbarKernels.AccumulateSpikes([], 0f, Active(0), _current));
    }

    [Fact]
    public void Currents_must_not_overlap_an_operand()
    {
        float[] block = new float[(3 * 128) + 64];
        Rejected.Overlap("current", () => CrossbarKernels.Accumulate(block.AsSpan(0, 384), _states, _input, block.AsSpan(300, 128)));
        Rejected.Overlap("current", () => CrossbarKernels.Accumulate(_states, block.AsSpan(64, 384), _input, block.AsSpan(0, 128)));
        Rejected.Overlap("current", () => CrossbarKernels.Accumulate(_states, _states, _current.AsSpan(5, 3), _current));
        Rejected.Overlap("current", () => CrossbarKernels.Accumulate(block.AsSpan(0, 384), 0f, _input, block.AsSpan(0, 128)));
        Rejected.Overlap("current", () => CrossbarKernels.Accumulate(_states, 0f, _current.AsSpan(5, 3), _current));
        Rejected.Overlap("current", () => CrossbarKernels.AccumulateSpikes(block.AsSpan(0, 384), _states, Active(3), block.AsSpan(0, 128)));
        Rejected.Overlap("current", () => CrossbarKernels.AccumulateSpikes(block.AsSpan(0, 384), 0f, Active(3), block.AsSpan(0, 128)));
    }

    [Fact]
    public void Currents_must_not_overlap_a_list_of_rows()
    {
        Rejected.Overlap("current", () => CrossbarKernels.AccumulateSpikes(_states, _states, SpikesListedIn(_current), _current));
        Rejected.Overlap("current", () => CrossbarKernels.AccumulateSpikes(_states, 0f, SpikesListedIn(_current), _current));
        Rejected.Overlap("current", () => CrossbarKernels.AccumulateSpikes(_states, _states, 0f, SpikesListedIn(_current), _current));
        Rejected.Overlap("current", () => CrossbarKernels.AccumulateActive(_states, 0f, ListedIn(_current, new float[16]), _current));
        Rejected.Overlap("current", () => CrossbarKernels.AccumulateActive(_states, 0f, ListedIn(new float[16], _current), _current));
        Rejected.Overlap("scores", () => ReadoutKernels.Score(new float[3 * 128], SpikesListedIn(_current), _current));
        Rejected.Overlap("sum", () => AccumulatorKernels.AddOuterProduct(_states, ListedIn(_states, new float[16]), new float[128]));
    }

    private static ActiveRows SpikesListedIn(float[] memory) =>
        ActiveRows.FromSpikes(new ulong[] { 7 }, 3, MemoryMarshal.Cast<float, int>(memory.AsSpan(100, 3)));

    private static ActiveRows ListedIn(float[] memory, float[] values)
    {
        float[] trace = [1f, .. new float[15]];
        return ActiveRows.FromTrace(trace, 3, MemoryMarshal.Cast<float, int>(memory.AsSpan(0, 16)), values);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void The_reference_must_be_finite(float reference)
    {
        Rejected.OutOfRange("reference", reference, () => CrossbarKernels.Accumulate(_states, reference, _input, _current));
        Rejected.OutOfRange("reference", reference, () => CrossbarKernels.AccumulateSpikes(_states, reference, Active(3), _current));
    }

    private static ActiveRows Active(int rows) => ActiveRows.FromSpikes(new ulong[1], rows, new int[rows]);
}
