using System.Runtime.CompilerServices;
using RramSnn.Kernels.Crossbar;
using RramSnn.Kernels.Memory;
using RramSnn.Kernels.Simd;

namespace RramSnn.Kernels.Conductance;

/// <summary>The update of both devices of a pair and the coming step's product, panel by panel: in one pass where all steps of a panel are small.</summary>
/// <remarks>
/// Whole pulses, noise and damped laws go through the stages of single arrays, a block of rows of the one and of the other in turn. Larger steps of other laws, and
/// rules that read the states, take the two kernels of single arrays, one after the other, the second of which multiplies; so do narrow lanes in the caches,
/// whose registers hold the constants of one array only.
/// </remarks>
internal ref struct PairUpdateKernel<TDevice, TRule, TCounts, TNoise> : IVectorKernel
    where TDevice : struct, IDeviceModel
    where TRule : struct, IPulseRule
    where TCounts : struct, IPulseCounts
    where TNoise : struct, ICycleNoise
{
    private const int Width = CrossbarLayout.PanelWidth;

    internal UpdateKernel<TDevice, TRule, TCounts, TNoise, NoProduct> Plus;
    internal UpdateKernel<TDevice, TRule, TCounts, TNoise, MinusOfPairProduct> Minus;
    internal bool IsInMemory;

    public readonly void Run<TLanes>()
        where TLanes : struct, ILanes<TLanes>
    {
        Span<float> scratch = stackalloc float[2 * PanelColumns.ScratchLength];
        PanelColumns plus = new(scratch[..PanelColumns.ScratchLength]);
        PanelColumns minus = new(scratch[PanelColumns.ScratchLength..]);
        for (nuint panel = 0; panel < Minus.PaddedColumns; panel += Width)
        {
            nuint column = Minus.ColumnOf(panel);
            nuint start = Minus.StartOf(column);
            nuint next = Minus.NextStart(panel);
            bool plusIsSmall = Plus.Prepare<TLanes>(plus, column);
            bool minusIsSmall = Minus.Prepare<TLanes>(minus, column);
            if (IsLight && (HoldsFourRows<TLanes>() || IsInMemory) && plusIsSmall && minusIsSmall)
            {
                SmallSteps<TLanes>(plus, minus, start, column);
            }
            else if (!IsLight && !TRule.ReadsState)
            {
                Blocks<TLanes>(plus, minus, start, column);
            }
            else
            {
                Plus.Rows<TLanes>(plus, start, next, column, plusIsSmall);
                Minus.Rows<TLanes>(minus, start, next, column, minusIsSmall);
            }
        }
    }

    private static bool IsLight => UpdateKernel<TDevice, TRule, TCounts, TNoise, NoProduct>.IsLight;

    // Block by block: the second array's product finds the first one's states in the nearest cache.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private readonly void Blocks<TLanes>(PanelColumns plus, PanelColumns minus, nuint start, nuint column)
        where TLanes : struct, ILanes<TLanes>
    {
        Span<float> memory = stackalloc float[BlockScratch.Length];
        BlockScratch scratch = new(memory);
        LargestSteps plusSteps = Plus.StepsOf<TLanes>(plus);
        LargestSteps minusSteps = Minus.StepsOf<TLanes>(minus);
        nuint end;
        for (nuint k = 0; k < Minus.List.Count; k = end)
        {
            end = Math.Min(k + BlockScratch.Rows, Minus.List.Count);
            Plus.Block<TLanes>(plus, plusSteps, scratch, start, column, k, end);
            Minus.Block<TLanes>(minus, minusSteps, scratch, start, column, k, end);
        }
    }

    // Whole rows in order, four at a time: they share the loads of sixteen lanes' constants and currents, and memory sees two plain streams.
    private readonly void SmallSteps<TLanes>(PanelColumns plus, PanelColumns minus, nuint start, nuint column)
        where TLanes : struct, ILanes<TLanes>
    {
        nuint k = 0;
        if (HoldsFourRows<TLanes>())
        {
            nuint end = Minus.List.Count & ~(nuint)3;

            // The processor's own prefetchers follow two plain streams through the caches, where hints cost a tenth; from memory they gain a sixth.
            if (IsInMemory)
            {
                Band<TLanes, FourRowsAndHints>(plus, minus, start, column, 0, end);
            }
            else
            {
                Band<TLanes, FourRows>(plus, minus, start, column, 0, end);
            }

            k = end;
        }

        Band<TLanes, OneRow>(plus, minus, start, column, k, Minus.List.Count);
    }

    private static bool HoldsFourRows<TLanes>()
        where TLanes : struct, ILanes<TLanes> => TLanes.Count >= 16;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private readonly void Band<TLanes, TRows>(PanelColumns plusColumns, PanelColumns minusColumns, nuint start, nuint column, nuint k, nuint end)
        where TLanes : struct, ILanes<TLanes>
        where TRows : struct
    {
        RowList list = Minus.List;
        Cells<TLanes> cells = new(this);
        bool prefetches = IsInMemory;
        ref float current = ref Minus.Current;
        nuint last = list.Count - 1;
        nuint rows = typeof(TRows) == typeof(OneRow) ? 1u : 4u;
        for (; k < end; k += rows)
        {
            Row<TLanes> row0 = new(list, k, start);
            Row<TLanes> row1 = default;
            Row<TLanes> row2 = default;
            Row<TLanes> row3 = default;
            if (typeof(TRows) != typeof(OneRow))
            {
                row1 = new(list, k + 1, start);
                row2 = new(list, k + 2, start);
                row3 = new(list, k + 3, start);
            }

            for (nuint c = 0; c < Width; c += (nuint)TLanes.Count)
            {
                DriveConstants<TLanes> plus = plusColumns.Drive<TLanes>(c);
                DriveConstants<TLanes> minus = minusColumns.Drive<TLanes>(c);
                TLanes sum = TLanes.Load(in current, column + c);
                if (typeof(TRows) == typeof(FourRowsAndHints))
                {
                    // Eight bundles, and eight rows to come, four of either array: a whole one per bundle.
                    nuint ahead = start + list.Offset(Math.Min(k + RowList.RowsAhead + (c / 32), last));
                    Prefetch.Row(ref (c & 16) == 0 ? ref cells.Plus : ref cells.Minus, ahead);
                }

                if (typeof(TRows) == typeof(OneRow) && prefetches)
                {
                    nuint ahead = start + list.Offset(Math.Min(k + RowList.RowsAhead, last));
                    Prefetch.Line(ref cells.Plus, ahead + c);
                    Prefetch.Line(ref cells.Minus, ahead + c);
                }

                sum = row0.Write(cells, c, plus, minus, sum);
                if (typeof(TRows) != typeof(OneRow))
                {
                    sum = row1.Write(cells, c, plus, minus, sum);
                    sum = row2.Write(cells, c, plus, minus, sum);
                    sum = row3.Write(cells, c, plus, minus, sum);
                }

                TLanes.Store(sum, ref current, column + c);
            }
        }
    }

    private readonly ref struct Cells<TLanes>
        where TLanes : struct, ILanes<TLanes>
    {
        internal readonly CellUpdate<TDevice, TRule, TCounts, TNoise> Update;
        internal readonly LawConstants<TLanes> Constants;
        internal readonly ref float Plus;
        internal readonly ref float Minus;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal Cells(in PairUpdateKernel<TDevice, TRule, TCounts, TNoise> kernel)
        {
            Update = kernel.Minus.Cells;
            Constants = Update.Constants<TLanes>();
            Plus = ref kernel.Plus.State;
            Minus = ref kernel.Minus.State;
        }
    }

    private readonly struct Row<TLanes>
        where TLanes : struct, ILanes<TLanes>
    {
        private readonly nuint _cells;
        private readonly TLanes _trace;
        private readonly TLanes _input;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal Row(in RowList list, nuint k, nuint start)
        {
            _cells = start + list.Offset(k);
            _trace = TLanes.Broadcast(list.Trace(k));
            _input = TLanes.Broadcast(list.Input(k));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal TLanes Write(in Cells<TLanes> cells, nuint c, DriveConstants<TLanes> plus, DriveConstants<TLanes> minus, TLanes sum)
        {
            TLanes up = Next(cells, ref cells.Plus, c, plus);
            TLanes down = Next(cells, ref cells.Minus, c, minus);
            return TLanes.FusedMultiplyAdd(_input, up - down, sum);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private TLanes Next(in Cells<TLanes> cells, ref float states, nuint c, DriveConstants<TLanes> drive)
        {
            TLanes state = TLanes.Load(in states, _cells + c);
            TLanes next = cells.Update.ByColumn<TLanes, SmallSteps>(state, _trace, default, drive, cells.Constants, default, default);
            TLanes.Store(next, ref states, _cells + c);
            return next;
        }
    }
}
