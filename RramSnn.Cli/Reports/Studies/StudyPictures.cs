using System.Text;
using RramSnn.Cli.Studies;
using ScottPlot;
using ScottPlot.Palettes;
using ScottPlot.Plottables;

namespace RramSnn.Cli.Reports.Studies;

/// <summary>A picture of a report.</summary>
/// <param name="Name">Name of its files, without the ending.</param>
/// <param name="Caption">One line for people.</param>
/// <param name="Png">The picture as PNG.</param>
/// <param name="Svg">The picture as SVG.</param>
internal sealed record StudyPicture(string Name, string Caption, byte[] Png, string Svg)
{
    /// <summary>The picture as files.</summary>
    internal IEnumerable<(string Name, byte[] Content)> Files => [($"{Name}.png", Png), ($"{Name}.svg", Encoding.UTF8.GetBytes(Svg))];
}

/// <summary>The pictures of a study: accuracy of all arms, and learning curves and final states per device. A colour per method.</summary>
internal static class StudyPictures
{
    private const int Width = 900;
    private const int Height = 520;
    private const int MostCurvePoints = 50;

    // Safe for colour-blind readers.
    private static readonly ColorblindFriendly Palette = new();

    internal static IEnumerable<StudyPicture> Draw(IReadOnlyList<ArmResult> results)
    {
        string[] methods = [.. results.Select(static result => result.Arm.Method).Distinct()];
        ArmResult[] run = [.. results.Where(static result => result.Records.Count > 0)];
        yield return Accuracy(run, methods);
        foreach (IGrouping<string, ArmResult> device in run.GroupBy(static result => result.Arm.Device))
        {
            yield return Curves(device.Key, device, methods);
            yield return States(device.Key, device, methods);
        }
    }

    private static StudyPicture Accuracy(ArmResult[] results, string[] methods)
    {
        using Plot plot = new();
        string[] devices = [.. results.Select(static result => result.Arm.Device).Distinct()];
        foreach ((int index, string method) in methods.Index())
        {
            ArmResult[] arms = [.. results.Where(result => result.Arm.Method == method)];
            if (arms.Length == 0)
            {
                continue;
            }

            double shift = methods.Length > 1 ? 0.5 * ((index / (methods.Length - 1.0)) - 0.5) : 0;
            double[] places = [.. arms.Select(arm => Array.IndexOf(devices, arm.Arm.Device) + shift)];
            Spread[] spreads = [.. arms.Select(static arm => Spread.Of(arm.TestAccuracies))];
            double[] means = [.. spreads.Select(static spread => 100 * spread.Mean)];
            ErrorBar bars = plot.Add.ErrorBar(places, means, [.. spreads.Select(static spread => 100 * (spread.StandardDeviation ?? 0))]);
            bars.Color = Palette.GetColor(index);
            Scatter points = plot.Add.ScatterPoints(places, means);
            points.Color = Palette.GetColor(index);
            points.MarkerSize = 9;
            points.LegendText = method;
        }

        plot.Axes.Bottom.SetTicks([.. Enumerable.Range(0, devices.Length).Select(static place => (double)place)], devices);
        if (devices.Length > 6)
        {
            plot.Axes.Bottom.TickLabelStyle.Rotation = 30;
            plot.Axes.Bottom.TickLabelStyle.Alignment = Alignment.MiddleLeft;
            plot.Axes.Bottom.MinimumSize = 100;
        }

        return Save(plot, "accuracy", "Test accuracy, mean and standard deviation over seeds", "", "test accuracy in %", () => plot.Axes.SetLimitsX(-0.6, devices.Length - 0.4));
    }

    private static StudyPicture Curves(string device, IEnumerable<ArmResult> results, string[] methods)
    {
        using Plot plot = new();
        foreach (ArmResult result in results)
        {
            CurvePoint[][] curves = [.. result.Records.Select(static record => record.Curve.ToArray())];

            // Runs of one arm have their points at the same samples; neighbours are averaged, since a point has a hundred probes or so.
            int length = curves.Min(static curve => curve.Length);
            int[][] groups = [.. Enumerable.Range(0, length).Chunk(Math.Max(1, (length + MostCurvePoints - 1) / MostCurvePoints))];
            double[] samples = [.. groups.Select(group => group.Average(point => (double)curves[0][point].Sample))];
            double[] accuracies = [.. groups.Select(group => 100 * group.Average(point => curves.Average(curve => curve[point].Accuracy)))];
            Scatter line = plot.Add.Scatter(samples, accuracies);
            line.Color = Palette.GetColor(Array.IndexOf(methods, result.Arm.Method));
            line.LineWidth = 2;
            line.MarkerSize = 4;
            line.LegendText = result.Arm.Method;
        }

        return Save(plot, $"learning-curves-{device}", $"{device}: training images just before they are learned, mean over seeds", "training samples shown", "accuracy in %");
    }

    private static StudyPicture States(string device, IEnumerable<ArmResult> results, string[] methods)
    {
        using Plot plot = new();
        foreach (ArmResult result in results)
        {
            Color color = Palette.GetColor(Array.IndexOf(methods, result.Arm.Method));
            Line(static record => record.StatesPlus, LinePattern.Solid, $"{result.Arm.Method}");
            if (result.Records[0].StatesMinus.Count > 0)
            {
                Line(static record => record.StatesMinus, LinePattern.Dashed, $"{result.Arm.Method}, minus");
            }

            void Line(Func<RunRecord, IReadOnlyList<long>> counts, LinePattern pattern, string legend)
            {
                double total = result.Records.Sum(record => counts(record).Sum());
                double[] middles = [.. Enumerable.Range(0, RunRecord.Bins).Select(static bin => (bin + 0.5) / RunRecord.Bins)];

                // A share of nothing has no logarithm: half a device stands for it.
                double[] shares = [.. Enumerable.Range(0, RunRecord.Bins).Select(bin => Math.Log10(Math.Max(0.5, result.Records.Sum(record => counts(record)[bin])) / total))];
                Scatter line = plot.Add.ScatterLine(middles, shares);
                line.Color = color;
                line.LineWidth = 2;
                line.LinePattern = pattern;
                line.LegendText = legend;
            }
        }

        plot.Axes.Left.TickGenerator = new ScottPlot.TickGenerators.NumericAutomatic
        {
            IntegerTicksOnly = true,
            LabelFormatter = static exponent => $"1e{exponent:F0}",
        };
        return Save(
            plot, $"states-{device}", $"{device}: final states of the first layer's devices", "state u = (G - Gmin)/(Gmax - Gmin)", $"share of devices per {1.0 / RunRecord.Bins:0.##}");
    }

    private static StudyPicture Save(Plot plot, string name, string caption, string x, string y, Action? limits = null)
    {
        plot.Font.Set(EmbeddedFont.Family);
        plot.Title(caption);
        plot.XLabel(x);
        plot.YLabel(y);
        plot.ShowLegend(Edge.Right);

        // Room between the axis label and the numbers, which ScottPlot measures too small.
        plot.Axes.Left.MinimumSize = 80;
        plot.Axes.Margins(horizontal: 0.03, vertical: 0.08);
        plot.Axes.AutoScale();
        limits?.Invoke();
        return new StudyPicture(name, caption, plot.GetImageBytes(Width, Height, ImageFormat.Png), SvgText.Renumber(plot.GetSvgXml(Width, Height)));
    }
}
