using System.Runtime.InteropServices;
using RramSnn.Kernels.Simd;

namespace RramSnn.Kernels.Crossbar;

public static partial class CrossbarKernels
{
    /// <summary>Transposed product on pairs, the way back of an error: outputᵢ += Σⱼ (u⁺ᵢⱼ - u⁻ᵢⱼ) · inputⱼ.</summary>
    /// <param name="plus">Normalised states u⁺ of the whole matrix.</param>
    /// <param name="minus">Normalised states u⁻ of the whole matrix.</param>
    /// <param name="rows">Word lines of the matrix.</param>
    /// <param name="input">One value per bit line; padding is zero.</param>
    /// <param name="firstRow">First word line of this call: threads split the word lines.</param>
    /// <param name="output">Sums of the word lines from <paramref name="firstRow"/> on, in units of the state.</param>
    /// <remarks>
    /// Summation order: 16 partial sums over the bit lines j ≡ l (mod 16), each ascending with one fused multiply-add per cell, then
    /// ((p0 + p8) + (p4 + p12)) + ((p2 + p10) + (p6 + p14)) plus the same of the odd ones. NaN and infinity in
    /// a cell reach its word line, in an input all word lines; padding must be zero in cells and input alike.
    /// </remarks>
    /// <exception cref="ArgumentException">A length does not fit or <paramref name="output"/> overlaps an operand.</exception>
    public static void AccumulateTransposed(
        ReadOnlySpan<float> plus, ReadOnlySpan<float> minus, int rows, ReadOnlySpan<float> input, int firstRow, Span<float> output)
    {
        CheckTransposed(plus, nameof(plus), rows, input, firstRow, output);
        KernelThrow.IfLengthDiffers(minus.Length, plus.Length, nameof(minus));
        KernelThrow.IfOverlap(minus, output, nameof(output));
        Transposed(new PairCell(in First(plus), in First(minus)), rows, input, firstRow, output);
    }

    /// <summary>Transposed product on single devices: outputᵢ += Σⱼ (uᵢⱼ - reference) · inputⱼ.</summary>
    /// <param name="state">Normalised states u of the whole matrix.</param>
    /// <param name="reference">State of the fixed reference; 0 gives the plain matrix product.</param>
    /// <param name="rows">Word lines of the matrix.</param>
    /// <param name="input">One value per bit line; padding is zero.</param>
    /// <param name="firstRow">First word line of this call: threads split the word lines.</param>
    /// <param name="output">Sums of the word lines from <paramref name="firstRow"/> on, in units of the state.</param>
    /// <remarks>Summation order and NaN as for the product on pairs.</remarks>
    /// <exception cref="ArgumentException">A length does not fit, the reference is not finite, or <paramref name="output"/> overlaps an operand.</exception>
    public static void AccumulateTransposed(
        ReadOnlySpan<float> state, float reference, int rows, ReadOnlySpan<float> input, int firstRow, Span<float> output)
    {
        CheckTransposed(state, nameof(state), rows, input, firstRow, output);
        KernelThrow.IfNotFinite(reference, nameof(reference));
        if (reference == 0f)
        {
            Transposed(new PlainCell(in First(state)), rows, input, firstRow, output);
        }
        else
        {
            Transposed(new ReferenceCell(in First(state), reference), rows, input, firstRow, output);
        }
    }

    private static void CheckTransposed(
        ReadOnlySpan<float> state, string stateName, int rows, ReadOnlySpan<float> input, int firstRow, ReadOnlySpan<float> output)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rows);
        KernelThrow.IfNotMultiple(input.Length, CrossbarLayout.PanelWidth, nameof(input));
        KernelThrow.IfLengthDiffers(state.Length, (long)rows * input.Length, stateName);
        ArgumentOutOfRangeException.ThrowIfNegative(firstRow);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(firstRow, rows);
        KernelThrow.IfLonger(output.Length, rows - firstRow, nameof(output));
        KernelThrow.IfOverlap(state, output, nameof(output));
        KernelThrow.IfOverlap(input, output, nameof(output));
    }

    private static void Transposed<TCell>(TCell cell, int rows, ReadOnlySpan<float> input, int firstRow, Span<float> output)
        where TCell : struct, ISynapseCell, allows ref struct
    {
        if (input.IsEmpty)
        {
            // No bit line, no sum: the kernel's partial sums begin with the first panel.
            return;
        }

        TransposedKernel<TCell> kernel = default;
        kernel.Cell = cell;
        kernel.Input = ref MemoryMarshal.GetReference(input);
        kernel.PaddedColumns = (nuint)input.Length;
        kernel.Rows = (nuint)rows;
        kernel.FirstRow = (nuint)firstRow;
        kernel.RowCount = (nuint)output.Length;
        kernel.Output = ref MemoryMarshal.GetReference(output);
        VectorDispatch.Run(ref kernel);
    }
}
