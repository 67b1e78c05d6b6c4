namespace RramSnn.Model.Devices.Fitting;

/// <summary>A number that a fit found.</summary>
/// <param name="Key">Key of the model's parameter, with [i] for the values of a table; <c>g_min_siemens</c> or <c>g_max_siemens</c>.</param>
/// <param name="Value">Its value.</param>
/// <param name="StandardError">Standard error; NaN if the data do not determine the value, or if it was not fitted.</param>
/// <param name="Low">Lower end of the 95 % interval; NaN as above.</param>
/// <param name="High">Upper end of the 95 % interval; NaN as above.</param>
/// <param name="IsAtBound">Whether the search ended at an end of the allowed range.</param>
/// <param name="IsFitted">Whether it was varied; else it comes from the readings directly.</param>
public sealed record FittedParameter(string Key, double Value, double StandardError, double Low, double High, bool IsAtBound, bool IsFitted);

/// <summary>One model fitted to a pulse response.</summary>
public sealed class ModelFit
{
    /// <summary>The device: law, range and variability as measured.</summary>
    public required Device Device { get; init; }

    /// <summary>The model.</summary>
    public DeviceModel Model => Device.Law.Model;

    /// <summary>The model's values in their order, then Gmin and Gmax.</summary>
    public required IReadOnlyList<FittedParameter> Parameters { get; init; }

    /// <summary>Root mean square of the residuals in siemens.</summary>
    public required double RootMeanSquareSiemens { get; init; }

    /// <summary>Root mean square of the residuals as a share of the measured range.</summary>
    public required double RootMeanSquareShare { get; init; }

    /// <summary>Share of the readings' variance that the model explains.</summary>
    public required double Determination { get; init; }

    /// <summary>Number of fitted values: parameters and start states of the ramps.</summary>
    public required int FittedCount { get; init; }

    /// <summary>Akaike's information criterion, corrected for small samples: N ln(RSS/N) + 2 K + 2 K (K + 1)/(N - K - 1), K one more than <see cref="FittedCount"/>.</summary>
    public required double InformationCriterion { get; init; }

    /// <summary>Correlation of neighbouring residuals. Standard errors allow for it.</summary>
    public required double ResidualCorrelation { get; init; }

    /// <summary>Scatter of writes and reads.</summary>
    public required NoiseEstimate Noise { get; init; }

    /// <summary>Predicted and measured conductance of every ramp.</summary>
    public required IReadOnlyList<FittedRamp> Ramps { get; init; }

    /// <summary>Distance of the criterion from the lowest one.</summary>
    public double InformationDistance { get; internal set; }

    /// <summary>Akaike weight: how likely this model is the closest to the truth of those that were fitted.</summary>
    public double InformationWeight { get; internal set; }
}

/// <summary>A ramp and what a model predicts for it.</summary>
/// <param name="Device">Which device.</param>
/// <param name="Trace">Which trace of the device.</param>
/// <param name="Start">Pulses that the trace had seen at the first reading.</param>
/// <param name="Pulses">Pulses before every reading, negative for depression; 0 for the first.</param>
/// <param name="Siemens">Readings.</param>
/// <param name="Predicted">Predictions in siemens.</param>
public sealed record FittedRamp(
    string Device, string Trace, double Start, IReadOnlyList<double> Pulses, IReadOnlyList<double> Siemens, IReadOnlyList<double> Predicted);

/// <summary>Scatter of single writes and reads, by maximum likelihood.</summary>
/// <param name="ReadNoise">σ of one read, as a share of the range.</param>
/// <param name="StepNoise">σ of a write in units of its step; 0 if <paramref name="PulseNoise"/> describes the writes better.</param>
/// <param name="PulseNoise">σ of one pulse, as a share of the range; 0 if <paramref name="StepNoise"/> describes the writes better.</param>
/// <param name="LikelihoodRatio">Twice the logarithm of the likelihood of the chosen kind over that of the other.</param>
public sealed record NoiseEstimate(double ReadNoise, double StepNoise, double PulseNoise, double LikelihoodRatio);
