using RramSnn.Model.Devices.Presets;

namespace RramSnn.Model.Devices;

/// <summary>Devices that come with RramSnn. Each names its source and what was approximated.</summary>
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

    /// <inheritdoc cref="TiOxPresets.At3Volts"/>
    public static Device TiOx3V => TiOxPresets.At3Volts;

    /// <summary>All presets.</summary>
    public static IReadOnlyList<Device> All { get; } = [Ideal, .. TiOxPresets.All, .. NeuroSimPresets.All, .. AihwkitPresets.All, PhaseChangePresets.Nandakumar];

    /// <summary>The preset of that name.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static Device Get(string name) => Catalogue.Get(All, static device => device.Name, name, "device");
}
