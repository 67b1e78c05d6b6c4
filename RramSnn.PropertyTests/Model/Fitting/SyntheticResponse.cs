using RramSnn.Model.Devices;
using RramSnn.Model.Devices.Fitting;

namespace RramSnn.PropertyTests.Model.Fitting;

/// <summary>A made-up measurement of devices, with their spread, write noise and read noise: what a fit should find again.</summary>
internal sealed record SyntheticResponse
{
    public required Device Device { get; init; }

    public bool Alternates { get; init; }

    /// <summary>Pulses of each direction in a cycle; null for the device's pulses per range.</summary>
    public int? Pulses { get; init; }

    public int Cycles { get; init; } = 1;

    public int Devices { get; init; } = 1;

    public double StartState { get; init; }

    public ulong Seed { get; init; } = 1;

    internal MeasuredResponse Measure(string source) => new(source, [.. Enumerable.Range(0, Devices).Select(i => new MeasuredTrace($"{i + 1}", "1", [.. Read(i)]))]);

    private IEnumerable<PulseReading> Read(int index)
    {
        int pulses = Pulses ?? (int)Math.Round(Device.PulsesPerRange);
        PulseTrain train = new() { Up = pulses, Down = pulses, Cycles = Cycles, Alternates = Alternates };
        SampledDevice sampled = new DeviceSampler(Device, Seed)[index];
        DeviceReads reads = new(Device, sampled, Seed, index);
        return train.Apply(sampled, StartState, Device.Variability, Seed, index)
            .Select(response => new PulseReading(response.Pulse, response.Direction > 0, reads.Read(response)));
    }
}
