using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Unicode;

namespace RramSnn.Native.Boundary;

/// <summary>The host's memory as spans. That a pointer points to as much as the host says cannot be checked; everything else is.</summary>
internal static unsafe class Foreign
{
    private const int LongestText = 1 << 22;

    /// <summary>Memory that must be there.</summary>
    internal static Span<T> Span<T>(T* pointer, nuint length, string name)
        where T : unmanaged
    {
        if (pointer is null)
        {
            throw new ArgumentException($"{name} is a null pointer; expected {length} elements.", name);
        }

        return length <= int.MaxValue
            ? new Span<T>(pointer, (int)length)
            : throw new ArgumentException($"{name} has {length} elements; expected at most {int.MaxValue}.", name);
    }

    /// <summary>Memory that may be left out: a null pointer is an empty span, whatever its length.</summary>
    internal static Span<T> Optional<T>(T* pointer, nuint length, string name)
        where T : unmanaged => pointer is null ? default : Span(pointer, length, name);

    /// <summary>A place for one result.</summary>
    internal static ref T Result<T>(T* pointer, string name)
        where T : unmanaged
    {
        if (pointer is null)
        {
            throw new ArgumentException($"{name} is a null pointer; expected a place for the result.", name);
        }

        return ref *pointer;
    }

    /// <summary>A text of UTF-8 that ends with a zero.</summary>
    internal static string Text(byte* text, string name)
    {
        if (text is null)
        {
            throw new ArgumentException($"{name} is a null pointer; expected text.", name);
        }

        ReadOnlySpan<byte> bytes = MemoryMarshal.CreateReadOnlySpanFromNullTerminated(text);
        if (bytes.Length > LongestText)
        {
            throw new ArgumentException($"{name} has {bytes.Length} bytes; expected at most {LongestText}.", name);
        }

        // Replaced characters would name another file than the host did.
        return Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : throw new ArgumentException($"{name} is no UTF-8; expected text of UTF-8.", name);
    }

    /// <summary>Writes a text with a zero behind it, cut off where the buffer ends.</summary>
    /// <param name="value">The text.</param>
    /// <param name="buffer">The buffer; null to ask for the length alone.</param>
    /// <param name="capacity">Bytes of the buffer.</param>
    /// <returns>Bytes that the whole text needs, the zero included.</returns>
    internal static nuint Write(string value, byte* buffer, nuint capacity)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(value);
        if (buffer is not null && capacity > 0)
        {
            int length = (int)Math.Min((nuint)bytes.Length, Math.Min(capacity - 1, int.MaxValue));
            bytes.AsSpan(0, length).CopyTo(new Span<byte>(buffer, length));
            buffer[length] = 0;
        }

        return (nuint)bytes.Length + 1;
    }

    /// <summary>Where a span of native memory lies.</summary>
    internal static void* Address(Span<byte> native) => Unsafe.AsPointer(ref MemoryMarshal.GetReference(native));
}
