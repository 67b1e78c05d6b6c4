namespace RramSnn.Nir.Graph;

/// <summary>What a name in a NIR file stands for: numbers, text, or more names.</summary>
public abstract class NirValue
{
    private protected NirValue()
    {
    }
}

/// <summary>Text of any shape; a scalar has no extents.</summary>
public sealed class NirText : NirValue
{
    private readonly string[] _values;
    private readonly int[] _shape;

    /// <summary>One text.</summary>
    public NirText(string value)
        : this([value])
    {
    }

    /// <summary>Texts in row-major order.</summary>
    /// <param name="values">As many as the extents say.</param>
    /// <param name="shape">Extents, outermost first.</param>
    /// <exception cref="ArgumentException">The number of texts is not that of the shape.</exception>
    public NirText(string[] values, params int[] shape)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(shape);
        _values = values;
        _shape = shape;
        NirShape.Check(values.Length, shape, nameof(values));
    }

    /// <summary>The texts in row-major order.</summary>
    public IReadOnlyList<string> Values => _values;

    /// <summary>Extents, outermost first.</summary>
    public IReadOnlyList<int> Shape => _shape;
}

/// <summary>Values under names of their own.</summary>
public sealed class NirSection(IReadOnlyDictionary<string, NirValue> values) : NirValue
{
    /// <summary>The values by name.</summary>
    public IReadOnlyDictionary<string, NirValue> Values { get; } = values;
}
