namespace RramSnn.Model.Devices.Fitting;

/// <summary>Predicts the readings of ramps: every ramp from its own start state, which is the one that fits its readings best.</summary>
/// <remarks>
/// The start states are least-squares estimates given the law (variable projection: Golub, Pereyra 1973), so a reading's scatter at the start
/// of a ramp does not shift the whole curve, and the fit has to search over the law's numbers only. Where writes scatter
/// (<see cref="Whiten"/>), a prediction follows the readings before it as an extended Kalman filter does, so that a step that missed
/// does not count against all later readings, and residuals are independent.
/// </remarks>
internal sealed partial class RampSimulation
{
    private const double StateStep = 1e-6;

    // The sum of squares is level at the best start: this much beside it changes the 14th digit.
    private const double StartAccuracy = 1e-7;
    private const double CoordinateStep = 1e-5;

    private readonly FitSpace _space;
    private readonly IReadOnlyList<MeasuredRamp> _ramps;
    private readonly double[] _ownWeights;
    private readonly double[] _gains;
    private readonly double[] _moved;
    private readonly double[] _before;

    internal RampSimulation(FitSpace space, IReadOnlyList<MeasuredRamp> ramps, bool isRelative)
    {
        _space = space;
        _ramps = ramps;
        Observed = [.. ramps.SelectMany(static ramp => ramp.Siemens).Select(siemens => siemens / space.Scale)];

        // Relative: sigma is proportional to the conductance; normalised so that both kinds of residuals compare.
        double[] ordered = [.. Observed.Order()];
        double middle = ordered[ordered.Length / 2];
        _ownWeights = [.. ramps.SelectMany(static ramp => ramp.Shares).Select((share, i) => isRelative ? share * (middle / Observed[i]) * (middle / Observed[i]) : share)];
        Weights = [.. _ownWeights];
        _gains = new double[Observed.Length];
        _moved = new double[Observed.Length];
        _before = new double[Observed.Length];
        StartStates = new double[ramps.Count];
    }

    /// <summary>Readings in units of the space.</summary>
    internal double[] Observed { get; }

    /// <summary>Weight of every reading.</summary>
    internal double[] Weights { get; }

    /// <summary>Start states of the last prediction.</summary>
    internal double[] StartStates { get; }

    /// <summary>Predicts all readings from the best start states; returns the weighted sum of squared residuals.</summary>
    internal double Predict(ReadOnlySpan<double> point, Span<double> predicted) => SimulateAll(point, findsStarts: true, predicted);

    /// <summary>Derivatives of the predictions of <see cref="Predict"/>, row by row, with the start states following the law.</summary>
    internal void Differentiate(ReadOnlySpan<double> point, bool[] isFixed, double[,] derivatives)
    {
        Predict(point, _before);
        double[] shifted = [.. point];
        for (int j = 0; j < point.Length; j++)
        {
            if (isFixed[j])
            {
                continue;
            }

            double high = Math.Min(point[j] + CoordinateStep, _space.Upper[j]);
            double low = Math.Max(point[j] - CoordinateStep, _space.Lower[j]);
            shifted[j] = high;
            SimulateAll(shifted, findsStarts: false, _moved);
            for (int i = 0; i < _moved.Length; i++)
            {
                derivatives[i, j] = _moved[i];
            }

            shifted[j] = low;
            SimulateAll(shifted, findsStarts: false, _moved);
            for (int i = 0; i < _moved.Length; i++)
            {
                derivatives[i, j] = (derivatives[i, j] - _moved[i]) / (high - low);
            }

            shifted[j] = point[j];
        }

        ProjectStarts(point, isFixed, derivatives);
    }

    /// <summary>Takes out of the derivatives what a change of the start states would undo.</summary>
    private void ProjectStarts(ReadOnlySpan<double> point, bool[] isFixed, double[,] derivatives)
    {
        DeviceLaw law = _space.LawOf(point);
        double low = point[_space.MinimumIndex];
        double range = point[_space.MaximumIndex] - low;
        int offset = 0;
        for (int r = 0; r < _ramps.Count; r++)
        {
            int count = _ramps[r].Count;
            double start = StartStates[r];
            if (start is > 0 and < 1)
            {
                Span<double> slope = _moved.AsSpan(offset, count);
                SlopeOfStart(law, _ramps[r], start, low, range, offset, slope);
                double square = 0;
                for (int i = 0; i < count; i++)
                {
                    square += Weights[offset + i] * slope[i] * slope[i];
                }

                for (int j = 0; j < point.Length && square > 0; j++)
                {
                    double product = 0;
                    for (int i = 0; i < count && !isFixed[j]; i++)
                    {
                        product += Weights[offset + i] * slope[i] * derivatives[offset + i, j];
                    }

                    for (int i = 0; i < count && !isFixed[j]; i++)
                    {
                        derivatives[offset + i, j] -= slope[i] * product / square;
                    }
                }
            }

            offset += count;
        }
    }

    private double SimulateAll(ReadOnlySpan<double> point, bool findsStarts, Span<double> predicted)
    {
        DeviceLaw law = _space.LawOf(point);
        double low = point[_space.MinimumIndex];
        double range = point[_space.MaximumIndex] - low;
        double sum = 0;
        int offset = 0;
        for (int i = 0; i < _ramps.Count; i++)
        {
            int count = _ramps[i].Count;
            StartStates[i] = findsStarts ? BestStart(law, _ramps[i], low, range, offset) : StartStates[i];
            sum += Simulate(law, _ramps[i], StartStates[i], low, range, offset, predicted.Slice(offset, count));
            offset += count;
        }

        return sum;
    }

    /// <summary>Gauss-Newton steps in one dimension, halved until they help, from the state that the first reading shows.</summary>
    private double BestStart(DeviceLaw law, MeasuredRamp ramp, double low, double range, int offset)
    {
        Span<double> predicted = _moved.AsSpan(offset, ramp.Count);
        Span<double> slope = _before.AsSpan(offset, ramp.Count);
        double start = Math.Clamp((Observed[offset] - low) / range, 0, 1);
        double sum = Simulate(law, ramp, start, low, range, offset, predicted);
        for (int iteration = 0; iteration < 12; iteration++)
        {
            SlopeOfStart(law, ramp, start, low, range, offset, slope);
            double product = 0;
            double square = 0;
            for (int i = 0; i < ramp.Count; i++)
            {
                product += Weights[offset + i] * slope[i] * (Observed[offset + i] - predicted[i]);
                square += Weights[offset + i] * slope[i] * slope[i];
            }

            double step = square > 0 ? product / square : 0;
            double next = start;
            double nextSum = double.PositiveInfinity;
            for (int halving = 0; halving < 8 && !(nextSum < sum); halving++, step /= 2)
            {
                next = Math.Clamp(start + step, 0, 1);
                nextSum = Simulate(law, ramp, next, low, range, offset, predicted);
            }

            double change = Math.Abs(next - start);
            if (!(nextSum < sum))
            {
                break;
            }

            (start, sum) = (next, nextSum);
            if (change < StartAccuracy)
            {
                break;
            }
        }

        return start;
    }

    private void SlopeOfStart(DeviceLaw law, MeasuredRamp ramp, double start, double low, double range, int offset, Span<double> slope)
    {
        Span<double> other = stackalloc double[ramp.Count <= 512 ? ramp.Count : 0];
        other = ramp.Count <= 512 ? other : new double[ramp.Count];
        double high = Math.Min(start + StateStep, 1);
        double below = Math.Max(start - StateStep, 0);
        Simulate(law, ramp, high, low, range, offset, slope);
        Simulate(law, ramp, below, low, range, offset, other);
        for (int i = 0; i < slope.Length; i++)
        {
            slope[i] = (slope[i] - other[i]) / (high - below);
        }
    }

    private double Simulate(DeviceLaw law, MeasuredRamp ramp, double start, double low, double range, int offset, Span<double> predicted)
    {
        double state = start;
        double sum = 0;
        for (int i = 0; i < predicted.Length; i++)
        {
            if (i > 0)
            {
                state = law.After(state, ramp.Pulses[i]);
            }

            predicted[i] = low + (state * range);
            double residual = Observed[offset + i] - predicted[i];
            sum += Weights[offset + i] * residual * residual;
            if (_gains[offset + i] > 0)
            {
                state = Math.Clamp(state + (_gains[offset + i] * residual / range), 0, 1);
            }
        }

        return sum;
    }
}
