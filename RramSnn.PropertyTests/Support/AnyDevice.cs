using FsCheck;
using FsCheck.Fluent;
using RramSnn.Model.Devices;

namespace RramSnn.PropertyTests.Support;

/// <summary>Devices of every model, with any numbers that their ranges allow.</summary>
internal static class AnyDevice
{
    private static readonly Gen<double> Unit = Gen.Choose(0, int.MaxValue).Select(static number => number / (double)int.MaxValue);

    internal static Arbitrary<Device> Arbitrary { get; } = Arb.From(
        from model in Gen.Elements<DeviceModel>([.. DeviceModels.All])
        from values in Values(model)
        from variability in Variability(model)
        from conditions in Conditions()
        from name in Gen.Elements("a", "0.x_y+z-1", new string('n', Device.LongestName))
        from text in Gen.Elements("", "plain", "µ \"quoted\" \\ </script> 電 𝄞")
        from exponent in Gen.Choose(-300, -4)
        from span in Unit
        from pulses in Unit
        let minimum = (1 + span) * Math.Pow(10, exponent)
        select new Device(name, text, text, minimum, minimum * (1.0000001 + (span * 1e3)), Math.Pow(1e9, pulses), model.Create(values))
        {
            Note = text,
            Variability = variability,
            PulseConditions = conditions,
            VoltageCurves = [.. values.Take(3).Select((value, index) => new VoltageCurve(index - 1.5, minimum, 1e-6 + Math.Min(Math.Abs(value), 99)))],
        });

    /// <summary>Devices of no preset that every update method can drive.</summary>
    internal static Gen<Device> Drivable { get; } =
        from n in Unit.ArrayOf(4)
        from name in Gen.Elements("tiox-3v", "mine")
        from text in Gen.Elements("", "µ \"quoted\" \\ =--x")
        select new Device(name, text, text, 1e-9 + (0.1 * n[0]), 0.2 + (0.8 * n[1]), 1 + (1e4 * n[2]), DeviceModels.SoftBounds.Create(1e-4 + n[3], 1e-4 + n[1]))
        {
            Variability = new DeviceVariability { StepNoise = n[0], Spread = new Dictionary<string, double> { ["depression_rate_per_pulse"] = n[2] } },
        };

    /// <summary>Values of a model's parameters: log-uniform over many decades, and the ends of the ranges.</summary>
    internal static Gen<double[]> Values(DeviceModel model) =>
        Gen.CollectToArray(model.Parameters.SelectMany(static parameter => Enumerable.Repeat(parameter, parameter.Count)), Value);

    private static Gen<double> Value(DeviceParameter parameter) =>
        from share in Unit
        from kind in Gen.Choose(0, 9)
        let value = kind switch
        {
            0 => parameter.Maximum,
            1 => parameter.IsMinimumAllowed ? parameter.Minimum : parameter.Maximum / 3,
            2 => parameter.Minimum + ((parameter.Maximum - parameter.Minimum) * share),
            _ => parameter.Minimum + ((parameter.Maximum - parameter.Minimum) * Math.Pow(10, -9 * share)),
        }
        select parameter.Allows(value) ? value : parameter.Maximum;

    private static Gen<DeviceVariability> Variability(DeviceModel model) =>
        from n in Unit.ArrayOf(14)
        from keep in Gen.Choose(0, 3).ArrayOf(14)
        from spread in Gen.SubListOf(model.Parameters.Select(static parameter => parameter.Key).ToArray())
        let isFree = !model.IsStatistical
        let x = n.Zip(keep, static (value, kept) => kept == 0 ? value : 0).ToArray()
        select new DeviceVariability
        {
            StepNoise = !isFree || x[0] > 0 ? 0 : 100 * n[1],
            PulseNoise = isFree ? x[0] : 0,
            Spread = spread.Where(_ => isFree).Index().ToDictionary(static item => item.Item, item => 10 * n[item.Index % n.Length]),
            Distribution = x[1] > 0 ? SpreadDistribution.LogNormal : SpreadDistribution.Gaussian,
            MinimumSpread = isFree ? x[2] : 0,
            MaximumSpread = isFree ? x[3] : 0,
            States = isFree && x[4] > 0 ? 2 + (int)(1e6 * x[4]) : 0,
            StuckAtMinimum = isFree ? x[5] / 3 : 0,
            StuckAtMaximum = isFree ? x[6] / 3 : 0,
            StuckAtState = isFree ? x[7] / 3 : 0,
            StuckState = x[8],
            ReadNoise = x[9],
            DriftExponent = x[10],
            DriftStartSeconds = 1e-9 + (100 * x[11]),
            EnduranceWrites = isFree && x[12] > 0 ? 1 + (1e14 * x[12]) : 0,
        };

    private static Gen<PulseConditions?> Conditions() =>
        from n in Unit.ArrayOf(4)
        from kind in Gen.Choose(0, 2)
        select kind switch
        {
            0 => null,
            1 => new PulseConditions(double.NaN, double.NaN, -4 * n[0], 1e-9 + n[1]),
            _ => new PulseConditions(5 * n[0], 1e-9 + n[1], -5 * n[2], 1e-3 + n[3]),
        };
}
