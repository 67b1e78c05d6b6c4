using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using RramSnn.Kernels.Memory;
using RramSnn.Kernels.Simd;

namespace RramSnn.Kernels.Crossbar;

/// <summary>The one body of all transposed products: specialised by synapse cell and vector width.</summary>
/// <remarks>
/// Here the sum runs along the lanes, so it gets a shape that is the same on every width: 16 partial sums per word line, the l-th over the
/// bit lines j ≡ l modulo 16 in ascending order, then a tree over the sixteen. A wide vector holds all partial sums of a row,
/// and the inputs of a panel stay in registers while its rows stream by in the order of memory; narrow ones hold them in bundles of two and read the inputs from
/// the nearest cache. The sums of rows are independent chains, several of which the processor has in flight by itself. A block of rows passes through all panels before its tree.
/// </remarks>
internal ref struct TransposedKernel<TCell> : IVectorKernel
    where TCell : struct, ISynapseCell, allows ref struct
{
    private const int Width = CrossbarLayout.PanelWidth;
    private const int Partials = 16;

    // 32 KiB of a panel in one stream, whose partial sums take 4 KiB.
    private const int BlockRows = 64;

    internal TCell Cell;
    internal ref readonly float Input;
    internal nuint PaddedColumns;
    internal nuint Rows;
    internal nuint FirstRow;
    internal nuint RowCount;
    internal ref float Output;

    public readonly void Run<TLanes>()
        where TLanes : struct, ILanes<TLanes>
    {
        Span<float> scratch = stackalloc float[(BlockRows * Partials) + KernelThrow.LaneBlock];
        ref float partials = ref Alignment.FirstLine(scratch);
        for (nuint row = 0; row < RowCount; row += BlockRows)
        {
            nuint rows = Math.Min(BlockRows, RowCount - row);
            for (nuint column = 0; column < PaddedColumns; column += Width)
            {
                nuint cells = (column * Rows) + ((FirstRow + row) * Width);
                if (column == 0)
                {
                    Panel<TLanes, FirstPanel>(cells, rows, column, ref partials);
                }
                else
                {
                    Panel<TLanes, LaterPanel>(cells, rows, column, ref partials);
                }
            }

            for (nuint r = 0; r < rows; r++)
            {
                Unsafe.Add(ref Output, row + r) += Tree(ref Unsafe.Add(ref partials, r * Partials));
            }
        }
    }

    private readonly void Panel<TLanes, TPanel>(nuint cells, nuint rows, nuint column, ref float partials)
        where TLanes : struct, ILanes<TLanes>
        where TPanel : struct
    {
        if (TLanes.Count >= Partials)
        {
            Wide<TLanes, TPanel>(cells, rows, column, ref partials);
            return;
        }

        // Two bundles of a row are a line of memory with 256-bit vectors: none is fetched twice.
        for (nuint lane = 0; lane < Partials; lane += 2 * (nuint)TLanes.Count)
        {
            nuint pairs = rows & ~(nuint)1;
            Narrow<TLanes, TPanel, TwoRows>(cells + lane, 0, pairs, column + lane, ref Unsafe.Add(ref partials, lane));
            Narrow<TLanes, TPanel, OneRow>(cells + lane, pairs, rows, column + lane, ref Unsafe.Add(ref partials, lane));
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private readonly void Wide<TLanes, TPanel>(nuint cells, nuint rows, nuint column, ref float partials)
        where TLanes : struct, ILanes<TLanes>
        where TPanel : struct
    {
        TCell cell = Cell;
        ref float input = ref Unsafe.AsRef(in Input);
        TLanes x0 = TLanes.Load(in input, column);
        TLanes x1 = TLanes.Load(in input, column + Partials);
        TLanes x2 = TLanes.Load(in input, column + (2 * Partials));
        TLanes x3 = TLanes.Load(in input, column + (3 * Partials));
        TLanes x4 = TLanes.Load(in input, column + (4 * Partials));
        TLanes x5 = TLanes.Load(in input, column + (5 * Partials));
        TLanes x6 = TLanes.Load(in input, column + (6 * Partials));
        TLanes x7 = TLanes.Load(in input, column + (7 * Partials));
        for (nuint r = 0; r < rows; r++)
        {
            nuint at = cells + (r * Width);
            TLanes sum = typeof(TPanel) == typeof(FirstPanel) ? TLanes.Broadcast(0f) : TLanes.Load(in partials, r * Partials);
            sum = cell.MultiplyAdd(x0, at, sum);
            sum = cell.MultiplyAdd(x1, at + Partials, sum);
            sum = cell.MultiplyAdd(x2, at + (2 * Partials), sum);
            sum = cell.MultiplyAdd(x3, at + (3 * Partials), sum);
            sum = cell.MultiplyAdd(x4, at + (4 * Partials), sum);
            sum = cell.MultiplyAdd(x5, at + (5 * Partials), sum);
            sum = cell.MultiplyAdd(x6, at + (6 * Partials), sum);
            sum = cell.MultiplyAdd(x7, at + (7 * Partials), sum);
            TLanes.Store(sum, ref partials, r * Partials);
        }
    }

    // Sixteen registers do not hold the inputs: they come from the nearest cache, and two rows share their loads.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private readonly void Narrow<TLanes, TPanel, TRows>(nuint cells, nuint r, nuint end, nuint column, ref float partials)
        where TLanes : struct, ILanes<TLanes>
        where TPanel : struct
        where TRows : struct
    {
        TCell cell = Cell;
        ref float input = ref Unsafe.Add(ref Unsafe.AsRef(in Input), column);
        for (; r < end; r += typeof(TRows) == typeof(TwoRows) ? 2u : 1u)
        {
            NarrowRow<TLanes> row0 = new(cells + (r * Width));
            NarrowRow<TLanes> row1 = new(cells + ((r + 1) * Width));
            ref float sums0 = ref Unsafe.Add(ref partials, r * Partials);
            ref float sums1 = ref Unsafe.Add(ref partials, (r + 1) * Partials);
            if (typeof(TPanel) == typeof(LaterPanel))
            {
                row0.Load(ref sums0);
                if (typeof(TRows) == typeof(TwoRows))
                {
                    row1.Load(ref sums1);
                }
            }

            // Written out: the places within a row are then part of the addresses.
            Add(cell, ref input, 0, ref row0, ref row1);
            Add(cell, ref input, Partials, ref row0, ref row1);
            Add(cell, ref input, 2 * Partials, ref row0, ref row1);
            Add(cell, ref input, 3 * Partials, ref row0, ref row1);
            Add(cell, ref input, 4 * Partials, ref row0, ref row1);
            Add(cell, ref input, 5 * Partials, ref row0, ref row1);
            Add(cell, ref input, 6 * Partials, ref row0, ref row1);
            Add(cell, ref input, 7 * Partials, ref row0, ref row1);
            row0.Store(ref sums0);
            if (typeof(TRows) == typeof(TwoRows))
            {
                row1.Store(ref sums1);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static void Add(TCell cell, ref float input, nuint j, ref NarrowRow<TLanes> row0, ref NarrowRow<TLanes> row1)
        {
            TLanes low = TLanes.Load(in input, j);
            TLanes high = TLanes.Load(in input, j + (nuint)TLanes.Count);
            row0.MultiplyAdd(cell, low, high, j);
            if (typeof(TRows) == typeof(TwoRows))
            {
                row1.MultiplyAdd(cell, low, high, j);
            }
        }
    }

    /// <summary>Two bundles of partial sums of a row.</summary>
    private struct NarrowRow<TLanes>(nuint cells)
        where TLanes : struct, ILanes<TLanes>
    {
        private readonly nuint _cells = cells;
        private TLanes _low;
        private TLanes _high;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal void Load(ref float sums)
        {
            _low = TLanes.Load(in sums, 0);
            _high = TLanes.Load(in sums, (nuint)TLanes.Count);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal void MultiplyAdd(TCell cell, TLanes low, TLanes high, nuint j)
        {
            _low = cell.MultiplyAdd(low, _cells + j, _low);
            _high = cell.MultiplyAdd(high, _cells + j + (nuint)TLanes.Count, _high);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal readonly void Store(ref float sums)
        {
            TLanes.Store(_low, ref sums, 0);
            TLanes.Store(_high, ref sums, (nuint)TLanes.Count);
        }
    }

    /// <summary>((p0 + p8) + (p4 + p12)) + ((p2 + p10) + (p6 + p14)), and the odd ones alike.</summary>
    private static float Tree(ref float p)
    {
        Vector128<float> quarter = (Vector128.LoadUnsafe(ref p) + Vector128.LoadUnsafe(ref p, 8)) + (Vector128.LoadUnsafe(ref p, 4) + Vector128.LoadUnsafe(ref p, 12));
        Vector128<float> half = quarter + Vector128.Shuffle(quarter, Vector128.Create(2, 3, 0, 1));
        return half[0] + half[1];
    }

    private readonly struct FirstPanel;

    private readonly struct LaterPanel;

    private readonly struct TwoRows;

    private readonly struct OneRow;
}
