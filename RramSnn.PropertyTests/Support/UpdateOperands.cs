using RramSnn.Kernels.Conductance;
using RramSnn.Kernels.Crossbar;

namespace RramSnn.PropertyTests.Support;

/// <summary>The memory that an update kernel works on, and where it takes it to be.</summary>
internal ref struct UpdateOperands
{
    internal Span<float> State;
    internal ActiveRows Active;
    internal ReadOnlySpan<float> Wish;
    internal PulseCounters Counters;

    /// <summary>Plus array of a pair, whose minus array is <see cref="State"/>.</summary>
    internal Span<float> Plus;

    /// <summary>The currents that a fused product adds up.</summary>
    internal Span<float> Current;

    internal bool Prefetches;
    internal bool PrefetchesGaps;
    internal bool IsInMemory;
    internal bool Descends;
}
