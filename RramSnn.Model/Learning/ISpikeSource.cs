namespace RramSnn.Model.Learning;

/// <summary>Labelled samples as input spikes: what a network learns from.</summary>
public interface ISpikeSource
{
    /// <summary>Number of samples.</summary>
    int Count { get; }

    /// <summary>Number of inputs.</summary>
    int Inputs { get; }

    /// <summary>Number of classes.</summary>
    int Classes { get; }

    /// <summary>The class of a sample.</summary>
    int Label(int sample);

    /// <summary>
    /// Writes the spikes of a sample for a run of steps. A pure function of (sample, step): called by several threads at
    /// once, for different steps.
    /// </summary>
    /// <param name="sample">Index of the sample.</param>
    /// <param name="firstStep">First step.</param>
    /// <param name="endStep">Step after the last.</param>
    /// <param name="raster">One row of words per step, row 0 for <paramref name="firstStep"/>; bits beyond <see cref="Inputs"/> are cleared.</param>
    /// <param name="wordsPerStep">Words of a row.</param>
    void Encode(int sample, int firstStep, int endStep, Span<ulong> raster, int wordsPerStep);
}
