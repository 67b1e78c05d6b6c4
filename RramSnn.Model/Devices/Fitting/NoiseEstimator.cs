using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Optimization;

namespace RramSnn.Model.Devices.Fitting;

/// <summary>Tells the scatter of writes, which stays in the device, from that of reads, which does not.</summary>
/// <remarks>
/// A device under pulses is a state u ← After(u, n) + w with readings y = u + r; w has the standard deviation σ |Δu| (step noise) or σ √n (pulse
/// noise), r the standard deviation of the read noise. The likelihood of the readings is that of an extended Kalman filter
/// (Anderson, Moore, Optimal Filtering, 1979); both deviations are those that maximise it. A deviation that raises the likelihood by less
/// than chance does in one of twenty cases (2 Δ ln L below 3.84) is 0.
/// </remarks>
internal sealed class NoiseEstimator
{
    private const double Significant = 3.84;
    private const double SmallestDeviation = ResponseLimits.Resolution;
    private const double LargestStepNoise = 100;

    private readonly List<(DeviceLaw Law, double[] Pulses, double[] States)> _ramps;
    private readonly CancellationToken _cancellation;

    private NoiseEstimator(List<(DeviceLaw Law, double[] Pulses, double[] States)> ramps, CancellationToken cancellation)
    {
        _ramps = ramps;
        _cancellation = cancellation;
    }

    /// <summary>Estimates the scatter of devices, each about its own law.</summary>
    internal static NoiseEstimate Estimate(FitSpace space, IEnumerable<DevicePoint> devices, CancellationToken cancellation)
    {
        List<(DeviceLaw Law, double[] Pulses, double[] States)> ramps = [];
        foreach (DevicePoint device in devices)
        {
            DeviceLaw law = space.LawOf(device.Point);
            double low = device.Point[space.MinimumIndex];
            double range = device.Point[space.MaximumIndex] - low;
            ramps.AddRange(device.Ramps.Select(ramp => (law, ramp.Pulses, ramp.Siemens.Select(siemens => ((siemens / space.Scale) - low) / range).ToArray())));
        }

        return new NoiseEstimator(ramps, cancellation).Estimate();
    }

    private NoiseEstimate Estimate()
    {
        (double step, double stepRead, double stepLoss) = Minimise(isStepNoise: true);
        (double pulse, double pulseRead, double pulseLoss) = Minimise(isStepNoise: false);
        double readOnlyLoss = Line(read => Loss(0, read, false), out double readOnly);
        bool isStep = stepLoss < pulseLoss;
        double best = Math.Min(stepLoss, pulseLoss);
        if (readOnlyLoss - best < Significant)
        {
            return new(Share(readOnly), 0, 0, 0);
        }

        double writeOnlyLoss = Line(write => Loss(write, SmallestDeviation, isStep), out double writeOnly);
        bool hasRead = writeOnlyLoss - best >= Significant;
        double read = hasRead ? (isStep ? stepRead : pulseRead) : 0;
        double write = hasRead ? (isStep ? step : pulse) : writeOnly;
        return new(Share(read), isStep ? Math.Min(write, LargestStepNoise) : 0, isStep ? 0 : Share(write), Math.Abs(stepLoss - pulseLoss));
    }

    private static double Share(double deviation) => deviation <= 2 * SmallestDeviation ? 0 : Math.Min(deviation, 1);

    private (double Write, double Read, double Loss) Minimise(bool isStepNoise)
    {
        (double[] Deviations, double Loss) best = ([], double.PositiveInfinity);
        foreach ((double write, double read) in (ReadOnlySpan<(double, double)>)[(isStepNoise ? 0.3 : 0.01, 0.001), (isStepNoise ? 0.1 : 0.001, 0.01), (isStepNoise ? 1 : 0.003, 0.003)])
        {
            (double[] Deviations, double Loss) found = Search(deviations => Loss(deviations[0], deviations[1], isStepNoise), write, read);
            best = found.Loss < best.Loss ? found : best;
        }

        return (best.Deviations[0], best.Deviations[1], best.Loss);
    }

    private static double Line(Func<double, double> loss, out double deviation)
    {
        (double[] deviations, double lowest) = Search(values => loss(values[0]), 0.01);
        deviation = deviations[0];
        return lowest;
    }

    /// <summary>The simplex method of Nelder and Mead on the logarithms of the deviations.</summary>
    private static (double[] Deviations, double Loss) Search(Func<double[], double> loss, params double[] start)
    {
        double[] best = start;
        double lowest = loss(start);
        IObjectiveFunction objective = ObjectiveFunction.Value(point =>
        {
            double[] deviations = [.. point.Select(static logarithm => Math.Exp(Math.Clamp(logarithm, -30, 10)))];
            double value = loss(deviations);
            if (value < lowest)
            {
                (best, lowest) = (deviations, value);
            }

            return value;
        });
        try
        {
            Vector<double> logarithms = Vector<double>.Build.DenseOfEnumerable(start.Select(static deviation => Math.Log(deviation)));
            NelderMeadSimplex.Minimum(objective, logarithms, Vector<double>.Build.Dense(start.Length, 1), convergenceTolerance: 1e-4, maximumIterations: 300);
        }
        catch (MaximumIterationsException)
        {
            // A flat likelihood: the best point so far is as good as any.
        }

        return (best, lowest);
    }

    /// <summary>-2 ln L up to a constant.</summary>
    private double Loss(double write, double read, bool isStepNoise)
    {
        _cancellation.ThrowIfCancellationRequested();
        double readVariance = Math.Max(read * read, SmallestDeviation * SmallestDeviation);
        double loss = 0;
        foreach ((DeviceLaw law, double[] pulses, double[] states) in _ramps)
        {
            double state = states[0];
            double variance = readVariance;
            for (int i = 1; i < states.Length; i++)
            {
                double start = Math.Clamp(state, 0, 1);
                double next = law.After(start, pulses[i]);
                double slope = law.SlopeOfAfter(start, pulses[i]);
                double deviation = isStepNoise ? write * Math.Abs(next - start) : write * Math.Sqrt(Math.Abs(pulses[i]));
                double predicted = (slope * slope * variance) + (deviation * deviation);
                double total = predicted + readVariance;
                double innovation = states[i] - next;
                loss += Math.Log(total) + (innovation * innovation / total);
                double gain = predicted / total;
                state = next + (gain * innovation);
                variance = (1 - gain) * predicted;
            }
        }

        return double.IsNaN(loss) ? double.MaxValue : loss;
    }
}
