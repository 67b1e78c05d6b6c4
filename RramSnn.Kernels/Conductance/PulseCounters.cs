using System.Runtime.CompilerServices;
using RramSnn.Kernels.Simd;

namespace RramSnn.Kernels.Conductance;

/// <summary>Where an update adds up what it did, per bit line.</summary>
/// <param name="pulses">Pulses applied, fractions included.</param>
/// <param name="writes">Devices that got at least one pulse or a fraction of one.</param>
/// <param name="reads">Devices whose state was read to find their number of pulses.</param>
/// <remarks>Floats: counts are exact up to 2²⁴, so owners move them elsewhere in time.</remarks>
public readonly ref struct PulseCounters(Span<float> pulses, Span<float> writes, Span<float> reads)
{
    /// <summary>Pulses applied.</summary>
    public Span<float> Pulses { get; } = pulses;

    /// <summary>Devices written.</summary>
    public Span<float> Writes { get; } = writes;

    /// <summary>Devices read.</summary>
    public Span<float> Reads { get; } = reads;

    internal void Check(ReadOnlySpan<float> state, ReadOnlySpan<float> wish, ReadOnlySpan<float> traces, int columns)
    {
        KernelThrow.IfLengthDiffers(Pulses.Length, columns, "pulses");
        KernelThrow.IfLengthDiffers(Writes.Length, columns, "writes");
        KernelThrow.IfLengthDiffers(Reads.Length, columns, "reads");
        CheckApart(state);
        CheckApart(wish);
        CheckApart(traces);
        KernelThrow.IfOverlap<float, float>(Pulses, Writes, "writes");
        KernelThrow.IfOverlap<float, float>(Pulses, Reads, "reads");
        KernelThrow.IfOverlap<float, float>(Writes, Reads, "reads");
    }

    internal void CheckApart<T>(ReadOnlySpan<T> operand)
        where T : unmanaged
    {
        KernelThrow.IfOverlap<T, float>(operand, Pulses, "pulses");
        KernelThrow.IfOverlap<T, float>(operand, Writes, "writes");
        KernelThrow.IfOverlap<T, float>(operand, Reads, "reads");
    }

    /// <summary>Adds to the counters of a bundle of bit lines.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Add<TLanes>(ref float counters, nuint column, TLanes amount)
        where TLanes : struct, ILanes<TLanes> =>
        TLanes.Store(TLanes.Load(in counters, column) + amount, ref counters, column);
}
