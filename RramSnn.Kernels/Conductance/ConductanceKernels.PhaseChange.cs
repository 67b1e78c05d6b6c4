using System.Runtime.InteropServices;
using RramSnn.Kernels.Crossbar;
using RramSnn.Kernels.Random;
using RramSnn.Kernels.Simd;

namespace RramSnn.Kernels.Conductance;

public static partial class ConductanceKernels
{
    /// <summary>The most SET pulses that one call gives a device; wishes for more are cut off there.</summary>
    public const int LargestSetCount = 4096;

    /// <summary>Bit lines of a whole array of phase-change devices at most.</summary>
    public const int LargestPhaseChangeColumns = 1 << 20;

    /// <summary>
    /// Applies SET pulses to every phase-change device (i, j) whose word line i is active, for a wished change of traceᵢ · wishⱼ: whole pulses by
    /// stochastic rounding (<see cref="StochasticPulses"/>), at most <see cref="LargestSetCount"/>.
    /// </summary>
    /// <typeparam name="TRule">How many pulses a wish means. No pulse depresses such a device: numbers below 0 count as 0.</typeparam>
    /// <param name="device">Parameters of the device.</param>
    /// <param name="rule">Parameters of the rule.</param>
    /// <param name="state">Normalised states u in [0, 1] of a run of whole panels (<see cref="CrossbarLayout"/>); updated in place.</param>
    /// <param name="memory">The devices' memories p in [0, 1], in the same places; updated in place.</param>
    /// <param name="active">Word lines whose trace is not zero; traces are never negative. Others are not touched.</param>
    /// <param name="wish">Wished weight change per unit trace of each bit line of these panels; finite.</param>
    /// <param name="stream">Names the random numbers of this array and step: for rounding, and for the steps.</param>
    /// <param name="firstPanel">Index of the first panel of the run within the whole matrix.</param>
    /// <param name="counters">What was done is added here, per bit line.</param>
    /// <remarks>
    /// Every device is programmed by itself, so panels may be split over threads in any way. Pulse k of a device draws the word of column + k 2²⁰ of the
    /// row, so the pulses of all devices draw independently.
    /// </remarks>
    /// <exception cref="ArgumentException">A length does not fit, or spans overlap.</exception>
    public static void Set<TRule>(
        PhaseChange device,
        TRule rule,
        Span<float> state,
        Span<float> memory,
        in ActiveRows active,
        ReadOnlySpan<float> wish,
        RandomStream stream,
        int firstPanel,
        PulseCounters counters)
        where TRule : struct, IPulseRule
    {
        Check(state, active, wish, firstPanel, counters);
        CheckPlanes(state, memory, wish.Length, firstPanel);
        KernelThrow.IfOverlap(wish, memory, nameof(memory));
        active.CheckApart(memory, nameof(memory));
        counters.CheckApart<float>(memory);
        if (rule.IsZero || active.Count == 0)
        {
            return;
        }

        CellHash.Of(stream, out CellHash rounding, out CellHash steps);
        SetKernel<TRule> kernel = default;
        kernel.Device = device;
        kernel.Rule = rule;
        kernel.State = ref MemoryMarshal.GetReference(state);
        kernel.Memory = ref MemoryMarshal.GetReference(memory);
        kernel.List = new(active);
        kernel.PanelLength = (nuint)active.RowCount * CrossbarLayout.PanelWidth;
        kernel.Wish = ref MemoryMarshal.GetReference(wish);
        kernel.PaddedColumns = (nuint)wish.Length;
        kernel.Rounding = rounding;
        kernel.Steps = steps;
        kernel.FirstPanel = (uint)firstPanel;
        kernel.Pulses = ref MemoryMarshal.GetReference(counters.Pulses);
        kernel.Writes = ref MemoryMarshal.GetReference(counters.Writes);
        kernel.Reads = ref MemoryMarshal.GetReference(counters.Reads);
        VectorDispatch.Run(ref kernel);
    }

    /// <summary>RESET of all phase-change devices of a run of rows: u ← min(σ_R |ξ|, 1), p ← 1. Padding keeps its zeros.</summary>
    /// <param name="device">Parameters of the device.</param>
    /// <param name="state">Normalised states of a run of whole panels; updated in place.</param>
    /// <param name="memory">The devices' memories, in the same places; updated in place.</param>
    /// <param name="rowCount">Word lines of the array.</param>
    /// <param name="rows">Word lines to reset.</param>
    /// <param name="columns">Bit lines of this run without padding.</param>
    /// <param name="stream">Names the random numbers of this array and step.</param>
    /// <param name="firstPanel">Index of the first panel of the run within the whole matrix.</param>
    /// <exception cref="ArgumentException">A length does not fit, or spans overlap.</exception>
    public static void Reset(
        PhaseChange device, Span<float> state, Span<float> memory, int rowCount, Range rows, int columns, RandomStream stream, int firstPanel)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(firstPanel);
        CrossbarLayout layout = new(rowCount, columns);
        KernelThrow.IfLengthDiffers(state.Length, layout.Length, nameof(state));
        CheckPlanes(state, memory, layout.PaddedColumns, firstPanel);
        (int first, int count) = rows.GetOffsetAndLength(rowCount);
        CellHash.Of(stream, out _, out CellHash noise);
        ResetKernel kernel = default;
        kernel.Device = device;
        kernel.State = ref MemoryMarshal.GetReference(state);
        kernel.Memory = ref MemoryMarshal.GetReference(memory);
        kernel.PanelLength = (nuint)layout.PanelLength;
        kernel.FirstRow = (uint)first;
        kernel.EndRow = (uint)(first + count);
        kernel.Columns = (nuint)columns;
        kernel.PaddedColumns = (nuint)layout.PaddedColumns;
        kernel.Noise = noise;
        kernel.FirstPanel = (uint)firstPanel;
        VectorDispatch.Run(ref kernel);
    }

    /// <summary>RESET of phase-change devices of one word line, and then SET pulses: each device of the row starts afresh, or is left alone.</summary>
    /// <param name="device">Parameters of the device.</param>
    /// <param name="state">Normalised states of a run of whole panels; updated in place.</param>
    /// <param name="memory">The devices' memories, in the same places; updated in place.</param>
    /// <param name="rowCount">Word lines of the array.</param>
    /// <param name="row">The word line, 0 to <paramref name="rowCount"/> - 1.</param>
    /// <param name="counts">Whole number of SET pulses per bit line of this run, at most <see cref="LargestSetCount"/>; -1 leaves the device alone, and padding must be left alone.</param>
    /// <param name="stream">Names the random numbers of this array and step: for the resets, and for the steps.</param>
    /// <param name="firstPanel">Index of the first panel of the run within the whole matrix.</param>
    /// <exception cref="ArgumentException">A length does not fit, or spans overlap.</exception>
    public static void Rewrite(
        PhaseChange device, Span<float> state, Span<float> memory, int rowCount, int row, ReadOnlySpan<float> counts, RandomStream stream, int firstPanel)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(firstPanel);
        ArgumentOutOfRangeException.ThrowIfNegative(row);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, rowCount);
        KernelThrow.IfNotMultiple(counts.Length, CrossbarLayout.PanelWidth, nameof(counts));
        KernelThrow.IfLengthDiffers(state.Length, (long)rowCount * counts.Length, nameof(state));
        CheckPlanes(state, memory, counts.Length, firstPanel);
        KernelThrow.IfOverlap(counts, state, nameof(state));
        KernelThrow.IfOverlap(counts, memory, nameof(memory));
        CellHash.Of(stream, out CellHash resets, out CellHash steps);
        RewriteKernel kernel = default;
        kernel.Device = device;
        kernel.State = ref MemoryMarshal.GetReference(state);
        kernel.Memory = ref MemoryMarshal.GetReference(memory);
        kernel.PanelLength = (nuint)rowCount * CrossbarLayout.PanelWidth;
        kernel.RowIndex = (uint)row;
        kernel.Counts = ref MemoryMarshal.GetReference(counts);
        kernel.PaddedColumns = (nuint)counts.Length;
        kernel.Resets = resets;
        kernel.Steps = steps;
        kernel.FirstPanel = (uint)firstPanel;
        VectorDispatch.Run(ref kernel);
    }

    private static void CheckPlanes(ReadOnlySpan<float> state, Span<float> memory, int columns, int firstPanel)
    {
        KernelThrow.IfLengthDiffers(memory.Length, state.Length, nameof(memory));
        KernelThrow.IfOverlap(state, memory, nameof(memory));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(((long)firstPanel * CrossbarLayout.PanelWidth) + columns, LargestPhaseChangeColumns, nameof(firstPanel));
    }
}
