using BenchmarkDotNet.Attributes;
using RramSnn.Kernels.Memory;
using RramSnn.Kernels.Neurons;

namespace RramSnn.Bench;

/// <summary>
/// One time step of a population, against the same rule as a plain loop with branches. Every call sees other currents, so that
/// nobody can learn by heart which neurons spike: neither a network's neurons nor a processor's branch predictor may.
/// </summary>
public class NeuronStepBenchmarks
{
    private const int Noise = 1 << 21;
    private const float HalfWidth = 0.5f;

    private readonly Operands _operands = new();
    private readonly NeuronConstants _constants = new(0.85f, 0.7f, 0.65f, 1f, 3f, 0f);
    private readonly BoxSurrogate _box = new(HalfWidth);
    private Field<float> _current;
    private Field<float> _synapse;
    private Field<float> _membraneFilter;
    private Field<float> _reset;
    private Field<float> _membrane;
    private Field<float> _spikeOfNeuron;
    private Field<float> _boxOfNeuron;
    private Field<ulong> _spikes;
    private Field<ulong> _surrogate;
    private int _start;

    /// <summary>Neurons.</summary>
    [Params(512, 4096, 1 << 20)]
    public int Neurons { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _current = _operands.Reserve<float>("current", Noise);
        _synapse = _operands.Reserve<float>("synapse_filter", Neurons);
        _membraneFilter = _operands.Reserve<float>("membrane_filter", Neurons);
        _reset = _operands.Reserve<float>("reset_trace", Neurons);
        _membrane = _operands.Reserve<float>("membrane", Neurons);
        _spikeOfNeuron = _operands.Reserve<float>("spike_of_neuron", Neurons);
        _boxOfNeuron = _operands.Reserve<float>("box_of_neuron", Neurons);
        _spikes = _operands.Reserve<ulong>("spikes", Neurons / 64);
        _surrogate = _operands.Reserve<ulong>("surrogate", Neurons / 64);
        _operands.Allocate();
        _operands.Fill(_current, -6f, 6f, 1);
    }

    [GlobalCleanup]
    public void Cleanup() => _operands.Dispose();

    // Spikes and boxes of the loop are floats, those of the kernel bits; the currents are read, all else is read and written or written.
    [Benchmark(Baseline = true)]
    [SynapseWork(flops: 10, bytes: 36, stateBytes: 20, sizeof(float) * Noise)]
    public void ScalarLoop() => ScalarNeurons.Step(
        NextCurrent(),
        _operands.Span(_synapse),
        _operands.Span(_membraneFilter),
        _operands.Span(_reset),
        _operands.Span(_spikeOfNeuron),
        _operands.Span(_boxOfNeuron),
        HalfWidth);

    [Benchmark]
    [SynapseWork(flops: 10, bytes: 28.25, stateBytes: 12.25, sizeof(float) * Noise)]
    public void Step() => NeuronKernels.Step(
        _constants,
        _box,
        weightPerState: 1f,
        NextCurrent(),
        _operands.Span(_synapse),
        _operands.Span(_membraneFilter),
        _operands.Span(_reset),
        _operands.Span(_spikes)[..(Neurons / 64)],
        _operands.Span(_surrogate)[..(Neurons / 64)]);

    [Benchmark]
    [SynapseWork(flops: 10, bytes: 32.25, stateBytes: 16.25, sizeof(float) * Noise)]
    public void StepAndMembrane() => NeuronKernels.Step(
        _constants,
        _box,
        weightPerState: 1f,
        NextCurrent(),
        _operands.Span(_synapse),
        _operands.Span(_membraneFilter),
        _operands.Span(_reset),
        _operands.Span(_membrane),
        _operands.Span(_spikes)[..(Neurons / 64)],
        _operands.Span(_surrogate)[..(Neurons / 64)]);

    private ReadOnlySpan<float> NextCurrent()
    {
        _start = (_start + Neurons) % (Noise - Neurons + 64);
        return _operands.Span(_current).Slice(_start / 64 * 64, Neurons);
    }
}
