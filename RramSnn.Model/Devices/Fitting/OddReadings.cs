using System.Globalization;
using MathNet.Numerics.Statistics;

namespace RramSnn.Model.Devices.Fitting;

/// <summary>Single readings that no device makes: slips of the pen and units that change within a file.</summary>
internal static class OddReadings
{
    // No pulse of a gradual device changes the conductance by more.
    private const double LargestRatio = 100;

    // In usual steps, and as a share of the measured range.
    private const double OutlyingSteps = 10;
    private const double OutlyingShare = 0.05;

    internal static IEnumerable<FitWarning> Find(MeasuredResponse response, ResponseNoise noise)
    {
        List<PulseReading> outliers = [];
        List<(PulseReading Reading, double Factor)> jumps = [];
        foreach (MeasuredTrace trace in response.Traces)
        {
            IReadOnlyList<PulseReading> readings = trace.Readings;
            double step = readings.Count < 2 ? 0 : Enumerable.Range(1, readings.Count - 1).Select(i => Math.Abs(readings[i].Siemens - readings[i - 1].Siemens)).Median();
            for (int i = 1; i < readings.Count; i++)
            {
                if (IsOutlier(trace, i, Math.Max(OutlyingSteps * step, OutlyingShare * noise.RangeSiemens)))
                {
                    outliers.Add(readings[i]);
                }
                else if (IsJump(readings[i].Siemens, readings[i - 1].Siemens) && (i + 1 == readings.Count || !IsJump(readings[i + 1].Siemens, readings[i].Siemens)) && !outliers.Contains(readings[i - 1]))
                {
                    jumps.Add((readings[i], readings[i].Siemens / readings[i - 1].Siemens));
                }
            }
        }

        if (outliers.Count > 0)
        {
            yield return new("outlying_readings", Text($"{Place(outliers[0])}{outliers[0].Siemens:G3} S lies far from the readings before and behind it ({outliers.Count} such reading(s)): a slip or a failed read?"));
        }

        if (jumps.Count > 0)
        {
            yield return new("unit_change", Text($"{Place(jumps[0].Reading)}the conductance changes by a factor of {jumps[0].Factor:G3} from one reading to the next ({jumps.Count} such change(s)): is another unit used from here on?"));
        }
    }

    private static bool IsJump(double now, double before) => now > LargestRatio * before || before > LargestRatio * now;

    /// <summary>Whether a reading within a ramp lies beyond both its neighbours, and far.</summary>
    private static bool IsOutlier(MeasuredTrace trace, int i, double distance)
    {
        if (i + 1 == trace.Readings.Count || RampSplitter.Restarts(trace, i) || RampSplitter.Restarts(trace, i + 1))
        {
            return false;
        }

        (PulseReading before, PulseReading now, PulseReading behind) = (trace.Readings[i - 1], trace.Readings[i], trace.Readings[i + 1]);
        double rise = now.Siemens - before.Siemens;
        double fall = now.Siemens - behind.Siemens;
        return now.IsPotentiation == before.IsPotentiation && now.IsPotentiation == behind.IsPotentiation
            && rise * fall > 0 && Math.Min(Math.Abs(rise), Math.Abs(fall)) > distance;
    }

    private static string Place(PulseReading reading) => reading.Line > 0 ? Text($"line {reading.Line}: ") : "";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
