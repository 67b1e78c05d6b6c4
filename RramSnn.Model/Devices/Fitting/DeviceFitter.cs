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
        ResponseNoise noise = ResponseNoise.Of(response);
        List<FitWarning> warnings = [.. ResponseDiagnosis.Check(response, noise)];
        List<Ramp> ramps = [.. response.Traces.SelectMany(trace => RampSplitter.Split(trace, noise))];
        List<ModelFit> fits = [];
        List<SkippedModel> skipped = [];
        foreach (DeviceModel model in options.Models)
        {
            ModelFitter fitter = new(model, ramps, options.Weights == FitWeights.Relative, cancellation);
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
        return new(response, fits, skipped, warnings, fits[0].Ramps.Count == 0 ? 0 : (int)Math.Round(ramps.Sum(static ramp => ramp.Shares.Sum())), ramps.Count);
    }

    private static ModelFit Fit(PulseResponse response, FitOptions options, List<Ramp> ramps, ModelFitter fitter, CancellationToken cancellation)
    {
        FitSpace space = fitter.Space;
        ModelFitter.Minimum minimum = fitter.Fit();
        double[] predicted = new double[fitter.Squares.Simulation.Observed.Length];
        fitter.Squares.Simulation.Predict(minimum.Point, predicted);
        double correlation = fitter.ResidualCorrelation(predicted);
        double[] errors = fitter.StandardErrors(minimum, correlation);
        double low = minimum.Point[space.MinimumIndex] * space.Scale;
        double high = minimum.Point[space.MaximumIndex] * space.Scale;
        DeviceLaw law = space.LawOf(minimum.Point);
        NoiseEstimate noise = NoiseEstimator.Estimate(law, low, high, ramps, cancellation);
        DeviceSpread spread = SpreadEstimator.Estimate(fitter, minimum, ramps, options.Weights == FitWeights.Relative, cancellation);
        (double rootMeanSquare, double determination) = Residuals(fitter, predicted);
        Device device = new(
            options.Name,
            $"{space.Model.Name} fitted to {Path.GetFileName(response.Source)}",
            FormattableString.Invariant($"fit to {fitter.Readings} readings of {response.Devices.Count} device(s) in {Path.GetFileName(response.Source)}, RMS residual {100 * rootMeanSquare:G3} % of the range"),
            low,
            high,
            options.PulsesPerRange ?? NominalPulses(ramps, high - low),
            law)
        {
            Variability = new DeviceVariability
            {
                ReadNoise = noise.ReadNoise,
                StepNoise = noise.StepNoise,
                PulseNoise = noise.PulseNoise,
                Spread = spread.Parameters,
                Distribution = SpreadDistribution.LogNormal,
                MinimumSpread = spread.Minimum,
                MaximumSpread = spread.Maximum,
            },
        };
        return new ModelFit
        {
            Device = device,
            Parameters = fitter.Describe(minimum, errors),
            RootMeanSquareSiemens = rootMeanSquare * space.Scale,
            RootMeanSquareShare = rootMeanSquare,
            Determination = determination,
            FittedCount = minimum.Fitted,
            InformationCriterion = minimum.Criterion,
            ResidualCorrelation = correlation,
            Noise = noise,
            Ramps = Predictions(ramps, predicted, space.Scale),
        };
    }

    private static (double RootMeanSquare, double Determination) Residuals(ModelFitter fitter, double[] predicted)
    {
        double[] observed = fitter.Squares.Simulation.Observed;
        double mean = observed.Average();
        double residual = observed.Zip(predicted, static (y, p) => (y - p) * (y - p)).Sum();
        double total = observed.Sum(y => (y - mean) * (y - mean));
        return (Math.Sqrt(residual / observed.Length), 1 - (residual / total));
    }

    /// <summary>Pulses of the measured ramps; for alternating pulses the range in units of the mean step.</summary>
    private static double NominalPulses(List<Ramp> ramps, double range)
    {
        double[] lengths = [.. ramps.Where(static ramp => ramp.IsRamp).Select(static ramp => ramp.TotalPulses).Order()];
        if (lengths.Length > 0)
        {
            return Math.Max(1, lengths[lengths.Length / 2]);
        }

        double steps = ramps.Sum(static ramp => ramp.Siemens.Zip(ramp.Siemens.Skip(1), static (a, b) => Math.Abs(b - a)).Sum());
        return Math.Clamp(Math.Round(range * ramps.Sum(static ramp => ramp.TotalPulses) / steps), 1, 1e9);
    }

    private static List<FittedRamp> Predictions(List<Ramp> ramps, double[] predicted, double scale)
    {
        List<FittedRamp> all = [];
        int offset = 0;
        foreach (Ramp ramp in ramps)
        {
            all.Add(new(ramp.Trace.Device, ramp.Trace.Name, ramp.First, ramp.Pulses, ramp.Siemens, [.. predicted.Skip(offset).Take(ramp.Count).Select(value => value * scale)]));
            offset += ramp.Count;
        }

        return all;
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
