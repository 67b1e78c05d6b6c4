using System.Runtime.InteropServices;
using RramSnn.Kernels.Crossbar;
using RramSnn.Kernels.Random;
using RramSnn.Kernels.Simd;

namespace RramSnn.Kernels.Conductance;

/// <summary>Programs one array of devices with the outer product of word-line traces and bit-line wishes.</summary>
public static class ConductanceKernels
{
    /// <summary>Applies pulses to every device (i, j) whose word line i is active, for a wished change of traceᵢ · wishⱼ.</summary>
    /// <typeparam name="TDevice">Device model: the law of the state.</typeparam>
    /// <typeparam name="TRule">How many pulses a wish means.</typeparam>
    /// <typeparam name="TCounts">Continuous pulses, or whole ones by stochastic rounding.</typeparam>
    /// <param name="device">Parameters of the model.</param>
    /// <param name="rule">Parameters of the rule.</param>
    /// <param name="state">Normalised states u in [0, 1] of a run of whole panels (<see cref="CrossbarLayout"/>); updated in place.</param>
    /// <param name="active">Word lines with a trace above zero. Others are not touched.</param>
    /// <param name="wish">Wished weight change per unit trace of each bit line of these panels; finite.</param>
    /// <param name="stream">Names the random numbers of this array and step (stochastic rounding only).</param>
    /// <param name="firstPanel">Index of the first panel of the run within the whole matrix.</param>
    /// <param name="counters">What was done is added here, per bit line.</param>
    /// <remarks>Every device is updated by itself, so panels may be split over threads in any way. NaN is not accepted in traces or wishes.</remarks>
    /// <exception cref="ArgumentException">A length does not fit, or spans overlap.</exception>
    public static void Update<TDevice, TRule, TCounts>(
        TDevice device,
        TRule rule,
        Span<float> state,
        ActiveRows active,
        ReadOnlySpan<float> wish,
        RandomStream stream,
        int firstPanel,
        PulseCounters counters)
        where TDevice : struct, IDeviceModel
        where TRule : struct, IPulseRule
        where TCounts : struct, IPulseCounts
    {
        KernelThrow.IfNotMultiple(wish.Length, CrossbarLayout.PanelWidth, nameof(wish));
        ArgumentOutOfRangeException.ThrowIfNegative(firstPanel);
        KernelThrow.IfLengthDiffers(state.Length, checked(active.RowCount * wish.Length), nameof(state));
        KernelThrow.IfLengthDiffers(active.Values.Length, active.Count, nameof(active));
        KernelThrow.IfOverlap<float, float>(wish, state, nameof(state));
        KernelThrow.IfOverlap<float, float>(active.Values, state, nameof(state));
        counters.Check(state, wish);
        active.Check();
        if (rule.IsZero || active.Count == 0)
        {
            return;
        }

        VectorDispatch.Run(new UpdateKernel<TDevice, TRule, TCounts>
        {
            Device = device,
            Rule = rule,
            State = ref MemoryMarshal.GetReference(state),
            Rows = ref MemoryMarshal.GetReference(active.Rows),
            Traces = ref MemoryMarshal.GetReference(active.Values),
            ActiveCount = (nuint)active.Count,
            TraceSum = active.ValueSum,
            PanelLength = (nuint)active.RowCount * CrossbarLayout.PanelWidth,
            Wish = ref MemoryMarshal.GetReference(wish),
            PaddedColumns = (nuint)wish.Length,
            Stream = stream,
            FirstPanel = (uint)firstPanel,
            Pulses = ref MemoryMarshal.GetReference(counters.Pulses),
            Writes = ref MemoryMarshal.GetReference(counters.Writes),
            Reads = ref MemoryMarshal.GetReference(counters.Reads),
        });
    }
}
