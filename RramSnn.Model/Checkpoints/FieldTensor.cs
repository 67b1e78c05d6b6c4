using RramSnn.Kernels.Memory;

namespace RramSnn.Model.Checkpoints;

/// <summary>A field of the layout table as a row-major tensor without padding, and back.</summary>
internal static class FieldTensor
{
    /// <summary>Element type of a field as the safetensors format spells it.</summary>
    internal static string TypeOf(ArenaField field) =>
        field.ElementType == typeof(float) ? SafeTensor.Float32
        : field.ElementType == typeof(double) ? SafeTensor.Float64
        : field.ElementType == typeof(long) ? SafeTensor.Int64
        : throw new NotSupportedException($"{field.Name} holds {field.ElementType}; expected float, double or long.");

    /// <summary>Copies a field's elements out of its memory.</summary>
    internal static SafeTensor Read(ArenaField field, ReadOnlySpan<byte> stored)
    {
        SafeTensor tensor = Describe(field);
        foreach ((int storedOffset, int offset, int length) in Runs(field))
        {
            stored.Slice(storedOffset, length).CopyTo(tensor.Data.AsSpan(offset));
        }

        return tensor;
    }

    /// <summary>Copies a tensor into a field's memory; padding keeps what it holds.</summary>
    internal static void Write(SafeTensor tensor, ArenaField field, Span<byte> stored)
    {
        foreach ((int storedOffset, int offset, int length) in Runs(field))
        {
            tensor.Data.AsSpan(offset, length).CopyTo(stored[storedOffset..]);
        }
    }

    private static SafeTensor Describe(ArenaField field)
    {
        string type = TypeOf(field);
        int bytes = SafeTensor.SizeOf(type);
        foreach (int extent in field.LogicalShape)
        {
            bytes = checked(bytes * extent);
        }

        return new SafeTensor(field.Name, type, [.. field.LogicalShape], new byte[bytes]);
    }

    /// <summary>Runs of bytes that lie together both in memory and in the tensor.</summary>
    private static IEnumerable<(int StoredOffset, int Offset, int Length)> Runs(ArenaField field)
    {
        // Every field is a row of panels [panels, rows, width]: a padded matrix has one panel, a vector one row as well.
        int size = SafeTensor.SizeOf(TypeOf(field));
        int rows = field.LogicalShape.Count == 1 ? 1 : field.LogicalShape[0];
        int columns = field.LogicalShape[^1];
        int width = field.Shape[^1];
        for (int row = 0; row < rows; row++)
        {
            for (int first = 0; first < columns; first += width)
            {
                int panel = first / width;
                yield return (((panel * rows) + row) * width * size, ((row * columns) + first) * size, Math.Min(width, columns - first) * size);
            }
        }
    }
}
