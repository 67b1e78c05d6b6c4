using System.Numerics.Tensors;
using RramSnn.Bench.Roofline.Rivals;
using RramSnn.Kernels.Crossbar;
using RramSnn.Kernels.Memory;

namespace RramSnn.Bench.Roofline.Cases;

/// <summary>Dense product of a batch of one: of a single matrix, or of a differential pair.</summary>
internal sealed class DenseProductCase : RooflineCase
{
    private const string Single = "single";
    private const string Pair = "pair";

    private readonly CrossbarLayout _layout;
    private readonly bool _isPair;
    private readonly Field<float> _plus;
    private readonly Field<float> _minus;
    private readonly Field<float> _input;
    private readonly Field<float> _current;
    private readonly PanelTeam _team;

    private DenseProductCase(string variant, CaseShape shape)
        : base(variant, shape)
    {
        _layout = new CrossbarLayout(shape.Rows, shape.Columns);
        _isPair = variant == Pair;
        _plus = Operands.Reserve<float>("plus", _layout.Length);
        _minus = Operands.Reserve<float>("minus", _isPair ? _layout.Length : 1);
        _input = Operands.Reserve<float>("input", shape.Rows);
        _current = Operands.Reserve<float>("current", _layout.PaddedColumns);
        Operands.Allocate();
        Operands.Fill(_plus, 0f, 1f, 1);
        Operands.Fill(_minus, 0f, 1f, 2);
        Operands.Fill(_input, -1f, 1f, 3);
        _team = new PanelTeam(shape, _layout.PanelCount, Panels);
    }

    internal static CaseFamily Family { get; } = new("dense-product", static plan =>
    [
        .. plan.Single().As(Single, static (variant, shape) => new DenseProductCase(variant, shape)),
        .. plan.Single().As(Pair, static (variant, shape) => new DenseProductCase(variant, shape)),
        .. plan.Shared().As(Single, static (variant, shape) => new DenseProductCase(variant, shape)),
    ]);

    // A pair costs a subtraction and a second matrix.
    internal override Work Work =>
        Work.PerSynapse(Shape.ActiveSynapses, flops: _isPair ? 3 : 2, bytes: _isPair ? 8 : 4, Traffic.Read).Times(_team.Calls);

    internal override void Run() => _team.Run();

    internal override IEnumerable<Rival> Rivals(RivalTools tools)
    {
        if (Shape.Threads > 1)
        {
            return [LocalRival.OnOneThread("one-thread", _team.RunOnOneThread)];
        }

        List<Rival> rivals = [LocalRival.Scalar(ScalarLoop), LocalRival.TensorPrimitives(TensorPrimitivesRows)];
        if (!_isPair)
        {
            rivals.AddRange(tools.OpenBlas(OpenBlasRival.Sgemv(Shape.Rows, Shape.Columns)));
            rivals.AddRange(tools.Cpp(Twin));
        }

        return rivals;
    }

    protected override void Dispose(bool disposing)
    {
        _team.Dispose();
        base.Dispose(disposing);
    }

    private void Panels(int worker, int call, int start, int end)
    {
        Span<float> plus = Operands.Span(_plus)[(start * _layout.PanelLength)..(end * _layout.PanelLength)];
        ReadOnlySpan<float> input = Operands.Span(_input)[..Shape.Rows];
        Span<float> current = Operands.Span(_current)[(start * CrossbarLayout.PanelWidth)..(end * CrossbarLayout.PanelWidth)];

        // Start from zero, as a step does: sums that ran on for ever would leave the range of floats.
        current.Clear();
        if (_isPair)
        {
            CrossbarKernels.Accumulate(plus, Operands.Span(_minus)[..plus.Length], input, current);
        }
        else
        {
            CrossbarKernels.Accumulate(plus, 0f, input, current);
        }
    }

    private void ScalarLoop()
    {
        Span<float> current = Operands.Span(_current)[..Shape.Columns];
        Span<float> input = Operands.Span(_input);
        current.Clear();
        for (int i = 0; i < Shape.Rows; i++)
        {
            float x = input[i];
            ReadOnlySpan<float> plus = Operands.Span(_plus).Slice(i * current.Length, current.Length);
            if (_isPair)
            {
                ReadOnlySpan<float> minus = Operands.Span(_minus).Slice(i * current.Length, current.Length);
                for (int j = 0; j < current.Length; j++)
                {
                    current[j] += x * (plus[j] - minus[j]);
                }
            }
            else
            {
                for (int j = 0; j < current.Length; j++)
                {
                    current[j] += x * plus[j];
                }
            }
        }
    }

    private void TensorPrimitivesRows()
    {
        Span<float> current = Operands.Span(_current)[..Shape.Columns];
        Span<float> input = Operands.Span(_input);
        current.Clear();
        for (int i = 0; i < Shape.Rows; i++)
        {
            TensorPrimitives.MultiplyAdd(Operands.Span(_plus).Slice(i * current.Length, current.Length), input[i], current, current);
            if (_isPair)
            {
                TensorPrimitives.MultiplyAdd(Operands.Span(_minus).Slice(i * current.Length, current.Length), -input[i], current, current);
            }
        }
    }

    private void Twin()
    {
        Span<float> current = Operands.Span(_current);
        current.Clear();
        CppTwin.Accumulate(in Operands.Span(_plus)[0], in Operands.Span(_input)[0], ref current[0], Shape.Rows, _layout.PaddedColumns);
    }
}
