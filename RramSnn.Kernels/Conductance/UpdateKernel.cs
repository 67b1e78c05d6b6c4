using System.Runtime.CompilerServices;
using RramSnn.Kernels.Crossbar;
using RramSnn.Kernels.Random;
using RramSnn.Kernels.Simd;

namespace RramSnn.Kernels.Conductance;

/// <summary>The one body of all row-sparse updates: specialised by device model, pulse counts and vector width.</summary>
/// <remarks>
/// A panel's column constants are worked out once and stay in L1 while the active rows stream by. Four bundles of columns,
/// 32 apart, share one block of random numbers: counter c gives its four words to columns c, 32 + c, 64 + c and 96 + c.
/// </remarks>
internal ref struct UpdateKernel<TDevice, TCounts> : IVectorKernel
    where TDevice : struct, IDeviceModel
    where TCounts : struct, IPulseCounts
{
    private const int Quarter = CrossbarLayout.PanelWidth / 4;

    internal TDevice Device;
    internal ref float State;
    internal ref readonly int Rows;
    internal ref readonly float Traces;
    internal nuint ActiveCount;
    internal float TraceSum;
    internal nuint PanelLength;
    internal ref readonly float Wish;
    internal nuint PaddedColumns;
    internal PolarityGain Gain;
    internal RandomStream Stream;
    internal uint FirstPanel;
    internal ref float Pulses;
    internal ref float Writes;

    public readonly void Run<TLanes>()
        where TLanes : struct, ILanes<TLanes>
    {
        uint panel = FirstPanel;
        ref float state = ref State;
        for (nuint column = 0; column < PaddedColumns; column += CrossbarLayout.PanelWidth, panel++)
        {
            Panel<TLanes>(ref state, column, panel * Quarter);
            state = ref Unsafe.Add(ref state, PanelLength);
        }
    }

    private readonly void Panel<TLanes>(ref float state, nuint column, uint firstElement)
        where TLanes : struct, ILanes<TLanes>
    {
        PanelColumns columns = default;
        Prepare<TLanes>(ref columns, column);
        float largestRate = columns.Rate.LargestMagnitude();
        float largestCount = TCounts.AreExact ? 0f : columns.Magnitude.LargestMagnitude();
        for (nuint k = 0; k < ActiveCount; k++)
        {
            nuint row = (nuint)(uint)Unsafe.Add(ref Unsafe.AsRef(in Rows), k);
            float trace = Unsafe.Add(ref Unsafe.AsRef(in Traces), k);
            ref float cells = ref Unsafe.Add(ref state, row * CrossbarLayout.PanelWidth);

            // Products round monotonically, so no device of the row exceeds what the largest factors give.
            float largest = largestRate * (TCounts.AreExact ? trace : MathF.FusedMultiplyAdd(trace, largestCount, 1f));
            if (largest <= TDevice.SmallLimit)
            {
                Row<TLanes, SmallChange>(ref cells, ref columns, column, (uint)row, firstElement, trace);
            }
            else
            {
                LargeChangeRow<TLanes>(ref cells, ref columns, column, (uint)row, firstElement, trace);
            }
        }
    }

    /// <summary>The rarer form, kept out of line: both forms together exceed what the JIT is willing to inline into one method.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private readonly void LargeChangeRow<TLanes>(ref float cells, ref PanelColumns columns, nuint column, uint row, uint firstElement, float trace)
        where TLanes : struct, ILanes<TLanes> =>
        Row<TLanes, AnyChange>(ref cells, ref columns, column, row, firstElement, trace);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void Row<TLanes, TChange>(ref float cells, ref PanelColumns columns, nuint column, uint row, uint firstElement, float trace)
        where TLanes : struct, ILanes<TLanes>
        where TChange : struct, IChange
    {
        TLanes traces = TLanes.Broadcast(trace);
        ref float pulses = ref Unsafe.Add(ref Pulses, column);
        ref float writes = ref Unsafe.Add(ref Writes, column);
        TDevice device = Device;
        for (nuint c = 0; c < Quarter; c += (nuint)TLanes.Count)
        {
            TCounts.Draw(Stream.At(row), firstElement + (uint)c, out TLanes r0, out TLanes r1, out TLanes r2, out TLanes r3);
            Write<TLanes, TChange>(device, ref cells, ref columns, c, traces, r0, ref pulses, ref writes);
            Write<TLanes, TChange>(device, ref cells, ref columns, Quarter + c, traces, r1, ref pulses, ref writes);
            Write<TLanes, TChange>(device, ref cells, ref columns, (2 * Quarter) + c, traces, r2, ref pulses, ref writes);
            Write<TLanes, TChange>(device, ref cells, ref columns, (3 * Quarter) + c, traces, r3, ref pulses, ref writes);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Write<TLanes, TChange>(TDevice device, ref float cells, ref PanelColumns columns, nuint column, TLanes trace, TLanes random, ref float pulses, ref float writes)
        where TLanes : struct, ILanes<TLanes>
        where TChange : struct, IChange
    {
        TLanes count = trace;
        if (!TCounts.AreExact)
        {
            count = TCounts.Count(trace, TLanes.Load(in columns.Magnitude.First, column), random);
            TLanes written = TLanes.Broadcast(1f) & TLanes.GreaterThan(count, TLanes.Broadcast(0f));
            TLanes.Store(TLanes.Load(in pulses, column) + count, ref pulses, column);
            TLanes.Store(TLanes.Load(in writes, column) + written, ref writes, column);
        }

        TLanes state = TLanes.Load(in cells, column);
        TLanes rate = TLanes.Load(in columns.Rate.First, column);
        TLanes target = TLanes.Load(in columns.Target.First, column);
        TLanes next = TChange.IsSmall ? device.AdvanceSmall(state, count, rate, target) : device.Advance(state, count, rate, target);
        TLanes.Store(next, ref cells, column);
    }

    private readonly void Prepare<TLanes>(ref PanelColumns columns, nuint column)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes zero = TLanes.Broadcast(0f);
        for (nuint c = 0; c < CrossbarLayout.PanelWidth; c += (nuint)TLanes.Count)
        {
            TLanes wish = TLanes.Load(in Wish, column + c);
            TLanes gain = TLanes.Select(TLanes.GreaterThan(zero, wish), TLanes.Broadcast(Gain.ForDecrease), TLanes.Broadcast(Gain.ForIncrease));
            TLanes wished = wish * gain;
            TLanes magnitude = TLanes.Abs(wished);
            Device.Drive(TCounts.PerUnit(wished), out TLanes rate, out TLanes target);
            TLanes.Store(rate, ref columns.Rate.First, c);
            TLanes.Store(target, ref columns.Target.First, c);
            TLanes.Store(magnitude, ref columns.Magnitude.First, c);
            if (TCounts.AreExact)
            {
                // Every active device of the column gets trace · magnitude: the sums need no look at the devices.
                TLanes rows = TLanes.Select(TLanes.GreaterThan(magnitude, zero), TLanes.Broadcast((float)ActiveCount), zero);
                TLanes pulses = TLanes.FusedMultiplyAdd(magnitude, TLanes.Broadcast(TraceSum), TLanes.Load(in Pulses, column + c));
                TLanes.Store(pulses, ref Pulses, column + c);
                TLanes.Store(TLanes.Load(in Writes, column + c) + rows, ref Writes, column + c);
            }
        }
    }

    /// <summary>Which form of the device's law a row needs.</summary>
    private interface IChange
    {
        static abstract bool IsSmall { get; }
    }

    private readonly struct SmallChange : IChange
    {
        public static bool IsSmall => true;
    }

    private readonly struct AnyChange : IChange
    {
        public static bool IsSmall => false;
    }
}
