using System.Runtime.InteropServices;
using RramSnn.Native.Boundary;
using RramSnn.Native.Hosts;
using RramSnn.Native.Settings;

namespace RramSnn.Native.Exports;

/// <summary>Functions <c>rramsnn_network_*</c> that make, look at and keep networks; documented in rramsnn.h.</summary>
internal static unsafe class NetworkExports
{
    [UnmanagedCallersOnly(EntryPoint = "rramsnn_network_create")]
    internal static int Create(byte* config, int inputs, int classes, nuint* network)
    {
        try
        {
            ref nuint result = ref Foreign.Result(network, nameof(network));
            result = 0;
            TrainedNetwork owner = new(NetworkSettings.Read(config is null ? "" : Foreign.Text(config, nameof(config)), inputs, classes));
            StateCalls<TrainedNetwork>.Add(owner, ref result);
            return (int)Status.Ok;
        }
        catch (Exception exception)
        {
            return LastError.Set(exception);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "rramsnn_network_free")]
    internal static int Free(nuint network) =>
        StateCalls<TrainedNetwork>.Free(network);

    [UnmanagedCallersOnly(EntryPoint = "rramsnn_network_get_info")]
    internal static int GetInfo(nuint network, NetworkInfo* info)
    {
        try
        {
            using Lease<TrainedNetwork> lease = HandleTable.Take<TrainedNetwork>(network);

            ref NetworkInfo result = ref Foreign.Result(info, nameof(info));
            result = lease.Target.Info();
            return (int)Status.Ok;
        }
        catch (Exception exception)
        {
            return LastError.Set(exception);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "rramsnn_network_set_threads")]
    internal static int SetThreads(nuint network, int threads)
    {
        try
        {
            using Lease<TrainedNetwork> lease = HandleTable.Take<TrainedNetwork>(network);

            lease.Target.SetThreads(threads);
            return (int)Status.Ok;
        }
        catch (Exception exception)
        {
            return LastError.Set(exception);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "rramsnn_network_view")]
    internal static int GetView(nuint network, byte* name, View* view) =>
        StateCalls<TrainedNetwork>.GetView(network, name, view);

    [UnmanagedCallersOnly(EntryPoint = "rramsnn_network_field_name")]
    internal static int FieldName(nuint network, int index, byte* buffer, nuint capacity, nuint* needed) =>
        StateCalls<TrainedNetwork>.FieldName(network, index, buffer, capacity, needed);

    [UnmanagedCallersOnly(EntryPoint = "rramsnn_network_state_sha256")]
    internal static int StateSha256(nuint network, byte* buffer, nuint capacity) =>
        StateCalls<TrainedNetwork>.StateSha256(network, buffer, capacity);

    [UnmanagedCallersOnly(EntryPoint = "rramsnn_network_save")]
    internal static int Save(nuint network, byte* path) =>
        StateCalls<TrainedNetwork>.Save(network, path);

    [UnmanagedCallersOnly(EntryPoint = "rramsnn_network_load")]
    internal static int Load(nuint network, byte* path) =>
        StateCalls<TrainedNetwork>.Load(network, path);
}
