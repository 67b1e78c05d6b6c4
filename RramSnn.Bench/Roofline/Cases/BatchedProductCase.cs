using RramSnn.Bench.Roofline.Rivals;
using RramSnn.Kernels.Crossbar;
using RramSnn.Kernels.Memory;

namespace RramSnn.Bench.Roofline.Cases;

/// <summary>Dense product of a batch: of a single matrix, or of a differential pair.</summary>
internal sealed class BatchedProductCase : RooflineCase
{
    private const string Pair = "pair";

    private readonly CrossbarLayout _layout;
    private readonly bool _isPair;
    private readonly int _stride;
    private readonly Field<float> _plus;
    private readonly Field<float> _minus;
    private readonly Field<float> _inputs;
    private readonly Field<float> _currents;

    private BatchedProductCase(string variant, CaseShape shape)
        : base(variant, shape)
    {
        _layout = new CrossbarLayout(shape.Rows, shape.Columns);
        _isPair = variant == Pair;
        _stride = BatchStride.Of(shape.Rows);
        _plus = Operands.Reserve<float>("plus", _layout.Length);
        _minus = Operands.Reserve<float>("minus", _isPair ? _layout.Length : 1);
        _inputs = Operands.Reserve<float>("inputs", _stride * shape.Batch);
        _currents = Operands.Reserve<float>("currents", _layout.PaddedColumns * shape.Batch);
        Operands.Allocate();
        Operands.Fill(_plus, 0f, 1f, 1);
        Operands.Fill(_minus, 0f, 1f, 2);
        Operands.Fill(_inputs, -1f, 1f, 3);
    }

    internal static CaseFamily Family { get; } = new("batched-product", static plan =>
    [
        .. plan.Single(batch: 32).Where(shape => plan.Size is not null || shape.Rows < 4096).As("single", Make),
        .. plan.Single(batch: 128).As("single", Make),
        .. plan.InCache(batch: 32).As(Pair, Make),
        .. plan.InCache(batch: 128).As(Pair, Make),
    ]);

    // The subtraction of a pair happens once per weight and batch, and is not counted. Out of cache, only the matrix matters.
    internal override Work Work
    {
        get
        {
            double bytes = (_isPair ? 8 : 4) * Shape.ActiveSynapses;
            return new Work(Shape.ActiveSynapses * Shape.Batch, 2 * Shape.ActiveSynapses * Shape.Batch, bytes, bytes, Traffic.Read);
        }
    }

    internal override void Run()
    {
        Span<float> currents = Operands.Span(_currents)[..(_layout.PaddedColumns * Shape.Batch)];
        Span<float> plus = Operands.Span(_plus)[.._layout.Length];
        currents.Clear();
        if (_isPair)
        {
            CrossbarKernels.AccumulateBatch(plus, Operands.Span(_minus)[.._layout.Length], Shape.Rows, Operands.Span(_inputs), _stride, Shape.Batch, currents);
        }
        else
        {
            CrossbarKernels.AccumulateBatch(plus, 0f, Shape.Rows, Operands.Span(_inputs), _stride, Shape.Batch, currents);
        }
    }

    // OpenBLAS has no pairs: its one matrix is what a caller would make of them beforehand.
    internal override IEnumerable<Rival> Rivals(RivalTools tools) =>
        [new LocalRival("own-one-by-one", OneByOne), .. tools.OpenBlas(OpenBlasRival.Sgemm(Shape.Rows, Shape.Columns, Shape.Batch))];

    private static BatchedProductCase Make(string variant, CaseShape shape) => new(variant, shape);

    private void OneByOne()
    {
        Span<float> plus = Operands.Span(_plus)[.._layout.Length];
        for (int sample = 0; sample < Shape.Batch; sample++)
        {
            ReadOnlySpan<float> input = Operands.Span(_inputs).Slice(sample * _stride, Shape.Rows);
            Span<float> current = Operands.Span(_currents).Slice(sample * _layout.PaddedColumns, _layout.PaddedColumns);
            current.Clear();
            if (_isPair)
            {
                CrossbarKernels.Accumulate(plus, Operands.Span(_minus)[.._layout.Length], input, current);
            }
            else
            {
                CrossbarKernels.Accumulate(plus, 0f, input, current);
            }
        }
    }
}
