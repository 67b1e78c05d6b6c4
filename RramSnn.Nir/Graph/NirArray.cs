using System.Globalization;
using System.Numerics;

namespace RramSnn.Nir.Graph;

/// <summary>Numbers of one type and any shape, as a file holds them; a scalar has no extents.</summary>
/// <remarks>Element types: float, double, Half and all integers of 8 to 64 bits. Two arrays are equal if type, shape and bits are.</remarks>
public sealed class NirArray : NirValue, IEquatable<NirArray>
{
    private static readonly Type[] Types =
    [
        typeof(float), typeof(double), typeof(Half), typeof(long), typeof(int), typeof(short), typeof(sbyte), typeof(ulong), typeof(uint), typeof(ushort), typeof(byte),
    ];

    private readonly Array _elements;
    private readonly int[] _shape;

    private NirArray(Array elements, int[] shape)
    {
        _elements = elements;
        _shape = shape;
    }

    /// <summary>float, double, Half or an integer type.</summary>
    public Type ElementType => _elements.GetType().GetElementType()!;

    /// <summary>The element type as NumPy spells it: float32, int64.</summary>
    public string TypeName => _elements switch
    {
        float[] => "float32",
        double[] => "float64",
        Half[] => "float16",

        // To the runtime arrays of signed numbers are those of unsigned ones as well.
        _ when ElementType == typeof(byte) => "uint8",
        _ when ElementType == typeof(sbyte) => "int8",
        _ => ElementType.Name.ToLowerInvariant(),
    };

    /// <summary>Extents, outermost first; none for a scalar.</summary>
    public IReadOnlyList<int> Shape => _shape;

    /// <summary>Number of elements.</summary>
    public int Length => _elements.Length;

    /// <summary>Whether the elements are floating-point numbers.</summary>
    public bool IsReal => ElementType == typeof(float) || ElementType == typeof(double) || ElementType == typeof(Half);

    internal Array Elements => _elements;

    /// <summary>An array of a shape.</summary>
    /// <param name="elements">In row-major order; not copied.</param>
    /// <param name="shape">Extents, outermost first.</param>
    /// <exception cref="ArgumentException">The number of elements is not that of the shape, or their type is none of NIR's.</exception>
    public static NirArray Of<T>(T[] elements, params int[] shape)
        where T : unmanaged, INumber<T>
    {
        ArgumentNullException.ThrowIfNull(elements);
        ArgumentNullException.ThrowIfNull(shape);
        if (Array.IndexOf(Types, typeof(T)) < 0)
        {
            throw new ArgumentException($"elements are of type {typeof(T).Name}; expected {string.Join(", ", Types.Select(static type => type.Name))}.", nameof(elements));
        }

        NirShape.Check(elements.Length, shape, nameof(elements));
        return new NirArray(elements, shape);
    }

    /// <summary>A vector.</summary>
    public static NirArray Vector<T>(params T[] elements)
        where T : unmanaged, INumber<T>
    {
        ArgumentNullException.ThrowIfNull(elements);
        return Of(elements, elements.Length);
    }

    /// <summary>A scalar.</summary>
    public static NirArray Scalar<T>(T value)
        where T : unmanaged, INumber<T> => Of([value]);

    /// <summary>The elements as they are.</summary>
    /// <exception cref="InvalidOperationException">They are of another type.</exception>
    public ReadOnlySpan<T> Span<T>()
        where T : unmanaged, INumber<T> =>
        _elements as T[] ?? throw new InvalidOperationException($"The array holds {ElementType.Name}; expected {typeof(T).Name}.");

    /// <summary>The elements as double; exact but for integers beyond 2⁵³.</summary>
    public double[] ToDoubles()
    {
        double[] values = new double[_elements.Length];
        for (int i = 0; i < values.Length; i++)
        {
            object element = _elements.GetValue(i)!;
            values[i] = element is Half half ? (double)half : Convert.ToDouble(element, CultureInfo.InvariantCulture);
        }

        return values;
    }

    /// <summary>The elements as float, rounded where they are not.</summary>
    public float[] ToFloats() => _elements is float[] floats ? [.. floats] : _elements is double[] doubles ? Array.ConvertAll(doubles, static x => (float)x) : Array.ConvertAll(ToDoubles(), static x => (float)x);

    /// <inheritdoc/>
    public bool Equals(NirArray? other) =>
        other is not null && ElementType == other.ElementType && _shape.AsSpan().SequenceEqual(other._shape) && Bytes(_elements).AsSpan().SequenceEqual(Bytes(other._elements));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as NirArray);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(ElementType, _shape.Length, Length);

    private static byte[] Bytes(Array elements)
    {
        if (elements is Half[] halves)
        {
            return Bytes(Array.ConvertAll(halves, BitConverter.HalfToUInt16Bits));
        }

        byte[] bytes = new byte[Buffer.ByteLength(elements)];
        Buffer.BlockCopy(elements, 0, bytes, 0, bytes.Length);
        return bytes;
    }
}
