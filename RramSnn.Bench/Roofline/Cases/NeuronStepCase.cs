using System.Globalization;
using RramSnn.Bench.Roofline.Rivals;
using RramSnn.Kernels.Memory;
using RramSnn.Kernels.Neurons;

namespace RramSnn.Bench.Roofline.Cases;

/// <summary>
/// One time step of a population; a "synapse" is a neuron here. Every call sees other currents, so that no branch predictor can learn by
/// heart which neurons spike.
/// </summary>
internal sealed class NeuronStepCase : RooflineCase
{
    // Current in; two filters and the reset trace in and out: 7 floats per neuron, and two bits.
    private const double BytesPerNeuron = 28.25;

    // What every call comes back to: the filters, the trace and the bits.
    private const double StateBytesPerNeuron = 12.25;
    private const int Currents = 1 << 16;
    private const float HalfWidth = 0.5f;

    // Under a tenth of a microsecond a call: a host takes its spans once and not for every step.
    private const int SmallPopulation = 1 << 12;
    private const int CallsOfSmallPopulations = 8;

    private readonly NeuronConstants _constants = new(0.85f, 0.7f, 0.65f, 1f, 3f, 0f);
    private readonly BoxSurrogate _box = new(HalfWidth);
    private readonly Field<float> _current;
    private readonly Field<float> _synapse;
    private readonly Field<float> _membraneFilter;
    private readonly Field<float> _reset;
    private readonly Field<float> _spikeOfNeuron;
    private readonly Field<float> _boxOfNeuron;
    private readonly Field<ulong> _spikes;
    private readonly Field<ulong> _surrogate;
    private readonly int _neurons;
    private readonly int _calls;
    private int _start;

    private NeuronStepCase(string variant, CaseShape shape)
        : base(variant, shape)
    {
        _synapse = Operands.Reserve<float>("synapse_filter", shape.Columns);
        _neurons = _synapse.Length;
        _calls = _neurons <= SmallPopulation ? CallsOfSmallPopulations : 1;
        _current = Operands.Reserve<float>("current", Math.Max(2 * _neurons, Currents));
        _membraneFilter = Operands.Reserve<float>("membrane_filter", _neurons);
        _reset = Operands.Reserve<float>("reset_trace", _neurons);
        _spikeOfNeuron = Operands.Reserve<float>("spike_of_neuron", _neurons);
        _boxOfNeuron = Operands.Reserve<float>("box_of_neuron", _neurons);
        _spikes = Operands.Reserve<ulong>("spikes", _neurons / NeuronKernels.BlockLength);
        _surrogate = Operands.Reserve<ulong>("surrogate", _neurons / NeuronKernels.BlockLength);
        Operands.Allocate();
        Operands.Fill(_current, -6f, 6f, 1);
    }

    internal static CaseFamily Family { get; } = new("neuron-step", static plan =>
        plan.Lengths(512, 4096, 1 << 20).As("leaky-integrate-and-fire", static (variant, shape) => new NeuronStepCase(variant, shape)));

    // A batch comes round to all currents, of which a short population takes another part at every call.
    internal override Work Work => Work.PerSynapse(
        Shape.Columns,
        flops: 10,
        BytesPerNeuron,
        Traffic.InPlace,
        footprint: (Shape.Columns * StateBytesPerNeuron) + (sizeof(float) * _current.Length)).Times(_calls);

    internal override void Run()
    {
        ReadOnlySpan<float> currents = Operands.Span(_current);
        Span<float> synapse = Operands.Span(_synapse);
        Span<float> membrane = Operands.Span(_membraneFilter);
        Span<float> reset = Operands.Span(_reset);
        Span<ulong> spikes = Operands.Span(_spikes)[..(_neurons / NeuronKernels.BlockLength)];
        Span<ulong> surrogate = Operands.Span(_surrogate)[..(_neurons / NeuronKernels.BlockLength)];
        for (int call = 0; call < _calls; call++)
        {
            NeuronKernels.Step(_constants, _box, weightPerState: 1f, NextOf(currents), synapse, membrane, reset, spikes, surrogate);
        }
    }

    internal override IEnumerable<Rival> Rivals(RivalTools tools) => [LocalRival.Scalar(ScalarLoop)];

    internal override string? Remark(double nanosecondsPerCall) =>
        string.Create(CultureInfo.InvariantCulture, $"{nanosecondsPerCall / (_calls * Shape.Columns):F3} ns per neuron");

    // Blocks of 64 further on with every call: short populations start again at another block than the last time round.
    private ReadOnlySpan<float> NextOf(ReadOnlySpan<float> currents)
    {
        _start = (_start + _neurons) % (currents.Length - _neurons + NeuronKernels.BlockLength);
        return currents.Slice(_start, _neurons);
    }

    private void ScalarLoop()
    {
        ReadOnlySpan<float> currents = Operands.Span(_current);
        Span<float> synapse = Operands.Span(_synapse);
        Span<float> membrane = Operands.Span(_membraneFilter);
        Span<float> reset = Operands.Span(_reset);
        Span<float> spikes = Operands.Span(_spikeOfNeuron);
        Span<float> boxes = Operands.Span(_boxOfNeuron);
        for (int call = 0; call < _calls; call++)
        {
            ScalarNeurons.Step(NextOf(currents), synapse, membrane, reset, spikes, boxes, HalfWidth);
        }
    }
}
