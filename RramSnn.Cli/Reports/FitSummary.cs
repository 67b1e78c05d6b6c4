using RramSnn.Cli.Settings;
using RramSnn.Model.Devices;
using RramSnn.Model.Devices.Fitting;

namespace RramSnn.Cli.Reports;

/// <summary>The result of a fit, with stable keys.</summary>
internal sealed record FitSummary(
    string File,
    string Best,
    IReadOnlyList<string> Ties,
    int Readings,
    int Ramps,
    int Traces,
    int Devices,
    double LowestSiemens,
    double HighestSiemens,
    string Weights,
    IReadOnlyList<FitWarning> Warnings,
    IReadOnlyList<FitSummary.Fit> Models,
    IReadOnlyList<SkippedModel> Skipped,
    string Version)
{
    internal static FitSummary Of(DeviceFit fit, FitOptions options) => new(
        fit.Response.Source,
        fit.Best.Model.Name,
        [.. fit.Ties.Skip(1).Select(static model => model.Model.Name)],
        fit.ReadingCount,
        fit.RampCount,
        fit.Response.Traces.Count,
        fit.Response.Devices.Count,
        fit.Response.MinimumSiemens,
        fit.Response.MaximumSiemens,
        options.Weights.ToString().ToLowerInvariant(),
        fit.Warnings,
        [.. fit.Models.Select(static (model, i) => Fit.Of(model, i + 1))],
        fit.Skipped,
        App.Version);

    /// <summary>One model.</summary>
    internal sealed record Fit(
        string Model,
        int Rank,
        double RmseSiemens,
        double RmseShare,
        double RSquared,
        double? Aicc,
        double? DeltaAicc,
        double AkaikeWeight,
        int FittedValues,
        double ResidualCorrelation,
        double GMinSiemens,
        double GMaxSiemens,
        bool RangeFitted,
        double PulsesPerRange,
        IReadOnlyList<Parameter> Parameters,
        double ReadNoise,
        double StepNoise,
        double PulseNoise,
        IReadOnlyDictionary<string, double> Spread,
        double MinimumSpread,
        double MaximumSpread)
    {
        internal static Fit Of(ModelFit fit, int rank)
        {
            DeviceVariability variability = fit.Device.Variability;
            return new(
                fit.Model.Name,
                rank,
                fit.RootMeanSquareSiemens,
                fit.RootMeanSquareShare,
                fit.Determination,
                Finite(fit.InformationCriterion),
                Finite(fit.InformationDistance),
                fit.InformationWeight,
                fit.FittedCount,
                fit.ResidualCorrelation,
                fit.Device.MinimumSiemens,
                fit.Device.MaximumSiemens,
                fit.Parameters[^1].IsFitted || fit.Parameters[^2].IsFitted,
                fit.Device.PulsesPerRange,
                [.. fit.Parameters.Select(static parameter => new Parameter(
                    parameter.Key,
                    parameter.Value,
                    Finite(parameter.StandardError),
                    Finite(parameter.Low),
                    Finite(parameter.High),
                    parameter.IsFitted,
                    parameter.IsAtBound))],
                variability.ReadNoise,
                variability.StepNoise,
                variability.PulseNoise,
                variability.Spread,
                variability.MinimumSpread,
                variability.MaximumSpread);
        }
    }

    /// <summary>One number; null where the data do not determine it.</summary>
    internal sealed record Parameter(string Key, double Value, double? StandardError, double? Low95, double? High95, bool Fitted, bool AtBound);

    internal string Text => SettingsJson.Write(this);

    // JSON has no infinity.
    private static double? Finite(double value) => double.IsFinite(value) ? value : null;
}
