using System.Globalization;
using RramSnn.Bench.Roofline.Rivals;
using RramSnn.Kernels.Memory;
using RramSnn.Kernels.Neurons;

namespace RramSnn.Bench.Roofline.Cases;

/// <summary>One time step of a population; a "synapse" is a neuron here.</summary>
internal sealed class NeuronStepCase : RooflineCase
{
    // Current, two filters and the reset trace in; three states and the membrane out: 8 floats per neuron, and a bit.
    private const double BytesPerNeuron = 32.125;

    private readonly NeuronConstants _constants = new(0.85f, 0.7f, 0.65f, 1f, 3f, 0f);
    private readonly Field<float> _current;
    private readonly Field<float> _synapse;
    private readonly Field<float> _membraneFilter;
    private readonly Field<float> _reset;
    private readonly Field<float> _membrane;
    private readonly Field<ulong> _spikes;

    private NeuronStepCase(string variant, CaseShape shape)
        : base(variant, shape)
    {
        _current = Operands.Reserve<float>("current", shape.Columns);
        _synapse = Operands.Reserve<float>("synapse_filter", shape.Columns);
        _membraneFilter = Operands.Reserve<float>("membrane_filter", shape.Columns);
        _reset = Operands.Reserve<float>("reset_trace", shape.Columns);
        _membrane = Operands.Reserve<float>("membrane", shape.Columns);
        _spikes = Operands.Reserve<ulong>("spikes", _current.Length / NeuronKernels.BlockLength);
        Operands.Allocate();
        Operands.Fill(_current, -1f, 1f, 1);
    }

    internal static CaseFamily Family { get; } = new("neuron-step", static plan =>
        plan.Lengths(512, 4096, 1 << 20).As("leaky-integrate-and-fire", static (variant, shape) => new NeuronStepCase(variant, shape)));

    internal override Work Work => Work.PerSynapse(Shape.Columns, flops: 10, BytesPerNeuron, Traffic.InPlace, footprint: Shape.Columns * 20.125);

    internal override void Run() => NeuronKernels.Step(
        _constants,
        weightPerState: 1f,
        Operands.Span(_current),
        Operands.Span(_synapse),
        Operands.Span(_membraneFilter),
        Operands.Span(_reset),
        Operands.Span(_membrane),
        Operands.Span(_spikes)[..(_current.Length / NeuronKernels.BlockLength)]);

    internal override IEnumerable<Rival> Rivals(RivalTools tools) => [LocalRival.Scalar(ScalarLoop)];

    internal override string? Remark(double nanosecondsPerCall) =>
        string.Create(CultureInfo.InvariantCulture, $"{nanosecondsPerCall / Shape.Columns:F3} ns per neuron");

    private void ScalarLoop()
    {
        Span<float> x = Operands.Span(_synapse);
        Span<float> v = Operands.Span(_membraneFilter);
        Span<float> r = Operands.Span(_reset);
        Span<float> u = Operands.Span(_membrane);
        Span<float> current = Operands.Span(_current);
        Span<ulong> spikes = Operands.Span(_spikes);
        for (int i = 0; i < u.Length; i++)
        {
            v[i] = (0.85f * v[i]) + (0.15f * x[i]);
            x[i] = (0.7f * x[i]) + (0.9f * current[i]);
            u[i] = v[i] + r[i];
            r[i] *= 0.65f;
            if (u[i] > 0f)
            {
                spikes[i / 64] |= 1ul << (i % 64);
                r[i] -= 0.35f;
            }
            else
            {
                spikes[i / 64] &= ~(1ul << (i % 64));
            }
        }
    }
}
