using System.Runtime.InteropServices;
using RramSnn.Kernels.Crossbar;
using RramSnn.Kernels.Memory;
using RramSnn.Kernels.Random;
using RramSnn.Kernels.Simd;

namespace RramSnn.Kernels.Conductance;

public static partial class ConductanceKernels
{
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
    /// <exception cref="ArgumentException">A length does not fit, the reference is not finite, or spans overlap.</exception>
    public static void UpdateAndAccumulate<TDevice, TRule, TCounts, TNoise>(
        TDevice device,
        TRule rule,
        TNoise noise,
        Span<float> state,
        in ActiveRows active,
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
        Bind(
            out UpdateKernel<TDevice, TRule, TCounts, TNoise, ReferenceProduct> kernel,
            new(device, rule, noise),
            new(reference),
            state,
            active,
            wish,
            stream,
            firstPanel,
            counters);
        kernel.Current = ref MemoryMarshal.GetReference(current);
        VectorDispatch.Run(ref kernel);
    }

    /// <summary>
    /// <see cref="Update"/> of both arrays of a pair, and in the same pass over memory the coming step's product with the states just written:
    /// currentⱼ += Σᵢ inputᵢ · (u⁺ᵢⱼ - u⁻ᵢⱼ), one fused multiply-add per cell, i ascending.
    /// </summary>
    /// <typeparam name="TDevice">Device model: the law of the states.</typeparam>
    /// <typeparam name="TRule">How many pulses a wish means.</typeparam>
    /// <typeparam name="TCounts">Continuous pulses, or whole ones by stochastic rounding.</typeparam>
    /// <typeparam name="TNoise">How writes miss the law.</typeparam>
    /// <param name="device">Parameters of the model.</param>
    /// <param name="plusRule">Parameters of the plus array's rule.</param>
    /// <param name="minusRule">Parameters of the minus array's rule.</param>
    /// <param name="noise">Parameters of the noise.</param>
    /// <param name="plus">Normalised states u⁺ in [0, 1] of a run of whole panels (<see cref="CrossbarLayout"/>); updated in place.</param>
    /// <param name="minus">Normalised states u⁻ of the same panels; updated in place.</param>
    /// <param name="active">Word lines with a trace or a coming input, from <see cref="ActiveRows.FromTraceAndInput"/>.</param>
    /// <param name="wish">Wished weight change per unit trace of each bit line of these panels; finite.</param>
    /// <param name="plusStream">Names the random numbers of the plus array and the step.</param>
    /// <param name="minusStream">Names the random numbers of the minus array and the step.</param>
    /// <param name="firstPanel">Index of the first panel of the run within the whole matrix.</param>
    /// <param name="counters">What was done is added here, per bit line.</param>
    /// <param name="current">Sums of the bit lines of these panels, in units of the state.</param>
    /// <remarks>
    /// Gives the bits of two updates and a dense product one after the other; of the counters, which both arrays share, as long as they are exact (<see cref="PulseCounters"/>).
    /// NaN as for a single array.
    /// </remarks>
    /// <exception cref="ArgumentException">A length does not fit, or spans overlap.</exception>
    public static void UpdateAndAccumulate<TDevice, TRule, TCounts, TNoise>(
        TDevice device,
        TRule plusRule,
        TRule minusRule,
        TNoise noise,
        Span<float> plus,
        Span<float> minus,
        in ActiveRows active,
        ReadOnlySpan<float> wish,
        RandomStream plusStream,
        RandomStream minusStream,
        int firstPanel,
        PulseCounters counters,
        Span<float> current)
        where TDevice : struct, IDeviceModel
        where TRule : struct, IPulseRule
        where TCounts : struct, IPulseCounts
        where TNoise : struct, ICycleNoise
    {
        Check(plus, active, wish, firstPanel, counters, nameof(plus));
        Check(minus, active, wish, firstPanel, counters, nameof(minus));
        CheckProduct(plus, active, wish, counters, current);
        CheckProduct(minus, active, wish, counters, current);
        KernelThrow.IfOverlap<float, float>(plus, minus, nameof(plus));
        PairUpdateKernel<TDevice, TRule, TCounts, TNoise> kernel = default;
        Bind(out kernel.Plus, new(device, plusRule, noise), default, plus, active, wish, plusStream, firstPanel, counters);
        Bind(
            out kernel.Minus,
            new(device, minusRule, noise),
            new(in MemoryMarshal.GetReference(plus)),
            minus,
            active,
            wish,
            minusStream,
            firstPanel,
            counters);
        kernel.Minus.Current = ref MemoryMarshal.GetReference(current);
        kernel.IsInMemory = Prefetch.IsBeyondCaches(2L * active.Count * wish.Length);
        VectorDispatch.Run(ref kernel);
    }

    private static void CheckProduct(
        ReadOnlySpan<float> state, in ActiveRows active, ReadOnlySpan<float> wish, PulseCounters counters, ReadOnlySpan<float> current)
    {
        KernelThrow.IfLengthDiffers(active.Inputs.Length, active.Count, nameof(active));
        KernelThrow.IfLengthDiffers(current.Length, wish.Length, nameof(current));
        KernelThrow.IfOverlap(state, current, nameof(current));
        KernelThrow.IfOverlap(wish, current, nameof(current));
        active.CheckApart(current, nameof(current));
        KernelThrow.IfOverlap<float, float>(counters.Pulses, current, nameof(current));
        KernelThrow.IfOverlap<float, float>(counters.Writes, current, nameof(current));
        KernelThrow.IfOverlap<float, float>(counters.Reads, current, nameof(current));
    }
}
