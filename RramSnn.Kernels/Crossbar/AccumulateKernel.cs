using System.Runtime.CompilerServices;
using RramSnn.Kernels.Memory;
using RramSnn.Kernels.Simd;

namespace RramSnn.Kernels.Crossbar;

/// <summary>The one body of all batch-1 products: specialised by synapse cell, kind of input and vector width.</summary>
internal ref struct AccumulateKernel<TCell, TInputs> : IVectorKernel
    where TCell : struct, ISynapseCell, allows ref struct
    where TInputs : struct, IRowInputs, allows ref struct
{
    // 16 KiB of each array: later passes find the pages, and what the prefetchers brought along, nearby.
    private const nuint NarrowRows = 32;

    // Eight rows of a panel are a page of memory, and the processor's own prefetchers stop at its end.
    private const nuint HintedRows = 8;

    // The processor does not guess the rows of a list.
    private const nuint HintedVisits = 4;

    // What narrow vectors read from memory at a time: it delivers several streams quicker than one.
    private const nuint Streams = 4;

    internal TCell Cell;
    internal TInputs Inputs;
    internal nuint Rows;
    internal ref float Current;
    internal nuint PaddedColumns;

    public readonly void Run<TLanes>()
        where TLanes : struct, ILanes<TLanes>
    {
        bool isNarrowAndInMemory = TInputs.IsDense && TLanes.Count < 16 && Prefetch.IsBeyondCaches(TCell.Arrays * (long)(Rows * PaddedColumns));
        nuint first = isNarrowAndInMemory ? PanelsSideBySide<TLanes>() : 0;

        // A pass is as wide as a panel with 512 and with 256-bit lanes, a part of it with less. Parts of rows are fetched slowly, so narrower lanes take some
        // rows at a time through all passes.
        nuint passWidth = (typeof(TLanes) == typeof(Lanes256) ? 16u : 8u) * (nuint)TLanes.Count;
        nuint count = Inputs.Count;
        nuint block = passWidth < CrossbarLayout.PanelWidth ? NarrowRows : Math.Max(count, 1);
        bool hints = Hints<TLanes>(count);
        for (nuint column = first; column < PaddedColumns; column += CrossbarLayout.PanelWidth)
        {
            for (nuint k = 0; k < count; k += block)
            {
                nuint end = Math.Min(k + block, count);
                for (nuint part = 0; part < CrossbarLayout.PanelWidth; part += passWidth)
                {
                    Pass<TLanes>(Cell, Inputs, k, end, (column * Rows) + part, hints && part == 0, ref Unsafe.Add(ref Current, column + part));
                }
            }
        }
    }

    // Row by row through some panels. Their sums are too many for registers, but loads and stores in the nearest cache cost nothing beside the memory. Panels
    // that are left over are no streams enough for that. Returns the first column of those.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private readonly nuint PanelsSideBySide<TLanes>()
        where TLanes : struct, ILanes<TLanes>
    {
        TCell cell = Cell;
        TInputs inputs = Inputs;
        nuint count = inputs.Count;
        nuint rows = Rows;
        ref float currents = ref Current;
        nuint width = Streams / (nuint)TCell.Arrays * CrossbarLayout.PanelWidth;
        nuint end = PaddedColumns / width * width;
        for (nuint first = 0; first < end; first += width)
        {
            for (nuint k = 0; k < count; k++)
            {
                TLanes x = inputs.Input<TLanes>(k);
                for (nuint column = first; column < first + width; column += CrossbarLayout.PanelWidth)
                {
                    nuint cells = (column * rows) + (inputs.Row(k) * CrossbarLayout.PanelWidth);
                    ref float current = ref Unsafe.Add(ref currents, column);

                    // A bundle at a time: with two lines per turn the memory delivers a quarter less.
                    for (nuint c = 0; c < CrossbarLayout.PanelWidth; c += (nuint)TLanes.Count)
                    {
                        TLanes.Store(inputs.Add(TLanes.Load(in current, c), x, cell, cells + c), ref current, c);
                    }
                }
            }
        }

        return end;
    }

    private readonly bool Hints<TLanes>(nuint count)
        where TLanes : struct, ILanes<TLanes>
    {
        if (!TInputs.IsDense)
        {
            // The whole matrix decides: the next list has other rows.
            return typeof(TLanes) == typeof(Lanes256) && Prefetch.IsWorthwhile(TCell.Arrays * (long)(Rows * PaddedColumns));
        }

        long touched = TCell.Arrays * (long)(count * PaddedColumns);
        return typeof(TLanes) != typeof(Lanes256) && !Prefetch.IsBeyondCaches(touched) && Prefetch.IsWorthwhileForReading(touched);
    }

    // Sixteen sums and an input are a register too many for 256-bit lanes, and the JIT would spill more than one. So their last two sums stay in the nearest
    // cache, and the registers hold fourteen, the input and a sum on its way.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Pass<TLanes>(TCell cell, TInputs inputs, nuint k, nuint end, nuint start, bool hints, ref float current)
        where TLanes : struct, ILanes<TLanes>
    {
        nuint width = (nuint)TLanes.Count;
        TLanes a0 = TLanes.Load(in current, 0);
        TLanes a1 = TLanes.Load(in current, width);
        TLanes a2 = TLanes.Load(in current, 2 * width);
        TLanes a3 = TLanes.Load(in current, 3 * width);
        TLanes a4 = TLanes.Load(in current, 4 * width);
        TLanes a5 = TLanes.Load(in current, 5 * width);
        TLanes a6 = TLanes.Load(in current, 6 * width);
        TLanes a7 = TLanes.Load(in current, 7 * width);
        TLanes a8 = typeof(TLanes) == typeof(Lanes256) ? TLanes.Load(in current, 8 * width) : default;
        TLanes a9 = typeof(TLanes) == typeof(Lanes256) ? TLanes.Load(in current, 9 * width) : default;
        TLanes a10 = typeof(TLanes) == typeof(Lanes256) ? TLanes.Load(in current, 10 * width) : default;
        TLanes a11 = typeof(TLanes) == typeof(Lanes256) ? TLanes.Load(in current, 11 * width) : default;
        TLanes a12 = typeof(TLanes) == typeof(Lanes256) ? TLanes.Load(in current, 12 * width) : default;
        TLanes a13 = typeof(TLanes) == typeof(Lanes256) ? TLanes.Load(in current, 13 * width) : default;
        for (; k < end; k++)
        {
            nuint cells = start + (inputs.Row(k) * CrossbarLayout.PanelWidth);
            if (TInputs.IsDense && typeof(TLanes) != typeof(Lanes256) && hints)
            {
                cell.HintRow(cells + (HintedRows * CrossbarLayout.PanelWidth));
            }

            if (!TInputs.IsDense && typeof(TLanes) == typeof(Lanes256) && hints)
            {
                cell.HintRow(start + (inputs.Row(Math.Min(k + HintedVisits, end - 1)) * CrossbarLayout.PanelWidth));
            }

            TLanes x = inputs.Input<TLanes>(k);
            a0 = inputs.Add(a0, x, cell, cells);
            a1 = inputs.Add(a1, x, cell, cells + width);
            a2 = inputs.Add(a2, x, cell, cells + (2 * width));
            a3 = inputs.Add(a3, x, cell, cells + (3 * width));
            a4 = inputs.Add(a4, x, cell, cells + (4 * width));
            a5 = inputs.Add(a5, x, cell, cells + (5 * width));
            a6 = inputs.Add(a6, x, cell, cells + (6 * width));
            a7 = inputs.Add(a7, x, cell, cells + (7 * width));
            if (typeof(TLanes) == typeof(Lanes256))
            {
                a8 = inputs.Add(a8, x, cell, cells + (8 * width));
                a9 = inputs.Add(a9, x, cell, cells + (9 * width));
                a10 = inputs.Add(a10, x, cell, cells + (10 * width));
                a11 = inputs.Add(a11, x, cell, cells + (11 * width));
                a12 = inputs.Add(a12, x, cell, cells + (12 * width));
                a13 = inputs.Add(a13, x, cell, cells + (13 * width));
                TLanes.Store(inputs.Add(TLanes.Load(in current, 14 * width), x, cell, cells + (14 * width)), ref current, 14 * width);
                TLanes.Store(inputs.Add(TLanes.Load(in current, 15 * width), x, cell, cells + (15 * width)), ref current, 15 * width);
            }
        }

        TLanes.Store(a0, ref current, 0);
        TLanes.Store(a1, ref current, width);
        TLanes.Store(a2, ref current, 2 * width);
        TLanes.Store(a3, ref current, 3 * width);
        TLanes.Store(a4, ref current, 4 * width);
        TLanes.Store(a5, ref current, 5 * width);
        TLanes.Store(a6, ref current, 6 * width);
        TLanes.Store(a7, ref current, 7 * width);
        if (typeof(TLanes) == typeof(Lanes256))
        {
            TLanes.Store(a8, ref current, 8 * width);
            TLanes.Store(a9, ref current, 9 * width);
            TLanes.Store(a10, ref current, 10 * width);
            TLanes.Store(a11, ref current, 11 * width);
            TLanes.Store(a12, ref current, 12 * width);
            TLanes.Store(a13, ref current, 13 * width);
        }
    }
}
