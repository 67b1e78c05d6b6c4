namespace RramSnn.Cli.Reports;

/// <summary>Shows how far a run is.</summary>
internal interface IRunProgress
{
    /// <summary>Called after every chunk of samples and before every measurement.</summary>
    void Report(in RunStatus status);
}

/// <summary>How far a run is.</summary>
/// <param name="Activity">What is being done.</param>
/// <param name="Position">Samples shown.</param>
/// <param name="TotalSamples">Samples of the whole run.</param>
/// <param name="Epoch">Present epoch, 1 for the first.</param>
/// <param name="Epochs">Epochs of the whole run.</param>
/// <param name="OnlineAccuracy">Share of the epoch's probes named right, if there were any.</param>
/// <param name="HeldOutAccuracy">The last accuracy on held-out images, if there is one.</param>
/// <param name="SamplesPerSecond">Training speed.</param>
internal readonly record struct RunStatus(
    string Activity,
    long Position,
    long TotalSamples,
    int Epoch,
    int Epochs,
    double? OnlineAccuracy,
    double? HeldOutAccuracy,
    double SamplesPerSecond)
{
    /// <summary>The activity that takes most of a run's time.</summary>
    internal const string Training = "training";

    /// <summary>Held-out images are shown.</summary>
    internal const string MeasuringHeldOut = "measuring held-out images";

    /// <summary>Test images are shown.</summary>
    internal const string MeasuringTest = "measuring test images";

    /// <summary>Training time left at the present speed.</summary>
    internal TimeSpan TimeLeft => TimeSpan.FromSeconds(SamplesPerSecond > 0 ? (TotalSamples - Position) / SamplesPerSecond : 0);
}
