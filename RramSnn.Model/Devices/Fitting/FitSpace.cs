namespace RramSnn.Model.Devices.Fitting;

/// <summary>The numbers that a fit varies: a model's values, then Gmin and Gmax; positive ones on a logarithmic scale.</summary>
internal sealed class FitSpace
{
    // Of the measured range, how far Gmin and Gmax may lie beyond the readings, and within them.
    private const double RangeBeyond = 2;
    private const double RangeWithin = 0.25;

    // Shapes that may be negative are searched up to here, if their model allows more: beyond, curves look like steps.
    private const double LargestShape = 20;

    private readonly bool[] _isLogarithmic;
    private readonly double? _minimum;
    private readonly double? _maximum;

    internal FitSpace(DeviceModel model, IReadOnlyList<MeasuredRamp> ramps, FitOptions options)
    {
        Model = model;
        Scale = ramps.Max(static ramp => ramp.Siemens.Max()) - ramps.Min(static ramp => ramp.Siemens.Min());
        Lowest = ramps.Min(static ramp => ramp.Siemens.Min()) / Scale;
        Highest = Lowest + 1;
        LongestRamp = ramps.Max(static ramp => Math.Max(ramp.Pulses.Where(static n => n > 0).Sum(), -ramp.Pulses.Where(static n => n < 0).Sum()));
        Dimension = model.ValueCount + 2;
        Lower = new double[Dimension];
        Upper = new double[Dimension];
        _isLogarithmic = new bool[Dimension];
        Parameters = [.. model.Parameters.SelectMany(static parameter => Enumerable.Repeat(parameter, parameter.Count))];
        for (int i = 0; i < model.ValueCount; i++)
        {
            DeviceParameter parameter = Parameters[i];
            _isLogarithmic[i] = parameter.Minimum >= 0 && !(parameter.IsMinimumAllowed && parameter.Minimum == 0);

            // Below these a rate moves nothing over the longest ramp, and a shape is that of its limit.
            double smallest = parameter.Minimum > 0 ? parameter.Minimum : parameter.IsPerPulse ? Math.Min(1e-4 / LongestRamp, parameter.Maximum / 10) : parameter.Maximum * 1e-4;
            Lower[i] = _isLogarithmic[i] ? Math.Log(smallest) : Math.Max(parameter.Minimum, -LargestShape);
            Upper[i] = _isLogarithmic[i] ? Math.Log(parameter.Maximum) : Math.Min(parameter.Maximum, LargestShape);
        }

        _minimum = options.MinimumSiemens / Scale;
        _maximum = options.MaximumSiemens / Scale;
        Lower[MinimumIndex] = Math.Min(Math.Max(Lowest - RangeBeyond, 1e-3 * Lowest), _minimum ?? double.PositiveInfinity);
        Upper[MinimumIndex] = Lowest + RangeWithin;
        Lower[MaximumIndex] = Highest - RangeWithin;
        Upper[MaximumIndex] = Math.Max(Highest + RangeBeyond, _maximum ?? 0);
    }

    internal DeviceModel Model { get; }

    /// <summary>Parameter of every value of the model.</summary>
    internal DeviceParameter[] Parameters { get; }

    /// <summary>Siemens of one unit of conductance in this space: the measured range.</summary>
    internal double Scale { get; }

    /// <summary>Lowest reading in units of <see cref="Scale"/>.</summary>
    internal double Lowest { get; }

    /// <summary>Highest reading in units of <see cref="Scale"/>.</summary>
    internal double Highest { get; }

    /// <summary>Most pulses of one direction in one ramp.</summary>
    internal double LongestRamp { get; }

    internal int Dimension { get; }

    internal int MinimumIndex => Dimension - 2;

    internal int MaximumIndex => Dimension - 1;

    /// <summary>Whether the user gave this number: Gmin or Gmax.</summary>
    internal bool IsGiven(int i) => Given(i) is not null;

    /// <summary>The number that the user gave, or null.</summary>
    internal double? Given(int i) => i == MinimumIndex ? _minimum : i == MaximumIndex ? _maximum : null;

    internal double[] Lower { get; }

    internal double[] Upper { get; }

    /// <summary>Value i of the model, or Gmin or Gmax in units of <see cref="Scale"/>.</summary>
    internal double ToValue(int i, double coordinate)
    {
        double value = _isLogarithmic[i] ? Math.Exp(coordinate) : coordinate;
        return i < Parameters.Length ? Math.Clamp(value, _isLogarithmic[i] ? Math.Exp(Lower[i]) : Lower[i], Parameters[i].Maximum) : value;
    }

    /// <summary>The inverse of <see cref="ToValue"/>, within the bounds.</summary>
    internal double ToCoordinate(int i, double value) => Math.Clamp(_isLogarithmic[i] ? Math.Log(value) : value, Lower[i], Upper[i]);

    /// <summary>dvalue/dcoordinate.</summary>
    internal double Derivative(int i, double coordinate) => _isLogarithmic[i] ? Math.Exp(coordinate) : 1;

    /// <summary>Whether a coordinate lies at an end of its range, where the data do not hold it.</summary>
    internal bool IsAtBound(int i, double coordinate)
    {
        double margin = 1e-3 * (Upper[i] - Lower[i]);
        return coordinate < Lower[i] + margin || coordinate > Upper[i] - margin;
    }

    /// <summary>What a coordinate is called in results.</summary>
    internal string Key(int i)
    {
        if (i >= Parameters.Length)
        {
            return i == MinimumIndex ? "g_min_siemens" : "g_max_siemens";
        }

        DeviceParameter parameter = Parameters[i];
        return parameter.Count == 1 ? parameter.Key : $"{parameter.Key}[{i - Array.IndexOf(Parameters, parameter)}]";
    }

    internal DeviceLaw LawOf(ReadOnlySpan<double> point)
    {
        double[] values = new double[Parameters.Length];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = ToValue(i, point[i]);
        }

        return Model.Create(values);
    }

    /// <summary>Points spread evenly over where devices are found, with Gmin and Gmax at the ends of the readings or beyond.</summary>
    internal IEnumerable<double[]> Starts(int count, bool withRange)
    {
        double[][] fractions = [.. Enumerable.Range(0, Dimension).Select(i => Halton(i, count))];
        for (int k = 0; k < count; k++)
        {
            double[] point = new double[Dimension];
            for (int i = 0; i < Parameters.Length; i++)
            {
                double share = fractions[i][k];
                point[i] = Parameters[i].IsPerPulse && _isLogarithmic[i]
                    ? Math.Clamp(Math.Log(0.2 / LongestRamp) + (share * Math.Log(300)), Lower[i], Upper[i])
                    : _isLogarithmic[i] && Parameters[i].Minimum == 0
                        ? Upper[i] + ((share - 1) * Math.Log(100))
                        : Math.Max(Lower[i], -5) + (share * (Math.Min(Upper[i], 5) - Math.Max(Lower[i], -5)));
            }

            point[MinimumIndex] = _minimum ?? Math.Clamp(Lowest - (withRange ? 0.3 * fractions[MinimumIndex][k] : 0), Lower[MinimumIndex], Upper[MinimumIndex]);
            point[MaximumIndex] = _maximum ?? (Highest + (withRange ? 0.3 * fractions[MaximumIndex][k] : 0));
            yield return point;
        }
    }

    // The van der Corput sequence of a prime: no two dimensions share one, so points never line up.
    private static double[] Halton(int dimension, int count)
    {
        int prime = 2;
        for (int found = 0; found < dimension; found++)
        {
            prime++;
            while (Enumerable.Range(2, prime - 2).Any(divisor => prime % divisor == 0))
            {
                prime++;
            }
        }

        return [.. Enumerable.Range(1, count).Select(index => RadicalInverse(index, prime))];
    }

    private static double RadicalInverse(int index, int radix)
    {
        double sum = 0;
        for (double digit = 1.0 / radix; index > 0; index /= radix, digit /= radix)
        {
            sum += index % radix * digit;
        }

        return sum;
    }
}
