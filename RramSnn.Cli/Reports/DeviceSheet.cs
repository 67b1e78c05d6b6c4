using System.Globalization;
using RramSnn.Model.Devices;

namespace RramSnn.Cli.Reports;

/// <summary>All that is known about one device, for people.</summary>
internal static class DeviceSheet
{
    internal static void Write(TextWriter writer, Device device)
    {
        List<(string, string)> rows =
        [
            ("description", device.Description),
            ("source", device.Source),
            ("note", device.Note),
            ("model", $"{device.Law.Model.Name}: {device.Law.Model.Description}"),
            ("equation", device.Law.Model.Equation),
            ("Gmin", Format.Quantity(device.MinimumSiemens, "S")),
            ("Gmax", Format.Quantity(device.MaximumSiemens, "S")),
            ("N", $"{Format.Trimmed(device.PulsesPerRange)} pulses over the range"),
            .. Parameters(device.Law),
            .. Variability(device),
            .. Pulses(device.PulseConditions),
            .. device.VoltageCurves.Select(static curve =>
                ($"at {Format.Quantity(curve.Volts, "V")}", $"towards {Format.Quantity(curve.BoundSiemens, "S")} at a rate of {Format.Number(curve.RatePerPulse)} per pulse")),
            .. Figures(FiguresOfMerit.Of(device)),
        ];
        Terminal.WriteTable(writer, device.Name, rows.Where(static row => row.Item2.Length > 0));
    }

    private static IEnumerable<(string, string)> Parameters(DeviceLaw law)
    {
        int index = 0;
        foreach (DeviceParameter parameter in law.Model.Parameters)
        {
            double[] values = law.Values.Slice(index, parameter.Count).ToArray();
            index += parameter.Count;
            string unit = parameter.IsPerPulse ? " per pulse" : "";
            yield return (parameter.Symbol, $"{string.Join(", ", values.Select(Format.Number))}{unit}: {parameter.Description}");
        }
    }

    private static IEnumerable<(string, string)> Variability(Device device)
    {
        DeviceVariability v = device.Variability;
        string kind = v.Distribution == SpreadDistribution.LogNormal ? "log-normal" : "Gaussian";
        foreach (DeviceParameter parameter in device.Law.Model.Parameters.Where(parameter => v.Spread.GetValueOrDefault(parameter.Key) > 0))
        {
            yield return ($"spread of {parameter.Symbol}", $"{Format.Percent(v.Spread[parameter.Key])} from device to device, {kind}");
        }

        (string Name, double Value, string Unit)[] shares =
        [
            ("spread of Gmin", v.MinimumSpread, "of the range"),
            ("spread of Gmax", v.MaximumSpread, "of the range"),
            ("cycle noise", v.StepNoise, "of a step"),
            ("cycle noise", v.PulseNoise, "of the range per pulse"),
            ("read noise", v.ReadNoise, "of the range"),
            ("stuck at Gmin", v.StuckAtMinimum, "of the devices"),
            ("stuck at Gmax", v.StuckAtMaximum, "of the devices"),
            ("stuck in between", v.StuckAtState, $"of the devices, at u = {Format.Number(v.StuckState)}"),
        ];
        foreach ((string name, double value, string unit) in shares.Where(static share => share.Value > 0))
        {
            yield return (name, $"{Format.Percent(value)} {unit}");
        }

        if (v.DriftExponent > 0)
        {
            yield return ("drift", $"exponent {Format.Number(v.DriftExponent)} from {Format.Quantity(v.DriftStartSeconds, "s")} on");
        }

        if (v.EnduranceWrites > 0)
        {
            yield return ("endurance", $"{Format.Number(v.EnduranceWrites)} writes to half the range");
        }
    }

    private static IEnumerable<(string, string)> Pulses(PulseConditions? conditions)
    {
        if (conditions is not null)
        {
            yield return ("up pulse", Pulse(conditions.PotentiationVolts, conditions.PotentiationSeconds));
            yield return ("down pulse", Pulse(conditions.DepressionVolts, conditions.DepressionSeconds));
        }

        static string Pulse(double volts, double seconds) =>
            string.Join(", ", new[] { (volts, "V"), (seconds, "s") }.Where(static item => !double.IsNaN(item.Item1)).Select(static item => Format.Quantity(item.Item1, item.Item2)));
    }

    private static IEnumerable<(string, string)> Figures(FiguresOfMerit figures) =>
    [
        ("states", Format.Trimmed(figures.States)),
        ("on/off ratio", Format.Trimmed(figures.OnOffRatio)),
        ("PANL, DANL, ANL", $"{Fixed(figures.PotentiationNonlinearity)}, {Fixed(figures.DepressionNonlinearity)}, {Fixed(figures.AsymmetricNonlinearity)}"),
        ("NeuroSim labels", $"{Fixed(figures.PotentiationLabel)} up, {Fixed(figures.DepressionLabel)} down"),
        ("symmetry point u*", figures.SymmetryPoint is { } point ? Fixed(point) : "none"),
        ("asymmetry at u = 1/2", $"{Fixed(figures.MidRangeAsymmetry)} = (up step - down step)/(their sum)"),
        ("cycle noise at u = 1/2", figures.CycleNoise > 0 ? $"{Format.Percent(figures.CycleNoise)} of the range per pulse" : "none"),
    ];

    private static string Fixed(double? value) => value is { } number ? string.Create(CultureInfo.InvariantCulture, $"{number + 0.0:F3}") : "-";
}
