namespace RramSnn.Model.Devices.Fitting;

/// <summary>Makes what users see of a fit: the device with its scatter and spread, and how well it fits.</summary>
internal sealed class Summariser(MeasuredResponse response, FitOptions options, IReadOnlyList<MeasuredRamp> ramps, CancellationToken cancellation)
{
    internal ModelFit Summarise(ModelFitter fitter, PopulationFit population)
    {
        FitSpace space = fitter.Space;
        FitResiduals residuals = FitResiduals.Of(space, population);
        double low = population.Point[space.MinimumIndex] * space.Scale;
        double high = population.Point[space.MaximumIndex] * space.Scale;
        NoiseEstimate noise = NoiseEstimator.Estimate(space, population.Devices, cancellation);
        (IReadOnlyDictionary<string, double> spread, double minimumSpread, double maximumSpread) = population.Spread();
        string file = Path.GetFileName(response.Source);
        Device device = new(
            options.Name,
            $"{space.Model.Name} fitted to {file}",
            FormattableString.Invariant($"fit to {fitter.Readings} readings of {response.Devices.Count} device(s) in {file}, RMS residual {100 * residuals.RootMeanSquare:G3} % of the measured range"),
            low,
            high,
            options.PulsesPerRange ?? NominalPulses(high - low),
            space.LawOf(population.Point))
        {
            Variability = new DeviceVariability
            {
                ReadNoise = noise.ReadNoise,
                StepNoise = noise.StepNoise,
                PulseNoise = noise.PulseNoise,
                Spread = spread,
                Distribution = spread.Count > 0 ? SpreadDistribution.LogNormal : default,
                MinimumSpread = minimumSpread,
                MaximumSpread = maximumSpread,
            },
        };
        return new ModelFit
        {
            Device = device,
            Parameters = residuals.Describe(space, population, fitter.Readings),
            RootMeanSquareSiemens = residuals.RootMeanSquare * space.Scale,
            RootMeanSquareShare = residuals.RootMeanSquare,
            Determination = residuals.Determination,
            FittedCount = population.Fitted,
            InformationCriterion = fitter.Criterion(population),
            ResidualCorrelation = residuals.Correlation,
            Noise = noise,
            Ramps = residuals.Ramps,
        };
    }

    /// <summary>Pulses of the measured ramps; for alternating pulses the range in units of the mean step.</summary>
    private double NominalPulses(double range)
    {
        double[] lengths = [.. ramps.Where(static ramp => ramp.IsRamp).Select(static ramp => ramp.TotalPulses).Order()];
        if (lengths.Length > 0)
        {
            return Math.Max(1, lengths[lengths.Length / 2]);
        }

        double steps = ramps.Sum(static ramp => ramp.Siemens.Zip(ramp.Siemens.Skip(1), static (a, b) => Math.Abs(b - a)).Sum());
        return Math.Clamp(Math.Round(range * ramps.Sum(static ramp => ramp.TotalPulses) / steps), 1, 1e9);
    }
}
