using System.Globalization;
using RramSnn.Model.Devices.Fitting;
using Spectre.Console;

namespace RramSnn.Cli.Reports;

/// <summary>A fit for people.</summary>
internal static class FitTable
{
    internal static void Write(TextWriter writer, DeviceFit fit)
    {
        IAnsiConsole console = Terminal.Console(writer);
        console.Write(Models(fit));
        console.Write(Parameters(fit.Best));
        if (fit.Ties.Skip(1).Any())
        {
            writer.WriteLine($"tie: the data do not tell {string.Join(", ", fit.Ties.Select(static model => model.Model.Name))} apart (difference of AICc below {DeviceFit.TieDistance}).");
        }

        foreach (SkippedModel skipped in fit.Skipped)
        {
            writer.WriteLine($"skipped: {skipped.Model}: {skipped.Reason}.");
        }
    }

    private static Table Models(DeviceFit fit)
    {
        Table table = new() { Border = TableBorder.Rounded, Title = new TableTitle(Markup.Escape($"{Path.GetFileName(fit.Response.Source)}: {Count(fit.ReadingCount, "reading")}, {Count(fit.RampCount, "ramp")}, {Count(fit.Response.Devices.Count, "device")}")) };
        table.AddColumn("model");
        foreach (string name in (string[])["RMSE", "of range", "R2", "AICc - best", "weight", "Gmin", "Gmax"])
        {
            table.AddColumn(new TableColumn(name).RightAligned());
        }

        foreach (ModelFit model in fit.Models)
        {
            table.AddRow(
                new Text(model.Model.Name),
                new Text(SiPrefix.Format(model.RootMeanSquareSiemens, "S")),
                new Text(Format.Percent(model.RootMeanSquareShare)),
                new Text(model.Determination.ToString("F4", CultureInfo.InvariantCulture)),
                new Text(model.InformationDistance.ToString("F1", CultureInfo.InvariantCulture)),
                new Text(model.InformationWeight.ToString("F3", CultureInfo.InvariantCulture)),
                new Text(SiPrefix.Format(model.Device.MinimumSiemens, "S")),
                new Text(SiPrefix.Format(model.Device.MaximumSiemens, "S")));
        }

        return table;
    }

    private static Table Parameters(ModelFit fit)
    {
        Table table = new() { Border = TableBorder.Rounded, Title = new TableTitle(Markup.Escape($"{fit.Device.Name}: {fit.Model.Name}")) };
        table.AddColumn("parameter");
        table.AddColumn(new TableColumn("value").RightAligned());
        table.AddColumn(new TableColumn("standard error").RightAligned());
        table.AddColumn(new TableColumn("95 % interval").RightAligned());
        foreach (FittedParameter parameter in fit.Parameters)
        {
            bool isKnown = double.IsFinite(parameter.StandardError);
            string unknown = !parameter.IsFitted ? "from the readings" : "not determined";
            table.AddRow(
                new Text(parameter.Key),
                new Text(Format.Number(parameter.Value)),
                new Text(isKnown ? Format.Number(parameter.StandardError) : unknown),
                new Text(isKnown ? $"{Format.Number(parameter.Low)} to {Format.Number(parameter.High)}" : ""));
        }

        AddShare(table, "read noise (of range)", fit.Noise.ReadNoise);
        AddShare(table, "write noise (of the step)", fit.Noise.StepNoise);
        AddShare(table, "write noise per pulse (of range)", fit.Noise.PulseNoise);
        foreach ((string key, double deviation) in fit.Device.Variability.Spread)
        {
            AddShare(table, $"spread of {key}", deviation);
        }

        AddShare(table, "spread of Gmin (of range)", fit.Device.Variability.MinimumSpread);
        AddShare(table, "spread of Gmax (of range)", fit.Device.Variability.MaximumSpread);
        return table;
    }

    private static void AddShare(Table table, string name, double share)
    {
        if (share > 0)
        {
            table.AddRow(name, Format.Percent(share), "", "");
        }
    }

    private static string Count(int count, string word) => $"{Format.Count(count)} {word}{(count == 1 ? "" : "s")}";
}
