using RramSnn.Model.Devices;
using RramSnn.Model.Devices.Files;

namespace RramSnn.Native.Settings;

/// <summary>How hosts name devices: a preset, or the text of a device file. Files are the host's to read.</summary>
internal static class DeviceText
{
    /// <summary>The device of a text.</summary>
    /// <exception cref="ArgumentException">There is no such preset.</exception>
    /// <exception cref="InvalidDataException">The text is no device.</exception>
    internal static Device Parse(string text) => text.AsSpan().TrimStart().StartsWith("{") ? DeviceFile.Parse(text, "device") : DevicePresets.Get(text);
}
