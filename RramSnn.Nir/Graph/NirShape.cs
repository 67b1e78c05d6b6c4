namespace RramSnn.Nir.Graph;

/// <summary>Extents of arrays.</summary>
internal static class NirShape
{
    /// <summary>Most elements that an array may have.</summary>
    internal const long MaximumLength = 1L << 28;

    /// <summary>Number of elements; -1 for more than can be.</summary>
    internal static long LengthOf(ReadOnlySpan<int> shape)
    {
        long length = 1;
        foreach (int extent in shape)
        {
            if (extent < 0 || (length *= extent) > MaximumLength)
            {
                return -1;
            }
        }

        return length;
    }

    internal static void Check(int length, ReadOnlySpan<int> shape, string argument)
    {
        if (LengthOf(shape) != length)
        {
            throw new ArgumentException($"{argument} has {length} elements; expected as many as shape {Text(shape)} says.", argument);
        }
    }

    internal static string Text(ReadOnlySpan<int> shape) => $"[{string.Join(", ", shape.ToArray())}]";
}
