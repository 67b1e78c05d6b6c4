using System.Runtime.InteropServices;
using RramSnn.Kernels.Crossbar;
using RramSnn.Kernels.Memory;
using RramSnn.Kernels.Random;
using RramSnn.Kernels.Simd;

namespace RramSnn.Kernels.Conductance;

/// <summary>Programs one array of devices with the outer product of word-line traces and bit-line wishes.</summary>
public static partial class ConductanceKernels
{
    /// <summary>Applies pulses to every device (i, j) whose word line i is active, for a wished change of traceᵢ · wishⱼ.</summary>
    /// <typeparam name="TDevice">Device model: the law of the state.</typeparam>
    /// <typeparam name="TRule">How many pulses a wish means.</typeparam>
    /// <typeparam name="TCounts">Continuous pulses, or whole ones by stochastic rounding.</typeparam>
    /// <typeparam name="TNoise">How writes miss the law: <see cref="NoNoise"/> if they do not.</typeparam>
    /// <param name="device">Parameters of the model.</param>
    /// <param name="rule">Parameters of the rule.</param>
    /// <param name="noise">Parameters of the noise.</param>
    /// <param name="state">Normalised states u in [0, 1] of a run of whole panels (<see cref="CrossbarLayout"/>); updated in place.</param>
    /// <param name="active">Word lines whose trace is not zero; traces are never negative. Others are not touched.</param>
    /// <param name="wish">Wished weight change per unit trace of each bit line of these panels; finite.</param>
    /// <param name="stream">Names the random numbers of this array and step (stochastic rounding and noise only).</param>
    /// <param name="firstPanel">Index of the first panel of the run within the whole matrix.</param>
    /// <param name="counters">What was done is added here, per bit line.</param>
    /// <remarks>Every device is updated by itself, so panels may be split over threads in any way. NaN is not accepted in traces or wishes.</remarks>
    /// <exception cref="ArgumentException">A length does not fit, or spans overlap.</exception>
    public static void Update<TDevice, TRule, TCounts, TNoise>(
        TDevice device,
        TRule rule,
        TNoise noise,
        Span<float> state,
        ActiveRows active,
        ReadOnlySpan<float> wish,
        RandomStream stream,
        int firstPanel,
        PulseCounters counters)
        where TDevice : struct, IDeviceModel
        where TRule : struct, IPulseRule
        where TCounts : struct, IPulseCounts
        where TNoise : struct, ICycleNoise
    {
        Check(state, active, wish, firstPanel, counters);
        if (rule.IsZero || active.Count == 0)
        {
            return;
        }

        VectorDispatch.Run(Kernel<TDevice, TRule, TCounts, TNoise, NoProduct>(
            new(device, rule, noise), default, state, active, wish, stream, firstPanel, counters));
    }

    /// <summary>
    /// <see cref="Update"/>, and in the same pass over memory the coming step's product with the states just written, for devices
    /// against a fixed reference: currentⱼ += Σᵢ inputᵢ · (uᵢⱼ - reference), one fused multiply-add per cell, i ascending.
    /// </summary>
    /// <typeparam name="TDevice">Device model: the law of the state.</typeparam>
    /// <typeparam name="TRule">How many pulses a wish means.</typeparam>
    /// <typeparam name="TCounts">Continuous pulses, or whole ones by stochastic rounding.</typeparam>
    /// <typeparam name="TNoise">How writes miss the law.</typeparam>
    /// <param name="device">Parameters of the model.</param>
    /// <param name="rule">Parameters of the rule.</param>
    /// <param name="noise">Parameters of the noise.</param>
    /// <param name="state">Normalised states u in [0, 1] of a run of whole panels (<see cref="CrossbarLayout"/>); updated in place.</param>
    /// <param name="active">Word lines with a trace or a coming input, from <see cref="ActiveRows.FromTraceAndInput"/>.</param>
    /// <param name="wish">Wished weight change per unit trace of each bit line of these panels; finite.</param>
    /// <param name="stream">Names the random numbers of this array and step.</param>
    /// <param name="firstPanel">Index of the first panel of the run within the whole matrix.</param>
    /// <param name="counters">What was done is added here, per bit line.</param>
    /// <param name="reference">State of the fixed reference.</param>
    /// <param name="current">Sums of the bit lines of these panels, in units of the state.</param>
    /// <remarks>
    /// Gives the bits of an update and a dense product one after the other. A word line with an input but no trace keeps its bits and is not counted.
    /// NaN is not accepted in traces or wishes; a NaN input makes NaN of every current.
    /// </remarks>
    /// <exception cref="ArgumentException">A length does not fit, or spans overlap.</exception>
    public static void UpdateAndAccumulate<TDevice, TRule, TCounts, TNoise>(
        TDevice device,
        TRule rule,
        TNoise noise,
        Span<float> state,
        ActiveRows active,
        ReadOnlySpan<float> wish,
        RandomStream stream,
        int firstPanel,
        PulseCounters counters,
        float reference,
        Span<float> current)
        where TDevice : struct, IDeviceModel
        where TRule : struct, IPulseRule
        where TCounts : struct, IPulseCounts
        where TNoise : struct, ICycleNoise
    {
        Check(state, active, wish, firstPanel, counters);
        CheckProduct(state, active, wish, counters, current);
        KernelThrow.IfNotFinite(reference, nameof(reference));
        Fused<TDevice, TRule, TCounts, TNoise, ReferenceProduct>(
            new(device, rule, noise), new(reference), state, active, wish, stream, firstPanel, counters, current);
    }

    /// <summary>
    /// <see cref="Update"/> of the minus array of a pair whose plus array has been updated already, and in the same pass over memory the
    /// coming step's product with the pair: currentⱼ += Σᵢ inputᵢ · (u⁺ᵢⱼ - u⁻ᵢⱼ), one fused multiply-add per cell, i ascending.
    /// </summary>
    /// <typeparam name="TDevice">Device model: the law of the state.</typeparam>
    /// <typeparam name="TRule">How many pulses a wish means.</typeparam>
    /// <typeparam name="TCounts">Continuous pulses, or whole ones by stochastic rounding.</typeparam>
    /// <typeparam name="TNoise">How writes miss the law.</typeparam>
    /// <param name="device">Parameters of the model.</param>
    /// <param name="rule">Parameters of the rule.</param>
    /// <param name="noise">Parameters of the noise.</param>
    /// <param name="minus">Normalised states u⁻ in [0, 1] of a run of whole panels (<see cref="CrossbarLayout"/>); updated in place.</param>
    /// <param name="active">Word lines with a trace or a coming input, from <see cref="ActiveRows.FromTraceAndInput"/>.</param>
    /// <param name="wish">Wished weight change per unit trace of each bit line of these panels; finite.</param>
    /// <param name="stream">Names the random numbers of this array and step.</param>
    /// <param name="firstPanel">Index of the first panel of the run within the whole matrix.</param>
    /// <param name="counters">What was done is added here, per bit line.</param>
    /// <param name="plus">Normalised states u⁺ of the same panels.</param>
    /// <param name="current">Sums of the bit lines of these panels, in units of the state.</param>
    /// <remarks>Gives the bits of an update and a dense product one after the other. Panel by panel the plus array is still in cache when it is read. NaN as for a single array.</remarks>
    /// <exception cref="ArgumentException">A length does not fit, or spans overlap.</exception>
    public static void UpdateAndAccumulate<TDevice, TRule, TCounts, TNoise>(
        TDevice device,
        TRule rule,
        TNoise noise,
        Span<float> minus,
        ActiveRows active,
        ReadOnlySpan<float> wish,
        RandomStream stream,
        int firstPanel,
        PulseCounters counters,
        ReadOnlySpan<float> plus,
        Span<float> current)
        where TDevice : struct, IDeviceModel
        where TRule : struct, IPulseRule
        where TCounts : struct, IPulseCounts
        where TNoise : struct, ICycleNoise
    {
        Check(minus, active, wish, firstPanel, counters);
        CheckProduct(minus, active, wish, counters, current);
        KernelThrow.IfLengthDiffers(plus.Length, minus.Length, nameof(plus));
        KernelThrow.IfOverlap(plus, minus, nameof(plus));
        KernelThrow.IfOverlap(plus, current, nameof(current));
        counters.CheckApart(plus);
        Fused<TDevice, TRule, TCounts, TNoise, MinusOfPairProduct>(
            new(device, rule, noise), new(in MemoryMarshal.GetReference(plus)), minus, active, wish, stream, firstPanel, counters, current);
    }

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
    /// <exception cref="OverflowException">The extents ask for more than 2³¹ - 1 elements.</exception>
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
        KernelThrow.IfShorter(traces.Length, checked(((batch - 1) * traceStride) + rows), nameof(traces));
        KernelThrow.IfNotMultiple(wishes.Length, checked(batch * CrossbarLayout.PanelWidth), nameof(wishes));
        int columns = wishes.Length / batch;
        KernelThrow.IfLengthDiffers(state.Length, checked(rows * columns), nameof(state));
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

        VectorDispatch.Run(new BatchUpdateKernel<TDevice, TRule, TCounts, TNoise>
        {
            Cells = new(device, rule, noise),
            State = ref MemoryMarshal.GetReference(state),
            Rows = (nuint)rows,
            Traces = ref MemoryMarshal.GetReference(traces),
            TraceStride = (nuint)traceStride,
            Batch = (nuint)batch,
            Wishes = ref MemoryMarshal.GetReference(wishes),
            PaddedColumns = (nuint)columns,
            Rounding = rounding,
            Noise = cycleNoise,
            FirstPanel = (uint)firstPanel,
            Pulses = ref MemoryMarshal.GetReference(counters.Pulses),
            Writes = ref MemoryMarshal.GetReference(counters.Writes),
            Reads = ref MemoryMarshal.GetReference(counters.Reads),
        });
    }

    private static void Fused<TDevice, TRule, TCounts, TNoise, TProduct>(
        CellUpdate<TDevice, TRule, TCounts, TNoise> cells,
        TProduct product,
        Span<float> state,
        ActiveRows active,
        ReadOnlySpan<float> wish,
        RandomStream stream,
        int firstPanel,
        PulseCounters counters,
        Span<float> current)
        where TDevice : struct, IDeviceModel
        where TRule : struct, IPulseRule
        where TCounts : struct, IPulseCounts
        where TNoise : struct, ICycleNoise
        where TProduct : struct, INextProduct, allows ref struct
    {
        UpdateKernel<TDevice, TRule, TCounts, TNoise, TProduct> kernel = Kernel(cells, product, state, active, wish, stream, firstPanel, counters);
        kernel.Inputs = ref MemoryMarshal.GetReference(active.Inputs);
        kernel.TraceCount = cells.IsNeverWritten ? 0f : kernel.TraceCount;
        kernel.Current = ref MemoryMarshal.GetReference(current);
        VectorDispatch.Run(kernel);
    }

    private static void CheckProduct(
        ReadOnlySpan<float> state, ActiveRows active, ReadOnlySpan<float> wish, PulseCounters counters, ReadOnlySpan<float> current)
    {
        KernelThrow.IfLengthDiffers(active.Inputs.Length, active.Count, nameof(active));
        KernelThrow.IfLengthDiffers(current.Length, wish.Length, nameof(current));
        KernelThrow.IfOverlap(active.Inputs, state, nameof(state));
        counters.CheckApart(active.Inputs);
        KernelThrow.IfOverlap(state, current, nameof(current));
        KernelThrow.IfOverlap(wish, current, nameof(current));
        KernelThrow.IfOverlap(active.Values, current, nameof(current));
        KernelThrow.IfOverlap(active.Inputs, current, nameof(current));
        KernelThrow.IfOverlap<float, float>(counters.Pulses, current, nameof(current));
        KernelThrow.IfOverlap<float, float>(counters.Writes, current, nameof(current));
        KernelThrow.IfOverlap<float, float>(counters.Reads, current, nameof(current));
    }

    private static void Check(ReadOnlySpan<float> state, ActiveRows active, ReadOnlySpan<float> wish, int firstPanel, PulseCounters counters)
    {
        KernelThrow.IfNotMultiple(wish.Length, CrossbarLayout.PanelWidth, nameof(wish));
        ArgumentOutOfRangeException.ThrowIfNegative(firstPanel);
        KernelThrow.IfLengthDiffers(state.Length, checked(active.RowCount * wish.Length), nameof(state));
        KernelThrow.IfLengthDiffers(active.Values.Length, active.Count, nameof(active));
        KernelThrow.IfOverlap(wish, state, nameof(state));
        KernelThrow.IfOverlap(active.Values, state, nameof(state));
        counters.Check(state, wish, active.Values, wish.Length);
        active.Check();
    }

    private static UpdateKernel<TDevice, TRule, TCounts, TNoise, TProduct> Kernel<TDevice, TRule, TCounts, TNoise, TProduct>(
        CellUpdate<TDevice, TRule, TCounts, TNoise> cells,
        TProduct product,
        Span<float> state,
        ActiveRows active,
        ReadOnlySpan<float> wish,
        RandomStream stream,
        int firstPanel,
        PulseCounters counters)
        where TDevice : struct, IDeviceModel
        where TRule : struct, IPulseRule
        where TCounts : struct, IPulseCounts
        where TNoise : struct, ICycleNoise
        where TProduct : struct, INextProduct, allows ref struct
    {
        CellHash rounding = default;
        CellHash cycleNoise = default;
        if (typeof(TCounts) != typeof(ContinuousPulses) || typeof(TNoise) != typeof(NoNoise))
        {
            CellHash.Of(stream, out rounding, out cycleNoise);
        }

        return new UpdateKernel<TDevice, TRule, TCounts, TNoise, TProduct>
        {
            Cells = cells,
            Product = product,
            State = ref MemoryMarshal.GetReference(state),
            Rows = ref MemoryMarshal.GetReference(active.Rows),
            Traces = ref MemoryMarshal.GetReference(active.Values),
            ActiveCount = (nuint)active.Count,
            TraceCount = active.TraceCount,
            LargestTrace = active.LargestValue,
            TraceSum = active.ValueSum,
            PanelLength = (nuint)active.RowCount * CrossbarLayout.PanelWidth,
            Wish = ref MemoryMarshal.GetReference(wish),
            PaddedColumns = (nuint)wish.Length,
            Rounding = rounding,
            Noise = cycleNoise,
            FirstPanel = (uint)firstPanel,
            Prefetches = Prefetch.IsWorthwhile((long)active.Count * wish.Length),
            Pulses = ref MemoryMarshal.GetReference(counters.Pulses),
            Writes = ref MemoryMarshal.GetReference(counters.Writes),
            Reads = ref MemoryMarshal.GetReference(counters.Reads),
        };
    }
}
