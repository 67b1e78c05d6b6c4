using System.Globalization;

namespace RramSnn.Cli.Reports.Studies;

/// <summary>The figures of an arm in words, the same on screen and in the report.</summary>
internal static class ArmText
{
    /// <summary>What has no value.</summary>
    internal const string None = "-";

    internal static IReadOnlyList<string> Headers { get; } =
        ["device", "method", "learning rate", "W", "test accuracy", "drop in points", "reads", "pulses/device", "writes/device", "write energy", "time/run"];

    /// <summary>One text per header.</summary>
    internal static IReadOnlyList<string> Cells(ArmSummary arm) => arm.Skipped is not null
        ? [arm.Device, arm.Method, .. Enumerable.Repeat(None, Headers.Count - 2)]
        :
        [
            arm.Device,
            arm.Method,
            Format.Number(arm.LearningRate!.Value) + (arm.TunedAtEdge == true ? " *" : ""),
            Format.Number(arm.WeightRange!.Value),
            Accuracy(arm),
            Drop(arm),
            Format.Count(arm.ReadsMean!.Value),
            Format.Number(arm.PulsesPerDeviceMean!.Value),
            Format.Count(arm.WritesPerDeviceMean!.Value),
            Energy(arm),
            Format.Duration(TimeSpan.FromSeconds(arm.WallSecondsMean!.Value)),
        ];

    /// <summary>Numbers by which the cells are sorted; null where the text is.</summary>
    internal static IReadOnlyList<double?> Values(ArmSummary arm) =>
    [
        null, null, arm.LearningRate, arm.WeightRange, arm.TestAccuracyMean, arm.Drop, arm.ReadsMean, arm.PulsesPerDeviceMean, arm.WritesPerDeviceMean,
        arm.WriteEnergyJoulesMost, arm.WallSecondsMean,
    ];

    private static string Accuracy(ArmSummary arm) => arm.TestAccuracyStandardDeviation is { } deviation
        ? string.Create(CultureInfo.InvariantCulture, $"{100 * arm.TestAccuracyMean!.Value:F2} +- {100 * deviation:F2} %")
        : Format.Percent(arm.TestAccuracyMean!.Value);

    private static string Drop(ArmSummary arm) => arm switch
    {
        { Drop: null } => None,
        { DropLow: { } low, DropHigh: { } high } => string.Create(CultureInfo.InvariantCulture, $"{100 * arm.Drop:F2} [{100 * low:F2}, {100 * high:F2}]"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{100 * arm.Drop:F2}"),
    };

    private static string Energy(ArmSummary arm)
    {
        if (arm.WriteEnergyJoulesLeast is not { } least || arm.WriteEnergyJoulesMost is not { } most)
        {
            return None;
        }

        return most > least ? $"{Format.Quantity(least, "J")} to {Format.Quantity(most, "J")}" : Format.Quantity(least, "J");
    }
}
