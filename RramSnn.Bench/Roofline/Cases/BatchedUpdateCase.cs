using System.Numerics.Tensors;
using RramSnn.Bench.Roofline.Rivals;
using RramSnn.Kernels.Conductance;
using RramSnn.Kernels.Crossbar;
using RramSnn.Kernels.Memory;
using RramSnn.Kernels.Random;

namespace RramSnn.Bench.Roofline.Cases;

/// <summary>Mini-batch update: the outer products of a batch add up in registers, and the device's law is applied to their sum.</summary>
internal sealed class BatchedUpdateCase<TDevice, TLaw> : RooflineCase
    where TDevice : struct, IDeviceModel
    where TLaw : struct, IUpdateLaw<TDevice>
{
    private readonly CrossbarLayout _layout;
    private readonly TLaw _law;
    private readonly PolarityGain _gain;
    private readonly int _stride;
    private readonly int _traceLength;
    private readonly Field<float> _state;
    private readonly Field<float> _traces;
    private readonly Field<float>[] _wishes;
    private readonly Field<float>[] _wishesOfSamples;
    private readonly Field<float> _counters;
    private readonly Field<int> _rows;
    private readonly Field<float> _values;
    private int _calls;

    internal BatchedUpdateCase(string variant, CaseShape shape, TLaw law)
        : base(variant, shape)
    {
        _law = law;
        _gain = new PolarityGain(1, law.Decrease);
        _layout = new CrossbarLayout(shape.Rows, shape.Columns);
        _traceLength = (shape.Rows + 15) / 16 * 16;
        _stride = BatchStride.Of(_traceLength);
        _state = Operands.Reserve<float>("state", _layout.Length);
        _traces = Operands.Reserve<float>("traces", _stride * shape.Batch);
        string[] signs = ["wishes", "opposite"];
        _wishes = [.. signs.Select(sign => Operands.Reserve<float>(sign, _layout.PaddedColumns * shape.Batch))];
        _wishesOfSamples = [.. signs.Select(sign => Operands.Reserve<float>($"{sign}_of_samples", _layout.PaddedColumns * shape.Batch))];
        _counters = Operands.Reserve<float>("counters", 3 * _layout.PaddedColumns);
        _rows = Operands.Reserve<int>("rows", _stride);
        _values = Operands.Reserve<float>("values", _stride);
        Operands.Allocate();
        Operands.Fill(_state, 0.2f, 0.8f, 1);
        Operands.Fill(_traces, 0.1f, 1f, 2);
        for (int sample = 0; sample < shape.Batch; sample++)
        {
            Operands.Span(_traces)[((sample * _stride) + shape.Rows)..((sample + 1) * _stride)].Clear();
        }

        // A mean over the batch: as large as the change of a single sample at most.
        Operands.Fill(_wishes[0], -0.1f / shape.Batch, 0.1f / shape.Batch, 3);
        TensorPrimitives.Negate(Operands.Span(_wishes[0]), Operands.Span(_wishes[1]));
        CrossbarLayout wishLayout = new(shape.Batch, shape.Columns);
        for (int sign = 0; sign < signs.Length; sign++)
        {
            for (int sample = 0; sample < shape.Batch; sample++)
            {
                for (int j = 0; j < shape.Columns; j++)
                {
                    Operands.Span(_wishesOfSamples[sign])[(sample * _layout.PaddedColumns) + j] = Operands.Span(_wishes[sign])[wishLayout.IndexOf(sample, j)];
                }
            }
        }
    }

    // The law itself is not counted: a share that falls with the batch.
    internal override Work Work
    {
        get
        {
            double cells = Shape.ActiveSynapses;
            return new Work(cells * Shape.Batch, 2 * cells * Shape.Batch, 8 * cells, 4 * cells, Traffic.InPlace);
        }
    }

    internal override void Run() => ConductanceKernels.UpdateBatch<TDevice, PolarityGain, ContinuousPulses, NoNoise>(
        _law.Device,
        _gain,
        default,
        Operands.Span(_state)[.._layout.Length],
        Shape.Rows,
        Operands.Span(_traces),
        _stride,
        Shape.Batch,
        Next(_wishes),
        new RandomStream(1, 9, (ulong)_calls),
        0,
        Counters);

    internal override IEnumerable<Rival> Rivals(RivalTools tools) => [new LocalRival("own-one-by-one", OneByOne)];

    private PulseCounters Counters => new(Counter(0), Counter(1), Counter(2));

    private Span<float> Next(Field<float>[] wishes) => Operands.Span(wishes[_calls++ & 1])[..(_layout.PaddedColumns * Shape.Batch)];

    private void OneByOne()
    {
        Span<float> wishes = Next(_wishesOfSamples);
        Span<float> traces = Operands.Span(_traces);
        for (int sample = 0; sample < Shape.Batch; sample++)
        {
            ConductanceKernels.Update<TDevice, PolarityGain, ContinuousPulses, NoNoise>(
                _law.Device,
                _gain,
                default,
                Operands.Span(_state)[.._layout.Length],
                ActiveRows.FromTrace(traces.Slice(sample * _stride, _traceLength), Shape.Rows, Operands.Span(_rows), Operands.Span(_values)),
                wishes.Slice(sample * _layout.PaddedColumns, _layout.PaddedColumns),
                new RandomStream(1, 9, (ulong)_calls),
                0,
                Counters);
        }
    }

    private Span<float> Counter(int index) => Operands.Span(_counters).Slice(index * _layout.PaddedColumns, _layout.PaddedColumns);
}

/// <summary>Mini-batch updates by device and batch.</summary>
internal static class BatchedUpdateFamily
{
    private static readonly int[] SmallBatches = [8, 32];

    internal static CaseFamily Family { get; } = new("batched-update", static plan =>
    [
        .. SmallBatches.SelectMany(batch => plan.InCache(batch: batch)).As("soft-bounds", SoftBounds),
        .. plan.InAndOutOfCache(batch: 128).As("soft-bounds", SoftBounds),
        .. SmallBatches.Append(128).SelectMany(batch => plan.InCache(batch: batch)).As("exponential", Exponential),
    ]);

    private static BatchedUpdateCase<SoftBounds, SoftBoundsLaw> SoftBounds(string variant, CaseShape shape) => new(variant, shape, UpdateFamily.SoftBounds);

    private static BatchedUpdateCase<Exponential, ExponentialLaw> Exponential(string variant, CaseShape shape) => new(variant, shape, UpdateFamily.Exponential);
}
