using RramSnn.Kernels.Memory;
using RramSnn.Native.Boundary;
using RramSnn.Native.Hosts;

namespace RramSnn.Native.Exports;

/// <summary>Fields of a network's layout table as hosts see them.</summary>
internal static unsafe class FieldViews
{
    private const int HashLength = 64;

    /// <summary>Describes a field and points to its elements, which stay where they are until the handle is freed.</summary>
    internal static void Fill(ref View view, NetworkOwner owner, string name)
    {
        ArenaField field = owner.Field(name);
        view = new View
        {
            Data = Foreign.Address(owner.Bytes(field)),
            ElementType = TypeOf(field),
            IsPersistent = field.Role == FieldRole.Persistent ? 1 : 0,
            Dimensions = field.Shape.Count,
            LogicalDimensions = field.LogicalShape.Count,
        };
        long stride = field.ByteLength;
        for (int i = 0; i < field.Shape.Count; i++)
        {
            stride /= field.Shape[i];
            view.Shape[i] = field.Shape[i];
            view.Strides[i] = stride;
        }

        for (int i = 0; i < field.LogicalShape.Count; i++)
        {
            view.LogicalShape[i] = field.LogicalShape[i];
        }
    }

    /// <summary>Name of a field.</summary>
    internal static string NameOf(NetworkOwner owner, int index)
    {
        IReadOnlyList<ArenaField> fields = owner.Network.Fields;
        return index >= 0 && index < fields.Count
            ? fields[index].Name
            : throw new ArgumentException($"index is {index}; expected 0 to {fields.Count - 1}.");
    }

    /// <summary>Writes the hash of the lasting state: 64 hexadecimal digits and a zero.</summary>
    internal static void WriteHash(NetworkOwner owner, byte* buffer, nuint capacity)
    {
        if (buffer is null || capacity < HashLength + 1)
        {
            throw new ArgumentException($"buffer has {(buffer is null ? 0 : capacity)} bytes; expected {HashLength + 1} or more.");
        }

        Foreign.Write(owner.Sha256(), buffer, capacity);
    }

    private static int TypeOf(ArenaField field) =>
        field.ElementType == typeof(float) ? 1
        : field.ElementType == typeof(double) ? 2
        : field.ElementType == typeof(long) ? 3
        : field.ElementType == typeof(ulong) ? 4
        : throw new NotSupportedException($"{field.Name} holds {field.ElementType}.");
}
