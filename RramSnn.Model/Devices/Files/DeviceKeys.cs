namespace RramSnn.Model.Devices.Files;

/// <summary>Keys of a device file. A quantity with a unit carries it at the end of its key.</summary>
internal static class DeviceKeys
{
    internal const string Schema = "$schema";
    internal const string Name = "name";
    internal const string Description = "description";
    internal const string Source = "source";
    internal const string Note = "note";
    internal const string Model = "model";
    internal const string MinimumSiemens = "g_min_siemens";
    internal const string MaximumSiemens = "g_max_siemens";
    internal const string PulsesPerRange = "pulses_per_range";
    internal const string Parameters = "parameters";
    internal const string Variability = "variability";
    internal const string PulseConditions = "pulse_conditions";
    internal const string VoltageCurves = "voltage_curves";
    internal const string Volts = "volts";
    internal const string BoundSiemens = "bound_siemens";
    internal const string RatePerPulse = "rate_per_pulse";

    internal const string Distribution = "distribution";
    internal const string Spread = "spread";

    /// <summary>Keys of a device, in the order in which they are written.</summary>
    internal static IReadOnlyList<string> Device { get; } =
    [
        Schema, Name, Description, Source, Note, Model, MinimumSiemens, MaximumSiemens, PulsesPerRange, Parameters, Variability, PulseConditions, VoltageCurves,
    ];

    /// <summary>Keys that a device must have.</summary>
    internal static IReadOnlyList<string> Required { get; } = [Name, Model, MinimumSiemens, MaximumSiemens, PulsesPerRange, Parameters];

    /// <summary>Keys of the variability, in the order in which they are written.</summary>
    internal static IReadOnlyList<string> OfVariability { get; } = [.. VariabilityKey.All.Select(static key => key.Key), Distribution, Spread];

    /// <summary>Keys of a voltage curve, all of which it must have.</summary>
    internal static IReadOnlyList<string> OfVoltageCurve { get; } = [Volts, BoundSiemens, RatePerPulse];

    /// <summary>How a kind of spread is spelled.</summary>
    internal static string Spell(SpreadDistribution distribution) => distribution == SpreadDistribution.LogNormal ? "log-normal" : "gaussian";
}
