using System.Runtime.InteropServices;
using RramSnn.Kernels.Simd;

namespace RramSnn.Kernels.Periphery;

/// <summary>Converters between the digital side and an array, and its devices' current-voltage law.</summary>
public static class PeripheryKernels
{
    /// <summary>Most bits of a converter: codes must be exact floats with room to round in.</summary>
    public const int MostBits = 16;

    /// <summary>Largest <c>nonlinearity</c> of <see cref="SinhAmplitude"/>.</summary>
    public const float LargestNonlinearity = 80f;

    /// <summary>Mid-tread uniform quantisation: yᵢ = range · k/K, k = xᵢ K/range rounded to the nearest whole number in [lowest, K], ties to even.</summary>
    /// <param name="x">Values; the length is a multiple of 16.</param>
    /// <param name="y">Quantised values, as long as <paramref name="x"/>; may be the same span.</param>
    /// <param name="range">The value of the highest code, positive and finite.</param>
    /// <param name="highestCode">K, 1 to 65535.</param>
    /// <param name="isSigned">Whether the lowest code is -K; otherwise it is 0.</param>
    /// <returns>How many values were saturated: more than half a step beyond the first or last code.</returns>
    /// <remarks>Exact at 0 and at the range's ends. NaN stays NaN and is not counted. The same bits on every vector width.</remarks>
    /// <exception cref="ArgumentException">The lengths differ or are no multiple of 16, or the spans overlap without being equal.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The range or the highest code is out of range.</exception>
    public static int Quantise(ReadOnlySpan<float> x, Span<float> y, float range, int highestCode, bool isSigned)
    {
        CheckMap(x, y);
        KernelThrow.IfOutside(range, 1e-30f, 1e30f, nameof(range));
        if (highestCode is < 1 or >= 1 << MostBits)
        {
            KernelThrow.OutOfRange(highestCode, "1 to 65535", nameof(highestCode));
        }

        int saturated = 0;
        scoped QuantiseKernel kernel = default;
        kernel.X = ref MemoryMarshal.GetReference(x);
        kernel.Y = ref MemoryMarshal.GetReference(y);
        kernel.Length = (nuint)x.Length;
        kernel.Range = range;
        kernel.HighestCode = highestCode;
        kernel.LowestCode = isSigned ? -highestCode : 0;
        kernel.Saturated = ref saturated;
        VectorDispatch.Run(ref kernel);
        return saturated;
    }

    /// <summary>yᵢ = sinh(a xᵢ)/sinh(a): the input amplitude that a device with I ~ sinh(a V/V_full) answers to, relative to V_full.</summary>
    /// <param name="x">Amplitudes as shares of the full input; the length is a multiple of 16.</param>
    /// <param name="y">Effective amplitudes, as long as <paramref name="x"/>; may be the same span.</param>
    /// <param name="nonlinearity">a, 0 to 80; 0 is the linear device, y = x.</param>
    /// <remarks>
    /// -1, 0 and 1 are fixed points, exactly: spikes do not notice the law. Odd, exactly. For |x| ≤ 1 the relative error is below
    /// (12 + |a x|) 2⁻²⁴, also near zero; |a x| itself is rounded once. Beyond |a x| = 88 infinite. NaN stays NaN. The same bits on
    /// every vector width.
    /// </remarks>
    /// <exception cref="ArgumentException">The lengths differ or are no multiple of 16, or the spans overlap without being equal.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The nonlinearity is out of range.</exception>
    public static void SinhAmplitude(ReadOnlySpan<float> x, Span<float> y, float nonlinearity)
    {
        CheckMap(x, y);
        KernelThrow.IfOutside(nonlinearity, 0f, LargestNonlinearity, nameof(nonlinearity));
        if (nonlinearity == 0f)
        {
            x.CopyTo(y);
            return;
        }

        SinhKernel kernel = default;
        kernel.X = ref MemoryMarshal.GetReference(x);
        kernel.Y = ref MemoryMarshal.GetReference(y);
        kernel.Length = (nuint)x.Length;
        kernel.Nonlinearity = nonlinearity;
        VectorDispatch.Run(ref kernel);
    }

    private static void CheckMap(ReadOnlySpan<float> x, Span<float> y)
    {
        KernelThrow.IfNotMultiple(x.Length, KernelThrow.LaneBlock, nameof(x));
        KernelThrow.IfLengthDiffers(y.Length, x.Length, nameof(y));
        KernelThrow.IfPartialOverlap(x, y, nameof(y));
    }
}
