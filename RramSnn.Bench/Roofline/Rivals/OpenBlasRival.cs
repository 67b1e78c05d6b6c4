using System.Globalization;

namespace RramSnn.Bench.Roofline.Rivals;

/// <summary>OpenBLAS on one thread: the best of its core types, each in a process of its own.</summary>
internal sealed class OpenBlasRival(IReadOnlyList<OpenBlasProcess> processes, string request) : Rival("openblas")
{
    private readonly double[] _best = [.. processes.Select(static _ => double.PositiveInfinity)];

    /// <summary>Name with the core type that was quickest.</summary>
    internal override string Name => $"openblas-{processes[Array.IndexOf(_best, _best.Min())].CoreName.ToLowerInvariant()}";

    /// <summary>y += xᵀG, the dense product of a batch of one.</summary>
    internal static string Sgemv(int rows, int columns) => string.Create(CultureInfo.InvariantCulture, $"sgemv {rows} {columns} 1");

    /// <summary>y += G·x, the transposed product.</summary>
    internal static string SgemvTransposed(int rows, int columns) => string.Create(CultureInfo.InvariantCulture, $"sgemv-transposed {rows} {columns} 1");

    /// <summary>Y += X·G for a batch of input rows.</summary>
    internal static string Sgemm(int rows, int columns, int batch) => string.Create(CultureInfo.InvariantCulture, $"sgemm {rows} {columns} {batch}");

    internal override double Batch()
    {
        for (int i = 0; i < _best.Length; i++)
        {
            _best[i] = Math.Min(_best[i], processes[i].Batch(request));
        }

        return _best.Min();
    }
}
