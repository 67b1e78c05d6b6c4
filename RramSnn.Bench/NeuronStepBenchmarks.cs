using BenchmarkDotNet.Attributes;
using RramSnn.Kernels.Memory;
using RramSnn.Kernels.Neurons;

namespace RramSnn.Bench;

/// <summary>One time step of a population, against the same rule as a plain loop.</summary>
[SynapseWork(flops: 10, bytes: 32.125, inPlace: true)]
public class NeuronStepBenchmarks
{
    private readonly Operands _operands = new();
    private readonly NeuronConstants _constants = new(0.85f, 0.7f, 0.65f, 1f, 3f, 0f);
    private Field<float> _current;
    private Field<float> _synapse;
    private Field<float> _membraneFilter;
    private Field<float> _reset;
    private Field<float> _membrane;
    private Field<ulong> _spikes;

    /// <summary>Neurons.</summary>
    [Params(512, 4096)]
    public int Neurons { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _current = _operands.Reserve<float>("current", Neurons);
        _synapse = _operands.Reserve<float>("synapse_filter", Neurons);
        _membraneFilter = _operands.Reserve<float>("membrane_filter", Neurons);
        _reset = _operands.Reserve<float>("reset_trace", Neurons);
        _membrane = _operands.Reserve<float>("membrane", Neurons);
        _spikes = _operands.Reserve<ulong>("spikes", Neurons / 64);
        _operands.Allocate();
        _operands.Fill(_current, -1f, 1f, 1);
    }

    [GlobalCleanup]
    public void Cleanup() => _operands.Dispose();

    [Benchmark(Baseline = true)]
    public int ScalarLoop()
    {
        Span<float> x = _operands.Span(_synapse);
        Span<float> v = _operands.Span(_membraneFilter);
        Span<float> r = _operands.Span(_reset);
        Span<float> u = _operands.Span(_membrane);
        Span<float> current = _operands.Span(_current);
        int spikes = 0;
        for (int i = 0; i < Neurons; i++)
        {
            v[i] = (0.85f * v[i]) + (0.15f * x[i]);
            x[i] = (0.7f * x[i]) + (0.9f * current[i]);
            u[i] = v[i] + r[i];
            r[i] *= 0.65f;
            if (u[i] > 0f)
            {
                spikes++;
                r[i] -= 0.35f;
            }
        }

        return spikes;
    }

    [Benchmark]
    public void Step() => NeuronKernels.Step(
        _constants,
        weightPerState: 1f,
        _operands.Span(_current),
        _operands.Span(_synapse),
        _operands.Span(_membraneFilter),
        _operands.Span(_reset),
        _operands.Span(_membrane),
        _operands.Span(_spikes)[..(Neurons / 64)]);
}
