namespace RramSnn.Model.Devices.Fitting;

/// <summary>Makes a device from its measured pulse response: fits models, ranks them, and estimates scatter and spread.</summary>
public static class DeviceFitter
{
    /// <summary>Fits all models of the options.</summary>
    /// <exception cref="InvalidDataException">The measurement cannot tell a device: too few readings, or one direction only.</exception>
    /// <exception cref="ArgumentException">An option is wrong.</exception>
    /// <exception cref="OperationCanceledException">The fit was interrupted.</exception>
    public static DeviceFit Fit(MeasuredResponse response, FitOptions options, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(response);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentException.ThrowIfNullOrWhiteSpace(options.Name);
        Require.That(options.Models.Count > 0, options.Models.Count, "at least one model", nameof(options.Models));
        DeviceModel? statistical = options.Models.FirstOrDefault(static model => model.IsStatistical);
        Require.That(statistical is null, statistical?.Name, "models of a curve, not of the scatter of pulses", nameof(options.Models));
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
        if (ramps.Count == 0)
        {
            throw new InvalidDataException($"{response.Source}: no two readings follow each other by a pulse; expected ramps or alternating pulses.");
        }

        List<SkippedModel> skipped = [];
        List<(ModelFitter Fitter, PopulationFit Population)> found = [];
        foreach (DeviceModel model in options.Models)
        {
            ModelFitter fitter = new(model, ramps, options, cancellation);
            if (fitter.Readings < fitter.RequiredReadings)
            {
                skipped.Add(new(model.Name, $"{fitter.Readings} readings for {model.ValueCount} parameters and {ramps.Count} ramps; expected at least {fitter.RequiredReadings}"));
                continue;
            }

            options.ModelStarts?.Invoke(model.Name);
            found.Add((fitter, fitter.Fit(cancellation)));
        }

        if (found.Count == 0)
        {
            throw new InvalidDataException($"{response.Source}: {skipped[0].Model}: {skipped[0].Reason}.");
        }

        Summariser summariser = new(response, options, ramps, cancellation);
        List<ModelFit> fits = Rank(found.Select(item => summariser.Summarise(item.Fitter, item.Population)));

        // Scatter is a property of the measurement: the best model tells it, and no model may take its own misfit for scatter.
        if (ErrorModel.Of(fits[0], found[0].Fitter.Space.Scale) is { } errors)
        {
            fits = Rank(found.Select(item => summariser.Summarise(item.Fitter, item.Fitter.Refine(item.Population, errors, cancellation))));
        }

        warnings.AddRange(ResponseDiagnosis.Check(fits[0]));
        return new(response, fits, skipped, warnings, found[0].Fitter.Readings, ramps.Count);
    }

    /// <summary>Sorts by information criterion, then puts the simplest of those that are as good as the best first.</summary>
    private static List<ModelFit> Rank(IEnumerable<ModelFit> models)
    {
        List<ModelFit> fits = [.. models.OrderBy(static fit => fit.InformationCriterion)];
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

        ModelFit best = fits.Where(static fit => fit.InformationDistance < DeviceFit.TieDistance).OrderBy(static fit => fit.FittedCount).ThenBy(static fit => fit.Model.ValueCount).First();
        fits.Remove(best);
        fits.Insert(0, best);
        return fits;
    }
}
