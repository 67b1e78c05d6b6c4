namespace RramSnn.Model.Devices.Files;

/// <summary>One number of <see cref="DeviceVariability"/> in a device file.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Description">One line for people.</param>
/// <param name="Maximum">Upper end of its range, which starts at 0.</param>
/// <param name="Get">Reads the number.</param>
/// <param name="With">The same variability with another number.</param>
/// <param name="IsWhole">Whether it is a whole number.</param>
internal sealed record VariabilityKey(
    string Key,
    string Description,
    double Maximum,
    Func<DeviceVariability, double> Get,
    Func<DeviceVariability, double, DeviceVariability> With,
    bool IsWhole = false)
{
    /// <summary>All numbers, in the order in which they are written.</summary>
    internal static IReadOnlyList<VariabilityKey> All { get; } =
    [
        new("step_noise", "standard deviation of a write in units of its step; excludes pulse_noise", 100, static v => v.StepNoise, static (v, x) => v with { StepNoise = x }),
        new("pulse_noise", "standard deviation of one pulse as a share of the range; excludes step_noise", 1, static v => v.PulseNoise, static (v, x) => v with { PulseNoise = x }),
        new("minimum_spread", "standard deviation of a device's own Gmin as a share of the range", 1, static v => v.MinimumSpread, static (v, x) => v with { MinimumSpread = x }),
        new("maximum_spread", "standard deviation of a device's own Gmax as a share of the range", 1, static v => v.MaximumSpread, static (v, x) => v with { MaximumSpread = x }),
        new("states", "number of states that a device can hold, at least 2; 0 for any state", int.MaxValue, static v => v.States, static (v, x) => v with { States = (int)x }, IsWhole: true),
        new("stuck_at_minimum", "share of devices that stay at Gmin", 1, static v => v.StuckAtMinimum, static (v, x) => v with { StuckAtMinimum = x }),
        new("stuck_at_maximum", "share of devices that stay at Gmax", 1, static v => v.StuckAtMaximum, static (v, x) => v with { StuckAtMaximum = x }),
        new("stuck_at_state", "share of devices that stay at stuck_state", 1, static v => v.StuckAtState, static (v, x) => v with { StuckAtState = x }),
        new("stuck_state", "state of the devices counted by stuck_at_state", 1, static v => v.StuckState, static (v, x) => v with { StuckState = x }),
        new("read_noise", "standard deviation of one read as a share of the range", 1, static v => v.ReadNoise, static (v, x) => v with { ReadNoise = x }),
        new("drift_exponent", "exponent v of the drift G(t) = G(t0) (t/t0)^-v after a write", 1, static v => v.DriftExponent, static (v, x) => v with { DriftExponent = x }),
        new("drift_start_seconds", "t0 of the drift, above 0", double.MaxValue, static v => v.DriftStartSeconds, static (v, x) => v with { DriftStartSeconds = x }),
        new("endurance_writes", "writes after which the range has shrunk to a half; 0 for unlimited", 1e15, static v => v.EnduranceWrites, static (v, x) => v with { EnduranceWrites = x }),
    ];
}

/// <summary>One number of <see cref="Devices.PulseConditions"/> in a device file.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Description">One line for people.</param>
/// <param name="Get">Reads the number.</param>
internal sealed record PulseConditionKey(string Key, string Description, Func<PulseConditions, double> Get)
{
    /// <summary>All numbers, in the order of the record's parameters.</summary>
    internal static IReadOnlyList<PulseConditionKey> All { get; } =
    [
        new("potentiation_volts", "amplitude of a potentiation pulse", static p => p.PotentiationVolts),
        new("potentiation_seconds", "width of a potentiation pulse", static p => p.PotentiationSeconds),
        new("depression_volts", "amplitude of a depression pulse", static p => p.DepressionVolts),
        new("depression_seconds", "width of a depression pulse", static p => p.DepressionSeconds),
    ];
}
