using MathNet.Numerics.Statistics;

namespace RramSnn.Model.Devices.Fitting;

/// <summary>A first idea of how much readings scatter, before any model.</summary>
/// <param name="Siemens">Standard deviation of one reading.</param>
/// <param name="RangeSiemens">Highest less lowest reading.</param>
internal readonly record struct ResponseNoise(double Siemens, double RangeSiemens)
{
    /// <summary>From second differences within runs of one direction: three readings on a smooth curve cancel but for their scatter, σ √6.</summary>
    internal static ResponseNoise Of(MeasuredResponse response)
    {
        List<double> differences = [];
        foreach (MeasuredTrace trace in response.Traces)
        {
            for (int i = 2; i < trace.Readings.Count; i++)
            {
                PulseReading[] three = [trace.Readings[i - 2], trace.Readings[i - 1], trace.Readings[i]];
                bool isRun = three[0].IsPotentiation == three[1].IsPotentiation && three[1].IsPotentiation == three[2].IsPotentiation
                    && !RampSplitter.Restarts(trace, i) && !RampSplitter.Restarts(trace, i - 1);
                if (isRun && RampSplitter.PulsesBefore(trace, i) == RampSplitter.PulsesBefore(trace, i - 1))
                {
                    differences.Add(Math.Abs(three[0].Siemens - (2 * three[1].Siemens) + three[2].Siemens));
                }
            }
        }

        // The median of a normal variable's magnitude is 0.6745 σ; a few outliers or steep starts do not move it.
        double sigma = differences.Count == 0 ? 0 : differences.Median() / 0.6745 / Math.Sqrt(6);
        return new(sigma, response.MaximumSiemens - response.MinimumSiemens);
    }
}
