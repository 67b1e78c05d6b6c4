using System.Numerics.Tensors;
using RramSnn.Bench.Roofline.Rivals;
using RramSnn.Kernels.Memory;
using RramSnn.Kernels.Simd;

namespace RramSnn.Bench.Roofline.Cases;

/// <summary>An elementary function over a vector; a "synapse" is an element here.</summary>
internal sealed class ElementaryCase : RooflineCase
{
    private readonly Function _function;
    private readonly Field<float> _x;
    private readonly Field<float> _y;

    private ElementaryCase(string variant, CaseShape shape, Function function)
        : base(variant, shape)
    {
        _function = function;
        _x = Operands.Reserve<float>("x", shape.Columns);
        _y = Operands.Reserve<float>("y", shape.Columns);
        Operands.Allocate();
        Operands.Fill(_x, function.Low, function.High, 1);
    }

    private delegate void Map(ReadOnlySpan<float> x, Span<float> y);

    internal static CaseFamily Family { get; } = new("elementary-function", static plan =>
        Functions.SelectMany(function => plan.Lengths(4096).As(function.Name, (variant, shape) => new ElementaryCase(variant, shape, function))));

    internal override Work Work => Work.PerSynapse(Shape.Columns, _function.Flops, bytes: 8, Traffic.InPlace, footprint: 8.0 * Shape.Columns);

    private static Function[] Functions =>
    [
        new("exp", -8f, 8f, 23, ElementaryKernels.Exp, TensorPrimitives.Exp, MathF.Exp),
        new("log", 0.01f, 10f, 31, ElementaryKernels.Log, TensorPrimitives.Log, MathF.Log),
    ];

    internal override void Run() => _function.Ours(Operands.Span(_x), Operands.Span(_y));

    internal override IEnumerable<Rival> Rivals(RivalTools tools) =>
    [
        LocalRival.Scalar(ScalarLoop),
        LocalRival.TensorPrimitives(() => _function.Library(Operands.Span(_x), Operands.Span(_y))),
    ];

    private void ScalarLoop()
    {
        Span<float> x = Operands.Span(_x);
        Span<float> y = Operands.Span(_y);
        for (int i = 0; i < x.Length; i++)
        {
            y[i] = _function.Scalar(x[i]);
        }
    }

    private sealed record Function(string Name, float Low, float High, int Flops, Map Ours, Map Library, Func<float, float> Scalar);
}
