namespace RramSnn.Model.Devices.Fitting;

/// <summary>How residuals count in a fit.</summary>
public enum FitWeights
{
    /// <summary>All alike: readings scatter by the same amount of siemens everywhere.</summary>
    Uniform,

    /// <summary>In proportion to 1/G²: readings scatter by the same share of their value.</summary>
    Relative,
}

/// <summary>How to fit devices.</summary>
public sealed record FitOptions
{
    /// <summary>Models to fit.</summary>
    public IReadOnlyList<DeviceModel> Models { get; init; } = DeviceModels.Fittable;

    /// <summary>How residuals count.</summary>
    public FitWeights Weights { get; init; }

    /// <summary>Name of the device that is made.</summary>
    public string Name { get; init; } = "measured";

    /// <summary>Nominal number of pulses over the range; null for that of the measured ramps.</summary>
    public double? PulsesPerRange { get; init; }

    /// <summary>Gmin in siemens if it is known; null to find it. Readings below it are taken for scatter.</summary>
    public double? MinimumSiemens { get; init; }

    /// <summary>Gmax in siemens if it is known; null to find it. Readings above it are taken for scatter.</summary>
    public double? MaximumSiemens { get; init; }

    /// <summary>Told the name of every model before it is fitted.</summary>
    public Action<string>? ModelStarts { get; init; }
}

/// <summary>Something about a measurement that a fit does not repair.</summary>
/// <param name="Code">Stable key in snake_case.</param>
/// <param name="Message">One sentence for people.</param>
public sealed record FitWarning(string Code, string Message);

/// <summary>A model that could not be fitted.</summary>
/// <param name="Model">Name of the model.</param>
/// <param name="Reason">Why.</param>
public sealed record SkippedModel(string Model, string Reason);

/// <summary>All models fitted to one measurement.</summary>
/// <param name="Response">What was measured.</param>
/// <param name="Models">Fits: the one to use, then the others by information criterion.</param>
/// <param name="Skipped">Models that the data cannot carry.</param>
/// <param name="Warnings">What to know about the measurement.</param>
/// <param name="ReadingCount">Readings that were fitted.</param>
/// <param name="RampCount">Ramps and alternating sequences.</param>
public sealed record DeviceFit(
    MeasuredResponse Response,
    IReadOnlyList<ModelFit> Models,
    IReadOnlyList<SkippedModel> Skipped,
    IReadOnlyList<FitWarning> Warnings,
    int ReadingCount,
    int RampCount)
{
    /// <summary>Distance of the information criterion below which the data do not tell two models apart.</summary>
    public const double TieDistance = 2;

    /// <summary>The simplest of the models that are as good as the best: the fewest fitted values, then the fewest parameters.</summary>
    public ModelFit Best => Models[0];

    /// <summary>The best model and those that the data do not tell from it.</summary>
    public IEnumerable<ModelFit> Ties => Models.Where(static fit => fit.InformationDistance < TieDistance);
}
