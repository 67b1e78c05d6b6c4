namespace RramSnn.Model.Devices.Fitting;

/// <summary>Makes a device from its measured pulse response: fits models, ranks them, and estimates scatter and spread.</summary>
public static class DeviceFitter
{
    /// <summary>Fits all models of the options.</summary>
    /// <exception cref="InvalidDataException">The measurement cannot tell a device: too few readings, or one direction only.</exception>
    /// <exception cref="ArgumentException">An option is wrong.</exception>
    /// <exception cref="OperationCanceledException">The fit was interrupted.</exception>
    public static DeviceFit Fit(PulseResponse response, FitOptions options, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(response);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentException.ThrowIfNullOrWhiteSpace(options.Name);
        Require.That(options.Models.Count > 0, options.Models.Count, "at least one model", nameof(options.Models));
        Require.That(options.PulsesPerRange is null or (>= 1 and <= 1e9), options.PulsesPerRange, "1 to 1e9", nameof(options.PulsesPerRange));
        Require.That(options.MinimumSiemens is null or (> 0 and < 1), options.MinimumSiemens, "a conductance above 0 and below 1 S", nameof(options.MinimumSiemens));
        Require.That(
            options.MaximumSiemens is null || (options.MaximumSiemens > (options.MinimumSiemens ?? response.MinimumSiemens) && options.MaximumSiemens <= 1),
            options.MaximumSiemens,
            "a conductance above Gmin and at most 1 S",
            nameof(options.MaximumSiemens));
        ResponseNoise noise = ResponseNoise.Of(response);
        List<FitWarning> warnings = [.. ResponseDiagnosis.Check(response, noise)];
        List<MeasuredRamp> ramps = [.. response.Traces.SelectMany(trace => RampSplitter.Split(trace, noise))];
        List<ModelFit> fits = [];
        List<SkippedModel> skipped = [];
        foreach (DeviceModel model in options.Models)
        {
            ModelFitter fitter = new(model, ramps, options, cancellation);
            if (fitter.Readings < fitter.RequiredReadings)
            {
                skipped.Add(new(model.Name, $"{fitter.Readings} readings for {model.ValueCount} parameters and {ramps.Count} ramps; expected at least {fitter.RequiredReadings}"));
                continue;
            }

            options.ModelStarts?.Invoke(model.Name);
            fits.Add(Fit(response, options, ramps, fitter, cancellation));
        }

        if (fits.Count == 0)
        {
            throw new InvalidDataException($"{response.Source}: {skipped[0].Model}: {skipped[0].Reason}.");
        }

        Rank(fits);
        warnings.AddRange(ResponseDiagnosis.Check(fits[0]));
        return new(response, fits, skipped, warnings, (int)Math.Round(ramps.Sum(static ramp => ramp.Shares.Sum())), ramps.Count);
    }

    private static ModelFit Fit(PulseResponse response, FitOptions options, List<MeasuredRamp> ramps, ModelFitter fitter, CancellationToken cancellation)
    {
        FitSpace space = fitter.Space;
        PopulationFit population = fitter.Fit(cancellation);
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
            options.PulsesPerRange ?? NominalPulses(ramps, high - low),
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
            InformationCriterion = fitter.Criterion(population.Sum, population.Fitted),
            ResidualCorrelation = residuals.Correlation,
            Noise = noise,
            Ramps = residuals.Ramps,
        };
    }

    /// <summary>Pulses of the measured ramps; for alternating pulses the range in units of the mean step.</summary>
    private static double NominalPulses(List<MeasuredRamp> ramps, double range)
    {
        double[] lengths = [.. ramps.Where(static ramp => ramp.IsRamp).Select(static ramp => ramp.TotalPulses).Order()];
        if (lengths.Length > 0)
        {
            return Math.Max(1, lengths[lengths.Length / 2]);
        }

        double steps = ramps.Sum(static ramp => ramp.Siemens.Zip(ramp.Siemens.Skip(1), static (a, b) => Math.Abs(b - a)).Sum());
        return Math.Clamp(Math.Round(range * ramps.Sum(static ramp => ramp.TotalPulses) / steps), 1, 1e9);
    }

    private static void Rank(List<ModelFit> fits)
    {
        fits.Sort(static (a, b) => a.InformationCriterion.CompareTo(b.InformationCriterion));
        foreach (ModelFit fit in fits)
        {
            double distance = fit.InformationCriterion - fits[0].InformationCriterion;
            fit.InformationDistance = double.IsNaN(distance) ? 0 : distance;
        }

        double sum = fits.Sum(static fit => Math.Exp(-fit.InformationDistance / 2));
        foreach (ModelFit fit in fits)
        {
            fit.InformationWeight = Math.Exp(-fit.InformationDistance / 2) / sum;
        }
    }
}
