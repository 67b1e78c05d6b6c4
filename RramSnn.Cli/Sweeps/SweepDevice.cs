using System.Globalization;
using RramSnn.Model.Devices;

namespace RramSnn.Cli.Sweeps;

/// <summary>Made-up devices for maps of accuracy over nonlinearity.</summary>
/// <remarks>
/// <para>
/// Their ramps of N pulses span the range exactly: u(n) = (1 - exp(-a n))/(1 - exp(-a N)) up, and 1 less the same down, with a rate per polarity.
/// Alpha N = 0 is linear; from about 5 on they are soft bounds at Gmin and Gmax, below that the bounds lie outside of the range. With soft
/// bounds at Gmin and Gmax throughout, a small rate would not make a device more linear, only slower, and its map would depend on the ratio of the rates alone.
/// </para>
/// <para>These are NeuroSim's curves with ν = alpha N (<see cref="NonlinearityLabel"/>), so that the two kinds of axes describe the same devices.</para>
/// </remarks>
internal static class SweepDevice
{
    internal const string AlphaPotentiation = "alpha-potentiation";
    internal const string AlphaDepression = "alpha-depression";
    internal const string LabelPotentiation = "label-potentiation";
    internal const string LabelDepression = "label-depression";

    private const double Pulses = 64;

    /// <summary>Names of axes.</summary>
    internal static IReadOnlyList<string> Names { get; } = [AlphaPotentiation, AlphaDepression, LabelPotentiation, LabelDepression];

    /// <summary>The device at a point of two such axes, one per polarity and of one kind.</summary>
    /// <exception cref="ArgumentException">The axes do not make a device, or a value is out of range.</exception>
    internal static Device Create(string x, double xValue, string y, double yValue)
    {
        (double potentiation, double depression, bool isLabel) = (x, y) switch
        {
            (AlphaPotentiation, AlphaDepression) => (xValue, yValue, false),
            (AlphaDepression, AlphaPotentiation) => (yValue, xValue, false),
            (LabelPotentiation, LabelDepression) => (xValue, yValue, true),
            (LabelDepression, LabelPotentiation) => (yValue, xValue, true),
            _ => throw new ArgumentException($"x and y are {x} and {y}; expected two options, or {AlphaPotentiation} with {AlphaDepression}, or {LabelPotentiation} with {LabelDepression}."),
        };
        (double up, double down) = isLabel
            ? (potentiation, depression)
            : (LabelOf(potentiation, AlphaPotentiation), -LabelOf(depression, AlphaDepression));
        Device range = DevicePresets.Ideal;
        string kind = isLabel ? "label" : "alpha";
        return new Device(
            string.Create(CultureInfo.InvariantCulture, $"{kind}-{potentiation:G6}-{depression:G6}"),
            string.Create(CultureInfo.InvariantCulture, $"made up for a sweep: {kind} {potentiation:G6} up and {depression:G6} down, {Pulses} pulses over the range"),
            "sweep",
            range.MinimumSiemens,
            range.MaximumSiemens,
            Pulses,
            DeviceModels.NeuroSim.Create(up, 1 / Pulses, down, 1 / Pulses));
    }

    /// <summary>Where a device lies on an axis; null if it does not saturate in both directions, as the made-up devices do.</summary>
    internal static double? ValueOf(string axis, Device device)
    {
        FiguresOfMerit figures = FiguresOfMerit.Of(device);
        if (figures is not { PotentiationNonlinearity: { } up and >= 0, DepressionNonlinearity: { } down and >= 0 })
        {
            return null;
        }

        return axis switch
        {
            AlphaPotentiation => 4 * Math.Atanh(2 * up),
            AlphaDepression => 4 * Math.Atanh(2 * down),
            LabelPotentiation => figures.PotentiationLabel,
            LabelDepression => figures.DepressionLabel,
            _ => null,
        };
    }

    private static double LabelOf(double alpha, string axis)
    {
        double label = alpha >= 0 ? NonlinearityLabel.FromCurvature(alpha) : double.NaN;
        return label <= NonlinearityLabel.Largest
            ? label
            : throw new ArgumentException($"{axis} is {SweepAxis.Text(alpha)}; expected 0 to {NonlinearityLabel.ToCurvature(NonlinearityLabel.Largest).ToString("F1", CultureInfo.InvariantCulture)}.");
    }
}
