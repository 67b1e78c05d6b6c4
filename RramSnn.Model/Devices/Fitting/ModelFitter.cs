namespace RramSnn.Model.Devices.Fitting;

/// <summary>Fits one model to ramps: from many starts, with Gmin and Gmax from the readings and, where that is better, fitted too.</summary>
internal sealed class ModelFitter
{
    private const int Starts = 96;
    private const int Searches = 4;
    private const double Agreement = 1e-6;

    private readonly FitSpace _space;
    private readonly LeastSquares _squares;
    private readonly IReadOnlyList<MeasuredRamp> _ramps;
    private readonly int _readings;
    private readonly bool _isRelative;

    internal ModelFitter(DeviceModel model, IReadOnlyList<MeasuredRamp> ramps, FitOptions options, CancellationToken cancellation)
    {
        _ramps = ramps;
        _space = new FitSpace(model, ramps, options);
        _isRelative = options.Weights == FitWeights.Relative;
        _squares = new LeastSquares(_space, ramps, _isRelative, cancellation);
        _readings = (int)Math.Round(ramps.Sum(static ramp => ramp.Shares.Sum()));
    }

    /// <summary>A minimum.</summary>
    /// <param name="Point">Where.</param>
    /// <param name="IsFixed">Which coordinates were not varied.</param>
    /// <param name="Sum">Weighted sum of squares.</param>
    /// <param name="Fitted">Number of fitted values, with the start states.</param>
    /// <param name="Criterion">Corrected information criterion.</param>
    internal sealed record Minimum(double[] Point, bool[] IsFixed, double Sum, int Fitted, double Criterion);

    internal FitSpace Space => _space;

    /// <summary>Residuals of all devices as if they were one.</summary>
    internal LeastSquares Squares => _squares;

    internal IReadOnlyList<MeasuredRamp> Ramps => _ramps;

    internal int Readings => _readings;

    /// <summary>The least number of readings that can carry the model.</summary>
    internal int RequiredReadings => _space.Model.ValueCount + _ramps.Count + 3;

    /// <summary>The best fit to all devices, with Gmin and Gmax from the readings or fitted.</summary>
    internal PopulationFit Fit(CancellationToken cancellation)
    {
        Minimum within = FitWithin();
        Minimum free = Search(FixedRange(false), [.. Stretched(within.Point), .. StartPoints(withRange: true)]);

        // Where every range gives the same curve, the ends of the curve are as good as any, and the other parameters mean something.
        Minimum? narrower = free.IsFixed.SequenceEqual(within.IsFixed) || IsRangeDetermined(free) ? null : Narrow(free, FixedRange(true));
        return new[] { within, free, narrower }.OfType<Minimum>()
            .Select(minimum => PopulationFit.Of(this, minimum, _isRelative, errors: null, cancellation))
            .MinBy(Criterion)!;
    }

    /// <summary>The same fit with what is known about the scatter of writes.</summary>
    internal PopulationFit Refine(PopulationFit population, ErrorModel errors, CancellationToken cancellation) =>
        PopulationFit.Of(this, new(population.Point, population.IsFixed, 0, population.IsFixed.Count(static item => !item) + _ramps.Count, 0), _isRelative, errors, cancellation);

    internal double Criterion(PopulationFit population) => Criterion(population.Sum, population.Fitted) + population.LogVariances;

    private bool IsRangeDetermined(Minimum minimum)
    {
        double[] errors = StandardErrors(minimum);
        return Enumerable.Range(_space.MinimumIndex, 2).All(i => double.IsFinite(errors[i]) && errors[i] < 1 && !_space.IsAtBound(i, minimum.Point[i]));
    }

    /// <summary>Standard errors of the coordinates, for residuals that do not correlate.</summary>
    internal double[] StandardErrors(Minimum minimum) =>
        _squares.StandardErrors(minimum.Point, minimum.IsFixed, minimum.Sum / Math.Max(1, _readings - minimum.Fitted));

    /// <summary>Gmin and Gmax at the ends of the readings, then, if that fits as well, at the ends of the curve: extreme readings are extreme by their scatter, too.</summary>
    private Minimum FitWithin()
    {
        bool[] isFixed = FixedRange(true);
        Minimum best = Search(isFixed, [.. StartPoints(withRange: false)]);
        for (int i = 0; i < 2; i++)
        {
            Minimum narrower = Narrow(best, isFixed);
            if (narrower.Sum > best.Sum * 1.0001)
            {
                break;
            }

            best = narrower;
        }

        return best;
    }

    /// <summary>The fit with Gmin and Gmax at the ends of another fit's curve.</summary>
    private Minimum Narrow(Minimum minimum, bool[] isFixed)
    {
        double[] predicted = new double[_squares.Simulation.Observed.Length];
        _squares.Simulation.Predict(minimum.Point, predicted);
        double[] point = [.. minimum.Point];
        point[_space.MinimumIndex] = _space.IsGiven(_space.MinimumIndex) ? point[_space.MinimumIndex] : Math.Max(predicted.Min(), point[_space.MinimumIndex]);
        point[_space.MaximumIndex] = _space.IsGiven(_space.MaximumIndex) ? point[_space.MaximumIndex] : Math.Min(predicted.Max(), point[_space.MaximumIndex]);

        // The same steps in siemens are larger shares of a smaller range.
        double stretch = (minimum.Point[_space.MaximumIndex] - minimum.Point[_space.MinimumIndex]) / (point[_space.MaximumIndex] - point[_space.MinimumIndex]);
        for (int i = 0; i < _space.Parameters.Length; i++)
        {
            if (_space.Parameters[i].IsPerPulse)
            {
                point[i] = _space.ToCoordinate(i, _space.ToValue(i, point[i]) * stretch);
            }
        }

        return double.IsFinite(stretch) ? Result(_squares.Minimise(point, isFixed), isFixed) : minimum;
    }

    private IEnumerable<double[]> StartPoints(bool withRange) => _space.Model == DeviceModels.StepTable ? TableStart.Points(_space, _ramps) : _space.Starts(Starts, withRange);

    private IEnumerable<double[]> Stretched(double[] point)
    {
        foreach (double stretch in (double[])[0, 0.1, 0.5])
        {
            double[] copy = [.. point];
            copy[_space.MinimumIndex] = _space.IsGiven(_space.MinimumIndex)
                ? copy[_space.MinimumIndex]
                : Math.Max(copy[_space.MinimumIndex] - stretch, _space.Lower[_space.MinimumIndex]);
            copy[_space.MaximumIndex] += _space.IsGiven(_space.MaximumIndex) ? 0 : stretch;
            yield return copy;
        }
    }

    /// <summary>Searches from the starts that are best as they stand.</summary>
    private Minimum Search(bool[] isFixed, double[][] starts)
    {
        double[] sums = [.. starts.Select(start => _squares.Evaluate(start))];
        Array.Sort(sums, starts);
        (double[] Point, double Sum) best = _squares.Minimise(starts[0], isFixed);

        // Two searches that meet are taken for the end of all.
        foreach (double[] start in starts.Skip(1).Take(Searches - 1))
        {
            (double[] Point, double Sum) found = _squares.Minimise(start, isFixed);
            bool agrees = Math.Abs(found.Sum - best.Sum) <= Agreement * best.Sum;
            best = found.Sum < best.Sum ? found : best;
            if (agrees)
            {
                break;
            }
        }

        return Result(best, isFixed);
    }

    private Minimum Result((double[] Point, double Sum) found, bool[] isFixed)
    {
        int fitted = isFixed.Count(static item => !item) + _ramps.Count;
        return new(found.Point, isFixed, found.Sum, fitted, Criterion(found.Sum, fitted));
    }

    /// <summary>Akaike's information criterion, corrected for small samples.</summary>
    private double Criterion(double sum, int fitted)
    {
        double count = fitted + 1;

        double mean = Math.Max(sum / _readings, ResponseLimits.Resolution * ResponseLimits.Resolution);
        double correction = _readings - count - 1 > 0 ? 2 * count * (count + 1) / (_readings - count - 1) : double.PositiveInfinity;
        return (_readings * Math.Log(mean)) + (2 * count) + correction;
    }

    private bool[] FixedRange(bool isFixed) => [.. Enumerable.Range(0, _space.Dimension).Select(i => _space.IsGiven(i) || (isFixed && i >= _space.MinimumIndex))];
}
