using System.Runtime.CompilerServices;
using RramSnn.Kernels.Crossbar;
using RramSnn.Kernels.Random;
using RramSnn.Kernels.Simd;

namespace RramSnn.Kernels.Conductance;

/// <summary>The one body of all row-sparse updates: specialised by device model, pulse rule, pulse counts and vector width.</summary>
/// <remarks>
/// A panel's column constants are worked out once and stay in L1 while the active rows stream by. Four bundles of columns,
/// 32 apart, share one block of random numbers: counter c gives its four words to columns c, 32 + c, 64 + c and 96 + c.
/// </remarks>
internal ref struct UpdateKernel<TDevice, TRule, TCounts> : IVectorKernel
    where TDevice : struct, IDeviceModel
    where TRule : struct, IPulseRule
    where TCounts : struct, IPulseCounts
{
    private const int Quarter = CrossbarLayout.PanelWidth / 4;

    internal TDevice Device;
    internal TRule Rule;
    internal ref float State;
    internal ref readonly int Rows;
    internal ref readonly float Traces;
    internal nuint ActiveCount;
    internal float TraceSum;
    internal nuint PanelLength;
    internal ref readonly float Wish;
    internal nuint PaddedColumns;
    internal RandomStream Stream;
    internal uint FirstPanel;
    internal ref float Pulses;
    internal ref float Writes;
    internal ref float Reads;

    /// <summary>Whether every device of a column gets its trace times one number, so that the column's sums are known beforehand.</summary>
    private static bool IsProportional
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => TCounts.AreExact && !TRule.ReadsState;
    }

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
        float largestCount = IsProportional ? 0f : columns.Magnitude.LargestMagnitude();
        for (nuint k = 0; k < ActiveCount; k++)
        {
            nuint row = (nuint)(uint)Unsafe.Add(ref Unsafe.AsRef(in Rows), k);
            float trace = Unsafe.Add(ref Unsafe.AsRef(in Traces), k);
            ref float cells = ref Unsafe.Add(ref state, row * CrossbarLayout.PanelWidth);
            if (TRule.ReadsState)
            {
                ReadingRow<TLanes>(ref cells, column, (uint)row, firstElement, trace);
                continue;
            }

            // Products round monotonically, so no device of the row exceeds what the largest factors give.
            float largest = largestRate * (IsProportional ? trace : MathF.FusedMultiplyAdd(trace, largestCount, 1f));
            if (largest <= TDevice.SmallLimit)
            {
                Row<TLanes, SmallWrite>(ref cells, ref columns, column, (uint)row, firstElement, trace);
            }
            else
            {
                LargeRow<TLanes>(ref cells, ref columns, column, (uint)row, firstElement, trace);
            }
        }
    }

    // The rarer forms are kept out of line: all together exceed what the JIT is willing to inline into one method, and a call
    // that is left in the lane loop costs a factor of five.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private readonly void LargeRow<TLanes>(ref float cells, ref PanelColumns columns, nuint column, uint row, uint firstElement, float trace)
        where TLanes : struct, ILanes<TLanes> =>
        Row<TLanes, AnyWrite>(ref cells, ref columns, column, row, firstElement, trace);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void Row<TLanes, TWrite>(ref float cells, ref PanelColumns columns, nuint column, uint row, uint firstElement, float trace)
        where TLanes : struct, ILanes<TLanes>
        where TWrite : struct, IWrite
    {
        TLanes traces = TLanes.Broadcast(trace);
        for (nuint c = 0; c < Quarter; c += (nuint)TLanes.Count)
        {
            TCounts.Draw(Stream.At(row), firstElement + (uint)c, out TLanes r0, out TLanes r1, out TLanes r2, out TLanes r3);
            Write<TLanes, TWrite>(ref cells, ref columns, column, c, traces, r0);
            Write<TLanes, TWrite>(ref cells, ref columns, column, Quarter + c, traces, r1);
            Write<TLanes, TWrite>(ref cells, ref columns, column, (2 * Quarter) + c, traces, r2);
            Write<TLanes, TWrite>(ref cells, ref columns, column, (3 * Quarter) + c, traces, r3);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void Write<TLanes, TWrite>(ref float cells, ref PanelColumns columns, nuint firstColumn, nuint column, TLanes trace, TLanes random)
        where TLanes : struct, ILanes<TLanes>
        where TWrite : struct, IWrite
    {
        TLanes count = trace;
        if (!IsProportional)
        {
            count = TCounts.Count(trace, TLanes.Load(in columns.Magnitude.First, column), random);
            Count(firstColumn + column, count);
        }

        TLanes state = TLanes.Load(in cells, column);
        TLanes rate = TLanes.Load(in columns.Rate.First, column);
        TLanes target = TLanes.Load(in columns.Target.First, column);
        TLanes next = TWrite.IsSmall ? Device.AdvanceSmall(state, count, rate, target) : Device.Advance(state, count, rate, target);
        TLanes.Store(next, ref cells, column);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private readonly void ReadingRow<TLanes>(ref float cells, nuint column, uint row, uint firstElement, float trace)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes traces = TLanes.Broadcast(trace);
        for (nuint c = 0; c < Quarter; c += (nuint)TLanes.Count)
        {
            TCounts.Draw(Stream.At(row), firstElement + (uint)c, out TLanes r0, out TLanes r1, out TLanes r2, out TLanes r3);
            ReadAndWrite(ref cells, column, c, traces, r0);
            ReadAndWrite(ref cells, column, Quarter + c, traces, r1);
            ReadAndWrite(ref cells, column, (2 * Quarter) + c, traces, r2);
            ReadAndWrite(ref cells, column, (3 * Quarter) + c, traces, r3);
        }
    }

    private readonly void ReadAndWrite<TLanes>(ref float cells, nuint firstColumn, nuint column, TLanes trace, TLanes random)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes state = TLanes.Load(in cells, column);
        TLanes pulses = Rule.Pulses(TLanes.Load(in Wish, firstColumn + column) * trace, state);
        TLanes count = TCounts.Count(TLanes.Broadcast(1f), TLanes.Abs(pulses), random);
        Count(firstColumn + column, count);
        Device.Drive(SignOf(pulses), out TLanes rate, out TLanes target);
        TLanes.Store(Device.Advance(state, count, rate, target), ref cells, column);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void Count<TLanes>(nuint column, TLanes count)
        where TLanes : struct, ILanes<TLanes>
    {
        Add(ref Pulses, column, count);
        Add(ref Writes, column, TLanes.Broadcast(1f) & TLanes.GreaterThan(count, TLanes.Broadcast(0f)));
    }

    private readonly void Prepare<TLanes>(ref PanelColumns columns, nuint column)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes zero = TLanes.Broadcast(0f);
        TLanes rows = TLanes.Broadcast((float)ActiveCount);
        for (nuint c = 0; c < CrossbarLayout.PanelWidth; c += (nuint)TLanes.Count)
        {
            TLanes wish = TLanes.Load(in Wish, column + c);
            if (TRule.ReadsState)
            {
                // Every device of an active word line is read where its bit line wishes a change.
                Add(ref Reads, column + c, rows & TLanes.NotEqual(wish, zero));
                continue;
            }

            TLanes pulses = Rule.Pulses(wish, zero);
            TLanes magnitude = TLanes.Abs(pulses);
            Device.Drive(IsProportional ? pulses : SignOf(pulses), out TLanes rate, out TLanes target);
            TLanes.Store(rate, ref columns.Rate.First, c);
            TLanes.Store(target, ref columns.Target.First, c);
            TLanes.Store(magnitude, ref columns.Magnitude.First, c);
            if (IsProportional)
            {
                // Every active device of the column gets trace · magnitude: the sums need no look at the devices.
                Add(ref Pulses, column + c, magnitude * TLanes.Broadcast(TraceSum));
                Add(ref Writes, column + c, rows & TLanes.GreaterThan(magnitude, zero));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add<TLanes>(ref float counter, nuint column, TLanes amount)
        where TLanes : struct, ILanes<TLanes> =>
        TLanes.Store(TLanes.Load(in counter, column) + amount, ref counter, column);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes SignOf<TLanes>(TLanes pulses)
        where TLanes : struct, ILanes<TLanes> =>
        TLanes.Select(TLanes.GreaterThan(TLanes.Broadcast(0f), pulses), TLanes.Broadcast(-1f), TLanes.Broadcast(1f));

    /// <summary>Which form of the device's law a row needs.</summary>
    private interface IWrite
    {
        static abstract bool IsSmall { get; }
    }

    private readonly struct SmallWrite : IWrite
    {
        public static bool IsSmall => true;
    }

    private readonly struct AnyWrite : IWrite
    {
        public static bool IsSmall => false;
    }
}
