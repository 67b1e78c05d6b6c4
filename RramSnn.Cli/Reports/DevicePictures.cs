using System.Globalization;
using System.Text;
using RramSnn.Model.Devices;
using ScottPlot;
using ScottPlot.Palettes;
using ScottPlot.Plottables;

namespace RramSnn.Cli.Reports;

/// <summary>A picture under the name of its file.</summary>
internal readonly record struct DevicePicture(string FileName, byte[] Content);

/// <summary>The pictures of <c>device plot</c>. Potentiation is drawn thick, depression thin, a colour per device.</summary>
internal static class DevicePictures
{
    private const int Width = 1000;
    private const int Height = 640;
    private const int MostPoints = 1000;
    private const int MostFanPulses = 100_000;
    private const int FanDevices = 25;
    private const float Thick = 2.5f;
    private const float Thin = 1.2f;

    /// <summary>Draws every picture as PNG and SVG.</summary>
    /// <param name="devices">Devices, in the order of the legend.</param>
    /// <param name="seed">Seed of the devices that the variability pictures draw.</param>
    internal static IEnumerable<DevicePicture> Draw(IReadOnlyList<Device> devices, ulong seed)
    {
        foreach (DevicePicture picture in (IEnumerable<DevicePicture>)
            [.. Save("pulse-response", PulseResponse(devices)), .. Save("normalised-response", NormalisedResponse(devices)), .. Save("step-size", StepSize(devices))])
        {
            yield return picture;
        }

        for (int i = 0; i < devices.Count; i++)
        {
            if (!devices[i].Variability.IsNone || devices[i].Law.Model.IsStatistical)
            {
                // Two files may hold devices of one name.
                string number = devices.Take(i).Any(device => device.Name == devices[i].Name) ? string.Create(CultureInfo.InvariantCulture, $"-{i + 1}") : "";
                foreach (DevicePicture picture in Save($"variability-{devices[i].Name}{number}", Fan(devices[i], seed)))
                {
                    yield return picture;
                }
            }
        }
    }

    // One cycle: N pulses up from Gmin, then N pulses down.
    private static Plot PulseResponse(IReadOnlyList<Device> devices)
    {
        Plot plot = new();
        double largest = devices.Max(static device => device.MaximumSiemens);

        // Ranges that differ by more than this leave nothing to see of the smaller on one linear axis.
        bool isLogarithmic = largest / devices.Min(static device => device.MaximumSiemens) > 10;
        (double size, string prefix) = isLogarithmic ? (1, "") : Format.PrefixOf(largest);
        foreach ((int index, Device device) in devices.Index())
        {
            double scale = devices.Count == 1 ? device.PulsesPerRange : 1;
            (double[] shares, double[] states) = Cycle(device, device.Law);
            double[] pulses = [.. shares.Select(share => share * scale)];
            double[] conductances = [.. states.Select(state => Height(device.ToSiemens(state) / size))];
            Style(plot.Add.ScatterLine(pulses, conductances), index, Thick, device.Name);
        }

        if (isLogarithmic)
        {
            plot.Axes.Left.TickGenerator = new ScottPlot.TickGenerators.NumericAutomatic
            {
                IntegerTicksOnly = true,
                MinorTickGenerator = new ScottPlot.TickGenerators.LogMinorTickGenerator(),
                LabelFormatter = static exponent => Format.Quantity(Math.Pow(10, exponent), "S"),
            };
        }

        string axis = devices.Count == 1 ? "pulses: up, then down" : "pulses up, then down, in units of the device's N";
        return Label(plot, "Pulse response", axis, isLogarithmic ? "conductance" : $"conductance in {prefix}S");

        double Height(double value) => isLogarithmic ? Math.Log10(value) : value;
    }

    // Both ramps from their own end of the range, with the ideal device's lines.
    private static Plot NormalisedResponse(IReadOnlyList<Device> devices)
    {
        Plot plot = new();
        foreach (double start in (ReadOnlySpan<double>)[0, 1])
        {
            double[] shares = [0, 1];
            double[] states = [start, 1 - start];
            Scatter line = plot.Add.ScatterLine(shares, states);
            line.Color = Colors.Gray;
            line.LineWidth = 1;
        }

        foreach ((int index, Device device) in devices.Index())
        {
            (double[] up, double[] upStates) = Walk(device.Law, 0, device.PulsesPerRange);
            (double[] down, double[] downStates) = Walk(device.Law, 1, -device.PulsesPerRange);
            Style(plot.Add.ScatterLine(up, upStates), index, Thick, $"{device.Name}, up");
            Style(plot.Add.ScatterLine(down, downStates), index, Thin, $"{device.Name}, down");
        }

        return Label(plot, "Normalised response: N pulses from either end (grey: linear)", "pulses in units of N", "state u = (G - Gmin)/(Gmax - Gmin)");
    }

    private static Plot StepSize(IReadOnlyList<Device> devices)
    {
        Plot plot = new();
        double[] states = [.. Enumerable.Range(0, 257).Select(static i => i / 256.0)];
        foreach ((int index, Device device) in devices.Index())
        {
            Style(Steps(device.Law.PotentiationSlope), index, Thick, $"{device.Name}, up");
            Style(Steps(device.Law.DepressionSlope), index, Thin, $"{device.Name}, down");

            Scatter Steps(Func<double, double> slope)
            {
                // One pulse moves a device by no more than its range, however steep its law.
                double[] steps = [.. states.Select(state => Math.Min(1, slope(state)) * device.PulsesPerRange)];
                return plot.Add.ScatterLine(states, steps);
            }
        }

        return Label(plot, "Step of one small pulse", "state u = (G - Gmin)/(Gmax - Gmin)", "step in units of (Gmax - Gmin)/N");
    }

    // Devices drawn with their own parameters, ranges and noise around the nominal one.
    private static Plot Fan(Device device, ulong seed)
    {
        Plot plot = new();
        (double size, string prefix) = Format.PrefixOf(device.MaximumSiemens);
        DeviceSampler sampler = new(device, seed);
        int pulses = (int)Math.Clamp(Math.Round(device.PulsesPerRange), 1, MostFanPulses);
        string howTheyStep = device.Variability is { StepNoise: > 0 } or { PulseNoise: > 0 } ? ", each pulse with its noise" : "";
        for (int i = 0; i < FanDevices; i++)
        {
            Scatter line = Response(sampler[i], device.Variability, i);
            line.Color = Colors.C0.WithAlpha(0.45);
            line.LineWidth = 1;
            line.LegendText = i == 0 ? $"{FanDevices} devices{howTheyStep}" : "";
        }

        Scatter middle = Response(SampledDevice.Nominal(device), null, 0);
        middle.Color = Colors.Black;
        middle.LineWidth = Thick;
        middle.LegendText = "nominal";
        return Label(plot, $"{device.Name}: variability", "pulses: up, then down", $"conductance in {prefix}S", Edge.Bottom);

        Scatter Response(SampledDevice sampled, DeviceVariability? noise, int index)
        {
            int every = Math.Max(1, pulses / MostPoints);
            PulseResponse[] responses =
            [
                .. new PulseTrain { Up = pulses, Down = pulses }.Apply(sampled, 0, noise, seed, index).Where(response => response.Pulse % every == 0),
            ];
            double[] numbers = [.. responses.Select(static response => (double)response.Pulse)];
            double[] conductances = [.. responses.Select(response => sampled.ToSiemens(response.State) / size)];
            return plot.Add.ScatterLine(numbers, conductances);
        }
    }

    private static (double[] Shares, double[] States) Cycle(Device device, DeviceLaw law)
    {
        (double[] up, double[] upStates) = Walk(law, 0, device.PulsesPerRange);
        (double[] down, double[] downStates) = Walk(law, upStates[^1], -device.PulsesPerRange);
        return ([.. up, .. down.Select(static share => 1 + share)], [.. upStates, .. downStates]);
    }

    /// <summary>States after shares of some pulses, point by point from the last one.</summary>
    private static (double[] Shares, double[] States) Walk(DeviceLaw law, double start, double pulses)
    {
        int whole = (int)Math.Min(MostPoints, Math.Max(1, Math.Floor(Math.Abs(pulses))));
        double length = law.Model.HasClosedForm ? pulses / MostPoints : Math.CopySign(Math.Max(1, Math.Floor(Math.Abs(pulses) / whole)), pulses);
        List<double> shares = [0];
        List<double> states = [start];
        for (double done = 0; Math.Abs(done) < Math.Abs(pulses) * (1 - 1e-9);)
        {
            double step = Math.Abs(pulses - done) < Math.Abs(length) ? pulses - done : length;
            done += step;
            shares.Add(done / pulses);
            states.Add(law.After(states[^1], step));
        }

        return ([.. shares], [.. states]);
    }

    private static void Style(Scatter line, int device, float width, string legend)
    {
        line.Color = new Category10().GetColor(device);
        line.LineWidth = width;
        line.LegendText = legend;
    }

    private static Plot Label(Plot plot, string title, string x, string y, Edge legend = Edge.Right)
    {
        plot.Font.Set(EmbeddedFont.Family);
        plot.Title(title);
        plot.XLabel(x);
        plot.YLabel(y);
        plot.ShowLegend(legend);

        // Room between the axis label and the numbers, which ScottPlot measures too small.
        plot.Axes.Left.MinimumSize = 80;
        plot.Axes.Margins(horizontal: 0.02, vertical: 0.05);
        return plot;
    }

    private static IEnumerable<DevicePicture> Save(string name, Plot plot)
    {
        using (plot)
        {
            yield return new DevicePicture($"{name}.png", plot.GetImageBytes(Width, Height, ImageFormat.Png));
            yield return new DevicePicture($"{name}.svg", Encoding.UTF8.GetBytes(plot.GetSvgXml(Width, Height)));
        }
    }
}
