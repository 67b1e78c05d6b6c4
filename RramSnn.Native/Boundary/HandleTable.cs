namespace RramSnn.Native.Boundary;

/// <summary>What hosts hold are numbers and not addresses: a stale, foreign or made-up one is refused, never followed.</summary>
/// <remarks>
/// A handle is a place in the table and the number of times that the place was taken. Each place has a flag that a call sets while it works on
/// the object: a second call at the same time is refused, and nothing is freed under a running call.
/// </remarks>
internal static class HandleTable
{
    private const int PlaceBits = 16;
    private const int ChunkLength = 256;

    // Above the place: an odd pattern that small numbers and addresses of user space do not have.
    private const ulong Mark = 0xA5C3ul << 48;

    private static readonly Lock Gate = new();
    private static readonly Place[]?[] Chunks = new Place[]?[(1 << PlaceBits) / ChunkLength];
    private static readonly Stack<int> Free = [];
    private static int _used;

    /// <summary>Handles not yet freed.</summary>
    internal static int Count
    {
        get
        {
            lock (Gate)
            {
                return _used - Free.Count;
            }
        }
    }

    /// <summary>Gives an object a handle.</summary>
    internal static nuint Add(object target)
    {
        lock (Gate)
        {
            if (!Free.TryPop(out int index))
            {
                index = _used;
                if (index >= 1 << PlaceBits)
                {
                    throw new StatusException(Status.OutOfMemory, $"there are {index} handles; expected some of them to be freed.");
                }

                if (Chunks[index / ChunkLength] is null)
                {
                    Volatile.Write(ref Chunks[index / ChunkLength], NewChunk());
                }

                _used++;
            }

            Place place = Chunks[index / ChunkLength]![index % ChunkLength];
            place.Generation++;
            place.Target = target;
            ulong handle = Mark | ((ulong)place.Generation << PlaceBits) | (uint)index;
            Volatile.Write(ref place.Handle, handle);
            return (nuint)handle;
        }
    }

    /// <summary>Takes an object for one call, which must give it back.</summary>
    /// <exception cref="StatusException">The handle is none of these objects, or another call works on it.</exception>
    internal static Lease<T> Take<T>(nuint handle)
        where T : class
    {
        Place place = Find(handle);
        if (Interlocked.CompareExchange(ref place.IsBusy, 1, 0) != 0)
        {
            throw new StatusException(Status.Busy, "another thread works on the handle; expected one call at a time.");
        }

        // Between the look at the handle and the flag the place may have changed hands.
        if (Volatile.Read(ref place.Handle) == handle && place.Target is T target)
        {
            return new Lease<T>(place, target);
        }

        Volatile.Write(ref place.IsBusy, 0);
        throw Unknown(handle);
    }

    /// <summary>An object that never changes, which any number of calls may use at once.</summary>
    /// <exception cref="StatusException">The handle is none of these objects.</exception>
    internal static T Read<T>(nuint handle)
        where T : class
    {
        Place place = Find(handle);
        object? target = Volatile.Read(ref place.Target);
        return Volatile.Read(ref place.Handle) == handle && target is T found ? found : throw Unknown(handle);
    }

    /// <summary>Takes the handle from an object.</summary>
    /// <exception cref="StatusException">The handle is none of these objects, or another call works on it.</exception>
    internal static T Remove<T>(nuint handle)
        where T : class
    {
        Lease<T> lease = Take<T>(handle);
        lease.Forget();
        lease.Dispose();
        lock (Gate)
        {
            Free.Push((int)(handle & ((1 << PlaceBits) - 1)));
        }

        return lease.Target;
    }

    private static Place Find(nuint handle)
    {
        int index = (int)(handle & ((1 << PlaceBits) - 1));
        Place? place = Volatile.Read(ref Chunks[index / ChunkLength])?[index % ChunkLength];
        return place is not null && handle != 0 && Volatile.Read(ref place.Handle) == handle ? place : throw Unknown(handle);
    }

    private static StatusException Unknown(nuint handle) => new(
        Status.InvalidHandle,
        handle == 0 ? "the handle is null; expected one that a create function gave." : "the handle is unknown, freed or of another kind; expected one that a create function gave.");

    private static Place[] NewChunk()
    {
        Place[] chunk = new Place[ChunkLength];
        for (int i = 0; i < chunk.Length; i++)
        {
            chunk[i] = new Place();
        }

        return chunk;
    }

    internal sealed class Place
    {
        internal ulong Handle;
        internal object? Target;
        internal uint Generation;
        internal int IsBusy;
    }
}

/// <summary>An object for the length of one call.</summary>
internal readonly ref struct Lease<T>
    where T : class
{
    private readonly HandleTable.Place _place;

    internal Lease(HandleTable.Place place, T target)
    {
        _place = place;
        Target = target;
    }

    internal T Target { get; }

    public void Dispose() => Volatile.Write(ref _place.IsBusy, 0);

    /// <summary>The handle is good for nothing from now on.</summary>
    internal void Forget()
    {
        Volatile.Write(ref _place.Handle, 0);
        _place.Target = null;
    }
}
