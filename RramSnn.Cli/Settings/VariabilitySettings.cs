using RramSnn.Model.Devices;

namespace RramSnn.Cli.Settings;

/// <summary>Whose variability a run starts from.</summary>
internal enum VariabilitySource
{
    /// <summary>That of perfect devices.</summary>
    None,

    /// <summary>The device's own.</summary>
    Device,
}

/// <summary>How the devices of a run differ: a start, and numbers that replace some of its own. Null leaves a number as it is.</summary>
internal sealed record VariabilitySettings
{
    public required VariabilitySource Variability { get; init; }

    /// <summary>Of every parameter per pulse.</summary>
    public required double? Spread { get; init; }

    public required SpreadDistribution? SpreadDistribution { get; init; }

    /// <summary>Of Gmin and of Gmax.</summary>
    public required double? RangeSpread { get; init; }

    /// <summary>Excludes <see cref="PulseNoise"/>, and replaces that of the device.</summary>
    public required double? StepNoise { get; init; }

    /// <summary>Excludes <see cref="StepNoise"/>, and replaces that of the device.</summary>
    public required double? PulseNoise { get; init; }

    public required int? States { get; init; }

    public required double? StuckAtMinimum { get; init; }

    public required double? StuckAtMaximum { get; init; }

    public required double? StuckAtState { get; init; }

    public required double? StuckState { get; init; }

    public required double? ReadNoise { get; init; }

    public required double? DriftExponent { get; init; }

    public required double? DriftStartSeconds { get; init; }

    public required double? EnduranceWrites { get; init; }

    /// <summary>The variability of a run on a device.</summary>
    /// <exception cref="ArgumentException">A spread is out of range; the other numbers are the network's to check.</exception>
    internal DeviceVariability For(Device device)
    {
        DeviceVariability start = Variability == VariabilitySource.Device ? device.Variability : DeviceVariability.None;
        ThrowUnless(Spread is not { } spread || (spread >= 0 && spread <= 10), Spread, "0 to 10", "spread");
        ThrowUnless(RangeSpread is not { } range || (range >= 0 && range <= 1), RangeSpread, "0 to 1", "range_spread");
        return start with
        {
            Spread = Spread is { } deviation ? Spreads(start, device, deviation) : start.Spread,
            Distribution = SpreadDistribution ?? start.Distribution,
            MinimumSpread = RangeSpread ?? start.MinimumSpread,
            MaximumSpread = RangeSpread ?? start.MaximumSpread,
            StepNoise = StepNoise ?? (PulseNoise > 0 ? 0 : start.StepNoise),
            PulseNoise = PulseNoise ?? (StepNoise > 0 ? 0 : start.PulseNoise),
            States = States ?? start.States,
            StuckAtMinimum = StuckAtMinimum ?? start.StuckAtMinimum,
            StuckAtMaximum = StuckAtMaximum ?? start.StuckAtMaximum,
            StuckAtState = StuckAtState ?? start.StuckAtState,
            StuckState = StuckState ?? start.StuckState,
            ReadNoise = ReadNoise ?? start.ReadNoise,
            DriftExponent = DriftExponent ?? start.DriftExponent,
            DriftStartSeconds = DriftStartSeconds ?? start.DriftStartSeconds,
            EnduranceWrites = EnduranceWrites ?? start.EnduranceWrites,
        };
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

    private static void ThrowUnless(bool condition, double? value, string expected, string key)
    {
        if (!condition)
        {
            throw new ArgumentOutOfRangeException(key, FormattableString.Invariant($"{key} is {value}; expected {expected}."));
        }
    }
}
