using RramSnn.Model.Devices.Fitting;
using ScottPlot;
using ScottPlot.Plottables;

namespace RramSnn.Cli.Reports;

/// <summary>The pictures of a fit: readings with curves, and what the curves leave over.</summary>
internal static class FitPlots
{
    private const int Width = 1000;
    private const int Height = 600;
    private const int MaximumModels = 3;
    private const int MaximumTraces = 8;

    private static readonly Color[] Palette = [Colors.OrangeRed, Colors.RoyalBlue, Colors.SeaGreen];

    /// <summary>Readings and the curves of the best models, over pulses since the start of a trace.</summary>
    internal static (byte[] Png, string Svg) Curves(DeviceFit fit)
    {
        (double factor, string prefix) = Format.PrefixOf(fit.Response.MaximumSiemens);
        return Draw(fit, $"conductance in {prefix}S", plot =>
        {
            Scatter? readings = null;
            foreach (FittedRamp ramp in Shown(fit.Best))
            {
                readings = plot.Add.ScatterPoints(Positions(ramp), [.. ramp.Siemens.Select(value => value / factor)]);
                readings.MarkerSize = 4;
                readings.Color = Colors.Black.WithAlpha(0.45);
            }

            readings!.LegendText = "readings";
            AddModels(plot, fit, ramp => [.. ramp.Predicted.Select(value => value / factor)], lineWidth: 2, markerSize: 0);
        });
    }

    /// <summary>Readings less predictions of the best models, in percent of the measured range.</summary>
    internal static (byte[] Png, string Svg) Residuals(DeviceFit fit)
    {
        double percent = 100 / (fit.Response.MaximumSiemens - fit.Response.MinimumSiemens);
        return Draw(fit, "reading less curve in % of the range", plot =>
        {
            plot.Add.HorizontalLine(0, 1, Colors.Gray);
            AddModels(plot, fit, ramp => [.. ramp.Siemens.Zip(ramp.Predicted, (reading, value) => (reading - value) * percent)], lineWidth: 0, markerSize: 4);
        });
    }

    private static void AddModels(Plot plot, DeviceFit fit, Func<FittedRamp, double[]> heights, float lineWidth, float markerSize)
    {
        // The best model last, on top.
        foreach ((ModelFit model, Color color) in fit.Models.Zip(Palette).Take(MaximumModels).Reverse())
        {
            Scatter? last = null;
            foreach (FittedRamp ramp in Shown(model))
            {
                last = plot.Add.Scatter(Positions(ramp), heights(ramp), color);
                last.LineWidth = lineWidth;
                last.MarkerSize = markerSize;
            }

            last!.LegendText = $"{model.Model.Name}: RMSE {Format.Percent(model.RootMeanSquareShare)}";
        }
    }

    private static (byte[] Png, string Svg) Draw(DeviceFit fit, string label, Action<Plot> add)
    {
        using Plot plot = new();
        add(plot);
        plot.Font.Set(EmbeddedFont.Family);
        int traces = fit.Response.Traces.Count;
        plot.Title($"{Path.GetFileName(fit.Response.Source)}{(traces > MaximumTraces ? $", the first {MaximumTraces} of {traces} traces" : "")}");
        plot.XLabel("pulses since the start of the trace");
        plot.YLabel(label);
        plot.Legend.Orientation = Orientation.Horizontal;
        plot.Legend.TightHorizontalWrapping = true;
        plot.ShowLegend(Edge.Bottom);

        // Room between the axis label and the numbers, which ScottPlot measures too small.
        plot.Axes.Left.MinimumSize = 75;
        plot.Axes.Margins(horizontal: 0.03);
        return (plot.GetImageBytes(Width, Height, ImageFormat.Png), plot.GetSvgXml(Width, Height));
    }

    private static IEnumerable<FittedRamp> Shown(ModelFit model)
    {
        HashSet<(string, string)> shown = [.. model.Ramps.Select(static ramp => (ramp.Device, ramp.Trace)).Distinct().Take(MaximumTraces)];
        return model.Ramps.Where(ramp => shown.Contains((ramp.Device, ramp.Trace)));
    }

    private static double[] Positions(FittedRamp ramp)
    {
        double position = ramp.Start;
        return [.. ramp.Pulses.Select(pulses => position += Math.Abs(pulses))];
    }
}
