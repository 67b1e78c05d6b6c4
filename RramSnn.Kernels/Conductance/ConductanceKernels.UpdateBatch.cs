using System.Runtime.InteropServices;
using RramSnn.Kernels.Crossbar;
using RramSnn.Kernels.Random;
using RramSnn.Kernels.Simd;

namespace RramSnn.Kernels.Conductance;

public static partial class ConductanceKernels
{
    /// <summary>
    /// Mini-batch update: every device (i, j) gets the pulses of one wished change Dᵢⱼ = Σ_b trace_bi · wish_bj, b ascending with one fused
    /// multiply-add each.
    /// </summary>
    /// <typeparam name="TDevice">Device model: the law of the state.</typeparam>
    /// <typeparam name="TRule">How many pulses a wish means.</typeparam>
    /// <typeparam name="TCounts">Continuous pulses, or whole ones by stochastic rounding.</typeparam>
    /// <typeparam name="TNoise">How writes miss the law.</typeparam>
    /// <param name="device">Parameters of the model.</param>
    /// <param name="rule">Parameters of the rule; it is given Dᵢⱼ.</param>
    /// <param name="noise">Parameters of the noise.</param>
    /// <param name="state">Normalised states u in [0, 1] of a run of whole panels (<see cref="CrossbarLayout"/>); updated in place.</param>
    /// <param name="rows">Word lines.</param>
    /// <param name="traces">One row of traces per sample, <paramref name="traceStride"/> apart; finite.</param>
    /// <param name="traceStride">Distance between the rows of <paramref name="traces"/>, at least <paramref name="rows"/>; no multiple of 1024, if speed matters.</param>
    /// <param name="batch">Samples.</param>
    /// <param name="wishes">Wished weight change per unit trace, in the order of <see cref="CrossbarLayout"/>(batch, columns); finite.</param>
    /// <param name="stream">Names the random numbers of this array and step.</param>
    /// <param name="firstPanel">Index of the first panel of the run within the whole matrix.</param>
    /// <param name="counters">What was done is added here, per bit line of the panels.</param>
    /// <remarks>Every device is updated by itself, so panels may be split over threads in any way. NaN is not accepted in traces or wishes.</remarks>
    /// <exception cref="ArgumentException">A length does not fit, or spans overlap.</exception>
    public static void UpdateBatch<TDevice, TRule, TCounts, TNoise>(
        TDevice device,
        TRule rule,
        TNoise noise,
        Span<float> state,
        int rows,
        ReadOnlySpan<float> traces,
        int traceStride,
        int batch,
        ReadOnlySpan<float> wishes,
        RandomStream stream,
        int firstPanel,
        PulseCounters counters)
        where TDevice : struct, IDeviceModel
        where TRule : struct, IPulseRule
        where TCounts : struct, IPulseCounts
        where TNoise : struct, ICycleNoise
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rows);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(batch);
        ArgumentOutOfRangeException.ThrowIfNegative(firstPanel);
        ArgumentOutOfRangeException.ThrowIfLessThan(traceStride, rows);
        KernelThrow.IfShorter(traces.Length, ((batch - 1) * (long)traceStride) + rows, nameof(traces));
        KernelThrow.IfNotMultiple(wishes.Length, (long)batch * CrossbarLayout.PanelWidth, nameof(wishes));
        int columns = wishes.Length / batch;
        KernelThrow.IfLengthDiffers(state.Length, (long)rows * columns, nameof(state));
        KernelThrow.IfOverlap<float, float>(traces, state, nameof(state));
        KernelThrow.IfOverlap<float, float>(wishes, state, nameof(state));
        counters.Check(state, wishes, traces, columns);
        if (rule.IsZero)
        {
            return;
        }

        CellHash rounding = default;
        CellHash cycleNoise = default;
        if (typeof(TCounts) != typeof(ContinuousPulses) || typeof(TNoise) != typeof(NoNoise))
        {
            CellHash.Of(stream, out rounding, out cycleNoise);
        }

        BatchUpdateKernel<TDevice, TRule, TCounts, TNoise> kernel = default;
        kernel.Cells = new(device, rule, noise);
        kernel.State = ref MemoryMarshal.GetReference(state);
        kernel.Rows = (nuint)rows;
        kernel.Traces = ref MemoryMarshal.GetReference(traces);
        kernel.TraceStride = (nuint)traceStride;
        kernel.Batch = (nuint)batch;
        kernel.Wishes = ref MemoryMarshal.GetReference(wishes);
        kernel.PaddedColumns = (nuint)columns;
        kernel.Rounding = rounding;
        kernel.Noise = cycleNoise;
        kernel.FirstPanel = (uint)firstPanel;
        kernel.Pulses = ref MemoryMarshal.GetReference(counters.Pulses);
        kernel.Writes = ref MemoryMarshal.GetReference(counters.Writes);
        kernel.Reads = ref MemoryMarshal.GetReference(counters.Reads);
        VectorDispatch.Run(ref kernel);
    }
}
