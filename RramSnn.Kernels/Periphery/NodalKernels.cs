using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace RramSnn.Kernels.Periphery;

/// <summary>Exact elimination of the nodes of a resistive network, in double precision.</summary>
/// <remarks>
/// A network seen from n nodes is a Norton equivalent: J = currents that flow out of the nodes while they are held at zero, one
/// column per source of one volt, and Y = admittance matrix, symmetric, so that the nodes at potentials e deliver J v - Y e. It is
/// one matrix in memory, row-major with a common stride, of which only the diagonal of Y and what lies right of it is used:
/// <code>
///   row i, i &lt; nodes:   [ Y(i, 0) .. Y(i, nodes - 1) 0 .. | J(i, 0) .. J(i, sources - 1) 0 .. ]    sources start at FirstSource(nodes)
///   behind them:        [ K ..                        0 .. | L ..                         0 .. ]    optional rows
/// </code>
/// </remarks>
public static class NodalKernels
{
    /// <summary>Columns are padded to a multiple of this.</summary>
    public const int ColumnBlock = 32;

    /// <summary>Rows, those of the optional part on their own, are padded to a multiple of this.</summary>
    public const int RowBlock = 4;

    internal const int Panel = 16;

    private const double SmallestResistance = 1e-150;
    private const double LargestResistance = 1e150;

    // Rows that start at the same place of a 4 KiB page compete for the same few cache lines.
    private const int ColumnsOfPage = 512;

    /// <summary>Column of the first source.</summary>
    public static int FirstSource(int nodes) => RoundUp(nodes, 8);

    /// <summary>Distance between the rows of a network's matrix.</summary>
    /// <exception cref="OverflowException">The row is longer than 2³¹ - 1 elements.</exception>
    public static int Stride(int nodes, int sources)
    {
        int used = RoundUp(checked(FirstSource(nodes) + sources), ColumnBlock);
        return used % ColumnsOfPage == 0 ? checked(used + ColumnBlock) : used;
    }

    /// <summary>Rows with padding.</summary>
    public static int PaddedRows(int rows) => RoundUp(rows, RowBlock);

    /// <summary>Elements of scratch memory that <see cref="InsertSeries"/> asks for.</summary>
    /// <exception cref="OverflowException">More than 2³¹ - 1 elements.</exception>
    public static int ScratchLength(int optionalRows, int stride) => checked(Panel * ((2 * (stride + Panel)) + PaddedRows(optionalRows)));

    /// <summary>
    /// Puts a resistor r in series with every node; the nodes are then the resistors' far ends:
    /// Y &lt;- Y (I + r Y)⁻¹, J &lt;- (I + r Y)⁻¹ J, K &lt;- K (I + r Y)⁻¹, L &lt;- L - r K (I + r Y)⁻¹ J.
    /// </summary>
    /// <param name="matrix">The network, as described at <see cref="NodalKernels"/>; padded rows and columns hold zeros.</param>
    /// <param name="nodes">n, at least 1.</param>
    /// <param name="optionalRows">Rows of K and L, if any: with K = I and L = 0 to start with, the nodes' first potentials are K e - L v.</param>
    /// <param name="sources">Columns of J and L.</param>
    /// <param name="stride">Distance between rows; <see cref="Stride"/> of at least these sources.</param>
    /// <param name="resistance">r &gt; 0 in the reciprocal unit of Y; 1e-150 to 1e150.</param>
    /// <param name="scratch">At least <see cref="ScratchLength"/> elements.</param>
    /// <remarks>Work: n²(n/2 + sources) multiply-adds, and n (n + sources) for each optional row. The same bits on every vector width.</remarks>
    /// <exception cref="ArgumentException">A length does not fit or the spans overlap.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An extent or the resistance is out of range.</exception>
    public static void InsertSeries(
        Span<double> matrix, int nodes, int optionalRows, int sources, int stride, double resistance, Span<double> scratch)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(nodes);
        ArgumentOutOfRangeException.ThrowIfNegative(optionalRows);
        ArgumentOutOfRangeException.ThrowIfNegative(sources);
        KernelThrow.IfNotMultiple(stride, ColumnBlock, nameof(stride));
        ArgumentOutOfRangeException.ThrowIfLessThan(stride, checked(FirstSource(nodes) + sources));
        if (!(resistance is >= SmallestResistance and <= LargestResistance))
        {
            KernelThrow.OutOfRange(resistance, "1e-150 to 1e150", nameof(resistance));
        }

        KernelThrow.IfLengthDiffers(matrix.Length, ((long)PaddedRows(nodes) + PaddedRows(optionalRows)) * stride, nameof(matrix));
        KernelThrow.IfShorter(scratch.Length, ScratchLength(optionalRows, stride), nameof(scratch));
        KernelThrow.IfOverlap<double, double>(matrix, scratch, nameof(scratch));
        ref double free = ref MemoryMarshal.GetReference(scratch);
        Run(new SeriesKernel
        {
            Matrix = ref MemoryMarshal.GetReference(matrix),
            Nodes = nodes,
            OptionalRows = optionalRows,
            Columns = FirstSource(nodes) + sources,
            Stride = stride,
            Resistance = resistance,
            Old = ref free,
            New = ref Unsafe.Add(ref free, Panel * stride),
            Inverse = ref Unsafe.Add(ref free, 2 * Panel * stride),
            Corner = ref Unsafe.Add(ref free, Panel * ((2 * stride) + Panel)),
            OptionalColumns = ref Unsafe.Add(ref free, 2 * Panel * (stride + Panel)),
        });
    }

    private static void Run(SeriesKernel kernel)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            kernel.Run<DoubleLanes512>();
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            kernel.Run<DoubleLanes256>();
        }
        else if (Vector128.IsHardwareAccelerated)
        {
            kernel.Run<DoubleLanes128>();
        }
        else
        {
            kernel.Run<DoubleLanesScalar>();
        }
    }

    private static int RoundUp(int value, int multiple) => checked(value + multiple - 1) / multiple * multiple;
}
