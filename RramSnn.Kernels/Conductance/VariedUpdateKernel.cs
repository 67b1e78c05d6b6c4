using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using RramSnn.Kernels.Crossbar;
using RramSnn.Kernels.Random;
using RramSnn.Kernels.Simd;

namespace RramSnn.Kernels.Conductance;

/// <summary>
/// The one body of updates of arrays whose devices differ from each other, or whose wishes do: each device has its own drive, range and
/// history.
/// </summary>
/// <remarks>
/// Nothing is shared by the devices of a bit line any more, so rows come one at a time and always take the law's general form. Without
/// any difference the bits are those of <see cref="UpdateKernel{TDevice, TRule, TCounts, TNoise, TProduct}"/>.
/// </remarks>
internal ref struct VariedUpdateKernel<TDevice, TRule, TCounts, TNoise, TWishes> : IVectorKernel
    where TDevice : struct, IDeviceModel
    where TRule : struct, IPulseRule
    where TCounts : struct, IPulseCounts
    where TNoise : struct, ICycleNoise
    where TWishes : struct
{
    private const int Width = CrossbarLayout.PanelWidth;

    internal CellUpdate<TDevice, TRule, TCounts, TNoise> Cells;
    internal VaryingConstants Constants;
    internal ref float State;
    internal ref readonly float Lower;
    internal ref readonly float Upper;
    internal ref float WriteCounts;
    internal float Intervals;
    internal float Endurance;

    // Outer products only.
    internal RowList List;

    // Wishes by device only: row of the array that the run starts with.
    internal uint FirstRow;
    internal nuint RowCount;
    internal nuint PanelLength;
    internal ref readonly float Wish;
    internal nuint PaddedColumns;
    internal CellHash Rounding;
    internal CellHash Noise;

    // Coincident pulses only.
    internal BitStreams Streams;
    internal uint FirstPanel;
    internal ref float Pulses;
    internal ref float Writes;
    internal ref float Reads;

    public readonly void Run<TLanes>()
        where TLanes : struct, ILanes<TLanes>
    {
        Span<float> streams = stackalloc float[typeof(TCounts) == typeof(CoincidentPulses) ? Width : 1];
        nuint start = 0;
        for (nuint column = 0; column < PaddedColumns; column += Width, start += PanelLength)
        {
            if (typeof(TCounts) == typeof(CoincidentPulses))
            {
                DrawStreams<TLanes>(ref MemoryMarshal.GetReference(streams), column);
            }

            for (nuint k = 0; k < RowCount; k++)
            {
                Row<TLanes>(ref MemoryMarshal.GetReference(streams), start, column, k);
            }
        }
    }

    private readonly void DrawStreams<TLanes>(ref float streams, nuint column)
        where TLanes : struct, ILanes<TLanes>
    {
        for (nuint c = 0; c < Width; c += (nuint)TLanes.Count)
        {
            TLanes magnitude = TLanes.Abs(Cells.PulsesOfColumn(TLanes.Load(in Wish, column + c)));
            TLanes index = TLanes.AddInteger(TLanes.BroadcastInteger((FirstPanel * Width) + (uint)(column + c)), TLanes.LaneIndex);
            TLanes.Store(Streams.OfColumns(index, magnitude), ref streams, c);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private readonly void Row<TLanes>(ref float streams, nuint start, nuint column, nuint k)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes zero = TLanes.Broadcast(0f);
        TLanes one = TLanes.Broadcast(1f);
        LawConstants<TLanes> law = Cells.Constants<TLanes>();
        uint row = typeof(TWishes) == typeof(OuterProduct) ? List.Row(k) : FirstRow + (uint)k;
        nuint first = start + ((typeof(TWishes) == typeof(OuterProduct) ? row : k) * Width);
        TLanes trace = typeof(TWishes) != typeof(OuterProduct) ? one
            : typeof(TCounts) == typeof(CoincidentPulses) ? Streams.OfRow<TLanes>(row, List.Trace(k))
            : TLanes.Broadcast(List.Trace(k));
        RowHash<TLanes> rounding = typeof(TCounts) == typeof(ContinuousPulses) || typeof(TCounts) == typeof(CoincidentPulses)
            ? default
            : Rounding.Row<TLanes>(row);
        RowHash<TLanes> noise = typeof(TNoise) == typeof(NoNoise) ? default : Noise.Row<TLanes>(row);
        uint firstIndex = (FirstPanel * Width) + (uint)column;
        for (nuint c = 0; c < Width; c += (nuint)TLanes.Count)
        {
            nuint cell = first + c;
            TLanes wish = TLanes.Load(in Wish, typeof(TWishes) == typeof(OuterProduct) ? column + c : cell);
            if (typeof(TWishes) != typeof(OuterProduct) && TLanes.BitsFromMask(TLanes.NotEqual(wish, zero)) == 0)
            {
                continue;
            }

            TLanes index = TLanes.AddInteger(TLanes.BroadcastInteger(firstIndex + (uint)c), TLanes.LaneIndex);
            TLanes state = TLanes.Load(in State, cell);
            TLanes roundingBits = typeof(TCounts) == typeof(ContinuousPulses) ? default
                : typeof(TCounts) == typeof(CoincidentPulses) ? TLanes.Load(in streams, c)
                : rounding.Words(index);
            TLanes noiseBits = typeof(TNoise) == typeof(NoNoise) ? default : noise.Words(index);
            DeviceRange<TLanes> range = Range<TLanes>(cell);
            TLanes next = Cells.ByDevice(
                state, range.Inward(state), wish, trace, law, Constants.At(cell), roundingBits, noiseBits, out TLanes count);
            TLanes isWritten = TLanes.GreaterThan(count, zero);
            TLanes.Store(TLanes.Select(isWritten, range.Outward(Hold(next)), state), ref State, cell);
            TLanes written = one & isWritten;
            PulseCounters.Add(ref Pulses, column + c, count);
            PulseCounters.Add(ref Writes, column + c, written);
            if (TRule.ReadsState)
            {
                PulseCounters.Add(ref Reads, column + c, one & TLanes.NotEqual(wish, zero));
            }

            if (!Unsafe.IsNullRef(ref WriteCounts))
            {
                PulseCounters.Add(ref WriteCounts, cell, written);
            }
        }
    }

    /// <summary>The devices' present range: their own, and shrunk by their writes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly DeviceRange<TLanes> Range<TLanes>(nuint cell)
        where TLanes : struct, ILanes<TLanes>
    {
        bool hasRange = !Unsafe.IsNullRef(in Lower);
        TLanes lower = hasRange ? TLanes.Load(in Lower, cell) : TLanes.Broadcast(0f);
        TLanes width = hasRange ? TLanes.Load(in Upper, cell) - lower : TLanes.Broadcast(1f);
        if (Endurance > 0f)
        {
            TLanes limit = TLanes.Broadcast(Endurance);
            TLanes rest = width * (limit / (limit + TLanes.Load(in WriteCounts, cell)));
            lower = TLanes.FusedMultiplyAdd(TLanes.Broadcast(0.5f), width - rest, lower);
            width = rest;
        }

        return new(lower, width);
    }

    /// <summary>The nearest state that the device can hold.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly TLanes Hold<TLanes>(TLanes state)
        where TLanes : struct, ILanes<TLanes>
    {
        if (Intervals == 0f)
        {
            return state;
        }

        TLanes intervals = TLanes.Broadcast(Intervals);
        return TLanes.Floor(TLanes.FusedMultiplyAdd(state, intervals, TLanes.Broadcast(0.5f))) / intervals;
    }
}

/// <summary>The wished change of a device is the product of its word line's trace and its bit line's wish.</summary>
internal readonly struct OuterProduct;

/// <summary>Every device has a wish of its own, in the order of the states; where a whole bundle has none nothing is done.</summary>
internal readonly struct WishPerDevice;

/// <summary>A device's own range [lower, lower + width] within the nominal one.</summary>
internal readonly struct DeviceRange<TLanes>(TLanes lower, TLanes width)
    where TLanes : struct, ILanes<TLanes>
{
    /// <summary>State in the device's own range: 0 at its lower bound, 1 at its upper one, and 0 for a device that is stuck.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal TLanes Inward(TLanes state)
    {
        TLanes zero = TLanes.Broadcast(0f);
        TLanes inward = TLanes.Min(TLanes.Max((state - lower) / width, zero), TLanes.Broadcast(1f));
        return TLanes.Select(TLanes.GreaterThan(width, zero), inward, zero);
    }

    /// <summary>The inverse of <see cref="Inward"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal TLanes Outward(TLanes inward) => TLanes.FusedMultiplyAdd(inward, width, lower);
}
