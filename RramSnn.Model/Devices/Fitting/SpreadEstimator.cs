namespace RramSnn.Model.Devices.Fitting;

/// <summary>How devices differ from each other.</summary>
/// <param name="Parameters">Relative standard deviation by the key of the parameter.</param>
/// <param name="Minimum">Standard deviation of Gmin as a share of the range.</param>
/// <param name="Maximum">Standard deviation of Gmax as a share of the range.</param>
internal sealed record DeviceSpread(IReadOnlyDictionary<string, double> Parameters, double Minimum, double Maximum)
{
    internal static DeviceSpread None { get; } = new(new Dictionary<string, double>(), 0, 0);
}

/// <summary>Estimates spread from device to device: fits every device alone and takes away what the fits' own errors scatter.</summary>
/// <remarks>
/// Only parameters per pulse are refitted, each as a factor on all its values, and Gmin and Gmax if the common fit varied them; shapes stay common.
/// With estimates x_d and standard errors e_d of D devices the spread is σ² = Var(x) - mean(e²), at least 0.
/// </remarks>
internal static class SpreadEstimator
{
    /// <summary>Fewest devices whose spread is estimated.</summary>
    internal const int FewestDevices = 3;

    internal static DeviceSpread Estimate(ModelFitter common, ModelFitter.Minimum minimum, List<Ramp> ramps, bool isRelative, CancellationToken cancellation)
    {
        List<Ramp>[] devices = [.. ramps.GroupBy(static ramp => ramp.Trace.Device).Select(static group => group.ToList())];
        if (devices.Length < FewestDevices)
        {
            return DeviceSpread.None;
        }

        FitSpace space = common.Space;
        bool[] isFixed = [.. Enumerable.Range(0, space.Dimension).Select(i => minimum.IsFixed[i] || (i < space.Parameters.Length && !IsVaried(space, i)))];
        if (isFixed.All(static item => item))
        {
            return DeviceSpread.None;
        }

        List<double>[] values = [.. Enumerable.Range(0, space.Dimension).Select(static _ => new List<double>())];
        List<double>[] variances = [.. Enumerable.Range(0, space.Dimension).Select(static _ => new List<double>())];
        foreach (List<Ramp> device in devices)
        {
            LeastSquares squares = new(space, device, isRelative, cancellation);
            (double[] point, double sum) = squares.Minimise(minimum.Point, isFixed);
            int fitted = isFixed.Count(static item => !item) + device.Count;
            double readings = device.Sum(static ramp => ramp.Shares.Sum());
            double[] errors = squares.StandardErrors(point, isFixed, sum / Math.Max(1, readings - fitted));
            for (int i = 0; i < space.Dimension; i++)
            {
                // On a device that says nothing about a parameter the common value stays, and says nothing about spread.
                if (!isFixed[i] && double.IsFinite(errors[i]))
                {
                    values[i].Add(point[i]);
                    variances[i].Add(errors[i] * errors[i]);
                }
            }
        }

        Dictionary<string, double> parameters = [];
        double[] deviations = [.. Enumerable.Range(0, space.Dimension).Select(i => Deviation(values[i], variances[i]))];
        for (int i = 0; i < space.Parameters.Length; i++)
        {
            if (!isFixed[i] && deviations[i] > 0)
            {
                // The coordinate is the logarithm: its deviation s is σ of ln x, and σ/mean = √(exp(s²) - 1).
                parameters[space.Parameters[i].Key] = Math.Min(10, Math.Sqrt(double.ExpM1(deviations[i] * deviations[i])));
            }
        }

        double range = minimum.Point[space.MaximumIndex] - minimum.Point[space.MinimumIndex];
        return new(parameters, Math.Min(1, deviations[space.MinimumIndex] / range), Math.Min(1, deviations[space.MaximumIndex] / range));
    }

    private static bool IsVaried(FitSpace space, int i) => space.Parameters[i] is { IsPerPulse: true, Count: 1, Minimum: >= 0, IsMinimumAllowed: false };

    private static double Deviation(List<double> values, List<double> variances)
    {
        if (values.Count < FewestDevices)
        {
            return 0;
        }

        double mean = values.Average();
        double variance = values.Sum(value => (value - mean) * (value - mean)) / (values.Count - 1);
        return Math.Sqrt(Math.Max(0, variance - variances.Average()));
    }
}
