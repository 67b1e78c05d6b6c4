namespace RramSnn.Model.Devices.Fitting;

/// <summary>One device with its own numbers.</summary>
/// <param name="Ramps">Its ramps.</param>
/// <param name="Squares">Its residuals.</param>
/// <param name="Point">Its coordinates.</param>
/// <param name="Sum">Its weighted sum of squares.</param>
internal sealed record DevicePoint(List<MeasuredRamp> Ramps, LeastSquares Squares, double[] Point, double Sum);

/// <summary>A model fitted to all devices of a measurement.</summary>
/// <remarks>
/// With several devices, parameters per pulse, Gmin and Gmax (if the common fit varied them) are each device's own, shapes are common. A common curve of
/// devices that differ would be the mean of their curves, which is not the curve of a mean device. The mean and the spread τ² of a number over devices with
/// estimates x_d and standard errors e_d are those of a random-effects model: τ² = Var(x) - mean(e²), at least 0, and the mean weighs devices by
/// 1/(e_d² + τ²) (DerSimonian, Laird 1986).
/// </remarks>
internal sealed class PopulationFit
{
    /// <summary>Fewest devices whose spread is reported.</summary>
    internal const int FewestDevices = 3;

    private readonly FitSpace _space;

    private PopulationFit(FitSpace space) => _space = space;

    internal required IReadOnlyList<DevicePoint> Devices { get; init; }

    /// <summary>Coordinates of the mean device.</summary>
    internal required double[] Point { get; init; }

    /// <summary>Which coordinates were not varied.</summary>
    internal required bool[] IsFixed { get; init; }

    /// <summary>Standard errors of the mean device's coordinates.</summary>
    internal required double[] Errors { get; init; }

    /// <summary>Standard deviation of every coordinate over devices.</summary>
    internal required double[] Deviations { get; init; }

    /// <summary>Number of fitted values, with the start states.</summary>
    internal required int Fitted { get; init; }

    /// <summary>Sum of the logarithms of the variances of the residuals, for the likelihood.</summary>
    internal double LogVariances => Devices.Sum(static device => device.Squares.Simulation.LogVariances);

    internal double Sum => Devices.Sum(static device => device.Sum);

    internal static PopulationFit Of(ModelFitter fitter, ModelFitter.Minimum minimum, bool isRelative, ErrorModel? errors, CancellationToken cancellation)
    {
        FitSpace space = fitter.Space;
        List<MeasuredRamp>[] groups = [.. fitter.Ramps.GroupBy(static ramp => ramp.Trace.Device).Select(static group => group.ToList())];
        if (groups.Length == 1)
        {
            DevicePoint device = errors is null
                ? new(groups[0], fitter.Squares, minimum.Point, minimum.Sum)
                : Fit(space, groups, minimum.Point, minimum.IsFixed, isRelative, errors, cancellation)[0];
            return new(space)
            {
                Devices = [device],
                Point = device.Point,
                IsFixed = minimum.IsFixed,
                Errors = device.Squares.StandardErrors(device.Point, minimum.IsFixed, device.Sum / Math.Max(1, fitter.Readings - minimum.Fitted)),
                Deviations = new double[space.Dimension],
                Fitted = minimum.Fitted,
            };
        }

        bool[] isOwn = [.. Enumerable.Range(0, space.Dimension).Select(i => !minimum.IsFixed[i] && (i >= space.Parameters.Length || IsOwn(space.Parameters[i])))];
        Mean common = new(space.Dimension);
        double[] point = minimum.Point;
        if (!isOwn.SequenceEqual(minimum.IsFixed.Select(static item => !item)))
        {
            common.Add(Fit(space, groups, point, minimum.IsFixed, isRelative, errors, cancellation), minimum.IsFixed);
            point = [.. point.Select((coordinate, i) => minimum.IsFixed[i] ? coordinate : common.Value(i, coordinate))];
        }

        bool[] isShared = [.. isOwn.Select(static item => !item)];
        List<DevicePoint> devices = Fit(space, groups, point, isShared, isRelative, errors, cancellation);
        Mean own = new(space.Dimension);
        own.Add(devices, isShared);
        return new(space)
        {
            Devices = devices,
            Point = [.. point.Select((coordinate, i) => isOwn[i] ? own.Value(i, coordinate) : coordinate)],
            IsFixed = minimum.IsFixed,
            Errors = [.. Enumerable.Range(0, space.Dimension).Select(i => minimum.IsFixed[i] ? 0 : isOwn[i] ? own.Error(i) : common.Error(i))],
            Deviations = [.. Enumerable.Range(0, space.Dimension).Select(i => isOwn[i] ? own.Deviation(i) : 0)],
            Fitted = (groups.Length * isOwn.Count(static item => item)) + minimum.IsFixed.Where((item, i) => !item && !isOwn[i]).Count() + fitter.Ramps.Count,
        };
    }

    /// <summary>How devices spread around the mean one, for parameters per pulse and the ends of the range.</summary>
    internal (IReadOnlyDictionary<string, double> Parameters, double Minimum, double Maximum) Spread()
    {
        Dictionary<string, double> parameters = [];
        if (Devices.Count < FewestDevices)
        {
            return (parameters, 0, 0);
        }

        for (int i = 0; i < _space.Parameters.Length; i++)
        {
            if (Deviations[i] > 0)
            {
                // The coordinate is the logarithm: its deviation s is that of ln x, and σ/mean = √(exp(s²) - 1).
                parameters[_space.Parameters[i].Key] = Math.Min(10, Math.Sqrt(double.ExpM1(Deviations[i] * Deviations[i])));
            }
        }

        double range = Point[_space.MaximumIndex] - Point[_space.MinimumIndex];
        return (parameters, Math.Min(1, Deviations[_space.MinimumIndex] / range), Math.Min(1, Deviations[_space.MaximumIndex] / range));
    }

    private static List<DevicePoint> Fit(FitSpace space, List<MeasuredRamp>[] groups, double[] start, bool[] isFixed, bool isRelative, ErrorModel? errors, CancellationToken cancellation)
    {
        List<DevicePoint> devices = [];
        foreach (List<MeasuredRamp> ramps in groups)
        {
            LeastSquares squares = new(space, ramps, isRelative, cancellation);
            (double[] point, double sum) = (start, 0);

            // Weights and gains depend on the device, which depends on them: twice is enough.
            for (int i = 0; i < (errors is null ? 1 : 2); i++)
            {
                if (errors is not null)
                {
                    squares.Simulation.Whiten(errors, point);
                }

                (point, sum) = squares.Minimise(point, isFixed);
            }

            devices.Add(new(ramps, squares, point, sum));
        }

        return devices;
    }

    private static bool IsOwn(DeviceParameter parameter) => parameter is { IsPerPulse: true, Count: 1, Minimum: >= 0, IsMinimumAllowed: false };

    /// <summary>Means over devices, coordinate by coordinate.</summary>
    private sealed class Mean(int dimension)
    {
        private readonly List<(double Value, double Variance)>[] _estimates = [.. Enumerable.Range(0, dimension).Select(static _ => new List<(double, double)>())];

        internal void Add(List<DevicePoint> devices, bool[] isFixed)
        {
            foreach (DevicePoint device in devices)
            {
                double readings = device.Ramps.Sum(static ramp => ramp.Shares.Sum());
                int fitted = isFixed.Count(static item => !item) + device.Ramps.Count;
                double[] errors = device.Squares.StandardErrors(device.Point, isFixed, device.Sum / Math.Max(1, readings - fitted));
                for (int i = 0; i < isFixed.Length; i++)
                {
                    // A device that says nothing about a number does not count for it.
                    if (!isFixed[i] && double.IsFinite(errors[i]))
                    {
                        _estimates[i].Add((device.Point[i], errors[i] * errors[i]));
                    }
                }
            }
        }

        internal double Deviation(int i)
        {
            List<(double Value, double Variance)> estimates = _estimates[i];
            if (estimates.Count < 2)
            {
                return 0;
            }

            double mean = estimates.Average(static item => item.Value);
            double variance = estimates.Sum(item => (item.Value - mean) * (item.Value - mean)) / (estimates.Count - 1);
            return Math.Sqrt(Math.Max(0, variance - estimates.Average(static item => item.Variance)));
        }

        internal double Value(int i, double otherwise)
        {
            double weights = Weights(i).Sum();
            return weights > 0 ? _estimates[i].Zip(Weights(i), static (item, weight) => item.Value * weight).Sum() / weights : otherwise;
        }

        internal double Error(int i) => Weights(i).Sum() is > 0 and double weights ? 1 / Math.Sqrt(weights) : double.PositiveInfinity;

        private IEnumerable<double> Weights(int i)
        {
            double deviation = Deviation(i);
            return _estimates[i].Select(item => 1 / Math.Max(item.Variance + (deviation * deviation), 1e-24));
        }
    }
}
