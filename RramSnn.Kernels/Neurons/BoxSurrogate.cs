using System.Runtime.CompilerServices;
using RramSnn.Kernels.Simd;

namespace RramSnn.Kernels.Neurons;

/// <summary>
/// Box: σ′(x) = 1 for |x| &lt; halfWidth, else 0, of the distance x = U - θ from the threshold. It stands in for the derivative
/// of the spike, which is zero almost everywhere. In hardware two comparators; here one bit per neuron.
/// </summary>
public readonly struct BoxSurrogate
{
    /// <summary>A box.</summary>
    /// <param name="halfWidth">Half of the box's width in units of the membrane; above 0 and finite.</param>
    /// <exception cref="ArgumentOutOfRangeException">The width is not positive or not finite.</exception>
    public BoxSurrogate(float halfWidth)
    {
        if (!(halfWidth > 0f && float.IsFinite(halfWidth)))
        {
            KernelThrow.OutOfRange(halfWidth, "a finite number above 0", nameof(halfWidth));
        }

        HalfWidth = halfWidth;
    }

    /// <summary>Half of the box's width; 0, a box that is never entered, for <c>default</c>.</summary>
    public float HalfWidth { get; }

    /// <summary>Lanes whose highest bit is [|distance| &lt; halfWidth]; clear for NaN.</summary>
    /// <remarks>
    /// Magnitudes of floats are ordered like their bits, and NaN is above them all: as integers, |distance| - halfWidth is
    /// negative inside the box.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TLanes Inside<TLanes>(TLanes distance, TLanes halfWidth)
        where TLanes : struct, ILanes<TLanes> => TLanes.SubtractInteger(TLanes.Abs(distance), halfWidth);
}
