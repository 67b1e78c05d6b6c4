using BenchmarkDotNet.Attributes;
using RramSnn.Bench.Roofline;
using RramSnn.Kernels.Crossbar;
using RramSnn.Kernels.Memory;
using RramSnn.Kernels.Simd;

namespace RramSnn.Bench;

/// <summary>Dense batch-1 product of one matrix: the panel layout against row-major rivals.</summary>
public class DenseProductBenchmarks : CaseBenchmarks
{
    private readonly Operands _operands = new();
    private Field<float> _matrix;
    private Field<float> _input;
    private Field<float> _current;
    private CaseShape _shape;

    public override IEnumerable<string> Cases => CaseNames.Of("dense-product", static factory => factory.Variant == "single" && factory.Shape.Threads == 1);

    public override void Setup()
    {
        base.Setup();
        _shape = CaseNames.ShapeOf(Case);
        _current = _operands.Reserve<float>("current", new CrossbarLayout(_shape.Rows, _shape.Columns).PaddedColumns);
        _matrix = _operands.Reserve<float>("matrix", _shape.Rows * _current.Length);
        _input = _operands.Reserve<float>("input", _shape.Rows);
        _operands.Allocate();
        _operands.Fill(_matrix, 0f, 1f, 1);
        _operands.Fill(_input, -1f, 1f, 3);
    }

    public override void Cleanup()
    {
        _operands.Dispose();
        base.Cleanup();
    }

    /// <summary>The same eight accumulators as the panel kernel, but over plain row-major memory.</summary>
    [Benchmark]
    public void RowMajorLayout()
    {
        Span<float> current = _operands.Span(_current);
        current.Clear();
        RowMajorKernel kernel = default;
        kernel.Matrix = ref _operands.Span(_matrix)[0];
        kernel.Current = ref current[0];
        kernel.Input = _operands.Span(_input)[.._shape.Rows];
        kernel.Columns = (nuint)current.Length;
        VectorDispatch.Run(ref kernel);
    }

    private ref struct RowMajorKernel : IVectorKernel
    {
        internal ref float Matrix;
        internal ref float Current;
        internal ReadOnlySpan<float> Input;
        internal nuint Columns;

        public readonly void Run<TLanes>()
            where TLanes : struct, ILanes<TLanes>
        {
            // Locals: the compiler would load the fields again after every store.
            ref float matrix = ref Matrix;
            ref float current = ref Current;
            ReadOnlySpan<float> input = Input;
            nuint columns = Columns;
            nuint step = (nuint)TLanes.Count;
            for (nuint j = 0; j < columns; j += 8 * step)
            {
                TLanes a = TLanes.Load(in current, j), b = TLanes.Load(in current, j + step);
                TLanes c = TLanes.Load(in current, j + (2 * step)), d = TLanes.Load(in current, j + (3 * step));
                TLanes e = TLanes.Load(in current, j + (4 * step)), f = TLanes.Load(in current, j + (5 * step));
                TLanes g = TLanes.Load(in current, j + (6 * step)), h = TLanes.Load(in current, j + (7 * step));
                nuint cell = j;
                for (int i = 0; i < input.Length; i++, cell += columns)
                {
                    TLanes x = TLanes.Broadcast(input[i]);
                    a = TLanes.FusedMultiplyAdd(x, in matrix, cell, a);
                    b = TLanes.FusedMultiplyAdd(x, in matrix, cell + step, b);
                    c = TLanes.FusedMultiplyAdd(x, in matrix, cell + (2 * step), c);
                    d = TLanes.FusedMultiplyAdd(x, in matrix, cell + (3 * step), d);
                    e = TLanes.FusedMultiplyAdd(x, in matrix, cell + (4 * step), e);
                    f = TLanes.FusedMultiplyAdd(x, in matrix, cell + (5 * step), f);
                    g = TLanes.FusedMultiplyAdd(x, in matrix, cell + (6 * step), g);
                    h = TLanes.FusedMultiplyAdd(x, in matrix, cell + (7 * step), h);
                }

                TLanes.Store(a, ref current, j);
                TLanes.Store(b, ref current, j + step);
                TLanes.Store(c, ref current, j + (2 * step));
                TLanes.Store(d, ref current, j + (3 * step));
                TLanes.Store(e, ref current, j + (4 * step));
                TLanes.Store(f, ref current, j + (5 * step));
                TLanes.Store(g, ref current, j + (6 * step));
                TLanes.Store(h, ref current, j + (7 * step));
            }
        }
    }
}
