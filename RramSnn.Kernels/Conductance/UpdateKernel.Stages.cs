using System.Runtime.CompilerServices;
using RramSnn.Kernels.Crossbar;
using RramSnn.Kernels.Random;
using RramSnn.Kernels.Simd;

namespace RramSnn.Kernels.Conductance;

/// <content>
/// Updates in stages: a block of rows at a time has its random bits made, what they decide, how the states damp the pulses, and what the law makes of it all.
/// </content>
/// <remarks>
/// A device's update is one chain of dependent operations. Of long chains the processor overlaps few, since it looks only so many operations ahead.
/// Each stage has a short chain and more registers for its constants; it hands on what it found in memory that mostly stays in the nearest cache.
/// </remarks>
internal ref partial struct UpdateKernel<TDevice, TRule, TCounts, TNoise, TProduct>
{
    /// <summary>Writes the active rows of a panel, whatever the size of the steps.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private readonly void Blocks<TLanes>(PanelColumns columns, nuint start, nuint column)
        where TLanes : struct, ILanes<TLanes>
    {
        Span<float> memory = stackalloc float[BlockScratch.Length];
        BlockScratch scratch = new(memory);
        LargestSteps steps = StepsOf<TLanes>(columns);
        nuint end;
        for (nuint k = 0; k < List.Count; k = end)
        {
            end = Math.Min(k + BlockScratch.Rows, List.Count);
            Block<TLanes>(columns, steps, scratch, start, column, k, end);
        }
    }

    /// <summary>Writes a block of at most <see cref="BlockScratch.Rows"/> rows of a panel; the first is a multiple of four rows from the list's start.</summary>
    internal readonly void Block<TLanes>(PanelColumns columns, LargestSteps steps, BlockScratch scratch, nuint start, nuint column, nuint k, nuint end)
        where TLanes : struct, ILanes<TLanes>
    {
        if (typeof(TCounts) == typeof(StochasticPulses) || typeof(TNoise) != typeof(NoNoise))
        {
            Hash<TLanes>(scratch, start, column, k, end);
        }

        if (typeof(TCounts) != typeof(ContinuousPulses) || typeof(TNoise) != typeof(NoNoise))
        {
            Draw<TLanes>(columns, scratch, start, k, end);
        }

        if (typeof(TCounts) != typeof(ContinuousPulses))
        {
            CountPulses<TLanes>(scratch, column, end - k);
        }

        if (TDevice.IsDamped)
        {
            nuint banded = k + ((end - k) / BandRows * BandRows);
            Damp<TLanes, FourRows>(columns, scratch, start, k, banded);
            if (banded < end)
            {
                Damp<TLanes, OneRow>(columns, scratch.From((banded - k) * Width), start, banded, end);
            }
        }

        // Bands that take the same form follow each other without a pause.
        nuint next;
        for (nuint band = k; band < end; band = next)
        {
            next = Math.Min(band + BandRows, end);
            StepForm form = FormOf(steps, band, next);
            while (next < end && FormOf(steps, next, Math.Min(next + BandRows, end)) == form)
            {
                next = Math.Min(next + BandRows, end);
            }

            Write<TLanes>(form, columns, scratch.From((band - k) * Width), start, column, band, next);
        }
    }

    private readonly void Write<TLanes>(StepForm form, PanelColumns columns, BlockScratch scratch, nuint start, nuint column, nuint k, nuint end)
        where TLanes : struct, ILanes<TLanes>
    {
        // Models without shorter forms have none compiled.
        if (TDevice.MediumLimit < 0 || form == StepForm.Any)
        {
            Write<TLanes, OneRow, AnySteps>(columns, scratch, start, column, k, end);
            return;
        }

        if (TDevice.SmallLimit < 0 || form == StepForm.Medium)
        {
            Write<TLanes, OneRow, MediumSteps>(columns, scratch, start, column, k, end);
            return;
        }

        // Four rows share the loads of their columns' constants. The longer forms of a law have no registers for that.
        nuint banded = k + ((end - k) / BandRows * BandRows);
        Write<TLanes, FourRows, SmallSteps>(columns, scratch, start, column, k, banded);
        if (banded < end)
        {
            Write<TLanes, OneRow, SmallSteps>(columns, scratch.From((banded - k) * Width), start, column, banded, end);
        }
    }

    /// <summary>Random bits of the devices, in the places of the counts and deviates that come of them.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private readonly void Hash<TLanes>(BlockScratch scratch, nuint start, nuint column, nuint k, nuint end)
        where TLanes : struct, ILanes<TLanes>
    {
        RowList list = List;
        ref float panel = ref Unsafe.Add(ref State, start);
        TLanes firstIndex = TLanes.AddInteger(TLanes.BroadcastInteger((FirstPanel * Width) + (uint)column), TLanes.LaneIndex);
        TLanes indexStep = TLanes.BroadcastInteger((uint)TLanes.Count);
        for (; k < end; k++)
        {
            RowHash<TLanes> rounding = typeof(TCounts) == typeof(StochasticPulses) ? Rounding.Row<TLanes>(list.Row(k)) : default;
            RowHash<TLanes> noise = typeof(TNoise) == typeof(NoNoise) ? default : Noise.Row<TLanes>(list.Row(k));
            TLanes index = firstIndex;
            RowHints<OneRow, HashStage> hints = new(ref panel, list, k);
            for (nuint c = 0; c < Width; c += (nuint)TLanes.Count)
            {
                hints.Give(c);
                if (typeof(TCounts) == typeof(StochasticPulses))
                {
                    TLanes.Store(rounding.Words(index), ref scratch.Counts, c);
                }

                if (typeof(TNoise) != typeof(NoNoise))
                {
                    TLanes.Store(noise.Words(index), ref scratch.Deviates, c);
                }

                index = TLanes.AddInteger(index, indexStep);
            }

            scratch = scratch.From(Width);
        }
    }

    /// <summary>What chance decides: how many pulses the devices get, and how far noise takes them.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private readonly void Draw<TLanes>(PanelColumns columns, BlockScratch scratch, nuint start, nuint k, nuint end)
        where TLanes : struct, ILanes<TLanes>
    {
        RowList list = List;
        ref float panel = ref Unsafe.Add(ref State, start);
        for (; k < end; k++)
        {
            TLanes factor = typeof(TCounts) == typeof(CoincidentPulses) ? Streams.OfRow<TLanes>(list.Row(k), list.Trace(k)) : TLanes.Broadcast(list.Trace(k));
            RowHints<OneRow, DrawStage> hints = new(ref panel, list, k);
            for (nuint c = 0; c < Width; c += (nuint)TLanes.Count)
            {
                hints.Give(c);
                if (typeof(TCounts) != typeof(ContinuousPulses))
                {
                    // A bit line's stream takes the place of its magnitude.
                    TLanes magnitude = columns.Magnitude<TLanes>(c);
                    TLanes bits = typeof(TCounts) == typeof(StochasticPulses) ? TLanes.Load(in scratch.Counts, c) : magnitude;
                    TLanes.Store(TCounts.Count(factor, magnitude, bits), ref scratch.Counts, c);
                }

                if (typeof(TNoise) != typeof(NoNoise))
                {
                    TLanes.Store(TNoise.Deviate(TLanes.Load(in scratch.Deviates, c)), ref scratch.Deviates, c);
                }
            }

            scratch = scratch.From(Width);
        }
    }

    /// <summary>Adds what the devices of a block get to the counters of their columns.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private readonly void CountPulses<TLanes>(BlockScratch scratch, nuint column, nuint rows)
        where TLanes : struct, ILanes<TLanes>
    {
        for (nuint c = 0; c < Width; c += (nuint)TLanes.Count)
        {
            Tally<TLanes> tally = new(ref Pulses, ref Writes, column + c);
            for (nuint r = 0; r < rows; r++)
            {
                tally.Count(TLanes.Load(in scratch.Counts, (r * Width) + c));
            }

            tally.Store(ref Pulses, ref Writes, column + c);
        }
    }

    /// <summary>How the states damp the pulses.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private readonly void Damp<TLanes, TBand>(PanelColumns columns, BlockScratch scratch, nuint start, nuint k, nuint end)
        where TLanes : struct, ILanes<TLanes>
        where TBand : struct
    {
        LawConstants<TLanes> constants = Cells.Constants<TLanes>();
        RowList list = List;
        ref float panel = ref Unsafe.Add(ref State, start);
        for (; k < end; k += RowsOf<TBand>())
        {
            ref float states0 = ref Unsafe.Add(ref panel, list.Offset(k));
            ref float states1 = ref states0;
            ref float states2 = ref states0;
            ref float states3 = ref states0;
            if (typeof(TBand) == typeof(FourRows))
            {
                states1 = ref Unsafe.Add(ref panel, list.Offset(k + 1));
                states2 = ref Unsafe.Add(ref panel, list.Offset(k + 2));
                states3 = ref Unsafe.Add(ref panel, list.Offset(k + 3));
            }

            RowHints<TBand, DampStage> hints = new(ref panel, list, k);
            for (nuint c = 0; c < Width; c += (nuint)TLanes.Count)
            {
                hints.Give(c);

                DriveConstants<TLanes> drive = columns.Drive<TLanes>(c);
                TLanes.Store(TDevice.Damping(TLanes.Load(in states0, c), drive, constants), ref scratch.Dampings, c);
                if (typeof(TBand) == typeof(FourRows))
                {
                    TLanes.Store(TDevice.Damping(TLanes.Load(in states1, c), drive, constants), ref scratch.Dampings, c + Width);
                    TLanes.Store(TDevice.Damping(TLanes.Load(in states2, c), drive, constants), ref scratch.Dampings, c + (2 * Width));
                    TLanes.Store(TDevice.Damping(TLanes.Load(in states3, c), drive, constants), ref scratch.Dampings, c + (3 * Width));
                }
            }

            scratch = scratch.From(RowsOf<TBand>() * Width);
        }
    }

    /// <summary>What the law makes of it, with noise and the next product.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private readonly void Write<TLanes, TBand, TSteps>(PanelColumns columns, BlockScratch scratch, nuint start, nuint column, nuint k, nuint end)
        where TLanes : struct, ILanes<TLanes>
        where TBand : struct
        where TSteps : struct, IStepSize
    {
        CellUpdate<TDevice, TRule, TCounts, TNoise> cells = Cells;
        LawConstants<TLanes> constants = cells.Constants<TLanes>();
        TProduct product = Product;
        RowList list = List;
        ref float panel = ref Unsafe.Add(ref State, start);
        ref float current = ref Current;
        for (; k < end; k += RowsOf<TBand>())
        {
            Visit<TLanes> v0 = new(this, list, k, start);
            Visit<TLanes> v1 = default;
            Visit<TLanes> v2 = default;
            Visit<TLanes> v3 = default;
            if (typeof(TBand) == typeof(FourRows))
            {
                v1 = new(this, list, k + 1, start);
                v2 = new(this, list, k + 2, start);
                v3 = new(this, list, k + 3, start);
            }

            RowHints<TBand, WriteStage> hints = new(ref panel, list, k);
            for (nuint c = 0; c < Width; c += (nuint)TLanes.Count)
            {
                hints.Give(c);

                TLanes magnitude = typeof(TNoise) == typeof(NoNoise) ? default : columns.Magnitude<TLanes>(c);
                DriveConstants<TLanes> drive = columns.Drive<TLanes>(c);
                TLanes next0 = v0.Write<TSteps>(cells, c, scratch, c, drive, constants, magnitude);
                TLanes next1 = default;
                TLanes next2 = default;
                TLanes next3 = default;
                if (typeof(TBand) == typeof(FourRows))
                {
                    next1 = v1.Write<TSteps>(cells, c, scratch, c + Width, drive, constants, magnitude);
                    next2 = v2.Write<TSteps>(cells, c, scratch, c + (2 * Width), drive, constants, magnitude);
                    next3 = v3.Write<TSteps>(cells, c, scratch, c + (3 * Width), drive, constants, magnitude);
                }

                // What is added to is loaded last: until then its register is of more use to the law.
                if (typeof(TProduct) != typeof(NoProduct))
                {
                    TLanes sum = v0.Multiply(product, next0, c, TLanes.Load(in current, column + c));
                    if (typeof(TBand) == typeof(FourRows))
                    {
                        sum = v1.Multiply(product, next1, c, sum);
                        sum = v2.Multiply(product, next2, c, sum);
                        sum = v3.Multiply(product, next3, c, sum);
                    }

                    TLanes.Store(sum, ref current, column + c);
                }
            }

            scratch = scratch.From(RowsOf<TBand>() * Width);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nuint RowsOf<TBand>()
        where TBand : struct => typeof(TBand) == typeof(FourRows) ? BandRows : 1;

    /// <summary>The largest factors of the steps of a panel's devices.</summary>
    internal readonly LargestSteps StepsOf<TLanes>(PanelColumns columns)
        where TLanes : struct, ILanes<TLanes> => new()
        {
            Rate = columns.LargestRate<TLanes>(),
            Count = typeof(TCounts) == typeof(ContinuousPulses) ? 0f
                : typeof(TCounts) == typeof(CoincidentPulses) ? Streams.Length
                : columns.LargestCount<TLanes>(),
        };

    /// <summary>The form that holds for some rows. Products round monotonically, so no device exceeds what the largest factors give.</summary>
    private readonly StepForm FormOf(LargestSteps steps, nuint k, nuint end)
    {
        StepForm form = FormOf(steps, LargestTrace);
        if (form == StepForm.Small || typeof(TCounts) == typeof(CoincidentPulses))
        {
            return form;
        }

        float trace = List.Trace(k);
        while (++k < end)
        {
            trace = MathF.Max(trace, List.Trace(k));
        }

        return FormOf(steps, trace);
    }

    private static StepForm FormOf(LargestSteps steps, float largestTrace)
    {
        // No stream has more pulses than bits, and no count is rounded up by more than one.
        float count = typeof(TCounts) == typeof(ContinuousPulses) ? largestTrace
            : typeof(TCounts) == typeof(CoincidentPulses) ? steps.Count
            : MathF.FusedMultiplyAdd(largestTrace, steps.Count, 1f);
        float drive = steps.Rate * count;
        return drive <= TDevice.SmallLimit ? StepForm.Small : drive <= TDevice.MediumLimit ? StepForm.Medium : StepForm.Any;
    }

    private enum StepForm
    {
        Small,
        Medium,
        Any,
    }
}

/// <summary>The largest factors of the steps of a panel's devices.</summary>
internal readonly struct LargestSteps
{
    /// <summary>|rate| of a column.</summary>
    internal float Rate { get; init; }

    /// <summary>Pulses of a column per unit trace, or of a stream; not used for continuous pulses, which the rate holds.</summary>
    internal float Count { get; init; }
}
