using System.Runtime.CompilerServices;
using RramSnn.Kernels.Crossbar;
using RramSnn.Kernels.Memory;
using RramSnn.Kernels.Simd;

namespace RramSnn.Kernels.Conductance;

internal ref partial struct UpdateKernel<TDevice, TRule, TCounts, TNoise, TProduct>
{
    private const nuint HintDistance = 8;
    private const nuint BandRows = 4;

    // Panels that narrow vectors take from memory at a time. Three and their columns' constants crowd each other out of the nearest cache, above all where
    // somebody else's thread has half of it.
    private const int SideBySide = 2;

    /// <summary>The form that training runs on: every row of the panel takes small, continuous, noise-free steps.</summary>
    /// <remarks>
    /// So light an update is bound by what surrounds the arithmetic. Wide vectors keep the constants of four bundles of columns, and their currents in
    /// a fused pass, in registers while the rows stream by, and the hints for coming rows are a loop of their own, without a bound. Narrow vectors
    /// have registers for one bundle's, which four rows share.
    /// Out of all caches the memory is the bound: there wide vectors, too, take whole rows in order, four at a time, because a part of each row at a time
    /// loses a third of the memory's rate; narrow ones have <see cref="PanelsSideBySide{TLanes}"/> if no word line is left out.
    /// </remarks>
    private readonly void SmallSteps<TLanes>(PanelColumns columns, nuint start, nuint next, nuint column)
        where TLanes : struct, ILanes<TLanes>
    {
        // From this band on there are none to come in this panel: narrow vectors ask for those of the next.
        bool hints = TLanes.Count < 16 ? HasGaps && PrefetchesGaps : IsInMemory;
        nuint first = hints && List.Count > RowList.RowsAhead ? (List.Count - RowList.RowsAhead) / BandRows * BandRows : 0;
        if (first > 0)
        {
            WholeRows<TLanes, FourRowsAndHints>(columns, start, column, 0, first, new(start, RowList.RowsAhead));
        }

        if (TLanes.Count < 16)
        {
            nuint end = List.Count / BandRows * BandRows;
            if (hints && next != start)
            {
                WholeRows<TLanes, FourRowsAndHints>(columns, start, column, first, end, new(next, 0 - first));
            }
            else
            {
                WholeRows<TLanes, FourRows>(columns, start, column, first, end, default);
            }

            WholeRows<TLanes, OneRow>(columns, start, column, end, List.Count, new(start, RowList.RowsAhead));
            return;
        }

        nuint hinted = Math.Max(first, Prefetches && List.Count > HintDistance ? List.Count - HintDistance : 0);
        for (nuint c = 0; c < Width; c += 4 * (nuint)TLanes.Count)
        {
            FourBundles<TLanes, WithHints>(columns, start, column, c, first, hinted);
            FourBundles<TLanes, NoHints>(columns, start, column, c, hinted, List.Count);
        }
    }

    /// <summary>
    /// All panels, some of them side by side: what narrow vectors do with states from memory if no word line is left out. Memory delivers several streams
    /// quicker than one, and whole rows one after the other quicker than four at a time.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private readonly void PanelsSideBySide<TLanes>()
        where TLanes : struct, ILanes<TLanes>
    {
        Span<float> scratch = stackalloc float[SideBySide * PanelColumns.ScratchLength];
        for (nuint panel = 0; panel < PaddedColumns; panel += SideBySide * Width)
        {
            int panels = (int)Math.Min(SideBySide, (PaddedColumns - panel) / Width);

            // A bit per panel that takes small steps.
            int smallPanels = 0;
            for (int next = 0; next < panels; next++)
            {
                smallPanels |= Prepare<TLanes>(ConstantsOf(scratch, next), ColumnOf(panel, next)) ? 1 << next : 0;
            }

            if (smallPanels != (1 << panels) - 1)
            {
                for (int next = 0; next < panels; next++)
                {
                    // Nobody asks for the panel after this one where no word line is left out.
                    nuint start = StartOf(ColumnOf(panel, next));
                    Rows<TLanes>(ConstantsOf(scratch, next), start, start, ColumnOf(panel, next), (smallPanels & (1 << next)) != 0);
                }

                continue;
            }

            for (nuint k = 0; k < List.Count; k++)
            {
                for (int next = 0; next < panels; next++)
                {
                    nuint start = StartOf(ColumnOf(panel, next));
                    WholeRows<TLanes, OneRow>(ConstantsOf(scratch, next), start, ColumnOf(panel, next), k, k + 1, new(start, RowList.RowsAhead));
                }
            }
        }
    }

    private readonly nuint ColumnOf(nuint panel, int next) => ColumnOf(panel + ((nuint)next * Width));

    private static PanelColumns ConstantsOf(Span<float> scratch, int panel) => new(scratch.Slice(panel * PanelColumns.ScratchLength, PanelColumns.ScratchLength));

    // A row alone always asks for the one to come: behind whole bands of a list that is nearby those are three rows at most.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private readonly void WholeRows<TLanes, TBand>(PanelColumns columns, nuint start, nuint column, nuint k, nuint end, RowsToCome coming)
        where TLanes : struct, ILanes<TLanes>
        where TBand : struct
    {
        CellUpdate<TDevice, TRule, TCounts, TNoise> cells = Cells;
        LawConstants<TLanes> constants = cells.Constants<TLanes>();
        TProduct product = Product;
        RowList list = List;
        ref float state = ref State;
        ref float current = ref Current;
        for (; k < end; k += typeof(TBand) == typeof(OneRow) ? 1 : BandRows)
        {
            Visit<TLanes> v0 = new(this, list, k, start);
            Visit<TLanes> v1 = default;
            Visit<TLanes> v2 = default;
            Visit<TLanes> v3 = default;
            if (typeof(TBand) != typeof(OneRow))
            {
                v1 = new(this, list, k + 1, start);
                v2 = new(this, list, k + 2, start);
                v3 = new(this, list, k + 3, start);
            }

            nuint ahead0 = 0;
            nuint ahead1 = 0;
            nuint ahead2 = 0;
            nuint ahead3 = 0;
            if (typeof(TBand) == typeof(OneRow))
            {
                ahead0 = coming.Start + list.Offset(Math.Min(k + coming.Distance, list.Count - 1));
            }

            if (typeof(TBand) == typeof(FourRowsAndHints))
            {
                ahead0 = coming.Start + list.Offset(k + coming.Distance);
                ahead1 = coming.Start + list.Offset(k + 1 + coming.Distance);
                ahead2 = coming.Start + list.Offset(k + 2 + coming.Distance);
                ahead3 = coming.Start + list.Offset(k + 3 + coming.Distance);
            }

            for (nuint c = 0; c < Width; c += (nuint)TLanes.Count)
            {
                DriveConstants<TLanes> drive = columns.Drive<TLanes>(c);
                TLanes sum = typeof(TProduct) == typeof(NoProduct) ? default : TLanes.Load(in current, column + c);
                if (typeof(TBand) == typeof(OneRow) && c % Prefetch.LineFloats == 0)
                {
                    Prefetch.Line(ref state, ahead0 + c);
                }

                if (typeof(TBand) == typeof(FourRowsAndHints))
                {
                    Prefetch.Line(ref state, ahead0 + c);
                    Prefetch.Line(ref state, ahead1 + c);
                    Prefetch.Line(ref state, ahead2 + c);
                    Prefetch.Line(ref state, ahead3 + c);
                }

                sum = v0.Multiply(product, v0.Write(cells, c, drive, constants), c, sum);
                if (typeof(TBand) != typeof(OneRow))
                {
                    sum = v1.Multiply(product, v1.Write(cells, c, drive, constants), c, sum);
                    sum = v2.Multiply(product, v2.Write(cells, c, drive, constants), c, sum);
                    sum = v3.Multiply(product, v3.Write(cells, c, drive, constants), c, sum);
                }

                if (typeof(TProduct) != typeof(NoProduct))
                {
                    TLanes.Store(sum, ref current, column + c);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private readonly void FourBundles<TLanes, THints>(PanelColumns columns, nuint start, nuint column, nuint c, nuint k, nuint end)
        where TLanes : struct, ILanes<TLanes>
        where THints : struct
    {
        CellUpdate<TDevice, TRule, TCounts, TNoise> cells = Cells;
        LawConstants<TLanes> constants = cells.Constants<TLanes>();
        TProduct product = Product;
        RowList list = List;
        ref float state = ref State;
        ref float current = ref Current;
        nuint n = (nuint)TLanes.Count;
        DriveConstants<TLanes> d0 = columns.Drive<TLanes>(c);
        DriveConstants<TLanes> d1 = columns.Drive<TLanes>(c + n);
        DriveConstants<TLanes> d2 = columns.Drive<TLanes>(c + (2 * n));
        DriveConstants<TLanes> d3 = columns.Drive<TLanes>(c + (3 * n));
        column += c;
        TLanes s0 = default;
        TLanes s1 = default;
        TLanes s2 = default;
        TLanes s3 = default;
        if (typeof(TProduct) != typeof(NoProduct))
        {
            s0 = TLanes.Load(in current, column);
            s1 = TLanes.Load(in current, column + n);
            s2 = TLanes.Load(in current, column + (2 * n));
            s3 = TLanes.Load(in current, column + (3 * n));
        }

        start += c;
        for (; k < end; k++)
        {
            Visit<TLanes> visit = new(this, list, k, start);
            if (typeof(THints) == typeof(WithHints))
            {
                Prefetch.FourBundles(ref state, start + list.Offset(k + HintDistance));
            }

            s0 = visit.Multiply(product, visit.Write(cells, 0, d0, constants), 0, s0);
            s1 = visit.Multiply(product, visit.Write(cells, n, d1, constants), n, s1);
            s2 = visit.Multiply(product, visit.Write(cells, 2 * n, d2, constants), 2 * n, s2);
            s3 = visit.Multiply(product, visit.Write(cells, 3 * n, d3, constants), 3 * n, s3);
        }

        if (typeof(TProduct) != typeof(NoProduct))
        {
            TLanes.Store(s0, ref current, column);
            TLanes.Store(s1, ref current, column + n);
            TLanes.Store(s2, ref current, column + (2 * n));
            TLanes.Store(s3, ref current, column + (3 * n));
        }
    }

    /// <summary>Which rows to ask for while a row is worked on: those of a panel that starts there, so many places of the list further.</summary>
    private readonly struct RowsToCome(nuint start, nuint distance)
    {
        internal readonly nuint Start = start;
        internal readonly nuint Distance = distance;
    }

    private readonly struct WithHints;

    private readonly struct NoHints;
}
