using MathNet.Numerics.Distributions;
using MathNet.Numerics.Random;

namespace RramSnn.Model.Devices.Fitting;

/// <summary>In which order pulses are applied.</summary>
public enum PulseSequence
{
    /// <summary>A ramp up, then a ramp down, in every cycle.</summary>
    Ramps,

    /// <summary>Single pulses up and down in turn.</summary>
    Alternating,
}

/// <summary>A made-up measurement of a device: what a fit should find again.</summary>
public sealed record SyntheticResponse
{
    /// <summary>The device; its read, step and pulse noise and its spread are drawn, the rest of its variability is not.</summary>
    public required Device Device { get; init; }

    /// <summary>Order of the pulses.</summary>
    public PulseSequence Sequence { get; init; }

    /// <summary>Pulses per ramp, or pairs of alternating pulses, at least 1; null for the device's pulses per range.</summary>
    public int? Pulses { get; init; }

    /// <summary>Times that the sequence is repeated on each device, at least 1.</summary>
    public int Cycles { get; init; } = 1;

    /// <summary>Number of devices, at least 1.</summary>
    public int Devices { get; init; } = 1;

    /// <summary>State before the first pulse, 0 to 1; null for 0 before ramps and 1/2 before alternating pulses.</summary>
    public double? StartState { get; init; }

    /// <summary>Seed of all draws.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Applies the pulses: u ← After(u, ±1) + w, G = Gmin + (u + r)(Gmax - Gmin), with w and r as in <see cref="DeviceVariability"/>.</summary>
    /// <param name="source">Name of the measurement.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public PulseResponse Measure(string source)
    {
        Require.That(Pulses is null or >= 1, Pulses, "1 or more", nameof(Pulses));
        Require.That(Cycles >= 1, Cycles, "1 or more", nameof(Cycles));
        Require.That(Devices >= 1, Devices, "1 or more", nameof(Devices));
        Require.That(StartState is null or (>= 0 and <= 1), StartState, "0 to 1", nameof(StartState));
        MersenneTwister random = new(Seed);
        List<PulseTrace> traces = [];
        for (int i = 0; i < Devices; i++)
        {
            DeviceLaw law = OwnLaw(random);
            double low = Device.MinimumSiemens + (Range * Device.Variability.MinimumSpread * Normal.Sample(random, 0, 1));
            double high = Device.MaximumSiemens + (Range * Device.Variability.MaximumSpread * Normal.Sample(random, 0, 1));
            double state = StartState ?? (Sequence == PulseSequence.Ramps ? 0 : 0.5);
            for (int cycle = 0; cycle < Cycles; cycle++)
            {
                traces.Add(new PulseTrace($"{i + 1}", $"{cycle + 1}", Cycle(law, ref state, low, high, random)));
            }
        }

        return new PulseResponse(source, traces);
    }

    private double Range => Device.MaximumSiemens - Device.MinimumSiemens;

    private List<PulseReading> Cycle(DeviceLaw law, ref double state, double low, double high, MersenneTwister random)
    {
        int pulses = Pulses ?? (int)Math.Round(Device.PulsesPerRange);
        List<PulseReading> readings = [Read(0, true, state, low, high, random)];
        for (int i = 1; i <= 2 * pulses; i++)
        {
            bool isPotentiation = Sequence == PulseSequence.Ramps ? i <= pulses : i % 2 == 1;
            double next = law.After(state, isPotentiation ? 1 : -1);
            double deviation = (Device.Variability.StepNoise * Math.Abs(next - state)) + Device.Variability.PulseNoise;
            state = Math.Clamp(next + (deviation * Normal.Sample(random, 0, 1)), 0, 1);
            readings.Add(Read(i, isPotentiation, state, low, high, random));
        }

        return readings;
    }

    private PulseReading Read(int pulse, bool isPotentiation, double state, double low, double high, MersenneTwister random)
    {
        double siemens = low + (state * (high - low)) + (Range * Device.Variability.ReadNoise * Normal.Sample(random, 0, 1));

        // No instrument shows a device that conducts backwards.
        return new(pulse, isPotentiation, Math.Max(siemens, 1e-3 * Device.MinimumSiemens));
    }

    private DeviceLaw OwnLaw(MersenneTwister random)
    {
        double[] values = Device.Law.Values.ToArray();
        int index = 0;
        foreach (DeviceParameter parameter in Device.Law.Model.Parameters)
        {
            double deviation = Device.Variability.Spread.GetValueOrDefault(parameter.Key);
            double factor = OwnFactor(deviation, Normal.Sample(random, 0, 1));
            for (int i = 0; i < parameter.Count; i++, index++)
            {
                double value = Math.Clamp(values[index] * factor, parameter.Minimum, parameter.Maximum);
                values[index] = parameter.Allows(value) ? value : values[index];
            }
        }

        return Device.Law.Model.Create(values);
    }

    private double OwnFactor(double deviation, double draw)
    {
        if (Device.Variability.Distribution == SpreadDistribution.Gaussian)
        {
            return 1 + (deviation * draw);
        }

        double square = double.LogP1(deviation * deviation);
        return Math.Exp((Math.Sqrt(square) * draw) - (square / 2));
    }
}
