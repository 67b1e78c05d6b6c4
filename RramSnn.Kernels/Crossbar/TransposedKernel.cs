using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using RramSnn.Kernels.Memory;
using RramSnn.Kernels.Simd;

namespace RramSnn.Kernels.Crossbar;

/// <summary>The one body of all transposed products: specialised by synapse cell and vector width.</summary>
/// <remarks>
/// Here the sum runs along the lanes, so it gets a shape that is the same on every width: 16 partial sums per word line, the l-th over the
/// bit lines j ≡ l modulo 16 in ascending order, then a tree over the sixteen. A wide vector holds all partial sums of a row,
/// and the inputs of a panel stay in registers while its rows stream by in the order of memory; narrow ones hold them in bundles of two, take a row through
/// some panels and read the inputs from the nearest cache. The sums of rows are independent chains, several of which the processor has in flight by itself. A block
/// of rows passes through all panels before its tree.
/// </remarks>
internal ref struct TransposedKernel<TCell> : IVectorKernel
    where TCell : struct, ISynapseCell, allows ref struct
{
    private const int Width = CrossbarLayout.PanelWidth;
    private const int Partials = 16;

    // 32 KiB of a panel at a time, whose partial sums take 4 KiB.
    private const int BlockRows = 64;

    // Panels that a row of two bundles is read from at a time, its sums in registers: some memories deliver twice as much to four streams as to one, and caches a tenth more.
    private const nuint PanelsSideBySide = 4;

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

        // A single panel that is near shares loads of inputs among rows; several are read side by side, if two bundles of a row are whole lines.
        bool sharesInputs = PaddedColumns == Width && !Prefetch.IsWorthwhile(TCell.Arrays * (long)(RowCount * PaddedColumns));
        nuint group = typeof(TLanes) == typeof(Lanes256) ? PanelsSideBySide * Width : Width;
        for (nuint row = 0; row < RowCount; row += BlockRows)
        {
            nuint rows = Math.Min(BlockRows, RowCount - row);
            for (nuint column = 0; column < PaddedColumns; column += group)
            {
                nuint panels = Math.Min(group, PaddedColumns - column) / Width;
                nuint cells = (column * Rows) + ((FirstRow + row) * Width);
                if (column == 0)
                {
                    Panels<TLanes, FirstPanel>(cells, rows, column, panels, sharesInputs, ref partials);
                }
                else
                {
                    Panels<TLanes, LaterPanel>(cells, rows, column, panels, sharesInputs, ref partials);
                }
            }

            for (nuint r = 0; r < rows; r++)
            {
                Unsafe.Add(ref Output, row + r) += Tree(ref Unsafe.Add(ref partials, r * Partials));
            }
        }
    }

    private readonly void Panels<TLanes, TPanel>(nuint cells, nuint rows, nuint column, nuint panels, bool sharesInputs, ref float partials)
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
            nuint shared = 0;
            if (typeof(TPanel) == typeof(FirstPanel) && sharesInputs)
            {
                shared = rows & ~(nuint)3;
                Narrow<TLanes, TPanel, FourRows>(cells + lane, 0, shared, column + lane, panels, ref Unsafe.Add(ref partials, lane));
            }

            Narrow<TLanes, TPanel, OneRow>(cells + lane, shared, rows, column + lane, panels, ref Unsafe.Add(ref partials, lane));
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

    // Sixteen registers do not hold the inputs: they come from the nearest cache.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private readonly void Narrow<TLanes, TPanel, TRows>(nuint cells, nuint r, nuint end, nuint column, nuint panels, ref float partials)
        where TLanes : struct, ILanes<TLanes>
        where TPanel : struct
        where TRows : struct
    {
        TCell cell = Cell;
        nuint panelStride = Rows * Width;
        for (; r < end; r += typeof(TRows) == typeof(FourRows) ? 4u : 1u)
        {
            ref float sums = ref Unsafe.Add(ref partials, r * Partials);
            NarrowRow<TLanes> row0 = default;
            NarrowRow<TLanes> row1 = default;
            NarrowRow<TLanes> row2 = default;
            NarrowRow<TLanes> row3 = default;
            if (typeof(TPanel) == typeof(LaterPanel))
            {
                // One row: four at once are those of a single panel.
                row0.Load(ref sums, 0);
            }

            nuint at = cells + (r * Width);
            ref float input = ref Unsafe.Add(ref Unsafe.AsRef(in Input), column);
            for (nuint panel = 0; panel < panels; panel++)
            {
                // Written out: the places within a row are then part of the addresses.
                Add(cell, ref input, at, 0, ref row0, ref row1, ref row2, ref row3);
                Add(cell, ref input, at, Partials, ref row0, ref row1, ref row2, ref row3);
                Add(cell, ref input, at, 2 * Partials, ref row0, ref row1, ref row2, ref row3);
                Add(cell, ref input, at, 3 * Partials, ref row0, ref row1, ref row2, ref row3);
                Add(cell, ref input, at, 4 * Partials, ref row0, ref row1, ref row2, ref row3);
                Add(cell, ref input, at, 5 * Partials, ref row0, ref row1, ref row2, ref row3);
                Add(cell, ref input, at, 6 * Partials, ref row0, ref row1, ref row2, ref row3);
                Add(cell, ref input, at, 7 * Partials, ref row0, ref row1, ref row2, ref row3);
                at += panelStride;
                input = ref Unsafe.Add(ref input, Width);
            }

            row0.Store(ref sums, 0);
            if (typeof(TRows) == typeof(FourRows))
            {
                row1.Store(ref sums, Partials);
                row2.Store(ref sums, 2 * Partials);
                row3.Store(ref sums, 3 * Partials);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static void Add(TCell cell, ref float input, nuint at, nuint j, ref NarrowRow<TLanes> row0, ref NarrowRow<TLanes> row1, ref NarrowRow<TLanes> row2, ref NarrowRow<TLanes> row3)
        {
            TLanes low = TLanes.Load(in input, j);
            TLanes high = TLanes.Load(in input, j + (nuint)TLanes.Count);
            row0.MultiplyAdd(cell, low, high, at + j);
            if (typeof(TRows) == typeof(FourRows))
            {
                row1.MultiplyAdd(cell, low, high, at + j + Width);
                row2.MultiplyAdd(cell, low, high, at + j + (2 * Width));
                row3.MultiplyAdd(cell, low, high, at + j + (3 * Width));
            }
        }
    }

    /// <summary>Two bundles of partial sums of a row.</summary>
    private struct NarrowRow<TLanes>
        where TLanes : struct, ILanes<TLanes>
    {
        private TLanes _low;
        private TLanes _high;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal void Load(ref float sums, nuint start)
        {
            _low = TLanes.Load(in sums, start);
            _high = TLanes.Load(in sums, start + (nuint)TLanes.Count);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal void MultiplyAdd(TCell cell, TLanes low, TLanes high, nuint cells)
        {
            _low = cell.MultiplyAdd(low, cells, _low);
            _high = cell.MultiplyAdd(high, cells + (nuint)TLanes.Count, _high);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal readonly void Store(ref float sums, nuint start)
        {
            TLanes.Store(_low, ref sums, start);
            TLanes.Store(_high, ref sums, start + (nuint)TLanes.Count);
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
}
