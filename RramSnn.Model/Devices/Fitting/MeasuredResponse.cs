namespace RramSnn.Model.Devices.Fitting;

/// <summary>One reading of a measured pulse response.</summary>
/// <param name="Pulse">Number of the pulse after which the device was read; 0 for a reading before the first one. Numbers may start again at every ramp.</param>
/// <param name="IsPotentiation">Whether that pulse, or the ramp that it starts, raises the conductance.</param>
/// <param name="Siemens">Conductance, above 0.</param>
/// <param name="Line">Line of the file it came from; 0 if none.</param>
public readonly record struct PulseReading(double Pulse, bool IsPotentiation, double Siemens, int Line = 0);

/// <summary>Readings of one device in the order in which they were taken.</summary>
/// <param name="Device">Which device; the same name for all traces of one device.</param>
/// <param name="Name">Which trace or cycle of the device.</param>
/// <param name="Readings">At least one.</param>
public sealed record MeasuredTrace(string Device, string Name, IReadOnlyList<PulseReading> Readings);

/// <summary>What was measured: conductance over programming pulses, of one device or several.</summary>
public sealed class MeasuredResponse
{
    /// <summary>A measurement.</summary>
    /// <param name="source">Its name in messages: a file.</param>
    /// <param name="traces">At least one trace with readings.</param>
    /// <exception cref="InvalidDataException">A reading is no positive number, or the pulse numbers make no sequence; the message names source and line.</exception>
    public MeasuredResponse(string source, IReadOnlyList<MeasuredTrace> traces)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(source);
        ArgumentNullException.ThrowIfNull(traces);
        Source = source;
        Traces = [.. traces.Where(static trace => trace.Readings.Count > 0)];
        foreach (MeasuredTrace trace in Traces)
        {
            Check(trace);
        }

        ReadingCount = Traces.Sum(static trace => trace.Readings.Count);
        if (ReadingCount == 0)
        {
            throw new InvalidDataException($"{source}: has no readings.");
        }

        Devices = [.. Traces.Select(static trace => trace.Device).Distinct()];
        MinimumSiemens = Readings.Min(static reading => reading.Siemens);
        MaximumSiemens = Readings.Max(static reading => reading.Siemens);
    }

    /// <summary>Name in messages.</summary>
    public string Source { get; }

    /// <summary>Traces in the order of their first readings.</summary>
    public IReadOnlyList<MeasuredTrace> Traces { get; }

    /// <summary>Names of the devices.</summary>
    public IReadOnlyList<string> Devices { get; }

    /// <summary>Number of readings of all traces.</summary>
    public int ReadingCount { get; }

    /// <summary>Lowest reading in siemens.</summary>
    public double MinimumSiemens { get; }

    /// <summary>Highest reading in siemens.</summary>
    public double MaximumSiemens { get; }

    internal IEnumerable<PulseReading> Readings => Traces.SelectMany(static trace => trace.Readings);

    internal InvalidDataException Error(PulseReading reading, string reason) =>
        new(reading.Line > 0 ? $"{Source}: line {reading.Line}: {reason}" : $"{Source}: {reason}");

    private void Check(MeasuredTrace trace)
    {
        for (int i = 0; i < trace.Readings.Count; i++)
        {
            PulseReading reading = trace.Readings[i];
            if (!(reading.Siemens > 0 && double.IsFinite(reading.Siemens)))
            {
                throw Error(reading, FormattableString.Invariant($"conductance is {reading.Siemens} S; expected a positive number."));
            }

            if (!(reading.Pulse >= 0 && reading.Pulse <= 1e12))
            {
                throw Error(reading, FormattableString.Invariant($"pulse is {reading.Pulse}; expected a number from 0 to 1e12."));
            }

            if (i > 0)
            {
                CheckOrder(trace, i);
            }
        }
    }

    private void CheckOrder(MeasuredTrace trace, int i)
    {
        PulseReading reading = trace.Readings[i];
        PulseReading before = trace.Readings[i - 1];
        if (reading.IsPotentiation != before.IsPotentiation)
        {
            return;
        }

        if (reading.Pulse == before.Pulse)
        {
            throw Error(reading, FormattableString.Invariant($"pulse {reading.Pulse} appears twice in a row; repeated measurements need a column trace, device or cycle."));
        }

        bool fallsAgain = i + 1 < trace.Readings.Count && trace.Readings[i + 1].IsPotentiation == reading.IsPotentiation && trace.Readings[i + 1].Pulse < reading.Pulse;
        if (reading.Pulse < before.Pulse && fallsAgain)
        {
            throw Error(reading, FormattableString.Invariant($"pulse numbers fall ({before.Pulse}, {reading.Pulse}, {trace.Readings[i + 1].Pulse}); expected the order in which pulses were applied."));
        }
    }
}
