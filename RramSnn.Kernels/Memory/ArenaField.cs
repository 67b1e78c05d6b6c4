namespace RramSnn.Kernels.Memory;

/// <summary>What a field of an arena is for.</summary>
public enum FieldRole
{
    /// <summary>Rebuilt during every sample: not part of a checkpoint.</summary>
    Transient,

    /// <summary>Part of the network's lasting state: saved, restored and hashed.</summary>
    Persistent,
}

/// <summary>One named, aligned slice of an arena, as the layout table describes it.</summary>
/// <param name="Name">Unique name, for example <c>layers.0.conductance_plus</c>.</param>
/// <param name="ElementType">Type of the elements.</param>
/// <param name="Shape">Extents as stored, outermost first, padding included.</param>
/// <param name="LogicalShape">
/// Extents without padding. Stored [panels, rows, width] with logical [rows, columns] are column panels
/// (<see cref="Crossbar.CrossbarLayout"/>); otherwise each extent is the stored one or less.
/// </param>
/// <param name="ByteOffset">Distance from the start of the arena; a multiple of 64.</param>
/// <param name="ByteLength">Length of the elements in bytes.</param>
/// <param name="Role">Whether the field outlives a sample.</param>
public sealed record ArenaField(string Name, Type ElementType, IReadOnlyList<int> Shape, IReadOnlyList<int> LogicalShape, long ByteOffset, long ByteLength, FieldRole Role);

/// <summary>A typed handle to a field; turned into a span by <see cref="Arena.Span{T}"/>.</summary>
/// <typeparam name="T">Element type.</typeparam>
public readonly struct Field<T>
    where T : unmanaged
{
    internal Field(long byteOffset, int length)
    {
        ByteOffset = byteOffset;
        Length = length;
    }

    /// <summary>Number of elements, padding included.</summary>
    public int Length { get; }

    internal long ByteOffset { get; }
}
