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
/// A panel's column constants are worked out once and stay in L1 while the active rows stream by, two at a time, or one where noise leaves no registers for two: they share the
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
        if (TLanes.Count < 16 && IsInMemory && !HasGaps && typeof(TCounts) == typeof(ContinuousPulses) && typeof(TNoise) == typeof(NoNoise) && !TRule.ReadsState)
        {
            PanelsSideBySide<TLanes>();
            return;
        }

        Span<float> scratch = stackalloc float[PanelColumns.ScratchLength];
        PanelColumns columns = new(scratch);
        for (nuint panel = 0; panel < PaddedColumns; panel += Width)
        {
            nuint column = ColumnOf(panel);
            bool takesSmallSteps = Prepare<TLanes>(columns, column);
            Rows<TLanes>(columns, StartOf(column), column, takesSmallSteps);
        }
    }

    /// <summary>
    /// First column of the panel whose turn it is. Every second step goes backwards: it begins with the panels that the step before left in cache.
    /// </summary>
    internal readonly nuint ColumnOf(nuint panel) => Descends ? PaddedColumns - Width - panel : panel;

    /// <summary>Where the states of the panel that begins with a column start.</summary>
    internal readonly nuint StartOf(nuint column) => column / Width * PanelLength;

    /// <summary>Whether word lines are left out: rows without gaps the processor follows by itself.</summary>
    private readonly bool HasGaps => List.Count * Width < PanelLength;

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

        // Two rows at a time share the loads of what belongs to the columns; noise leaves narrow vectors no registers for that.
        nuint rows = TLanes.Count >= 16 || typeof(TNoise) == typeof(NoNoise) ? 2u : 1u;
        float largestRate = columns.LargestRate();
        float largestCount = typeof(TCounts) == typeof(ContinuousPulses) ? 0f : typeof(TCounts) == typeof(CoincidentPulses) ? Streams.Length : columns.LargestCount();
        while (k < List.Count)
        {
            // Rows that take the same form follow each other without a pause.
            nuint band = List.Count - k >= rows ? rows : 1u;
            StepForm form = FormOf(largestRate, largestCount, k, band);
            nuint end = k + band;
            while (List.Count - end >= band && FormOf(largestRate, largestCount, end, band) == form)
            {
                end += band;
            }

            if (band == 2)
            {
                ByForm<TLanes, TwoRows>(form, columns, start, column, k, end);
            }
            else
            {
                ByForm<TLanes, OneRow>(form, columns, start, column, k, end);
            }

            k = end;
        }
    }

    private readonly StepForm FormOf(float largestRate, float largestCount, nuint k, nuint rows)
    {
        float trace = List.Trace(k);
        float drive = LargestDrive(largestRate, largestCount, rows == 2 ? MathF.Max(trace, List.Trace(k + 1)) : trace);
        return drive <= TDevice.SmallLimit ? StepForm.Small : drive <= TDevice.MediumLimit ? StepForm.Medium : StepForm.Any;
    }

    /// <summary>Products round monotonically, so no device of the rows exceeds what the largest factors give; no stream has more pulses than bits.</summary>
    private static float LargestDrive(float largestRate, float largestCount, float largestTrace) =>
        largestRate * (typeof(TCounts) == typeof(ContinuousPulses) ? largestTrace
            : typeof(TCounts) == typeof(CoincidentPulses) ? largestCount
            : MathF.FusedMultiplyAdd(largestTrace, largestCount, 1f));

    // Each form is a method of its own, and takes two rows at once at most: more than the JIT is willing to inline into one method stays
    // behind as calls, and a call in a lane loop costs a factor of five.
    private readonly void ByForm<TLanes, TRows>(StepForm form, PanelColumns columns, nuint start, nuint column, nuint k, nuint end)
        where TLanes : struct, ILanes<TLanes>
        where TRows : struct, IRowBand
    {
        if (form == StepForm.Small)
        {
            Columns<TLanes, TRows, SmallSteps>(columns, start, column, k, end);
        }
        else if (form == StepForm.Medium && typeof(TCounts) == typeof(ContinuousPulses))
        {
            Columns<TLanes, TRows, MediumSteps>(columns, start, column, k, end);
        }
        else if (form == StepForm.Medium)
        {
            // Rounding, law and noise of two rows are more than the JIT inlines, rounding and law more than it keeps in registers.
            Columns<TLanes, OneRow, MediumSteps>(columns, start, column, k, end);
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
        nuint n = (nuint)TLanes.Count;
        TLanes firstIndex = TLanes.AddInteger(TLanes.BroadcastInteger((FirstPanel * Width) + (uint)column), TLanes.LaneIndex);
        TLanes indexStep = TLanes.BroadcastInteger((uint)TLanes.Count);
        nuint rows = typeof(TRows) == typeof(TwoRows) ? 2u : 1u;

        // Random bits are made two bundles ahead of the law, and what they decide one bundle ahead: as one chain of dependent operations the three keep
        // the processor's queues full of waiting. The three go through all rows without a pause, since a new start costs as much as half a row.
        nuint ahead = typeof(TCounts) == typeof(ContinuousPulses) && typeof(TNoise) == typeof(NoNoise) ? 0 : 2 * n;
        nuint turns = ((end - k) / rows * Width) + ahead;
        Visit<TLanes> bitsOf0 = default;
        Visit<TLanes> bitsOf1 = default;
        Visit<TLanes> drawOf0 = default;
        Visit<TLanes> drawOf1 = default;
        Visit<TLanes> v0 = default;
        Visit<TLanes> v1 = default;
        nuint ahead0 = 0;
        nuint ahead1 = 0;
        TLanes index = firstIndex;
        RandomBits<TLanes> bits0 = default;
        RandomBits<TLanes> bits1 = default;
        Draw<TLanes> coming0 = default;
        Draw<TLanes> coming1 = default;
        for (nuint turn = 0; turn < turns; turn += n)
        {
            nuint place = turn & (Width - 1);
            if (place <= ahead)
            {
                if (place == 0 && k < end)
                {
                    bitsOf0 = new(this, list, k, start);
                    ahead0 = start + list.Offset(Math.Min(k + RowsAhead, list.Count - 1));
                    if (typeof(TRows) == typeof(TwoRows))
                    {
                        bitsOf1 = new(this, list, k + 1, start);
                        ahead1 = start + list.Offset(Math.Min(k + 1 + RowsAhead, list.Count - 1));
                    }

                    k += rows;
                    index = firstIndex;
                }

                if (place == ahead / 2)
                {
                    drawOf0 = bitsOf0;
                    drawOf1 = bitsOf1;
                }

                if (place == ahead)
                {
                    v0 = drawOf0;
                    v1 = drawOf1;
                }
            }

            Draw<TLanes> draw0 = coming0;
            Draw<TLanes> draw1 = coming1;
            if (typeof(TCounts) != typeof(ContinuousPulses) || typeof(TNoise) != typeof(NoNoise))
            {
                // Before the first bundle and behind the last one this is for nobody.
                TLanes comingMagnitude = columns.Magnitude<TLanes>((turn - n) & (Width - 1));
                coming0 = drawOf0.Draw(bits0, comingMagnitude);
                bits0 = bitsOf0.Bits(index);
                if (typeof(TRows) == typeof(TwoRows))
                {
                    coming1 = drawOf1.Draw(bits1, comingMagnitude);
                    bits1 = bitsOf1.Bits(index);
                }

                index = TLanes.AddInteger(index, indexStep);
                if (turn < ahead)
                {
                    continue;
                }
            }

            nuint c = (turn - ahead) & (Width - 1);
            TLanes magnitude = typeof(TNoise) == typeof(NoNoise) ? default : columns.Magnitude<TLanes>(c);
            DriveConstants<TLanes> drive = columns.Drive<TLanes>(c);
            if (prefetches)
            {
                Prefetch.Line(ref state, ahead0 + c);
                if (typeof(TRows) == typeof(TwoRows))
                {
                    Prefetch.Line(ref state, ahead1 + c);
                }
            }

            TLanes next0 = v0.Write<TSteps>(cells, c, draw0, drive, constants, magnitude);
            TLanes next1 = default;
            if (typeof(TRows) == typeof(TwoRows))
            {
                next1 = v1.Write<TSteps>(cells, c, draw1, drive, constants, magnitude);
            }

            // What is added to is loaded last: until then its register is of more use to the law.
            if (typeof(TCounts) != typeof(ContinuousPulses))
            {
                Tally<TLanes> tally = new(ref pulses, ref writes, column + c);
                tally.Count(draw0.Count);
                if (typeof(TRows) == typeof(TwoRows))
                {
                    tally.Count(draw1.Count);
                }

                tally.Store(ref pulses, ref writes, column + c);
            }

            if (typeof(TProduct) != typeof(NoProduct))
            {
                TLanes sum = v0.Multiply(product, next0, c, TLanes.Load(in current, column + c));
                if (typeof(TRows) == typeof(TwoRows))
                {
                    sum = v1.Multiply(product, next1, c, sum);
                }

                TLanes.Store(sum, ref current, column + c);
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
            TLanes next = visit.ReadAndWrite(cells, c, index, TLanes.Load(in Wish, column + c), new(in device), constants, out TLanes count);
            index = TLanes.AddInteger(index, TLanes.BroadcastInteger((uint)TLanes.Count));
            Tally<TLanes> tally = new(ref Pulses, ref Writes, column + c);
            tally.Count(count);
            tally.Store(ref Pulses, ref Writes, column + c);
            if (typeof(TProduct) != typeof(NoProduct))
            {
                TLanes.Store(visit.Multiply(product, next, c, TLanes.Load(in Current, column + c)), ref Current, column + c);
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

    private enum StepForm
    {
        Small,
        Medium,
        Any,
    }

    private interface IRowBand;

    private readonly struct TwoRows : IRowBand;

    private readonly struct OneRow : IRowBand;
}
