using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using RramSnn.Kernels.Simd;

namespace RramSnn.Kernels.Periphery;

/// <summary>Voltage drops along many lines at once, one line to a lane.</summary>
public static class WireKernels
{
    /// <summary>Elements of scratch memory that <see cref="LineDrops"/> asks for.</summary>
    /// <exception cref="OverflowException">More than 2³¹ - 1 elements.</exception>
    public static int ScratchLength(int positions, int lines) => checked((positions + 2) * lines);

    /// <summary>
    /// Drops along lines, each exact for given drops of the lines that cross them: with d = drop, G = conductance and f = crossing drop,
    /// current G_k (1 - f_k - d_k) enters node k, and the wire's currents obey Kirchhoff's law.
    /// </summary>
    /// <param name="conductance">G in siemens, [positions, lines], row-major: neighbouring lines lie side by side.</param>
    /// <param name="crossingDrops">f, as a share of the full input voltage, in the same order.</param>
    /// <param name="lines">Number of lines, a multiple of 16; lines of zero conductance have zero drops.</param>
    /// <param name="constants">Wires of the lines.</param>
    /// <param name="isFromLast">Whether the lines are connected behind their last position instead of before their first.</param>
    /// <param name="drops">d, as a share of the full input voltage, in the same order.</param>
    /// <param name="scratch">At least <see cref="ScratchLength"/> elements.</param>
    /// <remarks>
    /// Two passes along the lines, which put conductances in parallel and in series: nothing is subtracted, so a drop of a
    /// millionth has as many right digits as one of a half. The same bits on every vector width.
    /// </remarks>
    /// <exception cref="ArgumentException">A length does not fit, or <paramref name="drops"/> or <paramref name="scratch"/> overlap an operand.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A resistance is negative or not finite, or a lead of 0 stands beside a segment.</exception>
    public static void LineDrops(
        ReadOnlySpan<float> conductance, ReadOnlySpan<float> crossingDrops, int lines, LineConstants constants, bool isFromLast,
        Span<float> drops, Span<float> scratch)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(lines);
        KernelThrow.IfNotMultiple(lines, KernelThrow.LaneBlock, nameof(lines));
        KernelThrow.IfNotMultiple(conductance.Length, lines, nameof(conductance));
        KernelThrow.IfLengthDiffers(crossingDrops.Length, conductance.Length, nameof(crossingDrops));
        KernelThrow.IfLengthDiffers(drops.Length, conductance.Length, nameof(drops));
        int positions = conductance.Length / lines;
        KernelThrow.IfShorter(scratch.Length, ScratchLength(positions, lines), nameof(scratch));
        KernelThrow.IfOutside(constants.Segment, 0f, float.MaxValue, nameof(constants));
        KernelThrow.IfOutside(constants.Lead, constants.Segment, float.MaxValue, nameof(constants));
        KernelThrow.IfOverlap<float, float>(conductance, drops, nameof(drops));
        KernelThrow.IfOverlap<float, float>(crossingDrops, drops, nameof(drops));
        KernelThrow.IfOverlap<float, float>(conductance, scratch, nameof(scratch));
        KernelThrow.IfOverlap<float, float>(crossingDrops, scratch, nameof(scratch));
        KernelThrow.IfOverlap<float, float>(drops, scratch, nameof(scratch));
        if (constants.Lead == 0f || positions == 0)
        {
            drops.Clear();
            return;
        }

        LineDropsKernel kernel = default;
        kernel.Conductance = ref MemoryMarshal.GetReference(conductance);
        kernel.CrossingDrops = ref MemoryMarshal.GetReference(crossingDrops);
        kernel.Drops = ref MemoryMarshal.GetReference(drops);
        kernel.Scratch = ref MemoryMarshal.GetReference(scratch);
        kernel.Positions = positions;
        kernel.Lines = (nuint)lines;
        kernel.Segment = constants.Segment;
        kernel.LeadConductance = 1f / constants.Lead;
        kernel.IsBothEnded = constants.IsBothEnded;
        kernel.IsFromLast = isFromLast;
        VectorDispatch.Run(ref kernel);
    }

    /// <summary>Transposes a padded matrix: target[column, row] = source[row, column].</summary>
    /// <param name="source">Row-major, <paramref name="sourceStride"/> elements from row to row.</param>
    /// <param name="rows">Rows to copy.</param>
    /// <param name="columns">Columns to copy, at most <paramref name="sourceStride"/>.</param>
    /// <param name="sourceStride">Distance between rows of the source.</param>
    /// <param name="target">Row-major, <paramref name="targetStride"/> elements from row to row; padding is left alone.</param>
    /// <param name="targetStride">Distance between rows of the target, at least <paramref name="rows"/>.</param>
    /// <exception cref="ArgumentException">A span is too short or they overlap.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An extent is out of range.</exception>
    public static void Transpose(ReadOnlySpan<float> source, int rows, int columns, int sourceStride, Span<float> target, int targetStride)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rows);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(columns);
        ArgumentOutOfRangeException.ThrowIfLessThan(sourceStride, columns);
        ArgumentOutOfRangeException.ThrowIfLessThan(targetStride, rows);
        KernelThrow.IfShorter(source.Length, ((rows - 1) * (long)sourceStride) + columns, nameof(source));
        KernelThrow.IfShorter(target.Length, ((columns - 1) * (long)targetStride) + rows, nameof(target));
        KernelThrow.IfOverlap<float, float>(source, target, nameof(target));
        ref float from = ref MemoryMarshal.GetReference(source);
        ref float to = ref MemoryMarshal.GetReference(target);

        // Strips as wide as a cache line: a line that is written stays in the cache until it is full.
        for (int firstColumn = 0; firstColumn < columns; firstColumn += KernelThrow.LaneBlock)
        {
            int endColumn = Math.Min(firstColumn + KernelThrow.LaneBlock, columns);
            for (int row = 0; row < rows; row++)
            {
                for (int column = firstColumn; column < endColumn; column++)
                {
                    Unsafe.Add(ref to, ((nuint)column * (nuint)targetStride) + (nuint)row) =
                        Unsafe.Add(ref from, ((nuint)row * (nuint)sourceStride) + (nuint)column);
                }
            }
        }
    }
}
