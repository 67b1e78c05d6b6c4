namespace RramSnn.Model.Devices;

/// <summary>Devices that come with RramSnn.</summary>
public static class DevicePresets
{
    /// <summary>Steps of equal size in both directions, 64 levels on a generic range of 1 to 100 µS.</summary>
    public static Device Ideal { get; } = new(
        "ideal",
        "ideal linear device: equal steps up and down",
        "definition",
        minimumSiemens: 1e-6,
        maximumSiemens: 100e-6,
        pulsesPerRange: 64,
        DeviceModels.IdealLinear.Create(1 / 64.0));

    /// <summary>Mo/TiOx/TiN interface-type RRAM programmed at +3 V and -3 V: depression is 11.5 times faster than potentiation.</summary>
    public static Device TiOx3V { get; } = new(
        "tiox-3v",
        "Mo/TiOx/TiN interface RRAM at +-3 V, 64 levels, strongly asymmetric",
        "fit of Fouda, Neftci, Eltawil, Kurdahi (arXiv 1909.01771) to the data of Park et al. 2016 (EDL 37(12):1559)",
        minimumSiemens: 33e-9,
        maximumSiemens: 674e-9,
        pulsesPerRange: 64,
        DeviceModels.SoftBounds.Create(3.06 / 64, 35.3 / 64));

    /// <summary>All presets.</summary>
    public static IReadOnlyList<Device> All { get; } = [Ideal, TiOx3V];

    /// <summary>The preset of that name.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static Device Get(string name) => Catalogue.Get(All, static device => device.Name, name, "device");
}
