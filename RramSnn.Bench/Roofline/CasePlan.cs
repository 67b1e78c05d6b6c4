using RramSnn.Kernels.Crossbar;

namespace RramSnn.Bench.Roofline;

/// <summary>Which sizes and thread counts a run measures.</summary>
/// <param name="Size">The one size asked for, or null for the usual ones.</param>
/// <param name="Threads">The one number of threads asked for, or null for one thread and the scaling to two.</param>
internal sealed record CasePlan((int Rows, int Columns)? Size, int? Threads)
{
    private static readonly (int Rows, int Columns)[] UsualSizes = [(128, 128), (784, 512), (1024, 1024), (4096, 4096)];

    /// <summary>Word lines x bit lines, smallest first.</summary>
    internal IReadOnlyList<(int Rows, int Columns)> Sizes => Size is { } size ? [size] : UsualSizes;

    /// <summary>Shapes of kernels that run on one thread.</summary>
    internal IEnumerable<CaseShape> Single(double density = 1, int batch = 1) =>
        Threads is null or 1 ? Sizes.Select(size => new CaseShape(size.Rows, size.Columns, batch, density)) : [];

    /// <summary>For secondary variants: a size in cache and one out of cache.</summary>
    internal IEnumerable<CaseShape> InAndOutOfCache(double density = 1, int batch = 1) =>
        Single(density, batch).Where(shape => Size is not null || shape is { Rows: 784, Columns: 512 } or { Rows: 4096, Columns: 4096 });

    /// <summary>For side lines: the first layer of MNIST alone.</summary>
    internal IEnumerable<CaseShape> InCache(double density = 1, int batch = 1) =>
        Single(density, batch).Where(shape => Size is not null || shape is { Rows: 784, Columns: 512 });

    /// <summary>Shapes of kernels whose panels are shared by several threads: those with a panel for every thread, and enough work to share.</summary>
    internal IEnumerable<CaseShape> Shared()
    {
        int threads = Threads ?? Math.Min(2, Environment.ProcessorCount);
        return threads == 1
            ? []
            : Sizes
                .Where(size => Size is not null || size.Rows * size.Columns >= 784 * 512)
                .Where(size => size.Columns >= threads * CrossbarLayout.PanelWidth)
                .Select(size => new CaseShape(size.Rows, size.Columns, Threads: threads));
    }

    /// <summary>Element or neuron counts: the columns of the size asked for, or the usual ones.</summary>
    internal IEnumerable<CaseShape> Lengths(params IEnumerable<int> usual) =>
        Threads is null or 1 ? (Size is { } size ? [size.Columns] : usual).Select(static length => new CaseShape(1, length)) : [];
}
