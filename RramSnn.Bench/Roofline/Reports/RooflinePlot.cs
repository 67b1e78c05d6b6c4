using System.Globalization;
using RramSnn.Bench.Roofline.Ceilings;
using RramSnn.Cli.Reports;
using ScottPlot;
using ScottPlot.Palettes;
using ScottPlot.Plottables;

namespace RramSnn.Bench.Roofline.Reports;

/// <summary>The roofline picture: arithmetic intensity against GFLOP/s, both logarithmic, ceilings as lines, kernels as points.</summary>
internal static class RooflinePlot
{
    private const int Width = 1400;
    private const int Height = 900;
    private const double LeastIntensity = 0.1;
    private const double MostIntensity = 100;

    /// <summary>Draws the picture.</summary>
    internal static void Save(RooflineRun run, string path)
    {
        using Plot plot = new();
        AddCeilings(plot, run.Ceilings);
        AddKernels(plot, run);
        plot.Font.Set(EmbeddedFont.Family);
        plot.Title($"Kernels under the roofs of one core, {RooflineRun.RunningIsa}-bit vectors");
        plot.XLabel("float operations per byte");
        plot.YLabel("GFLOP/s");
        plot.Axes.Bottom.TickGenerator = Decades();
        plot.Axes.Left.TickGenerator = Decades();
        plot.Axes.Left.MinimumSize = 65;
        plot.ShowLegend(Edge.Right);
        double slowest = run.Cases.Where(IsDrawn).Select(static measured => measured.Work.Flops / measured.Nanoseconds).DefaultIfEmpty(run.Ceilings.Peak / 100).Min();
        plot.Axes.SetLimits(Math.Log10(LeastIntensity), Math.Log10(MostIntensity), Math.Log10(slowest / 2), Math.Log10(run.Ceilings.Peak * 2));
        if (Path.GetExtension(path) == ".svg")
        {
            plot.SaveSvg(path, Width, Height);
        }
        else
        {
            plot.SavePng(path, Width, Height);
        }
    }

    private static void AddCeilings(Plot plot, MachineCeilings ceilings)
    {
        double peak = ceilings.Peak;
        (MemoryLevel Level, Traffic Traffic, double Value)[] streams = [.. ceilings.Streams.Where(static stream => stream.Traffic != Traffic.Write)];
        MemoryLevel[] levels = [.. streams.Select(static stream => stream.Level).Distinct()];
        foreach ((MemoryLevel level, Traffic traffic, double stream) in streams)
        {
            double ridge = peak / stream;
            Scatter line = plot.Add.ScatterLine(Logs(LeastIntensity, ridge, MostIntensity), Logs(LeastIntensity * stream, peak, peak));

            // Thick and thin, not solid and dashed: Skia's SVG has no dashes.
            line.LineWidth = traffic == Traffic.Read ? 2.5f : 1f;

            // Greys, lighter with distance: the colours belong to the kernels.
            line.Color = Colors.Black.Lighten(0.15 * Array.IndexOf(levels, level));
            line.LegendText = string.Create(CultureInfo.InvariantCulture, $"{level.Name} {MachineCeilings.NameOf(traffic)}, {stream:F0} GB/s");
        }
    }

    // A colour, a number and a legend entry per variant; the number stands at its quickest point.
    private static void AddKernels(Plot plot, RooflineRun run)
    {
        Category20 palette = new();
        int index = 0;
        foreach (IGrouping<string, MeasuredCase> group in run.Cases.Where(IsDrawn).GroupBy(static measured => $"{measured.Kernel}, {measured.Variant}"))
        {
            MeasuredCase[] cases = [.. group];
            double[] intensities = Logs([.. cases.Select(static measured => measured.Work.Flops / measured.Work.Bytes)]);
            double[] speeds = Logs([.. cases.Select(static measured => measured.Work.Flops / measured.Nanoseconds)]);
            Scatter points = plot.Add.ScatterPoints(intensities, speeds);
            points.MarkerSize = 9;
            points.Color = palette.GetColor(index++);
            points.LegendText = string.Create(CultureInfo.InvariantCulture, $"{index} {group.Key}");
            int best = Array.IndexOf(speeds, speeds.Max());
            Text label = plot.Add.Text(index.ToString(CultureInfo.InvariantCulture), intensities[best], speeds[best]);
            label.LabelFontName = EmbeddedFont.Family;
            label.LabelFontSize = 11;
            label.OffsetX = 7;
            label.OffsetY = -7;
        }
    }

    // The roofs are those of one core, and whole programs have no single one.
    /// <summary>Whether cases of that family and shape are in the picture.</summary>
    internal static bool Draws(CaseFamily family, CaseShape shape) => shape.Threads == 1 && family.HasCeiling;

    private static bool IsDrawn(MeasuredCase measured) => measured.Shape.Threads == 1 && measured.Work.HasCeiling;

    private static double[] Logs(params double[] values) => [.. values.Select(Math.Log10)];

    private static ScottPlot.TickGenerators.NumericAutomatic Decades() => new()
    {
        IntegerTicksOnly = true,
        MinorTickGenerator = new ScottPlot.TickGenerators.LogMinorTickGenerator(),
        LabelFormatter = static exponent => Math.Pow(10, exponent).ToString("G3", CultureInfo.InvariantCulture),
    };
}
