using RramSnn.Kernels.Conductance;
using RramSnn.Kernels.Crossbar;

namespace RramSnn.Model.Crossbars;

/// <summary>A run of column panels: the part of a layer that one worker owns.</summary>
internal readonly record struct PanelRange(int First, int Count)
{
    /// <summary>First column.</summary>
    internal int FirstColumn => First * CrossbarLayout.PanelWidth;

    /// <summary>Number of columns, padding included.</summary>
    internal int Width => Count * CrossbarLayout.PanelWidth;

    /// <summary>The panels' part of something with one element per column.</summary>
    internal Span<T> Columns<T>(Span<T> all) => all.Slice(FirstColumn, Width);

    /// <inheritdoc cref="Columns{T}(Span{T})"/>
    internal ReadOnlySpan<T> Columns<T>(ReadOnlySpan<T> all) => all.Slice(FirstColumn, Width);

    /// <summary>The panels' counters.</summary>
    internal PulseCounters Columns(PulseCounters all) => new(Columns(all.Pulses), Columns(all.Writes), Columns(all.Reads));

    /// <summary>The panels' part of something with one bit per column.</summary>
    internal Span<ulong> Words(Span<ulong> all) => all.Slice(FirstColumn / 64, Width / 64);

    /// <inheritdoc cref="Words(Span{ulong})"/>
    internal ReadOnlySpan<ulong> Words(ReadOnlySpan<ulong> all) => all.Slice(FirstColumn / 64, Width / 64);

    /// <inheritdoc cref="Cells(Span{float}, CrossbarLayout)"/>
    internal ReadOnlySpan<float> Cells(ReadOnlySpan<float> stored, CrossbarLayout layout) => stored.Slice(First * layout.PanelLength, Count * layout.PanelLength);

    /// <summary>The panels' part of a stored matrix.</summary>
    internal Span<float> Cells(Span<float> stored, CrossbarLayout layout) => stored.Slice(First * layout.PanelLength, Count * layout.PanelLength);
}
