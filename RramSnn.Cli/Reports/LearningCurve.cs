using RramSnn.Cli.Runs;
using ScottPlot;
using ScottPlot.Plottables;

namespace RramSnn.Cli.Reports;

/// <summary>The picture of a run: accuracy over samples shown.</summary>
internal static class LearningCurve
{
    private const int Width = 1000;
    private const int Height = 600;
    private const int MaximumPoints = 50;

    /// <summary>Draws the curve as PNG.</summary>
    internal static byte[] Png(IReadOnlyList<MetricsRow> rows, RunSummary summary)
    {
        using Plot plot = new();
        MetricsRow[] probed = [.. rows.Where(static row => row.OnlineAccuracy is not null)];

        // A row has a hundred probes or so: single rows would show their noise. The mean of neighbours shows the run.
        MetricsRow[][] groups = [.. probed.Chunk(Math.Max(1, (probed.Length + MaximumPoints - 1) / MaximumPoints))];
        double[] samples = [.. groups.Select(static group => group.Average(static row => (double)row.Sample))];
        double[] online = [.. groups.Select(static group => 100 * group.Average(static row => row.OnlineAccuracy!.Value))];
        Scatter onlineCurve = plot.Add.Scatter(samples, online);
        onlineCurve.LegendText = "training images, just before they are learned (again)";
        onlineCurve.MarkerSize = 5;
        onlineCurve.LineWidth = 2;

        MetricsRow[] measured = [.. rows.Where(static row => row.HeldOutAccuracy is not null)];
        if (measured.Length > 0)
        {
            double[] ends = [.. measured.Select(static row => (double)row.Sample)];
            double[] accuracies = [.. measured.Select(static row => 100 * row.HeldOutAccuracy!.Value)];
            Scatter heldOut = plot.Add.ScatterPoints(ends, accuracies);
            heldOut.LegendText = "held-out images";
            heldOut.MarkerShape = MarkerShape.FilledSquare;
            heldOut.MarkerSize = 10;
            heldOut.Color = Colors.Green;
        }

        if (summary.TestAccuracy is { } test)
        {
            Marker marker = plot.Add.Marker(rows[^1].Sample, 100 * test, MarkerShape.FilledDiamond, size: 14);
            marker.Color = Colors.OrangeRed;
            marker.LegendText = $"test images: {Format.Percent(test)}";
        }

        plot.Font.Set(EmbeddedFont.Family);
        plot.Title($"{summary.Device}, {summary.Method}, {string.Join(',', summary.Hidden)} neurons, {summary.Epochs} x {summary.Samples} samples, seed {summary.Seed}");
        plot.XLabel("training samples shown");
        plot.YLabel("accuracy in %");
        plot.Legend.Orientation = Orientation.Horizontal;
        plot.Legend.TightHorizontalWrapping = true;
        plot.ShowLegend(Edge.Bottom);

        // Room between the axis label and the numbers, which ScottPlot measures too small.
        plot.Axes.Left.MinimumSize = 65;
        plot.Axes.Margins(horizontal: 0.03);
        plot.Axes.AutoScale();
        plot.Axes.SetLimitsY(LowerLimit(plot), 100.5);
        return plot.GetImageBytes(Width, Height, ImageFormat.Png);
    }

    // Accuracies start near chance and end near 100 %: the axis leaves out only what is empty.
    private static double LowerLimit(Plot plot) => Math.Max(0, 5 * Math.Floor((plot.Axes.GetDataLimits().Bottom - 1) / 5));
}
