using RramSnn.Model.Crossbars;
using RramSnn.Model.Devices;
using RramSnn.Model.Layers;
using RramSnn.Model.Learning;
using RramSnn.Model.Periphery;

namespace RramSnn.AotCheck;

/// <summary>Networks of devices that differ, scatter and wear, and of arrays with a periphery: what perfect devices in ideal arrays leave out.</summary>
internal static class ImperfectNetworks
{
    // A preset of every law of a curve.
    private static readonly string[] Presets = ["ideal", "gokmen-vlasov", "tiox-3v", "reram-sb", "ag-a-si", "reram-es"];

    private static readonly NetworkPeriphery[] Peripheries =
    [
        new() { ArraySize = 64, AdcBits = 6 },
        new() { ArraySize = 64, AdcBits = 8, AdcRange = 5, WireResistance = 5, DriverResistance = 100, SenseResistance = 50, WireRefresh = 2 },
        new() { ArraySize = 64, WireResistance = 5, SenseResistance = 50, WireModel = WireModel.Exact, WireRefresh = 2 },
    ];

    internal static IEnumerable<NetworkOptions> OfSpikes(Func<Device, UpdateMethod, PulseMode, NetworkOptions> network)
    {
        foreach (PulseMode pulses in Enum.GetValues<PulseMode>())
        {
            foreach (Device device in Devices())
            {
                NetworkOptions options = network(device, UpdateMethods.Default, pulses);
                foreach (DeviceVariability variability in Variabilities(device))
                {
                    yield return options with { Variability = variability };
                }

                yield return options with { Updates = UpdateTiming.Sample, Variability = Spread(device) };
            }

            // Wires of ohms take something from devices of ten kilo-ohms.
            foreach (NetworkPeriphery periphery in Peripheries)
            {
                yield return network(DevicePresets.Get("ideal"), UpdateMethods.Default, pulses) with { Periphery = periphery };
                yield return network(DevicePresets.Get("ideal"), UpdateMethods.Get("naive"), pulses) with { Periphery = periphery, Cell = SynapseCell.Reference };
            }
        }
    }

    internal static IEnumerable<NetworkOptions> OfAmplitudes(Func<Device, UpdateMethod, PulseMode, NetworkOptions> network)
    {
        NetworkOptions options = network(DevicePresets.TiOx3V, UpdateMethods.Default, PulseMode.Continuous);
        yield return options with { Periphery = new() { DacBits = 3, Sinh = 2 } };
        yield return options with { Periphery = new() { ArraySize = 64, DacBits = 4, DacRange = 0.4f, Sinh = 0.1f, AdcBits = 7 } };
    }

    private static IEnumerable<Device> Devices()
    {
        foreach (string preset in Presets)
        {
            yield return DevicePresets.Get(preset);
        }

        DeviceLaw[] others =
        [
            DeviceModels.Exponential.Create(0.03, 2, 0.05, 3),
            DeviceModels.PowerStep.Create(0.05, 0.5, 0.08, 1.5),
            DeviceModels.Logistic.Create(2, 1 / 64.0),
            DeviceModels.StepTable.Create([.. Enumerable.Range(0, DeviceModels.StepTable.ValueCount).Select(static i => 0.01 + (0.001 * i))]),
        ];
        foreach (DeviceLaw law in others)
        {
            yield return new Device("other", "", "", 1e-6, 1e-4, 64, law);
        }
    }

    private static DeviceVariability[] Variabilities(Device device) =>
    [
        Spread(device) with { StepNoise = 0.3, ReadNoise = 0.01, StuckAtMinimum = 0.02, StuckAtMaximum = 0.02, StuckAtState = 0.02 },
        new() { PulseNoise = 0.01, States = 64 },
        Spread(device) with { Distribution = SpreadDistribution.LogNormal, MinimumSpread = 0.1, MaximumSpread = 0.1, EnduranceWrites = 20, States = 200 },
    ];

    private static DeviceVariability Spread(Device device) => new()
    {
        Spread = device.Law.Model.Parameters.Where(static parameter => parameter.IsPerPulse).ToDictionary(static parameter => parameter.Key, static _ => 0.3),
    };
}
