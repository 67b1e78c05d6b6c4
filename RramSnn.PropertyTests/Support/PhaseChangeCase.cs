using RramSnn.Kernels.Conductance;
using RramSnn.Kernels.Crossbar;
using RramSnn.Kernels.Random;

namespace RramSnn.PropertyTests.Support;

/// <summary>An array of phase-change devices with traces and wishes of both signs, drawn from a seed.</summary>
internal sealed class PhaseChangeCase(int rows, int columns, int seed, float gain = 8f)
{
    internal static PhaseChange Device => PhaseChange.Nandakumar();

    internal CrossbarLayout Layout { get; } = new(rows, columns);

    internal PolarityGain Rule { get; } = new(gain, gain / 2);

    internal RandomStream Stream { get; } = new((ulong)seed, 9, 3, 1);

    internal float[] State { get; init; } = Numbers.Sparse(0f, 1f, 0.1, new CrossbarLayout(rows, columns).Length, seed);

    internal float[] Memory { get; init; } = Numbers.Between(0f, 1f, new CrossbarLayout(rows, columns).Length, seed + 1);

    internal float[] Wish { get; init; } = Numbers.Sparse(-0.4f, 0.4f, 0.2, new CrossbarLayout(rows, columns).PaddedColumns, seed + 2);

    internal float[] Trace { get; init; } = Numbers.Sparse(0f, 1.5f, 0.3, (rows + 15) / 16 * 16, seed + 3);

    internal float[] Counters { get; } = new float[3 * new CrossbarLayout(rows, columns).PaddedColumns];

    internal ActiveRows Active => ActiveRows.FromTrace(Trace, Layout.Rows, new int[Trace.Length], new float[Trace.Length]);

    internal float[] Result => [.. State, .. Memory, .. Counters];

    /// <summary>The standard normal number that a device makes of a random word, by the exact inverse of the distribution.</summary>
    internal static double Normal(uint bits)
    {
        double probability = ((bits >> 7 & 0x00FF_FFFFu) | 0x100u) / 33554432.0;
        return (bits >> 31 == 0 ? -1 : 1) * DoubleFunctions.InverseNormal(probability);
    }

    internal PhaseChangeCase Set()
    {
        ConductanceKernels.Set(Device, Rule, State, Memory, Active, Wish, Stream, 0, CountersOf(0..Layout.PaddedColumns));
        return this;
    }

    /// <summary>One panel alone.</summary>
    internal void SetPanel(int panel)
    {
        Range cells = (panel * Layout.PanelLength)..((panel + 1) * Layout.PanelLength);
        Range bitLines = (panel * CrossbarLayout.PanelWidth)..((panel + 1) * CrossbarLayout.PanelWidth);
        ConductanceKernels.Set(
            Device, Rule, State.AsSpan()[cells], Memory.AsSpan()[cells], Active, Wish.AsSpan()[bitLines], Stream, panel, CountersOf(bitLines));
    }

    internal PhaseChangeCase SetAt(int width)
    {
        if (Active.Count == 0)
        {
            return this;
        }

        PulseCounters counters = CountersOf(0..Layout.PaddedColumns);
        CellHash.Of(Stream, out CellHash rounding, out CellHash steps);
        Widths.Run(width, new SetKernel<PolarityGain>
        {
            Device = Device,
            Rule = Rule,
            State = ref State[0],
            Memory = ref Memory[0],
            List = new(Active),
            PanelLength = (nuint)Layout.PanelLength,
            Wish = ref Wish[0],
            PaddedColumns = (nuint)Layout.PaddedColumns,
            Rounding = rounding,
            Steps = steps,
            FirstPanel = 0,
            Pulses = ref counters.Pulses[0],
            Writes = ref counters.Writes[0],
            Reads = ref counters.Reads[0],
        });
        return this;
    }

    private PulseCounters CountersOf(Range columns) => new(
        Counters.AsSpan(0, Layout.PaddedColumns)[columns],
        Counters.AsSpan(Layout.PaddedColumns, Layout.PaddedColumns)[columns],
        Counters.AsSpan(2 * Layout.PaddedColumns, Layout.PaddedColumns)[columns]);
}
