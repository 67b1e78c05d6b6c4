using System.Runtime.InteropServices;
using RramSnn.Kernels.Simd;

namespace RramSnn.Kernels.Crossbar;

public static partial class CrossbarKernels
{
    /// <summary>Batched dense product on pairs: current_bj += Σᵢ input_bi · (u⁺ᵢⱼ - u⁻ᵢⱼ), one fused multiply-add per cell, i ascending.</summary>
    /// <param name="plus">Normalised states u⁺ of the panels.</param>
    /// <param name="minus">Normalised states u⁻ of the panels.</param>
    /// <param name="rows">Word lines.</param>
    /// <param name="inputs">One row of inputs per sample, <paramref name="inputStride"/> apart.</param>
    /// <param name="inputStride">Distance between the rows of <paramref name="inputs"/>, at least <paramref name="rows"/>; no multiple of 1024, if speed matters.</param>
    /// <param name="batch">Samples.</param>
    /// <param name="current">Sums in units of the state, in the order of <see cref="CrossbarLayout"/>(batch, columns).</param>
    /// <remarks>Gives every sample the bits of the batch-1 product. NaN and infinity stay within their sample and their bit line.</remarks>
    /// <exception cref="ArgumentException">A length does not fit or <paramref name="current"/> overlaps an operand.</exception>
    public static void AccumulateBatch(
        ReadOnlySpan<float> plus, ReadOnlySpan<float> minus, int rows, ReadOnlySpan<float> inputs, int inputStride, int batch, Span<float> current)
    {
        int columns = CheckBatch(plus, nameof(plus), rows, inputs, inputStride, batch, current);
        KernelThrow.IfLengthDiffers(minus.Length, (long)rows * columns, nameof(minus));
        KernelThrow.IfOverlap(minus, current, nameof(current));
        Batched(new PairCell(in First(plus), in First(minus)), rows, columns, inputs, inputStride, batch, current);
    }

    /// <summary>Batched dense product on single devices: current_bj += Σᵢ input_bi · (uᵢⱼ - reference), one fused multiply-add per cell, i ascending.</summary>
    /// <param name="state">Normalised states u of the panels.</param>
    /// <param name="reference">State of the fixed reference; 0 gives the plain matrix product.</param>
    /// <param name="rows">Word lines.</param>
    /// <param name="inputs">One row of inputs per sample, <paramref name="inputStride"/> apart.</param>
    /// <param name="inputStride">Distance between the rows of <paramref name="inputs"/>, at least <paramref name="rows"/>; no multiple of 1024, if speed matters.</param>
    /// <param name="batch">Samples.</param>
    /// <param name="current">Sums in units of the state, in the order of <see cref="CrossbarLayout"/>(batch, columns).</param>
    /// <remarks>Gives every sample the bits of the batch-1 product. NaN and infinity stay within their sample and their bit line.</remarks>
    /// <exception cref="ArgumentException">A length does not fit, the reference is not finite, or <paramref name="current"/> overlaps an operand.</exception>
    public static void AccumulateBatch(
        ReadOnlySpan<float> state, float reference, int rows, ReadOnlySpan<float> inputs, int inputStride, int batch, Span<float> current)
    {
        int columns = CheckBatch(state, nameof(state), rows, inputs, inputStride, batch, current);
        KernelThrow.IfNotFinite(reference, nameof(reference));
        if (reference == 0f)
        {
            Batched(new PlainCell(in First(state)), rows, columns, inputs, inputStride, batch, current);
        }
        else
        {
            Batched(new ReferenceCell(in First(state), reference), rows, columns, inputs, inputStride, batch, current);
        }
    }

    /// <returns>Padded columns.</returns>
    private static int CheckBatch(
        ReadOnlySpan<float> state, string stateName, int rows, ReadOnlySpan<float> inputs, int inputStride, int batch, ReadOnlySpan<float> current)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rows);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(batch);
        ArgumentOutOfRangeException.ThrowIfLessThan(inputStride, rows);
        KernelThrow.IfShorter(inputs.Length, ((batch - 1) * (long)inputStride) + rows, nameof(inputs));
        KernelThrow.IfNotMultiple(current.Length, (long)batch * CrossbarLayout.PanelWidth, nameof(current));
        int columns = current.Length / batch;
        KernelThrow.IfLengthDiffers(state.Length, (long)rows * columns, stateName);
        KernelThrow.IfOverlap(state, current, nameof(current));
        KernelThrow.IfOverlap(inputs, current, nameof(current));
        return columns;
    }

    private static void Batched<TCell>(
        TCell cell, int rows, int columns, ReadOnlySpan<float> inputs, int inputStride, int batch, Span<float> current)
        where TCell : struct, ISynapseCell, allows ref struct
    {
        BatchKernel<TCell> kernel = default;
        kernel.Cell = cell;
        kernel.Inputs = ref MemoryMarshal.GetReference(inputs);
        kernel.InputStride = (nuint)inputStride;
        kernel.Batch = (nuint)batch;
        kernel.Rows = (nuint)rows;
        kernel.Current = ref MemoryMarshal.GetReference(current);
        kernel.PaddedColumns = (nuint)columns;
        VectorDispatch.Run(ref kernel);
    }
}
