namespace RramSnn.Model.Devices.Fitting;

/// <summary>Cuts traces into ramps.</summary>
/// <remarks>
/// A ramp is a run of at least <see cref="ShortestRamp"/> readings of one direction; shorter runs are joined into alternating sequences.
/// A ramp begins at the last reading of the ramp before it, so that its first pulse counts too, unless the two do not join.
/// </remarks>
internal static class RampSplitter
{
    internal const int ShortestRamp = 3;

    // A simulated sequence forgets nothing: where writes are noisy, it may drift away from a long measurement.
    private const int LongestSequence = 256;

    internal static List<MeasuredRamp> Split(MeasuredTrace trace, ResponseNoise noise)
    {
        List<(int First, int End, bool IsRamp)> blocks = Blocks(trace);
        bool[] joins = [.. blocks.Select(block => Joins(trace, block.First, noise))];
        List<MeasuredRamp> ramps = [];
        for (int i = 0; i < blocks.Count; i++)
        {
            (int first, int end, bool isRamp) = blocks[i];
            int start = joins[i] ? first - 1 : first;
            if (end - start < 2)
            {
                continue;
            }

            double[] shares = new double[end - start];
            shares.AsSpan().Fill(1);
            shares[0] = joins[i] && ramps.Count > 0 && ramps[^1].First + ramps[^1].Count == first ? 0.5 : 1;
            shares[^1] = i + 1 < blocks.Count && joins[i + 1] ? 0.5 : 1;
            ramps.Add(new MeasuredRamp
            {
                Trace = trace,
                First = start,
                Pulses = [0, .. Enumerable.Range(start + 1, end - start - 1).Select(index => PulsesBefore(trace, index))],
                Siemens = [.. trace.Readings.Skip(start).Take(end - start).Select(static reading => reading.Siemens)],
                Shares = shares,
                IsRamp = isRamp,
            });
        }

        return ramps;
    }

    /// <summary>Pulses between a reading and the one before it.</summary>
    internal static double PulsesBefore(MeasuredTrace trace, int index)
    {
        PulseReading reading = trace.Readings[index];
        double pulses = reading.Pulse - trace.Readings[index - 1].Pulse;
        return (pulses > 0 ? pulses : reading.Pulse) * (reading.IsPotentiation ? 1 : -1);
    }

    /// <summary>Whether the numbers start again at a reading without a change of direction: something else happened in between.</summary>
    internal static bool Restarts(MeasuredTrace trace, int index) =>
        trace.Readings[index].IsPotentiation == trace.Readings[index - 1].IsPotentiation && trace.Readings[index].Pulse < trace.Readings[index - 1].Pulse;

    /// <summary>How far the conductance jumps at a turning point beyond what its first pulse explains, in siemens; 0 if it joins.</summary>
    internal static double Gap(MeasuredTrace trace, int index, ResponseNoise noise)
    {
        double sign = trace.Readings[index].IsPotentiation ? 1 : -1;
        double jump = sign * (trace.Readings[index].Siemens - trace.Readings[index - 1].Siemens);
        double tolerance = (6 * noise.Siemens) + (0.02 * noise.RangeSiemens);

        // A first reading may be one before the first pulse or after it; that step of a saturating ramp is its largest. Of what is left to travel, every step takes about the same share.
        int end = index + 1;
        double step = 0;
        for (; end < trace.Readings.Count && trace.Readings[end].IsPotentiation == trace.Readings[index].IsPotentiation; end++)
        {
            step = Math.Max(step, end < index + 3 ? Math.Abs(trace.Readings[end].Siemens - trace.Readings[end - 1].Siemens) : 0);
        }

        double rest = Math.Max(step, sign * (trace.Readings[end - 1].Siemens - trace.Readings[index].Siemens));
        double share = rest > 0 ? Math.Min(step / rest, 0.9) : 0.9;
        return jump < -tolerance || jump > (3 * step / (1 - share)) + tolerance ? sign * jump : 0;
    }

    private static bool Joins(MeasuredTrace trace, int index, ResponseNoise noise)
    {
        if (index == 0 || Restarts(trace, index) || PulsesBefore(trace, index) == 0)
        {
            return false;
        }

        bool alternates = index + 1 < trace.Readings.Count && trace.Readings[index + 1].IsPotentiation != trace.Readings[index].IsPotentiation;
        return alternates || trace.Readings[index].IsPotentiation == trace.Readings[index - 1].IsPotentiation || Gap(trace, index, noise) == 0;
    }

    private static List<(int First, int End, bool IsRamp)> Blocks(MeasuredTrace trace)
    {
        List<(int First, int End, bool IsRamp)> blocks = [];
        for (int first = 0; first < trace.Readings.Count;)
        {
            int end = first + 1;
            while (end < trace.Readings.Count && trace.Readings[end].IsPotentiation == trace.Readings[first].IsPotentiation && !Restarts(trace, end))
            {
                end++;
            }

            bool isRamp = end - first >= ShortestRamp;
            if (!isRamp && blocks.Count > 0 && !blocks[^1].IsRamp && !Restarts(trace, first) && end - blocks[^1].First <= LongestSequence)
            {
                blocks[^1] = (blocks[^1].First, end, false);
            }
            else
            {
                blocks.Add((first, end, isRamp));
            }

            first = end;
        }

        return blocks;
    }
}
