namespace RramSnn.Cli.Runs;

/// <summary>What a run measured over one interval of samples.</summary>
/// <param name="Sample">Samples shown since the start of the run.</param>
/// <param name="Epoch">Epoch of the interval, 1 for the first.</param>
/// <param name="OnlineAccuracy">Share of the interval's probes named right; null if it has none. A probe is a training sample shown without learning, just before it is learned.</param>
/// <param name="HeldOutAccuracy">Accuracy on held-out images at the end of an epoch.</param>
/// <param name="SamplesPerSecond">Speed of training over the interval, without measurements.</param>
/// <param name="Pulses">Pulses since the start of the run.</param>
/// <param name="WritesPerDeviceMean">Writes since the start of the run over all devices, also those that the method never writes.</param>
/// <param name="Seconds">Time since the start of the run.</param>
internal sealed record MetricsRow(
    long Sample,
    int Epoch,
    double? OnlineAccuracy,
    double? HeldOutAccuracy,
    double SamplesPerSecond,
    double Pulses,
    double WritesPerDeviceMean,
    double Seconds);
