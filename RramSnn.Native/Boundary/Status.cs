namespace RramSnn.Native.Boundary;

/// <summary>What every function returns: 0, or why it did nothing. The same numbers as <c>rramsnn_status</c> in rramsnn.h.</summary>
internal enum Status
{
    Ok = 0,
    InvalidArgument = 1,
    InvalidHandle = 2,
    Busy = 3,
    InvalidData = 4,
    InputOutput = 5,
    OutOfMemory = 6,
    Defect = 7,
}

/// <summary>A failure that knows its status.</summary>
internal sealed class StatusException(Status status, string message) : Exception(message)
{
    internal Status Status { get; } = status;
}
