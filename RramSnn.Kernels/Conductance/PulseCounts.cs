using System.Runtime.CompilerServices;
using RramSnn.Kernels.Random;
using RramSnn.Kernels.Simd;

namespace RramSnn.Kernels.Conductance;

/// <summary>How a wished, real number of pulses becomes the number that a device gets.</summary>
public interface IPulseCounts
{
    /// <summary>Whether every device gets exactly its wished number.</summary>
    static abstract bool AreExact { get; }

    /// <summary>Random numbers for four bundles of columns, if the rule needs any.</summary>
    static abstract void Draw<TLanes>(RandomStream stream, uint element, out TLanes r0, out TLanes r1, out TLanes r2, out TLanes r3)
        where TLanes : struct, ILanes<TLanes>;

    /// <summary>The number of pulses for a wished number factor · magnitude ≥ 0.</summary>
    /// <param name="factor">One factor of the wished number, 0 or more.</param>
    /// <param name="magnitude">The other factor, 0 or more.</param>
    /// <param name="random">A draw of <see cref="Draw{TLanes}"/>.</param>
    static abstract TLanes Count<TLanes>(TLanes factor, TLanes magnitude, TLanes random)
        where TLanes : struct, ILanes<TLanes>;
}

/// <summary>Continuous pulses: the number of pulses is a real number (pulse width or amplitude carries the fraction).</summary>
public readonly struct ContinuousPulses : IPulseCounts
{
    /// <inheritdoc/>
    public static bool AreExact => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Draw<TLanes>(RandomStream stream, uint element, out TLanes r0, out TLanes r1, out TLanes r2, out TLanes r3)
        where TLanes : struct, ILanes<TLanes> => r0 = r1 = r2 = r3 = default;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Count<TLanes>(TLanes factor, TLanes magnitude, TLanes random)
        where TLanes : struct, ILanes<TLanes> => factor * magnitude;
}

/// <summary>
/// Whole pulses by stochastic rounding: n = ⌊x + r⌋ with r uniform on the multiples of 2⁻²⁴ in [0, 1), so that the mean of n
/// is the wished x to within 2⁻²⁴.
/// </summary>
public readonly struct StochasticPulses : IPulseCounts
{
    /// <inheritdoc/>
    public static bool AreExact => false;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Draw<TLanes>(RandomStream stream, uint element, out TLanes r0, out TLanes r1, out TLanes r2, out TLanes r3)
        where TLanes : struct, ILanes<TLanes>
    {
        Philox4x32.Draw(stream, element, out TLanes w0, out TLanes w1, out TLanes w2, out TLanes w3);
        r0 = Philox4x32.ToUnitInterval(w0);
        r1 = Philox4x32.ToUnitInterval(w1);
        r2 = Philox4x32.ToUnitInterval(w2);
        r3 = Philox4x32.ToUnitInterval(w3);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Count<TLanes>(TLanes factor, TLanes magnitude, TLanes random)
        where TLanes : struct, ILanes<TLanes> =>
        TLanes.Floor(TLanes.FusedMultiplyAdd(factor, magnitude, random));
}
