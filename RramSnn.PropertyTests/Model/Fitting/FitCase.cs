using RramSnn.Model.Devices;
using RramSnn.Model.Devices.Fitting;
using Xunit;

namespace RramSnn.PropertyTests.Model.Fitting;

/// <summary>Devices whose ramps show all their parameters, and made-up measurements of them.</summary>
internal static class FitCase
{
    internal const double MinimumSiemens = 100e-9;
    internal const double MaximumSiemens = 1e-6;

    /// <summary>For every model with a closed form: parameters with which 64 pulses walk the whole range or almost.</summary>
    internal static IReadOnlyDictionary<string, double[]> Values { get; } = new Dictionary<string, double[]>
    {
        ["ideal-linear"] = [1 / 50.0],
        ["constant-step"] = [1 / 50.0, 1 / 30.0],
        ["soft-bounds"] = [0.06, 0.12],
        ["linear-step"] = [0.04, 0.7, 0.05, 0.7],
        ["neurosim"] = [2.4, 1 / 50.0, -1.5, 1 / 50.0],
        ["exponential"] = [0.1, 2, 0.15, 3],
        ["power-step"] = [0.05, 0.5, 0.08, 1.5],
        ["logistic"] = [2, 1 / 50.0],
    };

    internal static Device Device(string model, DeviceVariability variability) =>
        new("true", "", "", MinimumSiemens, MaximumSiemens, 64, DeviceModels.Get(model).Create(Values[model])) { Variability = variability };

    internal static MeasuredResponse Ramps(string model, double readNoise, int seed, int cycles = 8) =>
        new SyntheticResponse { Device = Device(model, new() { ReadNoise = readNoise }), Seed = (ulong)seed, Cycles = cycles }.Measure("made-up.csv");

    /// <summary>A trace from bare numbers: positive pulse numbers are up, negative ones down.</summary>
    internal static MeasuredResponse Of(params (double Pulse, double Siemens)[] readings) => new(
        "bare.csv",
        [new("1", "1", [.. readings.Select(static (item, i) => new PulseReading(Math.Abs(item.Pulse), item.Pulse > 0, item.Siemens, i + 2))])]);

    internal static DeviceFit Fit(MeasuredResponse response, FitOptions options) => DeviceFitter.Fit(response, options, TestContext.Current.CancellationToken);

    internal static ModelFit Find(DeviceFit fit, string model) => fit.Models.First(item => item.Model.Name == model);
}
