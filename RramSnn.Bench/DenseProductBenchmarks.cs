using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using BenchmarkDotNet.Attributes;
using RramSnn.Kernels.Crossbar;
using RramSnn.Kernels.Memory;

namespace RramSnn.Bench;

/// <summary>Dense batch-1 product of one matrix: the panel layout against row-major rivals.</summary>
[SynapseWork(flops: 2, bytes: 4)]
public class DenseProductBenchmarks
{
    private readonly Operands _operands = new();
    private Field<float> _matrix;
    private Field<float> _input;
    private Field<float> _current;
    private CrossbarLayout _layout;

    /// <summary>Word lines.</summary>
    [Params(128, 784, 1024)]
    public int Rows { get; set; }

    /// <summary>Bit lines.</summary>
    [Params(128, 512, 1024)]
    public int Columns { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _layout = new CrossbarLayout(Rows, Columns);
        _matrix = _operands.Reserve<float>("matrix", _layout.Length);
        _input = _operands.Reserve<float>("input", Rows);
        _current = _operands.Reserve<float>("current", _layout.PaddedColumns);
        _operands.Allocate();
        _operands.Fill(_matrix, 0f, 1f, 1);
        _operands.Fill(_input, 0f, 1f, 2);
    }

    [GlobalCleanup]
    public void Cleanup() => _operands.Dispose();

    [Benchmark(Baseline = true)]
    public void ScalarLoop()
    {
        Span<float> matrix = _operands.Span(_matrix);
        Span<float> current = _operands.Span(_current)[..Columns];
        for (int i = 0; i < Rows; i++)
        {
            float x = _operands.Span(_input)[i];
            ReadOnlySpan<float> row = matrix.Slice(i * Columns, Columns);
            for (int j = 0; j < row.Length; j++)
            {
                current[j] += x * row[j];
            }
        }
    }

    [Benchmark]
    public void TensorPrimitivesRows()
    {
        Span<float> matrix = _operands.Span(_matrix);
        Span<float> current = _operands.Span(_current)[..Columns];
        ReadOnlySpan<float> input = _operands.Span(_input);
        for (int i = 0; i < Rows; i++)
        {
            TensorPrimitives.MultiplyAdd(matrix.Slice(i * Columns, Columns), input[i], current, current);
        }
    }

    /// <summary>The same eight accumulators as the panel kernel, but over plain row-major memory.</summary>
    [Benchmark]
    public void RowMajorLayout()
    {
        ref float matrix = ref MemoryMarshal.GetReference(_operands.Span(_matrix));
        ref float current = ref MemoryMarshal.GetReference(_operands.Span(_current));
        ReadOnlySpan<float> input = _operands.Span(_input)[..Rows];
        for (nuint j = 0; j < (nuint)Columns; j += 128)
        {
            Vector512<float> a0 = Vector512.LoadUnsafe(ref current, j), a1 = Vector512.LoadUnsafe(ref current, j + 16);
            Vector512<float> a2 = Vector512.LoadUnsafe(ref current, j + 32), a3 = Vector512.LoadUnsafe(ref current, j + 48);
            Vector512<float> a4 = Vector512.LoadUnsafe(ref current, j + 64), a5 = Vector512.LoadUnsafe(ref current, j + 80);
            Vector512<float> a6 = Vector512.LoadUnsafe(ref current, j + 96), a7 = Vector512.LoadUnsafe(ref current, j + 112);
            nuint cell = j;
            for (int i = 0; i < input.Length; i++, cell += (nuint)Columns)
            {
                Vector512<float> x = Vector512.Create(input[i]);
                a0 = Vector512.FusedMultiplyAdd(x, Vector512.LoadUnsafe(ref matrix, cell), a0);
                a1 = Vector512.FusedMultiplyAdd(x, Vector512.LoadUnsafe(ref matrix, cell + 16), a1);
                a2 = Vector512.FusedMultiplyAdd(x, Vector512.LoadUnsafe(ref matrix, cell + 32), a2);
                a3 = Vector512.FusedMultiplyAdd(x, Vector512.LoadUnsafe(ref matrix, cell + 48), a3);
                a4 = Vector512.FusedMultiplyAdd(x, Vector512.LoadUnsafe(ref matrix, cell + 64), a4);
                a5 = Vector512.FusedMultiplyAdd(x, Vector512.LoadUnsafe(ref matrix, cell + 80), a5);
                a6 = Vector512.FusedMultiplyAdd(x, Vector512.LoadUnsafe(ref matrix, cell + 96), a6);
                a7 = Vector512.FusedMultiplyAdd(x, Vector512.LoadUnsafe(ref matrix, cell + 112), a7);
            }

            a0.StoreUnsafe(ref current, j);
            a1.StoreUnsafe(ref current, j + 16);
            a2.StoreUnsafe(ref current, j + 32);
            a3.StoreUnsafe(ref current, j + 48);
            a4.StoreUnsafe(ref current, j + 64);
            a5.StoreUnsafe(ref current, j + 80);
            a6.StoreUnsafe(ref current, j + 96);
            a7.StoreUnsafe(ref current, j + 112);
        }
    }

    [Benchmark]
    public void PanelLayout()
    {
        ReadOnlySpan<float> matrix = _operands.Span(_matrix)[.._layout.Length];
        ReadOnlySpan<float> input = _operands.Span(_input)[..Rows];
        CrossbarKernels.Accumulate(matrix, 0f, input, _operands.Span(_current)[.._layout.PaddedColumns]);
    }
}
