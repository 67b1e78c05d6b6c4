using System.Globalization;
using Spectre.Console;

namespace RramSnn.Cli.Reports;

/// <summary>Devices and their figures of merit, a row each.</summary>
internal static class DeviceTable
{
    private static readonly string[] Headers = ["device", "model", "states", "on/off", "PANL", "DANL", "ANL", "label up", "label down", "u*", "noise"];

    internal static void Write(TextWriter writer, IReadOnlyList<DeviceSummary> devices)
    {
        Table table = new() { Border = TableBorder.Simple };
        foreach (string header in Headers)
        {
            TableColumn column = new(header) { NoWrap = true, Padding = new Padding(0, 0, 1, 0) };
            table.AddColumn(table.Columns.Count < 2 ? column : column.RightAligned());
        }

        foreach (DeviceSummary device in devices)
        {
            table.AddRow(
                new Text(device.Name),
                new Text(device.Model),
                new Text(Format.Trimmed(device.States)),
                new Text(Format.Trimmed(device.OnOffRatio)),
                new Text(Fixed(device.PotentiationNonlinearity)),
                new Text(Fixed(device.DepressionNonlinearity)),
                new Text(Fixed(device.AsymmetricNonlinearity)),
                new Text(Fixed(device.PotentiationLabel)),
                new Text(Fixed(device.DepressionLabel)),
                new Text(Fixed(device.SymmetryPoint)),
                new Text(device.CycleNoise == 0 ? "-" : string.Create(CultureInfo.InvariantCulture, $"{100 * device.CycleNoise:G3} %")));
        }

        IAnsiConsole console = Terminal.Console(writer);
        if (!console.Profile.Out.IsTerminal)
        {
            // A file or a pipe has no width that lines would have to fit into.
            console.Profile.Width = 160;
        }

        console.Write(table);
        writer.WriteLine("PANL, DANL: nonlinearity of potentiation and depression at half the pulses, 0 is linear    ANL: their sum");
        writer.WriteLine("label: NeuroSim's; up > 0 and down < 0 saturate    u*: state where up and down steps cancel");
        writer.WriteLine("noise: of one pulse at mid-range, as a share of the range");
        writer.WriteLine("more: rramsnn device show NAME; your own: rramsnn device show NAME --json > my.json");
    }

    private static string Fixed(double? value) => value is { } number ? string.Create(CultureInfo.InvariantCulture, $"{number + 0.0:F2}") : "-";
}
