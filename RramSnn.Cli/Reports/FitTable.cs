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
            writer.WriteLine($"tie: the data do not tell {string.Join(", ", fit.Ties.Select(static model => model.Model.Name))} apart (dAICc below {DeviceFit.TieDistance}).");
        }

        foreach (SkippedModel skipped in fit.Skipped)
        {
            writer.WriteLine($"skipped: {skipped.Model}: {skipped.Reason}.");
        }
    }

    private static Table Models(DeviceFit fit)
    {
        Table table = new() { Border = TableBorder.Rounded, Title = new TableTitle(Markup.Escape($"{Path.GetFileName(fit.Response.Source)}: {Count(fit.ReadingCount, "reading")}, {Count(fit.RampCount, "ramp")}, {Count(fit.Response.Devices.Count, "device")}")) };
        table.AddColumn(new TableColumn("model").NoWrap());
        foreach (string name in (string[])["RMSE/range", "R2", "dAICc", "Gmin", "Gmax"])
        {
            table.AddColumn(new TableColumn(name).RightAligned().NoWrap());
        }

        foreach (ModelFit model in fit.Models)
        {
            table.AddRow(
                new Text(model.Model.Name),
                new Text(Format.Percent(model.RootMeanSquareShare)),
                new Text(model.Determination.ToString("F4", CultureInfo.InvariantCulture)),
                new Text(model.InformationDistance.ToString("F1", CultureInfo.InvariantCulture)),
                new Text(Format.Quantity(model.Device.MinimumSiemens, "S")),
                new Text(Format.Quantity(model.Device.MaximumSiemens, "S")));
        }

        return table;
    }

    private static Table Parameters(ModelFit fit)
    {
        Table table = new() { Border = TableBorder.Rounded, Title = new TableTitle(Markup.Escape($"{fit.Device.Name}: {fit.Model.Name}")) };
        table.AddColumn(new TableColumn("parameter").NoWrap());
        table.AddColumn(new TableColumn("value").RightAligned().NoWrap());
        table.AddColumn(new TableColumn("95 % interval").RightAligned().NoWrap());
        foreach (FittedParameter parameter in fit.Parameters)
        {
            bool isKnown = double.IsFinite(parameter.StandardError);
            string unknown = !parameter.IsFitted ? "not fitted" : "not determined";
            table.AddRow(
                new Text(parameter.Key),
                new Text(Number(parameter, parameter.Value)),
                new Text(isKnown ? $"{Number(parameter, parameter.Low)} to {Number(parameter, parameter.High)}" : unknown));
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

    private static string Number(FittedParameter parameter, double value) =>
        parameter.Key.EndsWith("_siemens", StringComparison.Ordinal) ? Format.Quantity(value, "S") : Format.Number(value);

    private static void AddShare(Table table, string name, double share)
    {
        if (share > 0)
        {
            table.AddRow(name, Format.Percent(share), "");
        }
    }

    private static string Count(int count, string word) => $"{Format.Count(count)} {word}{(count == 1 ? "" : "s")}";
}
