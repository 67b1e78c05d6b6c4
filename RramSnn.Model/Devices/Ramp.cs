namespace RramSnn.Model.Devices;

/// <summary>The ramp of N pulses from one end of the range, normalised to its end points: 0 at the start, 1 at the end.</summary>
internal sealed class Ramp
{
    // Enough that neighbours of the largest value bracket the maximum of any smooth curve.
    private const int Intervals = 1024;

    private const double LabelPerDistance = 10.1015254;

    private readonly double[] _pulses;
    private readonly double[] _states;
    private readonly double _half;

    private Ramp(DeviceLaw law, double pulses, bool isPotentiation)
    {
        double start = isPotentiation ? 0 : 1;
        double sign = isPotentiation ? 1 : -1;

        // Without a closed form only whole pulses are points of the curve.
        double length = law.Model.HasClosedForm ? pulses / Intervals : Math.Max(1, Math.Floor(pulses / Intervals));
        List<double> at = [0];
        List<double> states = [start];
        for (double next = length; next < pulses; next += length)
        {
            states.Add(law.Model.HasClosedForm ? law.After(start, sign * next) : law.After(states[^1], sign * length));
            at.Add(next);
        }

        states.Add(law.Model.HasClosedForm ? law.After(start, sign * pulses) : law.After(states[^1], sign * (pulses - at[^1])));
        at.Add(pulses);
        double travel = states[^1] - start;
        _pulses = [.. at.Select(n => n / pulses)];
        _states = [.. states.Select(state => (state - start) / travel)];
        _half = (law.After(start, sign * pulses / 2) - start) / travel;
        Moves = travel != 0;
    }

    /// <summary>Whether the device moves in this direction at all.</summary>
    internal bool Moves { get; }

    /// <summary>Height of the ramp at half its pulses, above 1/2.</summary>
    internal double? Nonlinearity => Moves ? _half - 0.5 : null;

    /// <summary>The distance to the straight line where it is largest, positive above the line.</summary>
    internal double? LargestDistance
    {
        get
        {
            if (!Moves)
            {
                return null;
            }

            double[] distances = [.. _states.Zip(_pulses, static (state, pulses) => state - pulses)];
            int largest = Enumerable.Range(0, distances.Length).MaxBy(i => Math.Abs(distances[i]));
            return largest == 0 || largest == distances.Length - 1 ? distances[largest] : Vertex(distances, largest);
        }
    }

    /// <summary>NeuroSim's label of a curve with that distance.</summary>
    internal double? Label => LargestDistance * LabelPerDistance;

    internal static Ramp Of(DeviceLaw law, double pulses, bool isPotentiation) => new(law, pulses, isPotentiation);

    // The vertex of the parabola through a value and its neighbours; the last interval may be shorter, which the limit takes care of.
    private static double Vertex(double[] values, int middle)
    {
        double before = values[middle - 1];
        double at = values[middle];
        double after = values[middle + 1];
        double curvature = before - (2 * at) + after;
        double slope = (after - before) / 2;
        return curvature == 0 ? at : at - (slope * slope / (2 * curvature));
    }
}
