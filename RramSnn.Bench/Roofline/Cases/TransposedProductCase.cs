using System.Numerics.Tensors;
using RramSnn.Bench.Roofline.Rivals;
using RramSnn.Kernels.Crossbar;
using RramSnn.Kernels.Memory;

namespace RramSnn.Bench.Roofline.Cases;

/// <summary>The way back of an error through a single matrix or a differential pair: one sum per word line.</summary>
internal sealed class TransposedProductCase : RooflineCase
{
    private const string Pair = "pair";

    private readonly CrossbarLayout _layout;
    private readonly bool _isPair;
    private readonly Field<float> _plus;
    private readonly Field<float> _minus;
    private readonly Field<float> _input;
    private readonly Field<float> _output;

    private TransposedProductCase(string variant, CaseShape shape)
        : base(variant, shape)
    {
        _layout = new CrossbarLayout(shape.Rows, shape.Columns);
        _isPair = variant == Pair;
        _plus = Operands.Reserve<float>("plus", _layout.Length);
        _minus = Operands.Reserve<float>("minus", _isPair ? _layout.Length : 1);
        _input = Operands.Reserve<float>("input", _layout.PaddedColumns);
        _output = Operands.Reserve<float>("output", shape.Rows);
        Operands.Allocate();
        Operands.Fill(_plus, 0f, 1f, 1);
        Operands.Fill(_minus, 0f, 1f, 2);
        Operands.Fill(_input, -1f, 1f, 3);
        Operands.Span(_input)[shape.Columns..].Clear();
    }

    internal static CaseFamily Family { get; } = new("transposed-product", static plan =>
    [
        .. plan.Single().As("single", static (variant, shape) => new TransposedProductCase(variant, shape)),
        .. plan.InAndOutOfCache().As(Pair, static (variant, shape) => new TransposedProductCase(variant, shape)),
    ]);

    internal override Work Work =>
        Work.PerSynapse(Shape.ActiveSynapses, flops: _isPair ? 3 : 2, bytes: _isPair ? 8 : 4, Traffic.Read);

    private Span<float> Output => Operands.Span(_output)[..Shape.Rows];

    internal override void Run()
    {
        ReadOnlySpan<float> plus = Operands.Span(_plus)[.._layout.Length];
        ReadOnlySpan<float> input = Operands.Span(_input)[.._layout.PaddedColumns];
        Output.Clear();
        if (_isPair)
        {
            CrossbarKernels.AccumulateTransposed(plus, Operands.Span(_minus)[.._layout.Length], Shape.Rows, input, 0, Output);
        }
        else
        {
            CrossbarKernels.AccumulateTransposed(plus, 0f, Shape.Rows, input, 0, Output);
        }
    }

    internal override IEnumerable<Rival> Rivals(RivalTools tools)
    {
        List<Rival> rivals = [LocalRival.Scalar(ScalarLoop), LocalRival.TensorPrimitives(TensorPrimitivesRows)];
        if (!_isPair)
        {
            rivals.AddRange(tools.OpenBlas(OpenBlasRival.SgemvTransposed(Shape.Rows, Shape.Columns)));
        }

        return rivals;
    }

    private ReadOnlySpan<float> RowOf(Field<float> matrix, int row) => Operands.Span(matrix).Slice(row * Shape.Columns, Shape.Columns);

    private void ScalarLoop()
    {
        ReadOnlySpan<float> input = Operands.Span(_input)[..Shape.Columns];
        Span<float> output = Output;
        for (int i = 0; i < output.Length; i++)
        {
            ReadOnlySpan<float> plus = RowOf(_plus, i);
            ReadOnlySpan<float> minus = _isPair ? RowOf(_minus, i) : default;
            float sum = 0f;
            for (int j = 0; j < input.Length; j++)
            {
                sum += input[j] * (_isPair ? plus[j] - minus[j] : plus[j]);
            }

            output[i] = sum;
        }
    }

    private void TensorPrimitivesRows()
    {
        ReadOnlySpan<float> input = Operands.Span(_input)[..Shape.Columns];
        Span<float> output = Output;
        for (int i = 0; i < output.Length; i++)
        {
            output[i] = TensorPrimitives.Dot(RowOf(_plus, i), input) - (_isPair ? TensorPrimitives.Dot(RowOf(_minus, i), input) : 0f);
        }
    }
}
