using RramSnn.Native.Boundary;
using RramSnn.Native.Hosts;

namespace RramSnn.Native.Exports;

/// <summary>Calls that every handle with a network's state answers in the same way.</summary>
/// <remarks>An exported function cannot be generic: each kind of handle exports its own names, of one line each.</remarks>
internal static unsafe class StateCalls<TOwner>
    where TOwner : NetworkOwner
{
    internal static void Add(TOwner owner, ref nuint handle)
    {
        try
        {
            handle = HandleTable.Add(owner);
        }
        catch
        {
            owner.Dispose();
            throw;
        }
    }

    internal static int Free(nuint handle)
    {
        try
        {
            if (handle != 0)
            {
                HandleTable.Remove<TOwner>(handle).Dispose();
            }

            return (int)Status.Ok;
        }
        catch (Exception exception)
        {
            return LastError.Set(exception);
        }
    }

    internal static int GetView(nuint handle, byte* name, View* view)
    {
        try
        {
            using Lease<TOwner> lease = HandleTable.Take<TOwner>(handle);

            FieldViews.Fill(ref Foreign.Result(view, nameof(view)), lease.Target, Foreign.Text(name, nameof(name)));
            return (int)Status.Ok;
        }
        catch (Exception exception)
        {
            return LastError.Set(exception);
        }
    }

    internal static int FieldName(nuint handle, int index, byte* buffer, nuint capacity, nuint* needed)
    {
        try
        {
            using Lease<TOwner> lease = HandleTable.Take<TOwner>(handle);

            ref nuint result = ref Foreign.Result(needed, nameof(needed));
            result = Foreign.Write(FieldViews.NameOf(lease.Target, index), buffer, capacity);
            return (int)Status.Ok;
        }
        catch (Exception exception)
        {
            return LastError.Set(exception);
        }
    }

    internal static int StateSha256(nuint handle, byte* buffer, nuint capacity)
    {
        try
        {
            using Lease<TOwner> lease = HandleTable.Take<TOwner>(handle);

            FieldViews.WriteHash(lease.Target, buffer, capacity);
            return (int)Status.Ok;
        }
        catch (Exception exception)
        {
            return LastError.Set(exception);
        }
    }

    internal static int Save(nuint handle, byte* path) => WithFile(handle, path, static (owner, file) => owner.Save(file));

    internal static int Load(nuint handle, byte* path) => WithFile(handle, path, static (owner, file) => owner.Load(file));

    private static int WithFile(nuint handle, byte* path, Action<TOwner, string> use)
    {
        try
        {
            using Lease<TOwner> lease = HandleTable.Take<TOwner>(handle);

            use(lease.Target, Foreign.Text(path, nameof(path)));
            return (int)Status.Ok;
        }
        catch (Exception exception)
        {
            return LastError.Set(exception);
        }
    }
}
