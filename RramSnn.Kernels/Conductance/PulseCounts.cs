using System.Runtime.CompilerServices;
using RramSnn.Kernels.Random;
using RramSnn.Kernels.Simd;

namespace RramSnn.Kernels.Conductance;

/// <summary>How a wished, real number of pulses becomes the number that a device gets.</summary>
public interface IPulseCounts
{
    /// <summary>The number of pulses for a wished number factor · magnitude ≥ 0.</summary>
    /// <param name="factor">One factor of the wished number, 0 or more.</param>
    /// <param name="magnitude">The other factor, 0 or more.</param>
    /// <param name="bits">32 random bits per lane.</param>
    static abstract TLanes Count<TLanes>(TLanes factor, TLanes magnitude, TLanes bits)
        where TLanes : struct, ILanes<TLanes>;
}

/// <summary>Continuous pulses: the number of pulses is a real number (pulse width or amplitude carries the fraction). No random numbers are made.</summary>
public readonly struct ContinuousPulses : IPulseCounts
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Count<TLanes>(TLanes factor, TLanes magnitude, TLanes bits)
        where TLanes : struct, ILanes<TLanes> => factor * magnitude;
}

/// <summary>
/// Whole pulses by stochastic rounding: n = ⌊x + r⌋ with r uniform on the multiples of 2⁻²⁴ in [0, 1), so that the mean of n
/// is the wished x to within 2⁻²⁴.
/// </summary>
public readonly struct StochasticPulses : IPulseCounts
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Count<TLanes>(TLanes factor, TLanes magnitude, TLanes bits)
        where TLanes : struct, ILanes<TLanes> =>
        TLanes.Floor(TLanes.FusedMultiplyAdd(factor, magnitude, Philox4x32.ToUnitInterval(bits)));
}
