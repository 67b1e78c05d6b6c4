using Spectre.Console;

namespace RramSnn.Cli.Reports.Studies;

/// <summary>The result of a study on screen.</summary>
internal static class StudyTable
{
    private const int WidthWithoutTerminal = 180;

    internal static void Write(TextWriter writer, StudySummary study, IEnumerable<string> files)
    {
        Table table = new() { Border = TableBorder.Simple };
        foreach (string header in ArmText.Headers)
        {
            TableColumn column = new(header) { Padding = new Padding(0, 0, 1, 0) };
            table.AddColumn(table.Columns.Count < 2 ? column : column.RightAligned());
        }

        foreach (ArmSummary arm in study.Arms)
        {
            table.AddRow(ArmText.Cells(arm).Select(static cell => new Text(cell)));
        }

        IAnsiConsole console = Terminal.Console(writer);
        if (!console.Profile.Out.IsTerminal)
        {
            console.Profile.Width = WidthWithoutTerminal;
        }

        console.Write(table);
        foreach (ArmSummary arm in study.Arms.Where(static arm => arm.Skipped is not null))
        {
            writer.WriteLine($"left out: {arm.Device}, {arm.Method}: {arm.Skipped}");
        }

        writer.WriteLine(Budget(study));
        writer.WriteLine(StudySummary.StatisticsText);
        if (study.Arms.Any(static arm => arm.WriteEnergyJoulesLeast is not null))
        {
            writer.WriteLine($"write energy: {StudySummary.EnergyText}");
        }

        if (study.Arms.Any(static arm => arm.TunedAtEdge == true))
        {
            writer.WriteLine("*: learning rate or W is the smallest or largest that was tried; a wider search might find better");
        }

        writer.WriteLine("files:");
        foreach (string file in files)
        {
            writer.WriteLine($"  {file}");
        }

        writer.WriteLine("rerun:");
        writer.WriteLine($"  {study.Command}");
    }

    /// <summary>What every arm got.</summary>
    internal static string Budget(StudySummary study) =>
        $"{string.Join(',', study.Hidden)} neurons, {study.Epochs} x {study.Samples} training images, seeds {string.Join(", ", study.Seeds)}, "
        + (study.Tuning.Points == 1
            ? "the methods' own learning rates and weight ranges"
            : $"tuned on {study.Tuning.HeldOut} held-out training images; each run measures the test images once");
}
