using System.Globalization;
using RramSnn.Bench.Roofline.Ceilings;
using RramSnn.Cli.Reports;
using Spectre.Console;

namespace RramSnn.Bench.Roofline.Reports;

/// <summary>A run for people: ceilings, then a line per case with all of its rivals.</summary>
internal static class RooflineTable
{
    // Wide enough for a line per case where the output is a file; a terminal has its own width.
    private const int FileWidth = 230;

    internal static void Write(RooflineRun run, TextWriter writer)
    {
        IAnsiConsole console = Terminal.Console(writer);
        if (!console.Profile.Out.IsTerminal)
        {
            console.Profile.Width = FileWidth;
        }

        console.Write(CeilingTable(run));
        console.Write(CaseTable(run));
        writer.WriteLine("A synapse is a cell touched (active rows x columns); a neuron or an element where there are none. x: time of the rival over time of the kernel.");
    }

    private static Table CeilingTable(RooflineRun run)
    {
        string isa = RooflineRun.RunningIsa;
        Table table = new() { Border = TableBorder.Rounded };
        table.AddColumns($"one core, {isa} bits", "read", "write", "in-place");
        table.AddRow("FMA peak", $"{Number(run.Ceilings.Peak, "F1")} GFLOP/s", "", "");
        foreach (MemoryLevel level in run.Ceilings.Streams.Select(static stream => stream.Level).Distinct())
        {
            Traffic[] kinds = [Traffic.Read, Traffic.Write, Traffic.InPlace];
            table.AddRow([level.Name, .. kinds.Select(kind => $"{Number(run.Ceilings.Stream(level, kind), "F1")} GB/s")]);
        }

        return table;
    }

    private static Table CaseTable(RooflineRun run)
    {
        Table table = new() { Border = TableBorder.Rounded };
        table.AddColumns("kernel", "size", "share", "threads", "ns/synapse", "Gsyn/s", "GFLOP/s", "GB/s", "of ceiling", "against", "bytes");
        foreach (MeasuredCase measured in run.Cases)
        {
            RooflineRow row = measured.ToRows(run.Ceilings, RooflineRun.RunningIsa).First();
            string rivals = string.Join(", ", measured.Rivals.Select(rival => $"{rival.Name} {Number(rival.Nanoseconds / measured.Nanoseconds, "G3")}x"));
            table.AddRow(
                new Text($"{row.Kernel}, {row.Variant}"),
                new Text(row.SizeText),
                new Text(row.Density == 1 ? "" : Number(100 * row.Density, "G3") + " %"),
                new Text(Number(row.Threads, "F0")),
                new Text(Number(row.NsPerSynapse, "G4")),
                new Text(Number(row.GsynPerS, "G4")),
                new Text(OrNone(row.GflopPerS, "G4")),
                new Text(OrNone(row.GbPerS, "G4")),
                new Text(row.Ceiling is null ? "" : $"{OrNone(100 * row.FractionOfCeiling, "F0")} % {row.Ceiling}"),
                new Text(measured.Remark is null ? rivals : rivals.Length == 0 ? measured.Remark : $"{measured.Remark}; {rivals}"),
                new Text(Number(measured.AllocatedBytes, "F0")));
        }

        return table;
    }

    private static string OrNone(double? value, string format) => value is { } number ? Number(number, format) : "";

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
