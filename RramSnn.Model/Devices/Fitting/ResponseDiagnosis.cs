using System.Globalization;
using MathNet.Numerics;

namespace RramSnn.Model.Devices.Fitting;

/// <summary>Looks for what goes wrong with measurements: what makes a fit meaningless is an error, what makes it doubtful a warning.</summary>
internal static class ResponseDiagnosis
{
    internal const int FewestReadings = 8;
    internal const int FewestSteps = 3;

    /// <summary>Warnings about a measurement.</summary>
    /// <exception cref="InvalidDataException">It cannot tell a device.</exception>
    internal static List<FitWarning> Check(MeasuredResponse response, ResponseNoise noise)
    {
        ThrowIfHopeless(response, noise);
        List<FitWarning> warnings = [];
        AddMissingPulses(response, warnings);
        warnings.AddRange(OddReadings.Find(response, noise));
        AddGaps(response, noise, warnings);
        AddBackwardSteps(response, warnings);
        List<MeasuredRamp> ramps = [.. response.Traces.SelectMany(trace => RampSplitter.Split(trace, noise)).Where(static ramp => ramp.IsRamp)];
        AddUnequalRamps(ramps, noise, warnings);
        AddDrift(ramps, noise, warnings);
        return warnings;
    }

    private static void ThrowIfHopeless(MeasuredResponse response, ResponseNoise noise)
    {
        foreach (PulseReading reading in response.Readings)
        {
            if (reading.Siemens is < ResponseLimits.LowestSiemens or > ResponseLimits.HighestSiemens)
            {
                throw response.Error(reading, Text($"conductance is {reading.Siemens} S; expected {ResponseLimits.LowestSiemens} to {ResponseLimits.HighestSiemens} S: is the unit in the header right (siemens, us for microsiemens, ns for nanosiemens)?"));
            }
        }

        if (response.ReadingCount < FewestReadings)
        {
            throw new InvalidDataException($"{response.Source}: has {response.ReadingCount} readings; expected at least {FewestReadings}.");
        }

        if (noise.RangeSiemens == 0)
        {
            throw new InvalidDataException(Text($"{response.Source}: all readings are {response.MinimumSiemens} S; expected a conductance that changes under pulses."));
        }

        foreach (bool isPotentiation in (bool[])[true, false])
        {
            int steps = response.Traces.Sum(trace => Enumerable.Range(1, trace.Readings.Count - 1).Count(i =>
                trace.Readings[i].IsPotentiation == isPotentiation && !RampSplitter.Restarts(trace, i) && RampSplitter.PulsesBefore(trace, i) != 0));
            if (steps < FewestSteps)
            {
                string word = isPotentiation ? "potentiation (up)" : "depression (down)";
                throw new InvalidDataException($"{response.Source}: has {steps} {word} steps; expected at least {FewestSteps} in each direction.");
            }
        }
    }

    private static void AddMissingPulses(MeasuredResponse response, List<FitWarning> warnings)
    {
        List<(int Line, double From, double To)> missing = [];
        foreach (MeasuredTrace trace in response.Traces)
        {
            double[] steps = [.. Enumerable.Range(1, trace.Readings.Count - 1).Select(i => Math.Abs(RampSplitter.PulsesBefore(trace, i))).Where(static n => n > 0)];
            double usual = steps.Length == 0 ? 1 : steps.GroupBy(static n => n).MaxBy(static group => group.Count())!.Key;
            for (int i = 1; i < trace.Readings.Count; i++)
            {
                if (trace.Readings[i].Pulse - trace.Readings[i - 1].Pulse > usual * 1.5)
                {
                    missing.Add((trace.Readings[i].Line, trace.Readings[i - 1].Pulse, trace.Readings[i].Pulse));
                }
            }
        }

        if (missing.Count > 0)
        {
            (int line, double from, double to) = missing[0];
            string place = line > 0 ? Text($"line {line}: ") : "";
            warnings.Add(new("missing_pulses", Text($"{place}pulse numbers jump from {from} to {to} ({missing.Count} such gap(s)); all pulses in between are assumed to have been applied.")));
        }
    }

    private static void AddGaps(MeasuredResponse response, ResponseNoise noise, List<FitWarning> warnings)
    {
        List<(int Line, double Gap)> gaps = [];
        foreach (MeasuredTrace trace in response.Traces)
        {
            for (int i = 1; i < trace.Readings.Count; i++)
            {
                bool turns = trace.Readings[i].IsPotentiation != trace.Readings[i - 1].IsPotentiation;
                bool startsRamp = i + 1 < trace.Readings.Count && trace.Readings[i + 1].IsPotentiation == trace.Readings[i].IsPotentiation;
                if (turns && startsRamp && RampSplitter.Gap(trace, i, noise) is not 0 and double gap)
                {
                    gaps.Add((trace.Readings[i].Line, gap));
                }
            }
        }

        if (gaps.Count > 0)
        {
            (int line, double gap) = gaps.MaxBy(static item => Math.Abs(item.Gap));
            string place = line > 0 ? Text($" at line {line}") : "";
            warnings.Add(new("ramps_do_not_join", Text($"{gaps.Count} ramp(s) do not start where the ramp before ended; the largest jump is {100 * gap / noise.RangeSiemens:F0} % of the range{place}. Every such ramp is fitted from its own first reading.")));
        }
    }

    private static void AddBackwardSteps(MeasuredResponse response, List<FitWarning> warnings)
    {
        int steps = 0;
        int backward = 0;
        foreach (MeasuredTrace trace in response.Traces)
        {
            for (int i = 1; i < trace.Readings.Count; i++)
            {
                double pulses = RampSplitter.PulsesBefore(trace, i);
                if (pulses != 0 && !RampSplitter.Restarts(trace, i))
                {
                    steps++;
                    backward += (trace.Readings[i].Siemens - trace.Readings[i - 1].Siemens) * pulses < 0 ? 1 : 0;
                }
            }
        }

        double share = (double)backward / steps;
        if (share > 0.75)
        {
            throw new InvalidDataException(Text($"{response.Source}: {100 * share:F0} % of the steps go against their direction; expected conductances that rise under up pulses: are up and down swapped, or are these resistances?"));
        }
        else if (share > 0.4)
        {
            warnings.Add(new("noisy_steps", Text($"{100 * share:F0} % of the steps go against their direction: noise hides single steps, or the ramps go on long after the device has saturated.")));
        }
    }

    private static void AddUnequalRamps(List<MeasuredRamp> ramps, ResponseNoise noise, List<FitWarning> warnings)
    {
        MeasuredRamp[] up = [.. ramps.Where(static ramp => ramp.IsPotentiation)];
        MeasuredRamp[] down = [.. ramps.Where(static ramp => !ramp.IsPotentiation)];
        if (up.Length == 0 || down.Length == 0)
        {
            return;
        }

        (double upPulses, double downPulses) = (up.Average(static ramp => ramp.TotalPulses), down.Average(static ramp => ramp.TotalPulses));
        if (Math.Abs(upPulses - downPulses) > 0.1 * Math.Max(upPulses, downPulses))
        {
            warnings.Add(new("unequal_pulse_counts", Text($"ramps have {upPulses:G4} pulses up and {downPulses:G4} down; rates are per pulse and need no equal counts.")));
        }

        (double upRange, double downRange) = (up.Average(Range), down.Average(Range));
        if (Math.Abs(upRange - downRange) > (0.1 * noise.RangeSiemens) + (4 * noise.Siemens))
        {
            warnings.Add(new("unequal_ranges", Text($"ramps cover {100 * upRange / noise.RangeSiemens:F0} % of the range up and {100 * downRange / noise.RangeSiemens:F0} % down.")));
        }

        static double Range(MeasuredRamp ramp) => ramp.Siemens.Max() - ramp.Siemens.Min();
    }

    private static void AddDrift(List<MeasuredRamp> ramps, ResponseNoise noise, List<FitWarning> warnings)
    {
        foreach (IGrouping<string, MeasuredRamp> device in ramps.Where(static ramp => ramp.IsPotentiation).GroupBy(static ramp => ramp.Trace.Device))
        {
            double[] starts = [.. device.Select(static ramp => ramp.Siemens[0])];
            if (starts.Length < 4)
            {
                continue;
            }

            double[] numbers = Generate.LinearRange(0, starts.Length - 1);
            (double start, double slope) = MathNet.Numerics.Fit.Line(numbers, starts);
            double scatter = Math.Sqrt(starts.Select((value, i) => value - start - (slope * i)).Sum(static value => value * value) / (starts.Length - 2));
            double error = scatter / Math.Sqrt(numbers.Sum(number => Math.Pow(number - ((starts.Length - 1) / 2.0), 2)));
            double drift = slope * (starts.Length - 1);
            if (Math.Abs(drift) > 0.1 * noise.RangeSiemens && Math.Abs(slope) > 4 * error)
            {
                warnings.Add(new("drifting_baseline", Text($"the low end of device {device.Key} moves by {100 * drift / noise.RangeSiemens:F0} % of the range over {starts.Length} cycles; one Gmin cannot describe that.")));
            }
        }
    }

    /// <summary>Warnings about the best fit.</summary>
    internal static IEnumerable<FitWarning> Check(ModelFit fit)
    {
        if (fit.Determination < 0.95)
        {
            yield return new("poor_fit", Text($"the best model explains {100 * fit.Determination:F1} % of the readings' variance; see fit.png before using it."));
        }

        if (fit.ResidualCorrelation > 0.5 && fit.RootMeanSquareShare > ResponseLimits.Resolution)
        {
            yield return new("correlated_residuals", Text($"neighbouring residuals correlate by {fit.ResidualCorrelation:F2}: the noise stays in the device or the model misses a shape; standard errors allow for it, the ranking does not."));
        }

        foreach (FittedParameter parameter in fit.Parameters)
        {
            if (parameter.IsAtBound)
            {
                yield return new("parameter_at_bound", Text($"{parameter.Key} ended at {parameter.Value:G4}, an end of its range: a simpler model or more readings may say more."));
            }
            else if (parameter.IsFitted && !double.IsFinite(parameter.StandardError))
            {
                yield return new("parameter_undetermined", Text($"{parameter.Key} is not determined by the data."));
            }
        }

        double low = fit.Ramps.Min(static ramp => ramp.Siemens.Min());
        double high = fit.Ramps.Max(static ramp => ramp.Siemens.Max());
        double beyond = Math.Max(low - fit.Device.MinimumSiemens, fit.Device.MaximumSiemens - high) / (high - low);
        if (beyond > 0.2)
        {
            yield return new("range_extrapolated", Text($"the fitted range reaches {100 * beyond:F0} % of the measured range beyond the readings: more pulses would show where the device saturates."));
        }

        if (NoiseRatio(fit) is > 4 and double ratio && fit.RootMeanSquareShare > ResponseLimits.Resolution)
        {
            yield return new("unequal_noise", Text($"residuals at one end of the range are {ratio:F1} times those at the other; weights in proportion to 1/G^2 (relative) may suit better."));
        }
    }

    /// <summary>Root mean square residual in the third of the readings with the highest predictions over that with the lowest, or the inverse if that is larger.</summary>
    private static double NoiseRatio(ModelFit fit)
    {
        double[] residuals =
        [
            .. fit.Ramps.SelectMany(static ramp => ramp.Siemens.Zip(ramp.Predicted))
                .OrderBy(static pair => pair.Second)
                .Select(static pair => (pair.First - pair.Second) * (pair.First - pair.Second)),
        ];
        int third = residuals.Length / 3;
        double ratio = third < 5 ? 1 : Math.Sqrt(residuals[^third..].Average() / residuals[..third].Average());
        return Math.Max(ratio, 1 / ratio);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
