namespace RramSnn.Model.Learning;

/// <summary>Labelled samples: what a network learns from. Each is an <see cref="ISpikeSource"/> or an <see cref="IAmplitudeSource"/>.</summary>
public interface ISampleSource
{
    /// <summary>Number of samples.</summary>
    int Count { get; }

    /// <summary>Number of inputs.</summary>
    int Inputs { get; }

    /// <summary>Number of classes.</summary>
    int Classes { get; }

    /// <summary>The class of a sample.</summary>
    int Label(int sample);
}

/// <summary>Samples as input spikes.</summary>
public interface ISpikeSource : ISampleSource
{
    /// <summary>
    /// Writes the spikes of a sample for a run of steps. A pure function of (sample, step): called by several threads at
    /// once, for different steps.
    /// </summary>
    /// <param name="sample">Index of the sample.</param>
    /// <param name="firstStep">First step.</param>
    /// <param name="endStep">Step after the last.</param>
    /// <param name="raster">One row of words per step, row 0 for <paramref name="firstStep"/>; bits beyond <see cref="ISampleSource.Inputs"/> are cleared.</param>
    /// <param name="wordsPerStep">Words of a row.</param>
    void Encode(int sample, int firstStep, int endStep, Span<ulong> raster, int wordsPerStep);
}

/// <summary>Samples as amplitudes that drive the first layer at every step alike: direct coding.</summary>
public interface IAmplitudeSource : ISampleSource
{
    /// <summary>Writes the amplitudes of a sample, shares of the full input from 0 to 1.</summary>
    /// <param name="sample">Index of the sample.</param>
    /// <param name="amplitudes">One per input; the rest of the span is left alone.</param>
    void Encode(int sample, Span<float> amplitudes);
}
