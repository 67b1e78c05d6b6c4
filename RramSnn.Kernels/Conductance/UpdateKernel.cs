using System.Runtime.CompilerServices;
using RramSnn.Kernels.Crossbar;
using RramSnn.Kernels.Memory;
using RramSnn.Kernels.Random;
using RramSnn.Kernels.Simd;

namespace RramSnn.Kernels.Conductance;

/// <summary>
/// The one body of all row-sparse updates: specialised by device model, pulse rule, pulse counts, noise, fused product and vector width.
/// </summary>
/// <remarks>
/// A panel's column constants are worked out once and stay in L1 while the active rows stream by, two at a time: they share the
/// loads of those constants and the broadcasts of the polynomial's, which the JIT repeats in every turn of the lane loop. The lightest
/// updates have forms of their own (<see cref="SmallSteps{TLanes}"/>).
/// </remarks>
internal ref partial struct UpdateKernel<TDevice, TRule, TCounts, TNoise, TProduct> : IVectorKernel
    where TDevice : struct, IDeviceModel
    where TRule : struct, IPulseRule
    where TCounts : struct, IPulseCounts
    where TNoise : struct, ICycleNoise
    where TProduct : struct, INextProduct, allows ref struct
{
    private const int Width = CrossbarLayout.PanelWidth;
    private const int RowsAhead = 16;

    internal CellUpdate<TDevice, TRule, TCounts, TNoise> Cells;
    internal TProduct Product;
    internal ref float State;
    internal RowList List;
    internal float TraceCount;
    internal float LargestTrace;
    internal float TraceSum;
    internal nuint PanelLength;
    internal ref readonly float Wish;
    internal nuint PaddedColumns;
    internal CellHash Rounding;
    internal CellHash Noise;

    // Coincident pulses only.
    internal BitStreams Streams;
    internal uint FirstPanel;
    internal bool Descends;
    internal bool Prefetches;
    internal bool IsInMemory;
    internal ref float Pulses;
    internal ref float Writes;
    internal ref float Reads;

    // The currents that the fused product adds up.
    internal ref float Current;

    public readonly void Run<TLanes>()
        where TLanes : struct, ILanes<TLanes>
    {
        Span<float> scratch = stackalloc float[PanelColumns.ScratchLength];
        PanelColumns columns = new(scratch);
        for (nuint panel = 0; panel < PaddedColumns; panel += Width)
        {
            nuint column = ColumnOf(panel);
            bool takesSmallSteps = Prepare<TLanes>(columns, column);
            Rows<TLanes>(columns, column / Width * PanelLength, column, takesSmallSteps);
        }
    }

    /// <summary>
    /// First column of the panel whose turn it is. Every second step goes backwards: it begins with the panels that the step before left in cache.
    /// </summary>
    internal readonly nuint ColumnOf(nuint panel) => Descends ? PaddedColumns - Width - panel : panel;

    /// <summary>Writes the active rows of a panel whose columns are prepared.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal readonly void Rows<TLanes>(PanelColumns columns, nuint start, nuint column, bool takesSmallSteps)
        where TLanes : struct, ILanes<TLanes>
    {
        nuint k = 0;
        if (TRule.ReadsState)
        {
            for (; k < List.Count; k++)
            {
                ReadingRow<TLanes>(start, column, k);
            }

            return;
        }

        if (typeof(TCounts) == typeof(ContinuousPulses) && typeof(TNoise) == typeof(NoNoise) && takesSmallSteps)
        {
            SmallSteps<TLanes>(columns, start, column);
            return;
        }

        float largestRate = columns.LargestRate();
        float largestCount = typeof(TCounts) == typeof(ContinuousPulses) ? 0f : typeof(TCounts) == typeof(CoincidentPulses) ? Streams.Length : columns.LargestCount();
        for (; k + 1 < List.Count; k += 2)
        {
            BySize<TLanes, TwoRows>(columns, start, column, k, k + 2, LargestDrive(largestRate, largestCount, MathF.Max(List.Trace(k), List.Trace(k + 1))));
        }

        if (k < List.Count)
        {
            BySize<TLanes, OneRow>(columns, start, column, k, k + 1, LargestDrive(largestRate, largestCount, List.Trace(k)));
        }
    }

    /// <summary>Products round monotonically, so no device of the rows exceeds what the largest factors give; no stream has more pulses than bits.</summary>
    private static float LargestDrive(float largestRate, float largestCount, float largestTrace) =>
        largestRate * (typeof(TCounts) == typeof(ContinuousPulses) ? largestTrace
            : typeof(TCounts) == typeof(CoincidentPulses) ? largestCount
            : MathF.FusedMultiplyAdd(largestTrace, largestCount, 1f));

    // Each form is a method of its own, and takes two rows at once at most: more than the JIT is willing to inline into one method stays
    // behind as calls, and a call in a lane loop costs a factor of five.
    private readonly void BySize<TLanes, TRows>(PanelColumns columns, nuint start, nuint column, nuint k, nuint end, float largestDrive)
        where TLanes : struct, ILanes<TLanes>
        where TRows : struct, IRowBand
    {
        if (largestDrive <= TDevice.SmallLimit)
        {
            Columns<TLanes, TRows, SmallSteps>(columns, start, column, k, end);
        }
        else if (largestDrive <= TDevice.MediumLimit)
        {
            if (typeof(TCounts) != typeof(ContinuousPulses))
            {
                // Rounding, law and noise of two rows are more than the JIT inlines, rounding and law more than it keeps in registers.
                Columns<TLanes, OneRow, MediumSteps>(columns, start, column, k, end);
                return;
            }

            Columns<TLanes, TRows, MediumSteps>(columns, start, column, k, end);
        }
        else
        {
            Columns<TLanes, OneRow, AnySteps>(columns, start, column, k, end);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private readonly void Columns<TLanes, TRows, TSteps>(PanelColumns columns, nuint start, nuint column, nuint k, nuint end)
        where TLanes : struct, ILanes<TLanes>
        where TRows : struct, IRowBand
        where TSteps : struct, IStepSize
    {
        CellUpdate<TDevice, TRule, TCounts, TNoise> cells = Cells;
        LawConstants<TLanes> constants = cells.Constants<TLanes>();
        TProduct product = Product;
        RowList list = List;
        bool prefetches = Prefetches;
        ref float state = ref State;
        ref float pulses = ref Pulses;
        ref float writes = ref Writes;
        ref float current = ref Current;
        TLanes firstIndex = TLanes.AddInteger(TLanes.BroadcastInteger((FirstPanel * Width) + (uint)column), TLanes.LaneIndex);
        TLanes indexStep = TLanes.BroadcastInteger((uint)TLanes.Count);
        nuint rows = typeof(TRows) == typeof(TwoRows) ? 2u : 1u;
        for (; k < end; k += rows)
        {
            Visit<TLanes> v0 = new(this, list, k, start);
            nuint ahead0 = start + list.Offset(Math.Min(k + RowsAhead, list.Count - 1));
            Visit<TLanes> v1 = default;
            nuint ahead1 = 0;
            if (typeof(TRows) == typeof(TwoRows))
            {
                v1 = new(this, list, k + 1, start);
                ahead1 = start + list.Offset(Math.Min(k + 1 + RowsAhead, list.Count - 1));
            }

            // Chance works one bundle ahead of the law: as one chain of dependent operations the two keep the processor's queues full of waiting.
            TLanes index = firstIndex;
            Draw<TLanes> coming0 = default;
            Draw<TLanes> coming1 = default;
            TLanes comingMagnitude = default;
            nuint ahead = typeof(TCounts) == typeof(ContinuousPulses) && typeof(TNoise) == typeof(NoNoise) ? 0 : (nuint)TLanes.Count;
            for (nuint drawn = 0; drawn < Width + ahead; drawn += (nuint)TLanes.Count)
            {
                Draw<TLanes> draw0 = coming0;
                Draw<TLanes> draw1 = coming1;
                TLanes magnitude = comingMagnitude;
                if (typeof(TCounts) != typeof(ContinuousPulses) || typeof(TNoise) != typeof(NoNoise))
                {
                    // Behind the last bundle the first one is drawn again, for nobody.
                    comingMagnitude = columns.Magnitude<TLanes>(drawn & (Width - 1));
                    coming0 = v0.Draw(index, comingMagnitude);
                    if (typeof(TRows) == typeof(TwoRows))
                    {
                        coming1 = v1.Draw(index, comingMagnitude);
                    }

                    index = TLanes.AddInteger(index, indexStep);
                    if (drawn == 0)
                    {
                        continue;
                    }
                }

                nuint c = drawn - ahead;
                DriveConstants<TLanes> drive = columns.Drive<TLanes>(c);
                Tally<TLanes> tally = default;
                if (typeof(TCounts) != typeof(ContinuousPulses))
                {
                    tally.Pulses = TLanes.Load(in pulses, column + c);
                    tally.Writes = TLanes.Load(in writes, column + c);
                }

                if (typeof(TProduct) != typeof(NoProduct))
                {
                    tally.Sum = TLanes.Load(in current, column + c);
                }

                if (prefetches)
                {
                    Prefetch.Line(ref state, ahead0 + c);
                    if (typeof(TRows) == typeof(TwoRows))
                    {
                        Prefetch.Line(ref state, ahead1 + c);
                    }
                }

                v0.Write<TSteps>(cells, product, ref state, c, draw0, drive, constants, magnitude, ref tally);
                if (typeof(TRows) == typeof(TwoRows))
                {
                    v1.Write<TSteps>(cells, product, ref state, c, draw1, drive, constants, magnitude, ref tally);
                }

                if (typeof(TCounts) != typeof(ContinuousPulses))
                {
                    TLanes.Store(tally.Pulses, ref pulses, column + c);
                    TLanes.Store(tally.Writes, ref writes, column + c);
                }

                if (typeof(TProduct) != typeof(NoProduct))
                {
                    TLanes.Store(tally.Sum, ref current, column + c);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private readonly void ReadingRow<TLanes>(nuint start, nuint column, nuint k)
        where TLanes : struct, ILanes<TLanes>
    {
        CellUpdate<TDevice, TRule, TCounts, TNoise> cells = Cells;
        DeviceConstants device = cells.DeviceConstants;
        LawConstants<TLanes> constants = cells.Constants<TLanes>();
        TProduct product = Product;
        ref float state = ref State;
        Visit<TLanes> visit = new(this, List, k, start);
        TLanes index = TLanes.AddInteger(TLanes.BroadcastInteger((FirstPanel * Width) + (uint)column), TLanes.LaneIndex);
        for (nuint c = 0; c < Width; c += (nuint)TLanes.Count)
        {
            Tally<TLanes> tally = new()
            {
                Pulses = TLanes.Load(in Pulses, column + c),
                Writes = TLanes.Load(in Writes, column + c),
                Sum = typeof(TProduct) == typeof(NoProduct) ? default : TLanes.Load(in Current, column + c),
            };
            visit.ReadAndWrite(cells, product, ref state, c, index, TLanes.Load(in Wish, column + c), new(in device), constants, ref tally);
            index = TLanes.AddInteger(index, TLanes.BroadcastInteger((uint)TLanes.Count));
            TLanes.Store(tally.Pulses, ref Pulses, column + c);
            TLanes.Store(tally.Writes, ref Writes, column + c);
            if (typeof(TProduct) != typeof(NoProduct))
            {
                TLanes.Store(tally.Sum, ref Current, column + c);
            }
        }
    }

    /// <summary>Works out what the devices of a panel's columns share, and counts what does not depend on them.</summary>
    /// <returns>Whether every device of the panel takes a small step, if pulses are continuous and without noise.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal readonly bool Prepare<TLanes>(PanelColumns columns, nuint column)
        where TLanes : struct, ILanes<TLanes>
    {
        CellUpdate<TDevice, TRule, TCounts, TNoise> cells = Cells;
        DeviceConstants device = cells.DeviceConstants;
        TLanes zero = TLanes.Broadcast(0f);
        TLanes limit = TLanes.Broadcast(TDevice.SmallLimit);
        TLanes largestTrace = TLanes.Broadcast(LargestTrace);
        TLanes isSmall = TLanes.GreaterThanOrEqual(zero, zero);
        TLanes rows = TLanes.Broadcast(TraceCount);
        for (nuint c = 0; c < Width; c += (nuint)TLanes.Count)
        {
            TLanes wish = TLanes.Load(in Wish, column + c);
            if (TRule.ReadsState)
            {
                // Every device of an active word line is read where its bit line wishes a change.
                Add(ref Reads, column + c, rows & TLanes.NotEqual(wish, zero));
                continue;
            }

            TLanes pulses = cells.PulsesOfColumn(wish);
            TLanes magnitude = TLanes.Abs(pulses);
            DriveConstants<TLanes> drive = CellUpdate<TDevice, TRule, TCounts, TNoise>.Drive(pulses, new SharedConstants(in device));
            if (typeof(TCounts) == typeof(CoincidentPulses))
            {
                TLanes index = TLanes.AddInteger(TLanes.BroadcastInteger((FirstPanel * Width) + (uint)(column + c)), TLanes.LaneIndex);
                magnitude = Streams.OfColumns(index, magnitude);
            }

            columns.Set(c, drive, magnitude);
            if (typeof(TCounts) == typeof(ContinuousPulses))
            {
                isSmall &= TLanes.GreaterThanOrEqual(limit, TLanes.Abs(drive.Rate) * largestTrace);

                // Every active device of the column gets trace · magnitude: the sums need no look at the devices.
                Add(ref Pulses, column + c, magnitude * TLanes.Broadcast(TraceSum));
                Add(ref Writes, column + c, rows & TLanes.GreaterThan(magnitude, zero));
            }
        }

        // What is not a number is not small.
        return TLanes.BitsFromMask(isSmall) == (1u << TLanes.Count) - 1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add<TLanes>(ref float counter, nuint column, TLanes amount)
        where TLanes : struct, ILanes<TLanes> =>
        TLanes.Store(TLanes.Load(in counter, column) + amount, ref counter, column);

    private interface IRowBand;

    private readonly struct TwoRows : IRowBand;

    private readonly struct OneRow : IRowBand;
}
