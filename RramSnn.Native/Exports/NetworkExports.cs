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
            try
            {
                result = HandleTable.Add(owner);
            }
            catch
            {
                owner.Dispose();
                throw;
            }
            return (int)Status.Ok;
        }
        catch (Exception exception)
        {
            return LastError.Set(exception);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "rramsnn_network_free")]
    internal static int Free(nuint network)
    {
        try
        {
            if (network != 0)
            {
                HandleTable.Remove<TrainedNetwork>(network).Dispose();
            }
            return (int)Status.Ok;
        }
        catch (Exception exception)
        {
            return LastError.Set(exception);
        }
    }

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
    internal static int GetView(nuint network, byte* name, View* view)
    {
        try
        {
            using Lease<TrainedNetwork> lease = HandleTable.Take<TrainedNetwork>(network);

            FieldViews.Fill(ref Foreign.Result(view, nameof(view)), lease.Target, Foreign.Text(name, nameof(name)));
            return (int)Status.Ok;
        }
        catch (Exception exception)
        {
            return LastError.Set(exception);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "rramsnn_network_field_name")]
    internal static int FieldName(nuint network, int index, byte* buffer, nuint capacity, nuint* needed)
    {
        try
        {
            using Lease<TrainedNetwork> lease = HandleTable.Take<TrainedNetwork>(network);

            ref nuint result = ref Foreign.Result(needed, nameof(needed));
            result = Foreign.Write(FieldViews.NameOf(lease.Target, index), buffer, capacity);
            return (int)Status.Ok;
        }
        catch (Exception exception)
        {
            return LastError.Set(exception);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "rramsnn_network_state_sha256")]
    internal static int StateSha256(nuint network, byte* buffer, nuint capacity)
    {
        try
        {
            using Lease<TrainedNetwork> lease = HandleTable.Take<TrainedNetwork>(network);

            FieldViews.WriteHash(lease.Target, buffer, capacity);
            return (int)Status.Ok;
        }
        catch (Exception exception)
        {
            return LastError.Set(exception);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "rramsnn_network_save")]
    internal static int Save(nuint network, byte* path)
    {
        try
        {
            using Lease<TrainedNetwork> lease = HandleTable.Take<TrainedNetwork>(network);

            lease.Target.Save(Foreign.Text(path, nameof(path)));
            return (int)Status.Ok;
        }
        catch (Exception exception)
        {
            return LastError.Set(exception);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "rramsnn_network_load")]
    internal static int Load(nuint network, byte* path)
    {
        try
        {
            using Lease<TrainedNetwork> lease = HandleTable.Take<TrainedNetwork>(network);

            lease.Target.Load(Foreign.Text(path, nameof(path)));
            return (int)Status.Ok;
        }
        catch (Exception exception)
        {
            return LastError.Set(exception);
        }
    }
}
