using System.Globalization;
using RramSnn.Cli.Reports.Studies;
using RramSnn.Cli.Sweeps;
using RramSnn.Model.Devices;
using ScottPlot;
using ScottPlot.Plottables;

namespace RramSnn.Cli.Reports.Sweeps;

/// <summary>The pictures of a sweep: test accuracy over the grid, a map per method, on one scale of colours.</summary>
internal static class HeatMaps
{
    private const int Width = 900;
    private const int Height = 720;
    private const int MostLabelled = 400;

    internal static IEnumerable<StudyPicture> Draw(SweepSummary sweep)
    {
        SweepPointSummary[] measured = [.. sweep.Points.Where(static point => point.Arm.TestAccuracyMean is not null)];
        if (measured.Length == 0)
        {
            yield break;
        }

        ScottPlot.Range colours = new(100 * measured.Min(static point => point.Arm.TestAccuracyMean!.Value), 100 * measured.Max(static point => point.Arm.TestAccuracyMean!.Value));
        foreach (IGrouping<string, SweepPointSummary> method in measured.GroupBy(static point => point.Arm.Method))
        {
            yield return Draw(sweep, method.Key, method, colours);
        }
    }

    private static StudyPicture Draw(SweepSummary sweep, string method, IEnumerable<SweepPointSummary> points, ScottPlot.Range colours)
    {
        using Plot plot = new();
        int columns = sweep.X.Values.Count;
        int rows = sweep.Y.Values.Count;
        double[,] accuracies = new double[rows, columns];
        for (int cell = 0; cell < accuracies.Length; cell++)
        {
            accuracies[cell / columns, cell % columns] = double.NaN;
        }

        foreach (SweepPointSummary point in points)
        {
            // The first row of a picture is the uppermost one.
            accuracies[rows - 1 - IndexOf(sweep.Y, point.Y), IndexOf(sweep.X, point.X)] = 100 * point.Arm.TestAccuracyMean!.Value;
        }

        Heatmap map = plot.Add.Heatmap(accuracies);
        map.Colormap = new ScottPlot.Colormaps.Viridis();
        map.ManualRange = colours.Max > colours.Min ? colours : new ScottPlot.Range(colours.Min - 1, colours.Max);
        map.NaNCellColor = Colors.LightGray;
        ScottPlot.Panels.ColorBar bar = plot.Add.ColorBar(map);
        bar.Label = "test accuracy in %";
        bar.LabelStyle.FontName = EmbeddedFont.Family;
        bar.LabelStyle.Bold = false;
        bar.Axis.TickLabelStyle.FontName = EmbeddedFont.Family;
        if (accuracies.Length <= MostLabelled)
        {
            Label(plot, accuracies, colours);
        }

        Ticks(plot.Axes.Bottom, sweep.X);
        Ticks(plot.Axes.Left, sweep.Y);
        Mark(plot, sweep);
        string caption = $"{method}: test accuracy, {string.Join(',', sweep.Hidden)} neurons, {sweep.Epochs} x {sweep.Samples} training images";
        plot.Font.Set(EmbeddedFont.Family);
        plot.Title(caption);
        plot.XLabel(NameOf(sweep.X));
        plot.YLabel(NameOf(sweep.Y));
        plot.Axes.Left.MinimumSize = 90;
        plot.Axes.SetLimits(-0.5, columns - 0.5, -0.5, rows - 0.5);
        return new StudyPicture($"heat-map-{method}", caption, plot.GetImageBytes(Width, Height, ImageFormat.Png), SvgText.Renumber(plot.GetSvgXml(Width, Height)));
    }

    private static void Label(Plot plot, double[,] accuracies, ScottPlot.Range colours)
    {
        int rows = accuracies.GetLength(0);
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < accuracies.GetLength(1); column++)
            {
                double value = accuracies[row, column];
                if (!double.IsNaN(value))
                {
                    Text text = plot.Add.Text(value.ToString("F1", CultureInfo.InvariantCulture), column, rows - 1 - row);
                    text.LabelAlignment = Alignment.MiddleCenter;
                    text.LabelFontName = EmbeddedFont.Family;
                    text.LabelFontColor = value > colours.Min + (0.6 * (colours.Max - colours.Min)) ? Colors.Black : Colors.White;
                }
            }
        }
    }

    // Presets that lie on the map.
    private static void Mark(Plot plot, SweepSummary sweep)
    {
        if (!sweep.X.IsNonlinearity)
        {
            return;
        }

        foreach (Device device in DevicePresets.All)
        {
            if (SweepDevice.ValueOf(sweep.X.Name, device) is { } x && SweepDevice.ValueOf(sweep.Y.Name, device) is { } y
                && sweep.X.PlaceOf(x) is { } column && sweep.Y.PlaceOf(y) is { } row)
            {
                Marker marker = plot.Add.Marker(column, row, MarkerShape.OpenCircle, size: 10, color: Colors.OrangeRed);
                marker.LineWidth = 2;
                Text text = plot.Add.Text(device.Name, column, row);
                text.OffsetX = 7;
                text.OffsetY = -7;
                text.LabelAlignment = Alignment.LowerLeft;
                text.LabelFontSize = 11;
                text.LabelFontName = EmbeddedFont.Family;
                text.LabelBackgroundColor = Colors.White.WithAlpha(0.75);
            }
        }
    }

    private static void Ticks(IAxis axis, SweepAxis values) =>
        axis.SetTicks([.. Enumerable.Range(0, values.Values.Count).Select(static place => (double)place)], [.. values.Values.Select(SweepAxis.Text)]);

    private static int IndexOf(SweepAxis axis, double value) => axis.Values.Index().First(item => item.Item.Equals(value)).Index;

    private static string NameOf(SweepAxis axis) => axis.Name switch
    {
        SweepDevice.AlphaPotentiation => "nonlinearity of potentiation, alpha_P N",
        SweepDevice.AlphaDepression => "nonlinearity of depression, alpha_D N",
        SweepDevice.LabelPotentiation => "label of potentiation",
        SweepDevice.LabelDepression => "label of depression",
        _ => $"--{axis.Name}",
    };
}
