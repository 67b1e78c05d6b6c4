namespace RramSnn.Model.Devices;

/// <summary>The ramp of N pulses from one end of the range, normalised to its end points: 0 at the start, 1 at the end.</summary>
internal sealed class Ramp
{
    // Enough that the largest of the values and its neighbours enclose the maximum of any smooth curve.
    private const int Intervals = 1024;

    private readonly DeviceLaw _law;
    private readonly double _start;
    private readonly double _pulses;
    private readonly double _travel;

    /// <summary>Pulses and state after them, from the start to the end.</summary>
    private readonly List<(double Pulses, double State)> _points;

    /// <summary>Walks the ramp.</summary>
    /// <param name="law">The law.</param>
    /// <param name="pulsesPerRange">N.</param>
    /// <param name="isPotentiation">Up from u = 0, or down from u = 1.</param>
    internal Ramp(DeviceLaw law, double pulsesPerRange, bool isPotentiation)
    {
        _law = law;
        _start = isPotentiation ? 0 : 1;
        _pulses = isPotentiation ? pulsesPerRange : -pulsesPerRange;
        _points = [(0, _start)];

        // Without a closed form only whole pulses are points of the curve.
        double length = law.Model.HasClosedForm ? _pulses / Intervals : Math.CopySign(Math.Max(1, Math.Floor(pulsesPerRange / Intervals)), _pulses);
        for (double next = length; Math.Abs(next) < pulsesPerRange; next += length)
        {
            _points.Add((next, StateAt(next)));
        }

        _points.Add((_pulses, StateAt(_pulses)));
        _travel = _points[^1].State - _start;
    }

    /// <summary>Height of the ramp at half its pulses, above 1/2; null if the device does not move.</summary>
    internal double? Nonlinearity => _travel == 0 ? null : ((_law.After(_start, _pulses / 2) - _start) / _travel) - 0.5;

    /// <summary>NeuroSim's label of a curve with the largest distance of this one; positive above the straight line.</summary>
    internal double? Label => _travel == 0 ? null : LargestDistance() * NonlinearityLabel.LabelPerDistance;

    // Without a closed form, on from the last point instead of from the start: each pulse is walked once.
    private double StateAt(double pulses) => _law.Model.HasClosedForm
        ? _law.After(_start, pulses)
        : _law.After(_points[^1].State, pulses - _points[^1].Pulses);

    private double LargestDistance()
    {
        int largest = Enumerable.Range(0, _points.Count).MaxBy(i => Math.Abs(Distance(_points[i].Pulses, _points[i].State)));
        return _law.Model.HasClosedForm && largest > 0 && largest < _points.Count - 1
            ? Refine(_points[largest - 1].Pulses, _points[largest + 1].Pulses)
            : Distance(_points[largest].Pulses, _points[largest].State);
    }

    private double Distance(double pulses, double state) => ((state - _start) / _travel) - (pulses / _pulses);

    // Golden-section search, which also bears the kink of a ramp that runs into the end of the range.
    private double Refine(double low, double high)
    {
        double ratio = (Math.Sqrt(5) - 1) / 2;
        for (int i = 0; i < 60; i++)
        {
            double left = high - (ratio * (high - low));
            double right = low + (ratio * (high - low));
            (low, high) = Math.Abs(At(left)) >= Math.Abs(At(right)) ? (low, right) : (left, high);
        }

        return At((low + high) / 2);

        double At(double pulses) => Distance(pulses, _law.After(_start, pulses));
    }
}
