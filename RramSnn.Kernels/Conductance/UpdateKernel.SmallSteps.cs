using System.Runtime.CompilerServices;
using RramSnn.Kernels.Memory;
using RramSnn.Kernels.Simd;

namespace RramSnn.Kernels.Conductance;

internal ref partial struct UpdateKernel<TDevice, TRule, TCounts, TNoise, TProduct>
{
    private const nuint HintDistance = 8;

    /// <summary>The form that training runs on: every row of the panel takes small, continuous, noise-free steps.</summary>
    /// <remarks>
    /// So light an update is bound by what surrounds the arithmetic. Hence the constants of four bundles of columns, and their currents in
    /// a fused pass, stay in registers while the rows stream by, and the hints for coming rows are a loop of their own, without a bound.
    /// </remarks>
    private readonly void SmallSteps<TLanes>(PanelColumns columns, nuint start, nuint column)
        where TLanes : struct, ILanes<TLanes>
    {
        nuint hinted = Prefetches && List.Count > HintDistance ? List.Count - HintDistance : 0;
        for (nuint c = 0; c < Width; c += 4 * (nuint)TLanes.Count)
        {
            FourBundles<TLanes, WithHints>(columns, start, column, c, 0, hinted);
            FourBundles<TLanes, NoHints>(columns, start, column, c, hinted, List.Count);
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
        Tally<TLanes> t0 = default;
        Tally<TLanes> t1 = default;
        Tally<TLanes> t2 = default;
        Tally<TLanes> t3 = default;
        if (typeof(TProduct) != typeof(NoProduct))
        {
            t0.Sum = TLanes.Load(in current, column);
            t1.Sum = TLanes.Load(in current, column + n);
            t2.Sum = TLanes.Load(in current, column + (2 * n));
            t3.Sum = TLanes.Load(in current, column + (3 * n));
        }

        start += c;
        for (; k < end; k++)
        {
            Visit<TLanes> visit = new(this, list, k, start);
            if (typeof(THints) == typeof(WithHints))
            {
                Prefetch.FourBundles<TLanes>(ref state, start + list.Offset(k + HintDistance));
            }

            visit.Write<SmallSteps>(cells, product, ref state, 0, default, d0, constants, default, ref t0);
            visit.Write<SmallSteps>(cells, product, ref state, n, default, d1, constants, default, ref t1);
            visit.Write<SmallSteps>(cells, product, ref state, 2 * n, default, d2, constants, default, ref t2);
            visit.Write<SmallSteps>(cells, product, ref state, 3 * n, default, d3, constants, default, ref t3);
        }

        if (typeof(TProduct) != typeof(NoProduct))
        {
            TLanes.Store(t0.Sum, ref current, column);
            TLanes.Store(t1.Sum, ref current, column + n);
            TLanes.Store(t2.Sum, ref current, column + (2 * n));
            TLanes.Store(t3.Sum, ref current, column + (3 * n));
        }
    }

    private readonly struct WithHints;

    private readonly struct NoHints;
}
