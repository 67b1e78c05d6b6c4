using System.Globalization;
using RramSnn.Cli.Sweeps;
using Spectre.Console;

namespace RramSnn.Cli.Reports.Sweeps;

/// <summary>The maps of a sweep on screen, in percent.</summary>
internal static class SweepTable
{
    private const int WidthWithoutTerminal = 200;

    internal static void Write(TextWriter writer, SweepSummary sweep, IEnumerable<string> files)
    {
        IAnsiConsole console = Terminal.Console(writer);
        if (!console.Profile.Out.IsTerminal)
        {
            console.Profile.Width = WidthWithoutTerminal;
        }

        foreach (IGrouping<string, SweepPointSummary> method in sweep.Points.GroupBy(static point => point.Arm.Method))
        {
            Table table = new() { Border = TableBorder.Simple, Title = new TableTitle(Markup.Escape($"{method.Key}: test accuracy in %")) };
            table.AddColumn($"{sweep.Y.Name} \\ {sweep.X.Name}");
            foreach (double x in sweep.X.Values)
            {
                table.AddColumn(new TableColumn(SweepAxis.Text(x)).RightAligned());
            }

            Dictionary<(double, double), SweepPointSummary> points = method.ToDictionary(static point => (point.X, point.Y));
            foreach (double y in sweep.Y.Values.Reverse())
            {
                table.AddRow([new Text(SweepAxis.Text(y)), .. sweep.X.Values.Select(x => new Text(Cell(points.GetValueOrDefault((x, y)))))]);
            }

            console.Write(table);
        }

        foreach (SweepPointSummary point in sweep.Points.Where(static point => point.Arm.Skipped is not null))
        {
            writer.WriteLine($"left out: {sweep.X.Name} {SweepAxis.Text(point.X)}, {sweep.Y.Name} {SweepAxis.Text(point.Y)}, {point.Arm.Method}: {point.Arm.Skipped}");
        }

        if (sweep.Missing > 0)
        {
            writer.WriteLine($"missing: {sweep.Missing} of {sweep.Missing + sweep.Points.Count} points; join the parts with: {Commandline.Of("sweep", "merge DIR... --out DIR")}");
        }

        writer.WriteLine("files:");
        foreach (string file in files)
        {
            writer.WriteLine($"  {file}");
        }

        writer.WriteLine("rerun:");
        writer.WriteLine($"  {sweep.Command}");
    }

    private static string Cell(SweepPointSummary? point) =>
        point?.Arm.TestAccuracyMean is { } accuracy ? (100 * accuracy).ToString("F1", CultureInfo.InvariantCulture) : "-";
}
