using RramSnn.Kernels.Random;
using RramSnn.Model.Layers;

namespace RramSnn.Model.Devices.Fitting;

/// <summary>A made-up measurement of devices: what a fit should find again.</summary>
public sealed record SyntheticResponse
{
    /// <summary>The kind of device. Its spread, write noise and read noise are drawn; drift and endurance are not.</summary>
    public required Device Device { get; init; }

    /// <summary>Whether single pulses up and down take turns; else ramps up and down do.</summary>
    public bool Alternates { get; init; }

    /// <summary>Pulses of each direction in a cycle, at least 1; null for the device's pulses per range.</summary>
    public int? Pulses { get; init; }

    /// <summary>Times that the cycle is repeated on each device, at least 1.</summary>
    public int Cycles { get; init; } = 1;

    /// <summary>Number of devices, at least 1.</summary>
    public int Devices { get; init; } = 1;

    /// <summary>State before the first pulse, 0 to 1; null for 0 before ramps and 1/2 before alternating pulses.</summary>
    public double? StartState { get; init; }

    /// <summary>Seed of all draws.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Applies the pulses of <see cref="PulseTrain"/> to devices of <see cref="DeviceSampler"/> and reads them: G = Gmin + (u + r)(Gmax - Gmin), r of the read noise.</summary>
    /// <param name="source">Name of the measurement.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public MeasuredResponse Measure(string source)
    {
        Require.That(Pulses is null or (>= 1 and <= 1_000_000), Pulses, "1 to 1000000", nameof(Pulses));
        Require.That(Cycles is >= 1 and <= 1_000_000, Cycles, "1 to 1000000", nameof(Cycles));
        Require.That(Devices is >= 1 and <= 1_000_000, Devices, "1 to 1000000", nameof(Devices));
        Require.That(StartState is null or (>= 0 and <= 1), StartState, "0 to 1", nameof(StartState));
        DeviceSampler sampler = new(Device, Seed);
        return new MeasuredResponse(source, [.. Enumerable.Range(0, Devices).Select(i => new MeasuredTrace($"{i + 1}", "1", Read(sampler[i], i)))]);
    }

    private List<PulseReading> Read(SampledDevice device, int index)
    {
        int pulses = Pulses ?? (int)Math.Min(Math.Round(Device.PulsesPerRange), 1_000_000);
        PulseTrain train = new() { Up = pulses, Down = pulses, Cycles = Cycles, Alternates = Alternates };
        double scatter = Device.Variability.ReadNoise * (Device.MaximumSiemens - Device.MinimumSiemens);
        float[] draws = new float[RandomKernels.BlockLength];
        List<PulseReading> readings = [];
        foreach (PulseResponse response in train.Apply(device, StartState ?? (Alternates ? 0.5 : 0), Device.Variability, Seed, index))
        {
            int place = readings.Count % draws.Length;
            if (place == 0)
            {
                RandomKernels.Normal<InverseCdfNormal>(draws, RandomPurpose.SyntheticReads.Stream(Seed, (ulong)index).At((uint)(readings.Count / draws.Length)));
            }

            // No instrument shows a device that conducts backwards. The start belongs to the ramp up that follows it.
            double siemens = Math.Max(device.ToSiemens(response.State) + (scatter * draws[place]), 1e-3 * Device.MinimumSiemens);
            readings.Add(new(response.Pulse, response.Direction >= 0, siemens));
        }

        return readings;
    }
}
