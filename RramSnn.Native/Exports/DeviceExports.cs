using System.Runtime.InteropServices;
using RramSnn.Model.Devices;
using RramSnn.Model.Devices.Files;
using RramSnn.Native.Boundary;
using RramSnn.Native.Settings;

namespace RramSnn.Native.Exports;

/// <summary>Functions <c>rramsnn_device_*</c>; documented in rramsnn.h.</summary>
internal static unsafe class DeviceExports
{
    [UnmanagedCallersOnly(EntryPoint = "rramsnn_device_create")]
    internal static int Create(byte* text, nuint* device)
    {
        try
        {
            ref nuint result = ref Foreign.Result(device, nameof(device));
            result = 0;
            result = HandleTable.Add(DeviceText.Parse(Foreign.Text(text, nameof(text))));
            return (int)Status.Ok;
        }
        catch (Exception exception)
        {
            return LastError.Set(exception);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "rramsnn_device_clone")]
    internal static int Clone(nuint device, double pulsesPerRange, nuint* copy)
    {
        try
        {
            ref nuint result = ref Foreign.Result(copy, nameof(copy));
            result = 0;
            Device original = HandleTable.Read<Device>(device);
            result = HandleTable.Add(original.WithPulsesPerRange(pulsesPerRange == 0 ? original.PulsesPerRange : pulsesPerRange));
            return (int)Status.Ok;
        }
        catch (Exception exception)
        {
            return LastError.Set(exception);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "rramsnn_device_free")]
    internal static int Free(nuint device)
    {
        try
        {
            if (device != 0)
            {
                HandleTable.Remove<Device>(device);
            }
            return (int)Status.Ok;
        }
        catch (Exception exception)
        {
            return LastError.Set(exception);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "rramsnn_device_json")]
    internal static int Json(nuint device, byte* buffer, nuint capacity, nuint* needed)
    {
        try
        {
            ref nuint result = ref Foreign.Result(needed, nameof(needed));
            result = Foreign.Write(DeviceFile.ToJson(HandleTable.Read<Device>(device)), buffer, capacity);
            return (int)Status.Ok;
        }
        catch (Exception exception)
        {
            return LastError.Set(exception);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "rramsnn_device_after")]
    internal static int After(nuint device, double state, double pulses, double* after)
    {
        try
        {
            ref double result = ref Foreign.Result(after, nameof(after));
            Device target = HandleTable.Read<Device>(device);
            if (!(state is >= 0 and <= 1))
            {
                throw new ArgumentException(FormattableString.Invariant($"state is {state}; expected 0 to 1."));
            }

            if (!(Math.Abs(pulses) <= 1e9))
            {
                throw new ArgumentException(FormattableString.Invariant($"pulses is {pulses}; expected -1e9 to 1e9."));
            }

            result = target.Law.After(state, pulses);
            return (int)Status.Ok;
        }
        catch (Exception exception)
        {
            return LastError.Set(exception);
        }
    }
}
