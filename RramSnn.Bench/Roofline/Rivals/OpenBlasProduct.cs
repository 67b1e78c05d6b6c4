using System.Runtime.InteropServices;
using RramSnn.Kernels.Memory;

namespace RramSnn.Bench.Roofline.Rivals;

/// <summary>One product by OpenBLAS over row-major memory, with plain and with padded rows: the quicker one counts.</summary>
internal sealed class OpenBlasProduct : IDisposable
{
    private const int RowMajor = 101;
    private const int NoTranspose = 111;
    private const int Transpose = 112;

    // Rows of 4 KiB and more fall into the same cache sets; 64 bytes of padding undo that.
    private const int RowPadding = 16;

    private readonly Operands _operands = new();
    private readonly Field<float> _matrix;
    private readonly Field<float> _input;
    private readonly Field<float> _output;
    private readonly TimedCall[] _calls;

    internal OpenBlasProduct(string operation, int rows, int columns, int batch)
    {
        _matrix = _operands.Reserve<float>("matrix", rows * (columns + RowPadding));
        _input = _operands.Reserve<float>("input", batch * Math.Max(rows, columns));
        _output = _operands.Reserve<float>("output", batch * Math.Max(rows, columns));
        _operands.Allocate();
        _operands.Fill(_matrix, 0f, 1f, 1);
        _operands.Fill(_input, 0f, 1f, 2);
        Action<int> product = operation switch
        {
            "sgemv" => stride => Vector(Transpose, rows, columns, stride),
            "sgemv-transposed" => stride => Vector(NoTranspose, rows, columns, stride),
            "sgemm" => stride => Matrix(rows, columns, batch, stride),
            _ => throw new ArgumentException($"operation is '{operation}'; expected {string.Join(", ", Operations)}.", nameof(operation)),
        };
        Run = () => product(columns);
        _calls = [new TimedCall(Run), new TimedCall(() => product(columns + RowPadding))];
    }

    /// <summary>What can be asked for.</summary>
    internal static IReadOnlyList<string> Operations { get; } = ["sgemv", "sgemv-transposed", "sgemm"];

    /// <summary>One product, plain rows, without a clock.</summary>
    internal Action Run { get; }

    internal double Batch() => _calls.Min(static call => call.Batch());

    public void Dispose() => _operands.Dispose();

    // The output is overwritten, not accumulated: its numbers stay the same however often it runs.
    private void Vector(int transpose, int rows, int columns, int stride) => OpenBlas.Sgemv(
        RowMajor, transpose, rows, columns, 1f, in First(_matrix), stride, in First(_input), 1, 0f, ref First(_output), 1);

    private void Matrix(int rows, int columns, int batch, int stride) => OpenBlas.Sgemm(
        RowMajor, NoTranspose, NoTranspose, batch, columns, rows, 1f, in First(_input), rows, in First(_matrix), stride, 0f, ref First(_output), columns);

    private ref float First(Field<float> field) => ref MemoryMarshal.GetReference(_operands.Span(field));
}
