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
        in ActiveRows active,
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

        Bind(
            out UpdateKernel<TDevice, TRule, TCounts, TNoise, NoProduct> kernel, new(device, rule, noise), default, state, active, wish, stream, firstPanel, counters);
        VectorDispatch.Run(ref kernel);
    }

    private static void Check(
        ReadOnlySpan<float> state, in ActiveRows active, ReadOnlySpan<float> wish, int firstPanel, PulseCounters counters, string stateName = "state")
    {
        KernelThrow.IfNotMultiple(wish.Length, CrossbarLayout.PanelWidth, nameof(wish));
        ArgumentOutOfRangeException.ThrowIfNegative(firstPanel);
        KernelThrow.IfLengthDiffers(state.Length, (long)active.RowCount * wish.Length, stateName);
        KernelThrow.IfLengthDiffers(active.Values.Length, active.Count, nameof(active));
        KernelThrow.IfOverlap(wish, state, stateName);
        active.CheckApart(state, stateName);
        counters.Check(state, wish, active.Values, wish.Length);
        counters.CheckApart(active.Rows);
        counters.CheckApart(active.Inputs);
        active.Check();
    }

    private static void Bind<TDevice, TRule, TCounts, TNoise, TProduct>(
        out UpdateKernel<TDevice, TRule, TCounts, TNoise, TProduct> kernel,
        CellUpdate<TDevice, TRule, TCounts, TNoise> cells,
        TProduct product,
        Span<float> state,
        scoped in ActiveRows active,
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

        kernel = default;
        kernel.Cells = cells;
        kernel.Product = product;
        kernel.State = ref MemoryMarshal.GetReference(state);
        kernel.List = new(active);
        kernel.TraceCount = cells.IsNeverWritten ? 0f : active.TraceCount;
        kernel.LargestTrace = active.LargestValue;
        kernel.TraceSum = active.ValueSum;
        kernel.PanelLength = (nuint)active.RowCount * CrossbarLayout.PanelWidth;
        kernel.Wish = ref MemoryMarshal.GetReference(wish);
        kernel.PaddedColumns = (nuint)wish.Length;
        kernel.Rounding = rounding;
        kernel.Noise = cycleNoise;
        kernel.FirstPanel = (uint)firstPanel;
        kernel.Descends = (stream.StepLow & 1) != 0;
        kernel.Prefetches = Prefetch.IsWorthwhile((long)active.Count * wish.Length);
        kernel.PrefetchesGaps = Prefetch.IsWorthwhile((long)active.RowCount * wish.Length);
        kernel.IsInMemory = Prefetch.IsBeyondCaches((long)active.Count * wish.Length);
        kernel.Pulses = ref MemoryMarshal.GetReference(counters.Pulses);
        kernel.Writes = ref MemoryMarshal.GetReference(counters.Writes);
        kernel.Reads = ref MemoryMarshal.GetReference(counters.Reads);
    }
}
