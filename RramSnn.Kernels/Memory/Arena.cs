using System.Diagnostics;
using System.Runtime.InteropServices;

namespace RramSnn.Kernels.Memory;

/// <summary>One block of aligned native memory that holds every field of a layout, zeroed at birth.</summary>
/// <remarks>
/// Native memory does not move and is not scanned by the garbage collector. Spans taken from an arena must not be used
/// after <see cref="Dispose"/>.
/// </remarks>
public sealed unsafe class Arena : IDisposable
{
    private static int _outstanding;
    private byte* _block;

    /// <summary>Allocates and clears memory for all fields of a layout.</summary>
    /// <param name="layout">The finished table; fields added later are not covered.</param>
    /// <exception cref="OutOfMemoryException">The system has not enough memory.</exception>
    public Arena(ArenaLayout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        Fields = [.. layout.Fields];
        ByteLength = layout.ByteLength;
        nuint bytes = Math.Max((nuint)ByteLength, ArenaLayout.Alignment);
        nuint alignment = bytes >= HugePages.Size ? HugePages.Size : ArenaLayout.Alignment;
        _block = (byte*)NativeMemory.AlignedAlloc(bytes, alignment);
        HugePages.Advise(_block, bytes);
        NativeMemory.Clear(_block, bytes);
        Interlocked.Increment(ref _outstanding);
    }

    /// <summary>Frees an arena that nobody disposed, and says so in debug builds.</summary>
    ~Arena()
    {
        // Without a block the allocation itself failed.
        Debug.Assert(_block is null, "An Arena was not disposed.");
        Free();
    }

    /// <summary>Arenas not yet disposed, for leak tests.</summary>
    internal static int Outstanding => Volatile.Read(ref _outstanding);

    /// <summary>The layout table.</summary>
    public IReadOnlyList<ArenaField> Fields { get; }

    /// <summary>Size of the block in bytes.</summary>
    public long ByteLength { get; }

    /// <summary>The elements of a field.</summary>
    /// <exception cref="ObjectDisposedException">The arena was disposed.</exception>
    /// <exception cref="ArgumentException">The field belongs to a larger layout.</exception>
    public Span<T> Span<T>(Field<T> field)
        where T : unmanaged
    {
        ObjectDisposedException.ThrowIf(_block is null, this);
        long bytes = (long)field.Length * sizeof(T);
        if (bytes > ByteLength || field.ByteOffset < 0 || field.ByteOffset > ByteLength - bytes)
        {
            throw new ArgumentException("field lies outside this arena; expected a field of its layout.", nameof(field));
        }

        return new Span<T>(_block + field.ByteOffset, field.Length);
    }

    /// <summary>The raw bytes of a field of the table.</summary>
    /// <exception cref="ObjectDisposedException">The arena was disposed.</exception>
    public Span<byte> Bytes(ArenaField field)
    {
        ArgumentNullException.ThrowIfNull(field);
        return Span(new Field<byte>(field.ByteOffset, checked((int)field.ByteLength)));
    }

    /// <summary>Frees the block; harmless when repeated.</summary>
    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        if (_block is not null)
        {
            NativeMemory.AlignedFree(_block);
            _block = null;
            Interlocked.Decrement(ref _outstanding);
        }
    }
}
