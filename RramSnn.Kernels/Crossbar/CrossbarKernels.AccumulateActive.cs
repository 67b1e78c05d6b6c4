using System.Runtime.InteropServices;
using RramSnn.Kernels.Simd;

namespace RramSnn.Kernels.Crossbar;

public static partial class CrossbarKernels
{
    /// <summary>Sparse product on pairs: currentⱼ += Σ xᵢ · (u⁺ᵢⱼ - u⁻ᵢⱼ) over the active word lines i, ascending, one fused multiply-add per cell.</summary>
    /// <param name="plus">Normalised states u⁺ of the panels.</param>
    /// <param name="minus">Normalised states u⁻ of the panels.</param>
    /// <param name="active">The word lines whose input is not zero, with x as their <see cref="ActiveRows.Values"/>.</param>
    /// <param name="current">Sums per bit line, in units of the state; padded to whole panels.</param>
    /// <remarks>Equals the dense product bit for bit: adding 0·w changes no finite sum (but turns a start value of -0 into +0).</remarks>
    /// <exception cref="ArgumentException">A length does not fit, the active word lines have no values, or <paramref name="current"/> overlaps an operand.</exception>
    public static void AccumulateActive(ReadOnlySpan<float> plus, ReadOnlySpan<float> minus, in ActiveRows active, Span<float> current)
    {
        Check(plus, nameof(plus), active.RowCount, current);
        Check(minus, nameof(minus), active.RowCount, current);
        CheckValues(active, current);
        Listed(new PairCell(in First(plus), in First(minus)), active, current);
    }

    /// <summary>Sparse product on single devices: currentⱼ += Σ xᵢ · (uᵢⱼ - reference) over the active word lines i, ascending, one fused multiply-add per cell.</summary>
    /// <param name="state">Normalised states u of the panels.</param>
    /// <param name="reference">State of the fixed reference; 0 gives the plain matrix product.</param>
    /// <param name="active">The word lines whose input is not zero, with x as their <see cref="ActiveRows.Values"/>.</param>
    /// <param name="current">Sums per bit line, in units of the state; padded to whole panels.</param>
    /// <remarks>Equals the dense product bit for bit: adding 0·w changes no finite sum (but turns a start value of -0 into +0).</remarks>
    /// <exception cref="ArgumentException">
    /// A length does not fit, the active word lines have no values, the reference is not finite, or <paramref name="current"/> overlaps an operand.
    /// </exception>
    public static void AccumulateActive(ReadOnlySpan<float> state, float reference, in ActiveRows active, Span<float> current)
    {
        Check(state, nameof(state), active.RowCount, current);
        KernelThrow.IfNotFinite(reference, nameof(reference));
        CheckValues(active, current);
        if (reference == 0f)
        {
            Listed(new PlainCell(in First(state)), active, current);
        }
        else
        {
            Listed(new ReferenceCell(in First(state), reference), active, current);
        }
    }

    private static void CheckValues(in ActiveRows active, Span<float> current)
    {
        CheckList(active, current);
        KernelThrow.IfLengthDiffers(active.Values.Length, active.Count, nameof(active));
    }

    private static void Listed<TCell>(TCell cell, in ActiveRows active, Span<float> current)
        where TCell : struct, ISynapseCell, allows ref struct
    {
        AccumulateKernel<TCell, ListedRows> kernel = default;
        kernel.Cell = cell;
        kernel.Inputs = new ListedRows(in MemoryMarshal.GetReference(active.Rows), in First(active.Values), (nuint)active.Count);
        kernel.Rows = (nuint)active.RowCount;
        kernel.Current = ref MemoryMarshal.GetReference(current);
        kernel.PaddedColumns = (nuint)current.Length;
        VectorDispatch.Run(ref kernel);
    }
}
