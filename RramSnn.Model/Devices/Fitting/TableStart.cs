namespace RramSnn.Model.Devices.Fitting;

/// <summary>Where the search for a step table starts: at the steps themselves.</summary>
internal static class TableStart
{
    /// <summary>One point: the measured steps over the measured states, brought onto the nodes by <see cref="StepCurve"/>.</summary>
    internal static IEnumerable<double[]> Points(FitSpace space, IReadOnlyList<MeasuredRamp> ramps)
    {
        double[] point = new double[space.Dimension];
        point[space.MinimumIndex] = space.Given(space.MinimumIndex) ?? space.Lowest;
        point[space.MaximumIndex] = space.Given(space.MaximumIndex) ?? space.Highest;
        int index = 0;
        foreach (double sign in (ReadOnlySpan<double>)[1, -1])
        {
            foreach (double step in Steps(ramps, sign, point[space.MinimumIndex] * space.Scale, point[space.MaximumIndex] * space.Scale))
            {
                point[index] = space.ToCoordinate(index, step);
                index++;
            }
        }

        return [point];
    }

    private static double[] Steps(IReadOnlyList<MeasuredRamp> ramps, double sign, double low, double high)
    {
        List<double> states = [];
        List<double> steps = [];
        foreach (MeasuredRamp ramp in ramps)
        {
            for (int i = 1; i < ramp.Count; i++)
            {
                double pulses = sign * ramp.Pulses[i];
                if (pulses > 0)
                {
                    // The middle of the step, from which a reading's scatter at either end moves it the same way.
                    double middle = (ramp.Siemens[i] + ramp.Siemens[i - 1]) / 2;
                    states.Add(Math.Clamp((middle - low) / (high - low), 0, 1));
                    steps.Add(Math.Clamp(sign * (ramp.Siemens[i] - ramp.Siemens[i - 1]) / pulses / (high - low), -1, 1));
                }
            }
        }

        return StepCurve.Resample(states.ToArray(), steps.ToArray());
    }
}
