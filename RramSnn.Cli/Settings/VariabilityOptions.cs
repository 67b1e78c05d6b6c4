using System.CommandLine;
using RramSnn.Model.Devices;

namespace RramSnn.Cli.Settings;

/// <summary>The options that make <see cref="VariabilitySettings"/>.</summary>
internal sealed class VariabilityOptions
{
    private readonly Option<string> _variability = OptionFactory.OneOf(
        "--variability", "Devices: perfect, or with the device's own variability; the options from here to --endurance-writes replace parts of either.", VariabilitySource.None);

    private readonly Option<double?> _spread = Number("--spread", "relative deviation of every parameter per pulse from device to device, 0 to 10");
    private readonly Option<string?> _spreadDistribution = OptionFactory.OptionalOneOf<SpreadDistribution>("--spread-distribution", "Devices: how those parameters spread.");
    private readonly Option<double?> _rangeSpread = Number("--range-spread", "deviation of a device's own Gmin and Gmax, as a share of the range, 0 to 1");
    private readonly Option<double?> _stepNoise = Number("--step-noise", "deviation of a write in units of its step, 0 to 100; excludes --pulse-noise");
    private readonly Option<double?> _pulseNoise = Number("--pulse-noise", "deviation of one pulse as a share of the range, 0 to 1; excludes --step-noise");
    private readonly Option<int?> _states = OptionFactory.OptionalNumber<int>("--states", "Devices: states that a device can hold, at least 2; 0 for any state. For --pulses pulsed: steps below half a state are lost.");
    private readonly Option<double?> _stuckAtMinimum = Number("--stuck-at-minimum", "share that stays at Gmin");
    private readonly Option<double?> _stuckAtMaximum = Number("--stuck-at-maximum", "share that stays at Gmax");
    private readonly Option<double?> _stuckAtState = Number("--stuck-at-state", "share that stays at --stuck-state");
    private readonly Option<double?> _stuckState = Number("--stuck-state", "the state of those, 0 to 1 (0.5 unless the device says otherwise)");
    private readonly Option<double?> _readNoise = Number("--read-noise", "deviation of one read of one device, as a share of the range, 0 to 1");
    private readonly Option<double?> _driftExponent = Number("--drift-exponent", "v of the retention loss G(t) = G(t0) (t/t0)^-v, 0 to 1; see 'eval --retention-seconds'");
    private readonly Option<double?> _driftStartSeconds = Number("--drift-start-seconds", "t0 of that loss in seconds (1 unless the device says otherwise)");
    private readonly Option<double?> _enduranceWrites = Number("--endurance-writes", "writes after which a device's range has shrunk to a half; 0 for unlimited");

    internal VariabilityOptions() => All =
    [
        _variability, _spread, _spreadDistribution, _rangeSpread, _stepNoise, _pulseNoise, _states, _stuckAtMinimum, _stuckAtMaximum,
        _stuckAtState, _stuckState, _readNoise, _driftExponent, _driftStartSeconds, _enduranceWrites,
    ];

    /// <summary>All options, in the order of the help.</summary>
    internal IReadOnlyList<Option> All { get; }

    /// <summary>Those that say how devices differ and scatter under single pulses.</summary>
    internal IReadOnlyList<Option> UnderPulses => [_spread, _spreadDistribution, _rangeSpread, _stepNoise, _pulseNoise, _readNoise];

    /// <summary>The settings that arguments and defaults make, not checked.</summary>
    internal VariabilitySettings Read(ParseResult parsed) => Read(parsed, OptionFactory.ReadEnum<VariabilitySource>(parsed, _variability));

    /// <summary>The settings of a command without <c>--variability</c>, not checked.</summary>
    internal VariabilitySettings Read(ParseResult parsed, VariabilitySource source) => new()
    {
        Variability = source,
        Spread = parsed.GetValue(_spread),
        SpreadDistribution = OptionFactory.ReadOptionalEnum<SpreadDistribution>(parsed, _spreadDistribution),
        RangeSpread = parsed.GetValue(_rangeSpread),
        StepNoise = parsed.GetValue(_stepNoise),
        PulseNoise = parsed.GetValue(_pulseNoise),
        States = parsed.GetValue(_states),
        StuckAtMinimum = parsed.GetValue(_stuckAtMinimum),
        StuckAtMaximum = parsed.GetValue(_stuckAtMaximum),
        StuckAtState = parsed.GetValue(_stuckAtState),
        StuckState = parsed.GetValue(_stuckState),
        ReadNoise = parsed.GetValue(_readNoise),
        DriftExponent = parsed.GetValue(_driftExponent),
        DriftStartSeconds = parsed.GetValue(_driftStartSeconds),
        EnduranceWrites = parsed.GetValue(_enduranceWrites),
    };

    private static Option<double?> Number(string name, string description) => OptionFactory.OptionalNumber<double>(name, $"Devices: {description}.");
}
