using System.Runtime.CompilerServices;
using RramSnn.Kernels.Simd;

namespace RramSnn.Kernels.Neurons;

/// <summary>Stands in for the derivative of the spike, which is zero almost everywhere.</summary>
public interface ISurrogate
{
    /// <summary>σ′ at a distance U - θ from the threshold.</summary>
    TLanes Derivative<TLanes>(TLanes distance)
        where TLanes : struct, ILanes<TLanes>;
}

/// <summary>Box: σ′(x) = 1 for |x| &lt; halfWidth, else 0. In hardware two comparators.</summary>
public readonly struct BoxSurrogate : ISurrogate
{
    private readonly float _halfWidth;

    /// <summary>A box.</summary>
    /// <param name="halfWidth">Half of the box's width in units of the membrane; above 0 and finite.</param>
    /// <exception cref="ArgumentOutOfRangeException">The width is not positive or not finite.</exception>
    public BoxSurrogate(float halfWidth)
    {
        if (!(halfWidth > 0f && float.IsFinite(halfWidth)))
        {
            KernelThrow.OutOfRange(halfWidth, "a finite number above 0", nameof(halfWidth));
        }

        _halfWidth = halfWidth;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Derivative<TLanes>(TLanes distance)
        where TLanes : struct, ILanes<TLanes> =>
        TLanes.Broadcast(1f) & TLanes.GreaterThan(TLanes.Broadcast(_halfWidth), TLanes.Abs(distance));
}
