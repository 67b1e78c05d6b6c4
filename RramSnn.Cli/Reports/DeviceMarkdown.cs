using System.Globalization;
using RramSnn.Model.Devices;

namespace RramSnn.Cli.Reports;

/// <summary>Devices as a Markdown table: the list of presets in docs/device-models.md is its output.</summary>
internal static class DeviceMarkdown
{
    internal static void Write(TextWriter writer, IReadOnlyList<Device> devices)
    {
        writer.Write("| name | model | Gmin | Gmax | N | PANL | DANL | ANL | u* | noise of a pulse | source |\n");
        writer.Write("|---|---|---|---|---|---|---|---|---|---|---|\n");
        foreach (Device device in devices)
        {
            FiguresOfMerit figures = FiguresOfMerit.Of(device);
            string[] cells =
            [
                $"`{device.Name}`",
                device.Law.Model.Name,
                Format.Quantity(device.MinimumSiemens, "S"),
                Format.Quantity(device.MaximumSiemens, "S"),
                device.PulsesPerRange.ToString("F0", CultureInfo.InvariantCulture),
                Fixed(figures.PotentiationNonlinearity, "F2"),
                Fixed(figures.DepressionNonlinearity, "F2"),
                Fixed(figures.AsymmetricNonlinearity, "F2"),
                Fixed(figures.SymmetryPoint, "F3"),
                figures.CycleNoise == 0 ? "-" : string.Create(CultureInfo.InvariantCulture, $"{100 * figures.CycleNoise:G3} %"),
                device.Source,
            ];
            writer.Write($"| {string.Join(" | ", cells)} |\n");
        }
    }

    private static string Fixed(double? value, string format) => value is { } number ? (number + 0.0).ToString(format, CultureInfo.InvariantCulture) : "-";
}
