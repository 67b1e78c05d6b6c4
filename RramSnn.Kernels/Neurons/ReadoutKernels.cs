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
    public static void Score(ReadOnlySpan<float> readout, ActiveRows active, Span<float> scores)
    {
        KernelThrow.IfNotMultiple(scores.Length, KernelThrow.LaneBlock, nameof(scores));
        KernelThrow.IfLengthDiffers(readout.Length, checked(active.RowCount * scores.Length), nameof(readout));
        KernelThrow.IfOverlap(readout, (ReadOnlySpan<float>)scores, nameof(scores));
        active.Check();
        VectorDispatch.Run(new ScoreKernel
        {
            Readout = ref MemoryMarshal.GetReference(readout),
            Active = ref MemoryMarshal.GetReference(active.Rows),
            ActiveCount = (nuint)active.Count,
            Scores = ref MemoryMarshal.GetReference(scores),
            Classes = (nuint)scores.Length,
        });
    }

    /// <summary>δₖ = clamp(scoreₖ - [k = label], -1, 1): the derivative of the smooth-L1 loss against a one-hot target.</summary>
    /// <param name="scores">Scores, padding zero.</param>
    /// <param name="label">The right class.</param>
    /// <param name="delta">Receives δ; padding stays zero.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
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
    /// The wished weight change per unit trace: wishⱼ = scale · σ′(Uⱼ - θ) · Σₖ Gₖⱼ δₖ, k ascending with one fused
    /// multiply-add each: lanes are neurons. With scale = -η it is the three-factor rule without its presynaptic factor.
    /// </summary>
    /// <typeparam name="TSurrogate">Stands in for the derivative of the spike.</typeparam>
    /// <param name="surrogate">Parameters of the surrogate.</param>
    /// <param name="feedback">G transposed: one row of neurons per class, row-major with stride <paramref name="stride"/>, starting at the first neuron of this call.</param>
    /// <param name="stride">Distance between the rows of <paramref name="feedback"/>.</param>
    /// <param name="delta">δ per class; only as many classes as given are used.</param>
    /// <param name="membrane">U of the neurons of this call; a multiple of 16.</param>
    /// <param name="threshold">θ.</param>
    /// <param name="scale">-η, the negative learning rate; finite.</param>
    /// <param name="wish">Receives the result, as long as <paramref name="membrane"/>.</param>
    /// <exception cref="ArgumentException">A length does not fit, a number is not finite, or spans overlap.</exception>
    public static void ProjectError<TSurrogate>(
        TSurrogate surrogate,
        ReadOnlySpan<float> feedback,
        int stride,
        ReadOnlySpan<float> delta,
        ReadOnlySpan<float> membrane,
        float threshold,
        float scale,
        Span<float> wish)
        where TSurrogate : struct, ISurrogate
    {
        KernelThrow.IfNotMultiple(membrane.Length, KernelThrow.LaneBlock, nameof(membrane));
        KernelThrow.IfLengthDiffers(wish.Length, membrane.Length, nameof(wish));
        KernelThrow.IfShorter(stride, membrane.Length, nameof(stride));
        KernelThrow.IfShorter(feedback.Length, delta.Length == 0 ? 0 : checked(((delta.Length - 1) * stride) + membrane.Length), nameof(feedback));
        KernelThrow.IfNotFinite(threshold, nameof(threshold));
        KernelThrow.IfNotFinite(scale, nameof(scale));
        KernelThrow.IfOverlap(feedback, (ReadOnlySpan<float>)wish, nameof(wish));
        KernelThrow.IfOverlap(delta, (ReadOnlySpan<float>)wish, nameof(wish));
        KernelThrow.IfPartialOverlap(membrane, wish, nameof(wish));
        VectorDispatch.Run(new ProjectKernel<TSurrogate>
        {
            Surrogate = surrogate,
            Feedback = ref MemoryMarshal.GetReference(feedback),
            Stride = (nuint)stride,
            Delta = ref MemoryMarshal.GetReference(delta),
            Classes = (nuint)delta.Length,
            Membrane = ref MemoryMarshal.GetReference(membrane),
            Threshold = threshold,
            Scale = scale,
            Wish = ref MemoryMarshal.GetReference(wish),
            Length = (nuint)wish.Length,
        });
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
            for (nuint k = 0; k < Classes; k += (nuint)TLanes.Count)
            {
                TLanes sum = TLanes.Broadcast(0f);
                for (nuint a = 0; a < ActiveCount; a++)
                {
                    nuint neuron = (nuint)(uint)Unsafe.Add(ref Unsafe.AsRef(in Active), a);
                    sum += TLanes.Load(in Readout, (neuron * Classes) + k);
                }

                TLanes.Store(sum, ref Scores, k);
            }
        }
    }

    internal ref struct ProjectKernel<TSurrogate> : IVectorKernel
        where TSurrogate : struct, ISurrogate
    {
        internal TSurrogate Surrogate;
        internal ref readonly float Feedback;
        internal nuint Stride;
        internal ref readonly float Delta;
        internal nuint Classes;
        internal ref readonly float Membrane;
        internal float Threshold;
        internal float Scale;
        internal ref float Wish;
        internal nuint Length;

        public readonly void Run<TLanes>()
            where TLanes : struct, ILanes<TLanes>
        {
            TSurrogate surrogate = Surrogate;
            for (nuint j = 0; j < Length; j += (nuint)TLanes.Count)
            {
                TLanes error = TLanes.Broadcast(0f);
                nuint row = j;
                for (nuint k = 0; k < Classes; k++, row += Stride)
                {
                    TLanes delta = TLanes.Broadcast(Unsafe.Add(ref Unsafe.AsRef(in Delta), k));
                    error = TLanes.FusedMultiplyAdd(delta, TLanes.Load(in Feedback, row), error);
                }

                TLanes distance = TLanes.Load(in Membrane, j) - TLanes.Broadcast(Threshold);
                TLanes.Store(TLanes.Broadcast(Scale) * surrogate.Derivative(distance) * error, ref Wish, j);
            }
        }
    }
}
