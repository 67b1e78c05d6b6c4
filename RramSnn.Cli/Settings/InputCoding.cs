namespace RramSnn.Cli.Settings;

/// <summary>How pixels reach the first layer.</summary>
internal enum InputCoding
{
    /// <summary>Poisson spikes.</summary>
    Spikes,

    /// <summary>Analogue amplitudes, the same at every step.</summary>
    Amplitude,
}
