using System.Runtime.CompilerServices;

namespace RramSnn.Kernels.Memory;

/// <summary>
/// The layout table of one arena: names, shapes and places of all fields. Built once, then handed to <see cref="Arena"/>.
/// </summary>
/// <remarks>
/// Every field starts on a cache line. Neighbouring fields start 5 lines apart modulo 4 KiB: a kernel that walks several
/// state arrays in step would otherwise meet all of them at the same page offset, where a load waits for an unrelated
/// store (4 KiB aliasing).
/// </remarks>
public sealed class ArenaLayout
{
    /// <summary>Alignment of every field in bytes: one cache line, one 512-bit vector.</summary>
    public const int Alignment = 64;

    private const int Page = 4096;
    private const int Stagger = 5 * Alignment;

    private readonly List<ArenaField> _fields = [];
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    /// <summary>The fields in the order in which they were added.</summary>
    public IReadOnlyList<ArenaField> Fields => _fields;

    /// <summary>Bytes that an arena of this layout needs.</summary>
    public long ByteLength { get; private set; }

    /// <summary>Adds a field.</summary>
    /// <param name="name">Unique name.</param>
    /// <param name="role">Whether the field is saved with the network.</param>
    /// <param name="shape">Extents, outermost first; padding must be included. The product must fit an <see cref="int"/>.</param>
    /// <returns>The handle of the field.</returns>
    /// <exception cref="ArgumentException">The name is taken, an extent is not positive, or a field that is to be saved has more than 2³¹ - 1 bytes.</exception>
    /// <exception cref="OverflowException">The field is longer than a span can be.</exception>
    public Field<T> Add<T>(string name, FieldRole role, params ReadOnlySpan<int> shape)
        where T : unmanaged => AddPadded<T>(name, role, shape, shape);

    /// <summary>Adds a field that holds less than it has room for.</summary>
    /// <param name="name">Unique name.</param>
    /// <param name="role">Whether the field is saved with the network.</param>
    /// <param name="shape">Extents as stored, outermost first; padding must be included. The product must fit an <see cref="int"/>.</param>
    /// <param name="logicalShape">Extents without padding; see <see cref="ArenaField"/>.</param>
    /// <returns>The handle of the field.</returns>
    /// <exception cref="ArgumentException">The name is taken, an extent is not positive, or a field that is to be saved has more than 2³¹ - 1 bytes.</exception>
    /// <exception cref="OverflowException">The field is longer than a span can be.</exception>
    public Field<T> AddPadded<T>(string name, FieldRole role, ReadOnlySpan<int> shape, ReadOnlySpan<int> logicalShape)
        where T : unmanaged
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (_names.Contains(name))
        {
            throw new ArgumentException($"name is '{name}', which the layout already has; expected a new name.", nameof(name));
        }

        int length = 1;
        foreach (int extent in shape)
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(extent, nameof(shape));
            length = checked(length * extent);
        }

        long offset = NextOffset();
        long bytes = (long)length * Unsafe.SizeOf<T>();
        if (role == FieldRole.Persistent && bytes > int.MaxValue)
        {
            throw new ArgumentException($"{name} has {bytes} bytes; expected at most {int.MaxValue}, so that it can be saved.", nameof(shape));
        }

        _names.Add(name);
        _fields.Add(new ArenaField(name, typeof(T), shape.ToArray(), logicalShape.ToArray(), offset, bytes, role));
        ByteLength = offset + RoundUp(bytes, Alignment);
        return new Field<T>(offset, length);
    }

    private long NextOffset()
    {
        long wanted = (long)_fields.Count * Stagger % Page;
        long offset = (ByteLength / Page * Page) + wanted;
        return offset >= ByteLength ? offset : offset + Page;
    }

    private static long RoundUp(long value, long multiple) => (value + multiple - 1) / multiple * multiple;
}
