using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using RramSnn.Kernels.Crossbar;
using RramSnn.Kernels.Simd;

namespace RramSnn.Kernels.Neurons;

/// <summary>The fixed random readout of a layer: class scores from its spikes, and its local error back to the neurons.</summary>
public static class ReadoutKernels
{
    /// <summary>scoreₖ = Σ Gᵢₖ over the neurons i that spiked, ascending: lanes are classes.</summary>
    /// <param name="readout">G, one row of padded classes per neuron, row-major.</param>
    /// <param name="active">Neurons that spiked.</param>
    /// <param name="scores">Receives the scores; padded to a multiple of 16.</param>
    /// <exception cref="ArgumentException">A length does not fit or spans overlap.</exception>
    public static void Score(ReadOnlySpan<float> readout, in ActiveRows active, Span<float> scores)
    {
        KernelThrow.IfNotMultiple(scores.Length, KernelThrow.LaneBlock, nameof(scores));
        KernelThrow.IfLengthDiffers(readout.Length, (long)active.RowCount * scores.Length, nameof(readout));
        KernelThrow.IfOverlap(readout, (ReadOnlySpan<float>)scores, nameof(scores));
        active.CheckApart(scores, nameof(scores));
        active.Check();
        ScoreKernel kernel = default;
        kernel.Readout = ref MemoryMarshal.GetReference(readout);
        kernel.Active = ref MemoryMarshal.GetReference(active.Rows);
        kernel.ActiveCount = (nuint)active.Count;
        kernel.Scores = ref MemoryMarshal.GetReference(scores);
        kernel.Classes = (nuint)scores.Length;
        VectorDispatch.Run(ref kernel);
    }

    /// <summary>δₖ = clamp(scoreₖ - [k = label], -1, 1): the derivative of the smooth-L1 loss against a one-hot target.</summary>
    /// <param name="scores">Scores, padding zero.</param>
    /// <param name="label">The right class.</param>
    /// <param name="delta">Receives δ; padding stays zero. May be the span of <paramref name="scores"/>.</param>
    /// <remarks>NaN stays in its class.</remarks>
    /// <exception cref="ArgumentException">The lengths differ, or spans overlap without being the same.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The label is no index of <paramref name="scores"/>.</exception>
    public static void SmoothL1Derivative(ReadOnlySpan<float> scores, int label, Span<float> delta)
    {
        KernelThrow.IfLengthDiffers(delta.Length, scores.Length, nameof(delta));
        ArgumentOutOfRangeException.ThrowIfNegative(label);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(label, scores.Length);
        KernelThrow.IfPartialOverlap(scores, delta, nameof(delta));
        scores.CopyTo(delta);
        delta[label] -= 1f;
        TensorPrimitives.Clamp(delta, -1f, 1f, delta);
    }

    /// <summary>
    /// The wished weight change per unit trace: wishⱼ = scale · Σₖ Gₖⱼ δₖ where σ′ⱼ = 1, k ascending with one fused multiply-add
    /// each, and +0 where σ′ⱼ = 0: lanes are neurons. With scale = -η it is the three-factor rule without its presynaptic factor.
    /// </summary>
    /// <param name="feedback">G transposed: one row of neurons per class, row-major with stride <paramref name="stride"/>, starting at the first neuron of this call.</param>
    /// <param name="stride">Distance between the rows of <paramref name="feedback"/>.</param>
    /// <param name="delta">δ per class; only as many classes as given are used.</param>
    /// <param name="surrogate">σ′ of the neurons of this call, one bit per neuron, as the neuron step leaves it.</param>
    /// <param name="scale">-η, the negative learning rate; finite.</param>
    /// <param name="wish">Receives the result, 64 neurons to a word of <paramref name="surrogate"/>.</param>
    /// <remarks>A NaN reaches the neurons with σ′ = 1 alone: the feedback of the others is not looked at.</remarks>
    /// <exception cref="ArgumentException">A length does not fit, a number is not finite, or spans overlap.</exception>
    public static void ProjectError(
        ReadOnlySpan<float> feedback,
        int stride,
        ReadOnlySpan<float> delta,
        ReadOnlySpan<ulong> surrogate,
        float scale,
        Span<float> wish)
    {
        KernelThrow.IfNotMultiple(wish.Length, NeuronKernels.BlockLength, nameof(wish));
        KernelThrow.IfLengthDiffers(surrogate.Length, wish.Length / NeuronKernels.BlockLength, nameof(surrogate));
        KernelThrow.IfShorter(stride, wish.Length, nameof(stride));
        KernelThrow.IfShorter(feedback.Length, delta.Length == 0 ? 0 : ((delta.Length - 1) * (long)stride) + wish.Length, nameof(feedback));
        KernelThrow.IfNotFinite(scale, nameof(scale));
        KernelThrow.IfOverlap(feedback, (ReadOnlySpan<float>)wish, nameof(wish));
        KernelThrow.IfOverlap(delta, (ReadOnlySpan<float>)wish, nameof(wish));
        KernelThrow.IfOverlap(surrogate, (ReadOnlySpan<float>)wish, nameof(wish));
        ProjectKernel kernel = default;
        kernel.Feedback = ref MemoryMarshal.GetReference(feedback);
        kernel.Stride = (nuint)stride;
        kernel.Delta = ref MemoryMarshal.GetReference(delta);
        kernel.Classes = (nuint)delta.Length;
        kernel.Surrogate = ref MemoryMarshal.GetReference(surrogate);
        kernel.Words = (nuint)surrogate.Length;
        kernel.Scale = scale;
        kernel.Wish = ref MemoryMarshal.GetReference(wish);
        VectorDispatch.Run(ref kernel);
    }

    internal ref struct ScoreKernel : IVectorKernel
    {
        internal ref readonly float Readout;
        internal ref readonly int Active;
        internal nuint ActiveCount;
        internal ref float Scores;
        internal nuint Classes;

        public readonly void Run<TLanes>()
            where TLanes : struct, ILanes<TLanes>
        {
            ref readonly float readout = ref Readout;
            ref readonly int active = ref Active;
            nuint classes = Classes;
            nuint count = ActiveCount;
            for (nuint k = 0; k < classes; k += (nuint)TLanes.Count)
            {
                TLanes sum = TLanes.Broadcast(0f);
                for (nuint a = 0; a < count; a++)
                {
                    nuint neuron = (nuint)(uint)Unsafe.Add(ref Unsafe.AsRef(in active), a);
                    sum += TLanes.Load(in readout, (neuron * classes) + k);
                }

                TLanes.Store(sum, ref Scores, k);
            }
        }
    }

    internal ref struct ProjectKernel : IVectorKernel
    {
        internal ref readonly float Feedback;
        internal nuint Stride;
        internal ref readonly float Delta;
        internal nuint Classes;
        internal ref readonly ulong Surrogate;
        internal nuint Words;
        internal float Scale;
        internal ref float Wish;

        public readonly void Run<TLanes>()
            where TLanes : struct, ILanes<TLanes>
        {
            ref float wish = ref Wish;
            TLanes scale = TLanes.Broadcast(Scale);
            nuint words = Words;
            for (nuint word = 0; word < words; word++)
            {
                ulong surrogate = Unsafe.Add(ref Unsafe.AsRef(in Surrogate), word);
                for (nuint k = 0; k < NeuronKernels.BlockLength; k += 4 * (nuint)TLanes.Count)
                {
                    nuint j0 = (word * NeuronKernels.BlockLength) + k;
                    nuint j1 = j0 + (nuint)TLanes.Count;
                    nuint j2 = j1 + (nuint)TLanes.Count;
                    nuint j3 = j2 + (nuint)TLanes.Count;
                    TLanes e0 = TLanes.Broadcast(0f), e1 = e0, e2 = e0, e3 = e0;
                    if (surrogate != 0)
                    {
                        AddClasses(j0, j1, j2, j3, ref e0, ref e1, ref e2, ref e3);
                    }

                    int shift = (int)k;
                    TLanes.Store((scale * e0) & Mask<TLanes>(surrogate, shift), ref wish, j0);
                    TLanes.Store((scale * e1) & Mask<TLanes>(surrogate, shift + TLanes.Count), ref wish, j1);
                    TLanes.Store((scale * e2) & Mask<TLanes>(surrogate, shift + (2 * TLanes.Count)), ref wish, j2);
                    TLanes.Store((scale * e3) & Mask<TLanes>(surrogate, shift + (3 * TLanes.Count)), ref wish, j3);
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static TLanes Mask<TLanes>(ulong word, int shift)
            where TLanes : struct, ILanes<TLanes> => TLanes.MaskFromBits((uint)(word >> shift));

        /// <summary>Four bundles share the broadcast of δ, and their four chains hide the latency of the multiply-add.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private readonly void AddClasses<TLanes>(nuint j0, nuint j1, nuint j2, nuint j3, ref TLanes e0, ref TLanes e1, ref TLanes e2, ref TLanes e3)
            where TLanes : struct, ILanes<TLanes>
        {
            ref readonly float row = ref Feedback;
            nuint classes = Classes;
            nuint stride = Stride;
            for (nuint c = 0; c < classes; c++)
            {
                TLanes delta = TLanes.Broadcast(Unsafe.Add(ref Unsafe.AsRef(in Delta), c));
                e0 = TLanes.FusedMultiplyAdd(delta, TLanes.Load(in row, j0), e0);
                e1 = TLanes.FusedMultiplyAdd(delta, TLanes.Load(in row, j1), e1);
                e2 = TLanes.FusedMultiplyAdd(delta, TLanes.Load(in row, j2), e2);
                e3 = TLanes.FusedMultiplyAdd(delta, TLanes.Load(in row, j3), e3);
                row = ref Unsafe.Add(ref Unsafe.AsRef(in row), stride);
            }
        }
    }
}
