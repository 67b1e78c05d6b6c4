using RramSnn.Model.Devices;

namespace RramSnn.Native.Settings;

/// <summary>How the devices of a network differ, from the keys of a configuration: a start, and numbers that replace some of its own.</summary>
internal static class VariabilitySettings
{
    /// <summary>The keys.</summary>
    internal static IReadOnlyList<string> Keys { get; } =
    [
        "variability", "spread", "spread_distribution", "range_spread", "step_noise", "pulse_noise", "states", "stuck_at_minimum", "stuck_at_maximum",
        "stuck_at_state", "stuck_state", "read_noise", "drift_exponent", "drift_start_seconds", "endurance_writes",
    ];

    /// <summary>Reads the keys for a device.</summary>
    /// <exception cref="ArgumentException">A spread is out of range; the other numbers are the network's to check.</exception>
    internal static DeviceVariability Read(ConfigReader config, Device device)
    {
        DeviceVariability start = config.OneOf("variability", DeviceVariability.None, ("none", DeviceVariability.None), ("device", device.Variability));
        double? spread = Share(config, "spread", 10);
        double? range = Share(config, "range_spread", 1);
        double? step = config.OptionalNumber<double>("step_noise");
        double? pulse = config.OptionalNumber<double>("pulse_noise");
        return start with
        {
            Spread = spread is { } deviation ? Spreads(start, device, deviation) : start.Spread,
            Distribution = config.OneOf(
                "spread_distribution", start.Distribution, ("gaussian", SpreadDistribution.Gaussian), ("log-normal", SpreadDistribution.LogNormal)),
            MinimumSpread = range ?? start.MinimumSpread,
            MaximumSpread = range ?? start.MaximumSpread,
            StepNoise = step ?? (pulse > 0 ? 0 : start.StepNoise),
            PulseNoise = pulse ?? (step > 0 ? 0 : start.PulseNoise),
            States = config.Number("states", start.States),
            StuckAtMinimum = config.Number("stuck_at_minimum", start.StuckAtMinimum),
            StuckAtMaximum = config.Number("stuck_at_maximum", start.StuckAtMaximum),
            StuckAtState = config.Number("stuck_at_state", start.StuckAtState),
            StuckState = config.Number("stuck_state", start.StuckState),
            ReadNoise = config.Number("read_noise", start.ReadNoise),
            DriftExponent = config.Number("drift_exponent", start.DriftExponent),
            DriftStartSeconds = config.Number("drift_start_seconds", start.DriftStartSeconds),
            EnduranceWrites = config.Number("endurance_writes", start.EnduranceWrites),
        };
    }

    private static double? Share(ConfigReader config, string key, double most)
    {
        double? value = config.OptionalNumber<double>(key);
        return value is null or >= 0 && !(value > most) ? value : throw new ArgumentException(FormattableString.Invariant($"{key} is {value}; expected 0 to {most}."));
    }

    private static Dictionary<string, double> Spreads(DeviceVariability start, Device device, double deviation)
    {
        Dictionary<string, double> spreads = start.Spread.ToDictionary();
        foreach (DeviceParameter parameter in device.Law.Model.Parameters.Where(static parameter => parameter.IsPerPulse))
        {
            spreads[parameter.Key] = deviation;
        }

        return spreads;
    }
}
