using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using RramSnn.Kernels.Simd;

namespace RramSnn.Kernels.Neurons;

/// <summary>One time step of whole populations. Every neuron is a lane of its own: no result depends on its neighbours.</summary>
/// <remarks>Lengths are multiples of 64, so that a spike word belongs to one call; padding with zero state stays zero and silent.</remarks>
public static partial class NeuronKernels
{
    /// <summary>Neurons come in blocks of this length: one word of spikes.</summary>
    public const int BlockLength = 64;

    /// <summary>
    /// Filters the input spikes of a crossbar: P ← αP + (1 - α)·Q, then Q ← βQ + (1 - β)·gain·s. P is the presynaptic
    /// factor of the learning rule (science: DECOLLE, Kaiser, Mostafa, Neftci 2020).
    /// </summary>
    /// <param name="constants">Decays and gain.</param>
    /// <param name="spikes">Input spikes s of this step, one bit per word line.</param>
    /// <param name="synapseTrace">Q, updated in place.</param>
    /// <param name="membraneTrace">P, updated in place.</param>
    /// <remarks>A NaN stays in the traces of its word line.</remarks>
    /// <exception cref="ArgumentException">A length does not fit, or spans overlap.</exception>
    public static void FilterSpikes(in NeuronConstants constants, ReadOnlySpan<ulong> spikes, Span<float> synapseTrace, Span<float> membraneTrace)
    {
        KernelThrow.IfNotMultiple(synapseTrace.Length, BlockLength, nameof(synapseTrace));
        KernelThrow.IfLengthDiffers(membraneTrace.Length, synapseTrace.Length, nameof(membraneTrace));
        KernelThrow.IfLengthDiffers(spikes.Length, synapseTrace.Length / BlockLength, nameof(spikes));
        KernelThrow.IfOverlap<float, float>(synapseTrace, membraneTrace, nameof(membraneTrace));
        KernelThrow.IfOverlap<ulong, float>(spikes, synapseTrace, nameof(synapseTrace));
        KernelThrow.IfOverlap<ulong, float>(spikes, membraneTrace, nameof(membraneTrace));
        FilterKernel kernel = default;
        kernel.Constants = constants;
        kernel.Spikes = ref MemoryMarshal.GetReference(spikes);
        kernel.Words = (nuint)spikes.Length;
        kernel.SynapseTrace = ref MemoryMarshal.GetReference(synapseTrace);
        kernel.MembraneTrace = ref MemoryMarshal.GetReference(membraneTrace);
        VectorDispatch.Run(ref kernel);
    }

    /// <summary>
    /// As <see cref="FilterSpikes"/> for inputs that are amplitudes a instead of spikes: P ← αP + (1 - α)·Q, then Q ← βQ + (1 - β)·gain·a. Amplitudes
    /// of 0 and 1 give the bits that spikes give.
    /// </summary>
    /// <param name="constants">Decays and gain.</param>
    /// <param name="amplitudes">Inputs a of this step, one per word line.</param>
    /// <param name="synapseTrace">Q, updated in place.</param>
    /// <param name="membraneTrace">P, updated in place.</param>
    /// <exception cref="ArgumentException">A length does not fit, or spans overlap.</exception>
    public static void FilterAmplitudes(in NeuronConstants constants, ReadOnlySpan<float> amplitudes, Span<float> synapseTrace, Span<float> membraneTrace)
    {
        KernelThrow.IfNotMultiple(synapseTrace.Length, BlockLength, nameof(synapseTrace));
        KernelThrow.IfLengthDiffers(membraneTrace.Length, synapseTrace.Length, nameof(membraneTrace));
        KernelThrow.IfLengthDiffers(amplitudes.Length, synapseTrace.Length, nameof(amplitudes));
        KernelThrow.IfOverlap<float, float>(synapseTrace, membraneTrace, nameof(membraneTrace));
        KernelThrow.IfOverlap<float, float>(amplitudes, synapseTrace, nameof(synapseTrace));
        KernelThrow.IfOverlap<float, float>(amplitudes, membraneTrace, nameof(membraneTrace));
        AmplitudeFilterKernel kernel = default;
        kernel.Constants = constants;
        kernel.Amplitudes = ref MemoryMarshal.GetReference(amplitudes);
        kernel.Length = (nuint)amplitudes.Length;
        kernel.SynapseTrace = ref MemoryMarshal.GetReference(synapseTrace);
        kernel.MembraneTrace = ref MemoryMarshal.GetReference(membraneTrace);
        VectorDispatch.Run(ref kernel);
    }

    /// <summary>
    /// Leaky integrate-and-fire: V ← αV + (1 - α)·X, X ← βX + (1 - β)·gain·weightPerState·current, U = V + R, S = [U &gt; θ],
    /// R ← ρR - (1 - ρ)·w·S. Of U it leaves what learning needs: the spikes and whether U is inside the box of the surrogate.
    /// </summary>
    /// <param name="constants">Decays, gain, reset and threshold.</param>
    /// <param name="box">The surrogate's box around θ.</param>
    /// <param name="weightPerState">Weight of one unit of state: W for a pair, 2W against a reference.</param>
    /// <param name="current">This step's crossbar sums in units of the normalised state.</param>
    /// <param name="synapseFilter">X, updated in place.</param>
    /// <param name="membraneFilter">V, updated in place.</param>
    /// <param name="resetTrace">R for the coming step, updated in place.</param>
    /// <param name="spikes">Receives S, one bit per neuron.</param>
    /// <param name="surrogate">Receives σ′ = [|U - θ| &lt; half width], one bit per neuron.</param>
    /// <remarks>
    /// NaN in, NaN out of that neuron, no spike and σ′ = 0. The state spans must be separate memory. Padding has σ′ = 1 when its
    /// U = 0 is inside the box.
    /// </remarks>
    /// <exception cref="ArgumentException">A length does not fit, the range is not finite, or spans overlap.</exception>
    public static void Step(
        in NeuronConstants constants,
        BoxSurrogate box,
        float weightPerState,
        ReadOnlySpan<float> current,
        Span<float> synapseFilter,
        Span<float> membraneFilter,
        Span<float> resetTrace,
        Span<ulong> spikes,
        Span<ulong> surrogate) =>
        Step(constants, box, weightPerState, current, synapseFilter, membraneFilter, resetTrace, default(DiscardedMembrane), spikes, surrogate);

    /// <summary>The same step, which also stores U: for those who watch membranes. The state and the masks get the same bits.</summary>
    /// <param name="constants">Decays, gain, reset and threshold.</param>
    /// <param name="box">The surrogate's box around θ.</param>
    /// <param name="weightPerState">Weight of one unit of state: W for a pair, 2W against a reference.</param>
    /// <param name="current">This step's crossbar sums in units of the normalised state.</param>
    /// <param name="synapseFilter">X, updated in place.</param>
    /// <param name="membraneFilter">V, updated in place.</param>
    /// <param name="resetTrace">R for the coming step, updated in place.</param>
    /// <param name="membrane">Receives U; may be the span of <paramref name="current"/>, else separate memory.</param>
    /// <param name="spikes">Receives S, one bit per neuron.</param>
    /// <param name="surrogate">Receives σ′ = [|U - θ| &lt; half width], one bit per neuron.</param>
    /// <exception cref="ArgumentException">A length does not fit, the range is not finite, or spans overlap.</exception>
    public static void Step(
        in NeuronConstants constants,
        BoxSurrogate box,
        float weightPerState,
        ReadOnlySpan<float> current,
        Span<float> synapseFilter,
        Span<float> membraneFilter,
        Span<float> resetTrace,
        Span<float> membrane,
        Span<ulong> spikes,
        Span<ulong> surrogate)
    {
        KernelThrow.IfLengthDiffers(membrane.Length, current.Length, nameof(membrane));
        KernelThrow.IfOverlap<float, float>(synapseFilter, membrane, nameof(membrane));
        KernelThrow.IfOverlap<float, float>(membraneFilter, membrane, nameof(membrane));
        KernelThrow.IfOverlap<float, float>(resetTrace, membrane, nameof(membrane));
        KernelThrow.IfPartialOverlap(current, membrane, nameof(membrane));
        KernelThrow.IfOverlap<float, ulong>(membrane, spikes, nameof(spikes));
        KernelThrow.IfOverlap<float, ulong>(membrane, surrogate, nameof(surrogate));
        StoredMembrane sink = new() { Membrane = ref MemoryMarshal.GetReference(membrane) };
        Step(constants, box, weightPerState, current, synapseFilter, membraneFilter, resetTrace, sink, spikes, surrogate);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Step<TSink>(
        in NeuronConstants constants,
        BoxSurrogate box,
        float weightPerState,
        ReadOnlySpan<float> current,
        Span<float> synapseFilter,
        Span<float> membraneFilter,
        Span<float> resetTrace,
        TSink membrane,
        Span<ulong> spikes,
        Span<ulong> surrogate)
        where TSink : struct, IMembraneSink, allows ref struct
    {
        KernelThrow.IfNotMultiple(current.Length, BlockLength, nameof(current));
        KernelThrow.IfNotFinite(weightPerState, nameof(weightPerState));
        KernelThrow.IfLengthDiffers(synapseFilter.Length, current.Length, nameof(synapseFilter));
        KernelThrow.IfLengthDiffers(membraneFilter.Length, current.Length, nameof(membraneFilter));
        KernelThrow.IfLengthDiffers(resetTrace.Length, current.Length, nameof(resetTrace));
        KernelThrow.IfLengthDiffers(spikes.Length, current.Length / BlockLength, nameof(spikes));
        KernelThrow.IfLengthDiffers(surrogate.Length, spikes.Length, nameof(surrogate));
        KernelThrow.IfOverlap(current, (ReadOnlySpan<float>)synapseFilter, nameof(synapseFilter));
        KernelThrow.IfOverlap(current, (ReadOnlySpan<float>)membraneFilter, nameof(membraneFilter));
        KernelThrow.IfOverlap(current, (ReadOnlySpan<float>)resetTrace, nameof(resetTrace));
        KernelThrow.IfOverlap<float, float>(synapseFilter, membraneFilter, nameof(membraneFilter));
        KernelThrow.IfOverlap<float, float>(synapseFilter, resetTrace, nameof(resetTrace));
        KernelThrow.IfOverlap<float, float>(membraneFilter, resetTrace, nameof(resetTrace));
        KernelThrow.IfOverlap<ulong, ulong>(spikes, surrogate, nameof(surrogate));
        CheckMask(spikes, current, synapseFilter, membraneFilter, resetTrace, nameof(spikes));
        CheckMask(surrogate, current, synapseFilter, membraneFilter, resetTrace, nameof(surrogate));
        StepKernel<TSink> kernel = default;
        kernel.Constants = constants;
        kernel.Box = box;
        kernel.CurrentScale = constants.SynapseInput * weightPerState;
        kernel.Current = ref MemoryMarshal.GetReference(current);
        kernel.SynapseFilter = ref MemoryMarshal.GetReference(synapseFilter);
        kernel.MembraneFilter = ref MemoryMarshal.GetReference(membraneFilter);
        kernel.ResetTrace = ref MemoryMarshal.GetReference(resetTrace);
        kernel.Membrane = membrane;
        kernel.Spikes = ref MemoryMarshal.GetReference(spikes);
        kernel.Surrogate = ref MemoryMarshal.GetReference(surrogate);
        kernel.Words = (nuint)spikes.Length;
        VectorDispatch.Run(ref kernel);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CheckMask(
        ReadOnlySpan<ulong> mask, ReadOnlySpan<float> current, ReadOnlySpan<float> synapseFilter, ReadOnlySpan<float> membraneFilter, ReadOnlySpan<float> resetTrace, string argument)
    {
        KernelThrow.IfOverlap(current, mask, argument);
        KernelThrow.IfOverlap(synapseFilter, mask, argument);
        KernelThrow.IfOverlap(membraneFilter, mask, argument);
        KernelThrow.IfOverlap(resetTrace, mask, argument);
    }
}
