using RramSnn.Kernels.Conductance;
using RramSnn.Kernels.Crossbar;
using RramSnn.Kernels.Neurons;
using RramSnn.Kernels.Random;
using RramSnn.Kernels.Simd;
using RramSnn.PropertyTests.Support;
using Xunit;

namespace RramSnn.PropertyTests.Kernels;

/// <summary>Kernel facades allocate nothing: a hundred calls, not one byte.</summary>
public sealed class AllocationTests
{
    private const int Rows = 16;

    private static readonly NeuronConstants Constants = new(0.9f, 0.8f, 0.7f, resetStrength: 1f, gain: 1f, threshold: 0.5f);

    private static readonly BoxSurrogate Box = new(0.5f);

    private readonly float[] _a = Numbers.Between(0f, 1f, Rows * 128, 1);
    private readonly float[] _b = Numbers.Between(0f, 1f, Rows * 128, 2);
    private readonly float[] _input = Numbers.Between(0f, 1f, Rows, 3);
    private readonly float[] _vector = new float[128];
    private readonly float[][] _state = [new float[128], new float[128], new float[128], new float[128]];
    private readonly ulong[] _spikes = Numbers.Spikes(0.3, 2, 4);
    private readonly ulong[] _surrogate = Numbers.Spikes(0.3, 2, 5);
    private readonly uint[] _thresholds = new uint[128];
    private readonly int[] _list = new int[128];
    private readonly float[] _values = new float[128];
    private readonly float[] _inputs = new float[128];
    private readonly float[] _output = new float[Rows];

    [Fact]
    public void Elementary_functions_allocate_nothing() => Check(() =>
    {
        ElementaryKernels.Exp(_a, _b);
        ElementaryKernels.Log(_b, _b);
    });

    [Fact]
    public void Random_numbers_allocate_nothing() => Check(() =>
    {
        RandomStream stream = new(1, 2, 3);
        RandomKernels.Uniform(_vector, stream);
        RandomKernels.Bernoulli(_thresholds, stream.At(7), _spikes);
    });

    [Fact]
    public void Crossbar_products_allocate_nothing() => Check(() =>
    {
        CrossbarKernels.Accumulate(_a, _b, _input, _vector);
        CrossbarKernels.Accumulate(_a, 0.5f, _input, _vector);
        ActiveRows active = ActiveRows.FromSpikes(_spikes, Rows, _list);
        CrossbarKernels.AccumulateSpikes(_a, _b, active, _vector);
        CrossbarKernels.AccumulateSpikes(_a, 0.5f, active, _vector);
    });

    [Fact]
    public void Batched_and_transposed_products_allocate_nothing() => Check(() =>
    {
        CrossbarKernels.AccumulateBatch(_a, _b, Rows, _input, Rows, 1, _vector);
        CrossbarKernels.AccumulateBatch(_a, 0.5f, Rows, _input, Rows, 1, _vector);
        CrossbarKernels.AccumulateTransposed(_a, _b, Rows, _vector, 0, _output);
        CrossbarKernels.AccumulateTransposed(_a, 0.5f, Rows, _vector, 0, _output);
    });

    [Fact]
    public void Neurons_allocate_nothing() => Check(() =>
    {
        NeuronKernels.FilterSpikes(Constants, _spikes, _state[0], _state[1]);
        NeuronKernels.Step(Constants, Box, 1f, _vector, _state[0], _state[1], _state[2], _spikes, _surrogate);
        NeuronKernels.Step(Constants, Box, 1f, _vector, _state[0], _state[1], _state[2], _state[3], _spikes, _surrogate);
    });

    [Fact]
    public void Readouts_allocate_nothing() => Check(() =>
    {
        Span<float> scores = _vector.AsSpan(0, 16);
        ReadoutKernels.Score(_a.AsSpan(0, Rows * 16), ActiveRows.FromSpikes(_spikes, Rows, _list), scores);
        ReadoutKernels.SmoothL1Derivative(scores, 3, scores);
        ReadoutKernels.ProjectError(_a, 128, scores, _surrogate, -0.1f, _state[0]);
    });

    [Fact]
    public void Updates_allocate_nothing() => Check(() =>
    {
        ActiveRows active = ActiveRows.FromTrace(_input, Rows, _list, _values);
        Update<SoftBounds, ContinuousPulses>(new SoftBounds(0.1, 0.2), active);
        Update<SoftBounds, StochasticPulses>(new SoftBounds(0.1, 0.2), active);
        Update<ConstantStep, ContinuousPulses>(new ConstantStep(0.1), active);
        Update<ConstantStep, StochasticPulses>(new ConstantStep(0.1), active);
    });

    [Fact]
    public void Exponential_and_noisy_updates_allocate_nothing() => Check(() =>
    {
        ActiveRows active = ActiveRows.FromTraceAndInput(_input, _input, Rows, _list, _values, _inputs);
        Exponential device = new(0.01, 3, 0.02, 2);
        StepNoise<InverseCdfNormal> noise = new(0.1);
        PulseCounters counters = new(_state[0], _state[1], _state[2]);
        ConductanceKernels.Update<Exponential, PolarityGain, StochasticPulses, StepNoise<InverseCdfNormal>>(
            device, new(1, -1), noise, _a, active, _vector, default, 0, counters);
        ConductanceKernels.UpdateAndAccumulate<Exponential, PolarityGain, ContinuousPulses, StepNoise<InverseCdfNormal>>(
            device, new(1, -1), noise, _a, active, _vector, default, 0, counters, 0.5f, _state[3]);
        ConductanceKernels.UpdateAndAccumulate<Exponential, PolarityGain, StochasticPulses, NoNoise>(
            device, new(1, -1), new(-1, 1), default, _a, _b, active, _vector, default, default, 0, counters, _state[3]);
        ConductanceKernels.UpdateBatch<Exponential, PolarityGain, StochasticPulses, StepNoise<InverseCdfNormal>>(
            device, new(1, -1), noise, _a, Rows, _input, Rows, 1, _vector, default, 0, counters);
    });

    private static void Check(Action call)
    {
        Allocations.SkipUnlessOptimized();
        Assert.Equal(0, Allocations.Of(call));
    }

    private void Update<TDevice, TCounts>(TDevice device, ActiveRows active)
        where TDevice : struct, IDeviceModel
        where TCounts : struct, IPulseCounts =>
        ConductanceKernels.Update<TDevice, PolarityGain, TCounts, NoNoise>(
            device, new(1, -1), default, _a, active, _vector, default, 0, new(_state[0], _state[1], _state[2]));
}
