using System.Numerics.Tensors;
using RramSnn.Bench.Roofline.Rivals;
using RramSnn.Kernels.Crossbar;
using RramSnn.Kernels.Memory;

namespace RramSnn.Bench.Roofline.Cases;

/// <summary>Spike-driven product from a bit mask: of a single matrix, or of a differential pair.</summary>
internal sealed class SpikeProductCase : RooflineCase
{
    private const string Single = "single";
    private const string Pair = "pair";

    private static readonly double[] SingleDensities = [0.01, 0.05, 0.1, 0.5];
    private static readonly double[] PairDensities = [0.1];

    // Some tens of nanoseconds a call: a host takes its spans once and not for every step.
    private const int SmallMatrix = 1 << 17;

    private readonly CrossbarLayout _layout;
    private readonly int _calls;
    private readonly bool _isPair;
    private readonly Field<float> _plus;
    private readonly Field<float> _minus;
    private readonly Field<float> _input;
    private readonly Field<float> _current;
    private readonly Field<int> _rows;
    private readonly SpikeMasks _masks;

    private SpikeProductCase(string variant, CaseShape shape)
        : base(variant, shape)
    {
        _layout = new CrossbarLayout(shape.Rows, shape.Columns);
        _isPair = variant == Pair;
        _plus = Operands.Reserve<float>("plus", _layout.Length);
        _minus = Operands.Reserve<float>("minus", _isPair ? _layout.Length : 1);
        _input = Operands.Reserve<float>("input", shape.Rows);
        _current = Operands.Reserve<float>("current", _layout.PaddedColumns);
        _rows = Operands.Reserve<int>("rows", shape.Rows);
        _masks = new SpikeMasks(Operands, shape);
        _calls = _layout.Length <= SmallMatrix ? _masks.Count : 1;
        Operands.Allocate();
        Operands.Fill(_plus, 0f, 1f, 1);
        Operands.Fill(_minus, 0f, 1f, 2);
        Operands.Fill(_input, 0f, 1f, 3);
        _masks.Fill();
    }

    internal static CaseFamily Family { get; } = new("spike-product", static plan =>
    [
        .. SingleDensities.SelectMany(density => plan.Single(density)).As(Single, static (variant, shape) => new SpikeProductCase(variant, shape)),
        .. PairDensities.SelectMany(density => plan.Single(density)).As(Pair, static (variant, shape) => new SpikeProductCase(variant, shape)),
    ]);

    internal override Work Work => Work.PerSynapse(
        Shape.ActiveSynapses,
        flops: _isPair ? 2 : 1,
        bytes: _isPair ? 8 : 4,
        Traffic.Read,
        footprint: (double)_masks.UnionRows * Shape.Columns * (_isPair ? 8 : 4)).Times(_calls);

    private Span<float> Current => Operands.Span(_current)[.._layout.PaddedColumns];

    private ReadOnlySpan<float> Plus => Operands.Span(_plus)[.._layout.Length];

    private ReadOnlySpan<float> Minus => _isPair ? Operands.Span(_minus)[.._layout.Length] : [];

    internal override void Run()
    {
        Span<float> current = Current;
        ReadOnlySpan<float> plus = Plus;
        ReadOnlySpan<float> minus = Minus;
        ReadOnlySpan<ulong> masks = _masks.All;
        Span<int> rows = Operands.Span(_rows);
        for (int call = 0; call < _calls; call++)
        {
            current.Clear();
            ActiveRows active = ActiveRows.FromSpikes(_masks.Next(masks), Shape.Rows, rows);
            if (_isPair)
            {
                CrossbarKernels.AccumulateSpikes(plus, minus, active, current);
            }
            else
            {
                CrossbarKernels.AccumulateSpikes(plus, 0f, active, current);
            }
        }
    }

    internal override IEnumerable<Rival> Rivals(RivalTools tools) =>
    [
        new LocalRival("own-dense", Dense),
        LocalRival.Scalar(AddRows<ScalarLoop>),
        LocalRival.TensorPrimitives(AddRows<TensorPrimitivesCalls>),
    ];

    private void Dense()
    {
        Span<float> current = Current;
        ReadOnlySpan<float> plus = Plus;
        ReadOnlySpan<float> minus = Minus;
        ReadOnlySpan<float> input = Operands.Span(_input)[..Shape.Rows];
        for (int call = 0; call < _calls; call++)
        {
            current.Clear();
            if (_isPair)
            {
                CrossbarKernels.Accumulate(plus, minus, input, current);
            }
            else
            {
                CrossbarKernels.Accumulate(plus, 0f, input, current);
            }
        }
    }

    private void AddRows<TRow>()
        where TRow : struct, IRowAddition
    {
        Span<float> current = Current[..Shape.Columns];
        ReadOnlySpan<float> plus = Plus;
        ReadOnlySpan<float> minus = Minus;
        ReadOnlySpan<ulong> masks = _masks.All;
        for (int call = 0; call < _calls; call++)
        {
            ReadOnlySpan<ulong> spikes = _masks.Next(masks);
            current.Clear();
            for (int i = 0; i < Shape.Rows; i++)
            {
                if ((spikes[i / 64] >> (i % 64) & 1) != 0)
                {
                    int start = i * current.Length;
                    TRow.Add(current, plus.Slice(start, current.Length), _isPair ? minus.Slice(start, current.Length) : []);
                }
            }
        }
    }

    /// <summary>How a rival adds a row to the sums; without minus devices there is nothing to subtract.</summary>
    private interface IRowAddition
    {
        static abstract void Add(Span<float> current, ReadOnlySpan<float> plus, ReadOnlySpan<float> minus);
    }

    private readonly struct ScalarLoop : IRowAddition
    {
        public static void Add(Span<float> current, ReadOnlySpan<float> plus, ReadOnlySpan<float> minus)
        {
            if (minus.IsEmpty)
            {
                for (int j = 0; j < current.Length; j++)
                {
                    current[j] += plus[j];
                }
            }
            else
            {
                for (int j = 0; j < current.Length; j++)
                {
                    current[j] += plus[j] - minus[j];
                }
            }
        }
    }

    private readonly struct TensorPrimitivesCalls : IRowAddition
    {
        public static void Add(Span<float> current, ReadOnlySpan<float> plus, ReadOnlySpan<float> minus)
        {
            TensorPrimitives.Add(current, plus, current);
            if (!minus.IsEmpty)
            {
                TensorPrimitives.Subtract(current, minus, current);
            }
        }
    }
}
