using RramSnn.Kernels.Conductance;
using RramSnn.Kernels.Crossbar;

namespace RramSnn.Model.Crossbars.Units;

/// <summary>One step of one worker as its unit sees it; spans hold the whole layer.</summary>
internal readonly ref struct LearningStep
{
    /// <summary>Panels of the worker.</summary>
    internal required PanelRange Panels { get; init; }

    /// <summary>Trace of each word line.</summary>
    internal required ReadOnlySpan<float> Trace { get; init; }

    /// <summary>Wished weight change per unit trace of each bit line.</summary>
    internal required ReadOnlySpan<float> Wish { get; init; }

    /// <summary>Random numbers of this step.</summary>
    internal required ArrayStreams Streams { get; init; }

    /// <summary>Where pulses, writes and reads are counted.</summary>
    internal required PulseCounters Counters { get; init; }

    /// <summary>Samples that were learned before this one.</summary>
    internal required long Samples { get; init; }

    /// <summary>The worker's memory for a list of word lines.</summary>
    internal required Span<int> Rows { get; init; }

    /// <summary>The worker's memory for their traces.</summary>
    internal required Span<float> Values { get; init; }

    /// <summary>The active word lines, in the worker's memory.</summary>
    internal ActiveRows Active(int rowCount) => ActiveRows.FromTrace(Trace, rowCount, Rows, Values);

    /// <summary>Those from one on and before another; they take the place of a list made before.</summary>
    internal ActiveRows Active(int rowCount, int start, int end)
    {
        Span<float> part = Values[..Trace.Length];
        part.Clear();
        Trace[start..end].CopyTo(part[start..]);
        return ActiveRows.FromTrace(part, rowCount, Rows, part);
    }
}

/// <summary>The end of a sample for one worker as its unit sees it; counters hold the whole layer.</summary>
internal readonly ref struct SampleEnd
{
    /// <summary>Panels of the worker.</summary>
    internal required PanelRange Panels { get; init; }

    /// <summary>Samples that were learned, this one included.</summary>
    internal required long Samples { get; init; }

    /// <summary>Random numbers of the sample's first step; a unit that writes behind a sample alone may use them.</summary>
    internal required ArrayStreams Streams { get; init; }

    /// <summary>Random numbers for resetting and rewriting the synapses' devices behind this sample.</summary>
    internal required ArrayStreams Rewriting { get; init; }

    /// <summary>Where pulses, writes and reads are counted.</summary>
    internal required PulseCounters Counters { get; init; }

    /// <summary>Where they are counted panel by panel.</summary>
    internal required PulseTotals Totals { get; init; }

    /// <summary>The counters of a run of panels.</summary>
    internal PulseCounters CountersOf(PanelRange panels) => panels.Columns(Counters);
}
