using RramSnn.Kernels.Conductance;
using RramSnn.Kernels.Crossbar;
using RramSnn.PropertyTests.Support;
using Xunit;

namespace RramSnn.PropertyTests.Kernels;

/// <summary>Batched and transposed kernels refuse what does not fit: three word lines, 128 bit lines, two samples.</summary>
public sealed class BatchRejectionTests
{
    private readonly float[] _states = new float[3 * 128];
    private readonly float[] _inputs = new float[2 * 3];
    private readonly float[] _currents = new float[2 * 128];
    private readonly float[] _input = new float[128];
    private readonly float[] _output = new float[3];

    [Fact]
    public void Batched_products_refuse_wrong_lengths()
    {
        Rejected.OutOfRange("rows", 0, () => CrossbarKernels.AccumulateBatch(_states, _states, 0, _inputs, 3, 2, _currents));
        Rejected.OutOfRange("batch", 0, () => CrossbarKernels.AccumulateBatch(_states, 0f, 3, _inputs, 3, 0, _currents));
        Rejected.OutOfRange("inputStride", 2, () => CrossbarKernels.AccumulateBatch(_states, _states, 3, _inputs, 2, 2, _currents));
        Rejected.Length("inputs", 6, 7, () => CrossbarKernels.AccumulateBatch(_states, _states, 3, _inputs, 4, 2, _currents));
        Rejected.Length("current", 128, 256, () => CrossbarKernels.AccumulateBatch(_states, 0f, 3, _inputs, 3, 2, new float[128]));
        Rejected.Length("plus", 383, 384, () => CrossbarKernels.AccumulateBatch(new float[383], _states, 3, _inputs, 3, 2, _currents));
        Rejected.Length("minus", 385, 384, () => CrossbarKernels.AccumulateBatch(_states, new float[385], 3, _inputs, 3, 2, _currents));
        Rejected.Length("state", 0, 384, () => CrossbarKernels.AccumulateBatch([], 0f, 3, _inputs, 3, 2, _currents));
        Rejected.OutOfRange("reference", float.NaN, () => CrossbarKernels.AccumulateBatch(_states, float.NaN, 3, _inputs, 3, 2, _currents));
    }

    [Fact]
    public void Batched_products_refuse_overlap()
    {
        float[] block = new float[384 + 200];
        Rejected.Overlap("current", () => CrossbarKernels.AccumulateBatch(block.AsSpan(0, 384), _states, 3, _inputs, 3, 2, block.AsSpan(300, 256)));
        Rejected.Overlap("current", () => CrossbarKernels.AccumulateBatch(_states, block.AsSpan(0, 384), 3, _inputs, 3, 2, block.AsSpan(300, 256)));
        Rejected.Overlap("current", () => CrossbarKernels.AccumulateBatch(block.AsSpan(0, 384), 0f, 3, _inputs, 3, 2, block.AsSpan(300, 256)));
        Rejected.Overlap("current", () => CrossbarKernels.AccumulateBatch(_states, _states, 3, _currents.AsSpan(9, 6), 3, 2, _currents));
    }

    [Fact]
    public void Transposed_products_refuse_wrong_lengths()
    {
        Rejected.OutOfRange("rows", 0, () => CrossbarKernels.AccumulateTransposed(_states, _states, 0, _input, 0, _output));
        Rejected.Length("input", 127, 128, () => CrossbarKernels.AccumulateTransposed(_states, _states, 3, new float[127], 0, _output));
        Rejected.Length("plus", 384, 512, () => CrossbarKernels.AccumulateTransposed(_states, _states, 4, _input, 0, _output));
        Rejected.Length("minus", 1, 384, () => CrossbarKernels.AccumulateTransposed(_states, new float[1], 3, _input, 0, _output));
        Rejected.Length("state", 384, 256, () => CrossbarKernels.AccumulateTransposed(_states, 0f, 2, _input, 0, _output));
        Rejected.OutOfRange("firstRow", -1, () => CrossbarKernels.AccumulateTransposed(_states, _states, 3, _input, -1, _output));
        Rejected.OutOfRange("firstRow", 4, () => CrossbarKernels.AccumulateTransposed(_states, _states, 3, _input, 4, []));
        Rejected.Length("output", 3, 2, () => CrossbarKernels.AccumulateTransposed(_states, 0f, 3, _input, 1, _output));
        Rejected.OutOfRange("reference", float.NegativeInfinity, () => CrossbarKernels.AccumulateTransposed(_states, float.NegativeInfinity, 3, _input, 0, _output));
        CrossbarKernels.AccumulateTransposed(_states, 0f, 3, _input, 3, []);
    }

    [Fact]
    public void Transposed_products_refuse_overlap()
    {
        Rejected.Overlap("output", () => CrossbarKernels.AccumulateTransposed(_states, new float[384], 3, _input, 0, _states.AsSpan(100, 3)));
        Rejected.Overlap("output", () => CrossbarKernels.AccumulateTransposed(new float[384], _states, 3, _input, 0, _states.AsSpan(100, 3)));
        Rejected.Overlap("output", () => CrossbarKernels.AccumulateTransposed(_states, 0f, 3, _input, 0, _input.AsSpan(3, 3)));
    }

    [Fact]
    public void Batched_updates_refuse_wrong_lengths()
    {
        Rejected.OutOfRange("rows", 0, () => Update(_states, 0, _inputs, 3, 2, _currents, new float[128]));
        Rejected.OutOfRange("batch", -1, () => Update(_states, 3, _inputs, 3, -1, _currents, new float[128]));
        Rejected.OutOfRange("firstPanel", -1, () => Update(_states, 3, _inputs, 3, 2, _currents, new float[128], -1));
        Rejected.OutOfRange("traceStride", 2, () => Update(_states, 3, _inputs, 2, 2, _currents, new float[128]));
        Rejected.Length("traces", 6, 7, () => Update(_states, 3, _inputs, 4, 2, _currents, new float[128]));
        Rejected.Length("wishes", 255, 256, () => Update(_states, 3, _inputs, 3, 2, new float[255], new float[128]));
        Rejected.Length("state", 385, 384, () => Update(new float[385], 3, _inputs, 3, 2, _currents, new float[128]));
        Rejected.Length("pulses", 127, 128, () => Update(_states, 3, _inputs, 3, 2, _currents, new float[127]));
    }

    [Fact]
    public void Batched_updates_refuse_overlap()
    {
        Rejected.Overlap("state", () => Update(_states, 3, _states.AsSpan(7, 6), 3, 2, _currents, new float[128]));
        Rejected.Overlap("state", () => Update(_states, 3, _inputs, 3, 2, _states.AsSpan(100, 256), new float[128]));
        Rejected.Overlap("pulses", () => Update(_states, 3, _inputs, 3, 2, _currents, _currents.AsSpan(100, 128)));
        Rejected.Overlap("pulses", () => Update(_states, 3, _inputs, 3, 2, _currents, _states.AsSpan(100, 128)));
        Rejected.Overlap("pulses", () => Update(_states, 3, _input.AsSpan(0, 6), 3, 2, _currents, _input));
    }

    private static void Update(
        Span<float> state, int rows, ReadOnlySpan<float> traces, int stride, int batch, ReadOnlySpan<float> wishes, Span<float> pulses, int firstPanel = 0) =>
        ConductanceKernels.UpdateBatch<ConstantStep, PolarityGain, ContinuousPulses, NoNoise>(
            new ConstantStep(0.1), new(1, 1), default, state, rows, traces, stride, batch, wishes, default, firstPanel, new(pulses, new float[128], new float[128]));
}
