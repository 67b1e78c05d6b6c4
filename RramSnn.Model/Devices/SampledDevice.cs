namespace RramSnn.Model.Devices;

/// <summary>One device of many: its own law and range.</summary>
/// <param name="Law">The law with the device's own parameters.</param>
/// <param name="MinimumSiemens">The device's own Gmin, 0 or more.</param>
/// <param name="MaximumSiemens">The device's own Gmax.</param>
/// <param name="StuckState">The state that it stays at for ever; null if it can be programmed.</param>
public sealed record SampledDevice(DeviceLaw Law, double MinimumSiemens, double MaximumSiemens, double? StuckState)
{
    /// <summary>The device that is exactly as its kind says.</summary>
    public static SampledDevice Nominal(Device device)
    {
        ArgumentNullException.ThrowIfNull(device);
        return new SampledDevice(device.Law, device.MinimumSiemens, device.MaximumSiemens, null);
    }

    /// <summary>G = Gmin + u·(Gmax - Gmin) of the device's own range, in siemens.</summary>
    public double ToSiemens(double state) => MinimumSiemens + (state * (MaximumSiemens - MinimumSiemens));
}
