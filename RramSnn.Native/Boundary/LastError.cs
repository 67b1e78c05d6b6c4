using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace RramSnn.Native.Boundary;

/// <summary>The last failure of each thread, as the host reads it: one line of UTF-8 with a zero behind it.</summary>
internal static unsafe class LastError
{
    private const int Capacity = 1024;

    // A pinned array and not native memory: it goes with its thread.
    [ThreadStatic]
    private static byte[]? _text;

    /// <summary>The text; empty if no call of this thread has failed.</summary>
    internal static byte* Pointer
    {
        get
        {
            ReadOnlySpan<byte> text = _text is null ? "\0"u8 : _text;
            return (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(text));
        }
    }

    /// <summary>Keeps what went wrong.</summary>
    /// <returns>The status for the host.</returns>
    internal static int Set(Exception exception)
    {
        Status status = exception switch
        {
            StatusException own => own.Status,
            InvalidDataException or JsonException => Status.InvalidData,
            IOException or UnauthorizedAccessException => Status.InputOutput,
            OutOfMemoryException or OverflowException => Status.OutOfMemory,
            ArgumentException or InvalidOperationException => Status.InvalidArgument,
            _ => Status.Defect,
        };
        string text = status switch
        {
            Status.OutOfMemory => "not enough memory, or more elements than an array can have; expected smaller extents.",
            Status.Defect => $"defect: {exception.GetType().Name}: {MessageOf(exception)}",
            _ => MessageOf(exception),
        };
        _text ??= GC.AllocateUninitializedArray<byte>(Capacity, pinned: true);
        Encoding.UTF8.GetEncoder().Convert(text, _text.AsSpan(0, Capacity - 1), flush: true, out _, out int bytes, out _);
        _text[bytes] = 0;
        return (int)status;
    }

    /// <summary>The message without what the runtime puts behind it: the argument's name and value, which our messages have already.</summary>
    private static string MessageOf(Exception exception)
    {
        string message = exception.Message.Split('\n')[0].TrimEnd('\r');
        if (exception is ArgumentException { ParamName: { Length: > 0 } argument })
        {
            foreach (string suffix in (ReadOnlySpan<string>)[$" (Parameter '{argument}')", $" Arg_ParamName_Name, {argument}"])
            {
                int place = message.IndexOf(suffix, StringComparison.Ordinal);
                message = place < 0 ? message : message[..place];
            }

            // Hosts know arguments by their names in rramsnn.h: input_stride, not inputStride.
            message = message.Replace(argument, JsonNamingPolicy.SnakeCaseLower.ConvertName(argument), StringComparison.Ordinal);
        }

        return message;
    }
}
