using System.Runtime.CompilerServices;
using RramSnn.Kernels.Crossbar;
using RramSnn.Kernels.Random;
using RramSnn.Kernels.Simd;

namespace RramSnn.Kernels.Conductance;

/// <summary>
/// The one body of all row-sparse updates: specialised by device model, pulse rule, pulse counts, noise, fused product and vector width.
/// </summary>
/// <remarks>
/// A panel's column constants are worked out once and stay in L1 while the active rows stream by, four at a time where the law is short: they share the
/// loads of those constants. The lightest updates have forms of their own (<see cref="SmallSteps{TLanes}"/>); rules that read the states take row after row; all others
/// go through stages (<see cref="Blocks{TLanes}"/>).
/// </remarks>
internal ref partial struct UpdateKernel<TDevice, TRule, TCounts, TNoise, TProduct> : IVectorKernel
    where TDevice : struct, IDeviceModel
    where TRule : struct, IPulseRule
    where TCounts : struct, IPulseCounts
    where TNoise : struct, ICycleNoise
    where TProduct : struct, INextProduct, allows ref struct
{
    private const int Width = CrossbarLayout.PanelWidth;

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

    // Whether what is touched does not stay close to the core.
    internal bool Prefetches;

    // Whether all rows of these panels, of which a list may leave out some, do not.
    internal bool PrefetchesGaps;
    internal bool IsInMemory;
    internal ref float Pulses;
    internal ref float Writes;
    internal ref float Reads;

    // The currents that the fused product adds up.
    internal ref float Current;

    public readonly void Run<TLanes>()
        where TLanes : struct, ILanes<TLanes>
    {
        if (TLanes.Count < 16 && IsInMemory && !HasGaps && IsLight)
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
            Rows<TLanes>(columns, StartOf(column), NextStart(panel), column, takesSmallSteps);
        }
    }

    /// <summary>
    /// First column of the panel whose turn it is. Every second step goes backwards: it begins with the panels that the step before left in cache.
    /// </summary>
    internal readonly nuint ColumnOf(nuint panel) => Descends ? PaddedColumns - Width - panel : panel;

    /// <summary>Where the states of the panel that begins with a column start.</summary>
    internal readonly nuint StartOf(nuint column) => column / Width * PanelLength;

    /// <summary>Where the states of the panel after this one start; of the last one its own.</summary>
    internal readonly nuint NextStart(nuint panel) => StartOf(ColumnOf(Math.Min(panel + Width, PaddedColumns - Width)));

    /// <summary>Whether small steps go through the law as they are, without stages: nothing is drawn, read or damped before it, and the law has a form for them.</summary>
    internal static bool IsLight => typeof(TCounts) == typeof(ContinuousPulses) && typeof(TNoise) == typeof(NoNoise) && !TRule.ReadsState && !TDevice.IsDamped && TDevice.SmallLimit >= 0;

    /// <summary>Whether word lines are left out: rows without gaps the processor follows by itself.</summary>
    private readonly bool HasGaps => List.Count * Width < PanelLength;

    /// <summary>Writes the active rows of a panel whose columns are prepared.</summary>
    /// <param name="columns">Constants of the columns.</param>
    /// <param name="start">Where the panel's states start.</param>
    /// <param name="next">Where those of the panel after it start, which may be asked for.</param>
    /// <param name="column">First column.</param>
    /// <param name="takesSmallSteps">Whether every device takes a small step.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal readonly void Rows<TLanes>(PanelColumns columns, nuint start, nuint next, nuint column, bool takesSmallSteps)
        where TLanes : struct, ILanes<TLanes>
    {
        if (TRule.ReadsState)
        {
            for (nuint k = 0; k < List.Count; k++)
            {
                ReadingRow<TLanes>(start, column, k);
            }

            return;
        }

        if (IsLight && takesSmallSteps)
        {
            SmallSteps<TLanes>(columns, start, next, column);
        }
        else
        {
            Blocks<TLanes>(columns, start, column);
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
        RowHash<TLanes> rounding = typeof(TCounts) == typeof(ContinuousPulses) ? default : Rounding.Row<TLanes>(List.Row(k));
        RowHash<TLanes> noise = typeof(TNoise) == typeof(NoNoise) ? default : Noise.Row<TLanes>(List.Row(k));
        TLanes index = TLanes.AddInteger(TLanes.BroadcastInteger((FirstPanel * Width) + (uint)column), TLanes.LaneIndex);
        for (nuint c = 0; c < Width; c += (nuint)TLanes.Count)
        {
            TLanes next = visit.ReadAndWrite(cells, c, index, TLanes.Load(in Wish, column + c), new(in device), constants, rounding, noise, out TLanes count);
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
                PulseCounters.Add(ref Reads, column + c, rows & TLanes.NotEqual(wish, zero));
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
                PulseCounters.Add(ref Pulses, column + c, magnitude * TLanes.Broadcast(TraceSum));
                PulseCounters.Add(ref Writes, column + c, rows & TLanes.GreaterThan(magnitude, zero));
            }
        }

        // What is not a number is not small.
        return TLanes.BitsFromMask(isSmall) == (1u << TLanes.Count) - 1;
    }
}
