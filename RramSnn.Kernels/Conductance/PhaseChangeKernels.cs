using System.Runtime.CompilerServices;
using RramSnn.Kernels.Crossbar;
using RramSnn.Kernels.Random;
using RramSnn.Kernels.Simd;

namespace RramSnn.Kernels.Conductance;

/// <summary>SET pulses of an array of phase-change devices.</summary>
internal ref struct SetKernel<TRule> : IVectorKernel
    where TRule : struct, IPulseRule
{
    private const int Width = CrossbarLayout.PanelWidth;

    internal PhaseChange Device;
    internal TRule Rule;
    internal ref float State;
    internal ref float Memory;
    internal RowList List;
    internal nuint PanelLength;
    internal ref readonly float Wish;
    internal nuint PaddedColumns;
    internal CellHash Rounding;
    internal CellHash Steps;
    internal uint FirstPanel;
    internal ref float Pulses;
    internal ref float Writes;
    internal ref float Reads;

    public readonly void Run<TLanes>()
        where TLanes : struct, ILanes<TLanes>
    {
        nuint start = 0;
        for (nuint column = 0; column < PaddedColumns; column += Width, start += PanelLength)
        {
            for (nuint k = 0; k < List.Count; k++)
            {
                Row<TLanes>(start, column, k);
            }
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private readonly void Row<TLanes>(nuint start, nuint column, nuint k)
        where TLanes : struct, ILanes<TLanes>
    {
        TRule rule = Rule;
        uint row = List.Row(k);
        nuint cells = start + List.Offset(k);
        TLanes trace = TLanes.Broadcast(List.Trace(k));
        RowHash<TLanes> rounding = Rounding.Row<TLanes>(row);
        RowHash<TLanes> steps = Steps.Row<TLanes>(row);
        TLanes zero = TLanes.Broadcast(0f);
        TLanes one = TLanes.Broadcast(1f);
        TLanes index = TLanes.AddInteger(TLanes.BroadcastInteger((FirstPanel * Width) + (uint)column), TLanes.LaneIndex);
        for (nuint c = 0; c < Width; c += (nuint)TLanes.Count)
        {
            TLanes wish = TLanes.Load(in Wish, column + c);
            TLanes factor = trace;
            if (TRule.ReadsState)
            {
                wish *= trace;
                factor = one;
                PulseCounters.Add(ref Reads, column + c, one & TLanes.NotEqual(wish, zero));
            }

            TLanes wished = TLanes.Max(rule.Pulses(wish, TRule.ReadsState ? TLanes.Load(in State, cells + c) : zero), zero);
            TLanes count = TLanes.Min(
                StochasticPulses.Count(factor, wished, rounding.Words(index)), TLanes.Broadcast(ConductanceKernels.LargestSetCount));
            TLanes isWritten = TLanes.GreaterThan(count, zero);
            if (TLanes.BitsFromMask(isWritten) != 0)
            {
                Write(cells + c, count, index, steps);
                PulseCounters.Add(ref Pulses, column + c, count);
                PulseCounters.Add(ref Writes, column + c, one & isWritten);
            }

            index = TLanes.AddInteger(index, TLanes.BroadcastInteger((uint)TLanes.Count));
        }
    }

    private readonly void Write<TLanes>(nuint cells, TLanes count, TLanes index, RowHash<TLanes> steps)
        where TLanes : struct, ILanes<TLanes>
    {
        PhaseChange device = Device;
        TLanes state = TLanes.Load(in State, cells);
        TLanes memory = TLanes.Load(in Memory, cells);
        device.Pulses(ref state, ref memory, count, index, steps);
        TLanes.Store(state, ref State, cells);
        TLanes.Store(memory, ref Memory, cells);
    }
}

/// <summary>RESET of a run of rows of phase-change devices.</summary>
internal ref struct ResetKernel : IVectorKernel
{
    private const int Width = CrossbarLayout.PanelWidth;

    internal PhaseChange Device;
    internal ref float State;
    internal ref float Memory;
    internal nuint PanelLength;
    internal uint FirstRow;
    internal uint EndRow;
    internal nuint Columns;
    internal nuint PaddedColumns;
    internal CellHash Noise;
    internal uint FirstPanel;

    public readonly void Run<TLanes>()
        where TLanes : struct, ILanes<TLanes>
    {
        nuint start = 0;
        for (nuint column = 0; column < PaddedColumns; column += Width, start += PanelLength)
        {
            for (uint row = FirstRow; row < EndRow; row++)
            {
                Row<TLanes>(start + (row * (nuint)Width), column, row);
            }
        }
    }

    private readonly void Row<TLanes>(nuint cells, nuint column, uint row)
        where TLanes : struct, ILanes<TLanes>
    {
        RowHash<TLanes> hash = Noise.Row<TLanes>(row);
        TLanes end = TLanes.BroadcastInteger((uint)Columns);
        TLanes place = TLanes.AddInteger(TLanes.BroadcastInteger((uint)column), TLanes.LaneIndex);
        TLanes first = TLanes.BroadcastInteger(FirstPanel * Width);
        for (nuint c = 0; c < Width; c += (nuint)TLanes.Count)
        {
            TLanes isDevice = TLanes.LessThanInteger(place, end);
            TLanes.Store(isDevice & Device.AfterReset(hash.Words(TLanes.AddInteger(first, place))), ref State, cells + c);
            TLanes.Store(isDevice & TLanes.Broadcast(1f), ref Memory, cells + c);
            place = TLanes.AddInteger(place, TLanes.BroadcastInteger((uint)TLanes.Count));
        }
    }
}

/// <summary>RESET and SET pulses for phase-change devices of one row.</summary>
internal ref struct RewriteKernel : IVectorKernel
{
    private const int Width = CrossbarLayout.PanelWidth;

    internal PhaseChange Device;
    internal ref float State;
    internal ref float Memory;
    internal nuint PanelLength;
    internal uint RowIndex;
    internal ref readonly float Counts;
    internal nuint PaddedColumns;
    internal CellHash Resets;
    internal CellHash Steps;
    internal uint FirstPanel;

    public readonly void Run<TLanes>()
        where TLanes : struct, ILanes<TLanes>
    {
        PhaseChange device = Device;
        RowHash<TLanes> resets = Resets.Row<TLanes>(RowIndex);
        RowHash<TLanes> steps = Steps.Row<TLanes>(RowIndex);
        TLanes index = TLanes.AddInteger(TLanes.BroadcastInteger(FirstPanel * Width), TLanes.LaneIndex);
        for (nuint column = 0; column < PaddedColumns; column += (nuint)TLanes.Count)
        {
            TLanes count = TLanes.Load(in Counts, column);
            TLanes isRewritten = TLanes.GreaterThanOrEqual(count, TLanes.Broadcast(0f));
            if (TLanes.BitsFromMask(isRewritten) != 0)
            {
                nuint cells = (column / Width * PanelLength) + (RowIndex * (nuint)Width) + (column % Width);
                TLanes state = TLanes.Select(isRewritten, device.AfterReset(resets.Words(index)), TLanes.Load(in State, cells));
                TLanes memory = TLanes.Select(isRewritten, TLanes.Broadcast(1f), TLanes.Load(in Memory, cells));
                device.Pulses(ref state, ref memory, TLanes.Min(count, TLanes.Broadcast(ConductanceKernels.LargestSetCount)), index, steps);
                TLanes.Store(state, ref State, cells);
                TLanes.Store(memory, ref Memory, cells);
            }

            index = TLanes.AddInteger(index, TLanes.BroadcastInteger((uint)TLanes.Count));
        }
    }
}
