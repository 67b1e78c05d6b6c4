using System.Runtime.InteropServices;
using RramSnn.Kernels.Simd;

namespace RramSnn.Kernels.Crossbar;

public static partial class CrossbarKernels
{
    /// <summary>Dense product on pairs: currentⱼ += Σᵢ inputᵢ · (u⁺ᵢⱼ - u⁻ᵢⱼ), one fused multiply-add per cell, i ascending.</summary>
    /// <param name="plus">Normalised states u⁺ of the panels.</param>
    /// <param name="minus">Normalised states u⁻ of the panels.</param>
    /// <param name="input">One value per word line.</param>
    /// <param name="current">Sums per bit line, in units of the state; padded to whole panels.</param>
    /// <exception cref="ArgumentException">A length does not fit or <paramref name="current"/> overlaps an operand.</exception>
    public static void Accumulate(ReadOnlySpan<float> plus, ReadOnlySpan<float> minus, ReadOnlySpan<float> input, Span<float> current)
    {
        Check(plus, nameof(plus), input.Length, current);
        Check(minus, nameof(minus), input.Length, current);
        KernelThrow.IfOverlap<float, float>(input, current, nameof(current));
        Dense(new PairCell(in First(plus), in First(minus)), input, current);
    }

    /// <summary>Dense product on single devices: currentⱼ += Σᵢ inputᵢ · (uᵢⱼ - reference), one fused multiply-add per cell, i ascending.</summary>
    /// <param name="state">Normalised states u of the panels.</param>
    /// <param name="reference">State of the fixed reference; 0 gives the plain matrix product.</param>
    /// <param name="input">One value per word line.</param>
    /// <param name="current">Sums per bit line, in units of the state; padded to whole panels.</param>
    /// <exception cref="ArgumentException">A length does not fit, the reference is not finite, or <paramref name="current"/> overlaps an operand.</exception>
    public static void Accumulate(ReadOnlySpan<float> state, float reference, ReadOnlySpan<float> input, Span<float> current)
    {
        Check(state, nameof(state), input.Length, current);
        KernelThrow.IfNotFinite(reference, nameof(reference));
        KernelThrow.IfOverlap<float, float>(input, current, nameof(current));
        if (reference == 0f)
        {
            Dense(new PlainCell(in First(state)), input, current);
        }
        else
        {
            Dense(new ReferenceCell(in First(state), reference), input, current);
        }
    }

    private static void Dense<TCell>(TCell cell, ReadOnlySpan<float> input, Span<float> current)
        where TCell : struct, ISynapseCell, allows ref struct
    {
        AccumulateKernel<TCell, DenseRows> kernel = default;
        kernel.Cell = cell;
        kernel.Inputs = new DenseRows(in First(input), (nuint)input.Length);
        kernel.Rows = (nuint)input.Length;
        kernel.Current = ref MemoryMarshal.GetReference(current);
        kernel.PaddedColumns = (nuint)current.Length;
        VectorDispatch.Run(ref kernel);
    }
}
