using System.Runtime.InteropServices;
using RramSnn.Model.Checkpoints;
using RramSnn.Nir.Graph;

namespace RramSnn.Nir.Mapping;

/// <summary>A tensor of a checkpoint as an array of a NIR file, and back; the same bits.</summary>
internal static class StateTensor
{
    internal static NirArray ToArray(SafeTensor tensor) => tensor.Type switch
    {
        SafeTensor.Float32 => NirArray.Of(MemoryMarshal.Cast<byte, float>(tensor.Data).ToArray(), tensor.Shape),
        SafeTensor.Float64 => NirArray.Of(MemoryMarshal.Cast<byte, double>(tensor.Data).ToArray(), tensor.Shape),
        _ => NirArray.Of(MemoryMarshal.Cast<byte, long>(tensor.Data).ToArray(), tensor.Shape),
    };

    /// <summary>The tensor; null for a type that no state has.</summary>
    internal static SafeTensor? ToTensor(string name, NirArray array)
    {
        (string Type, byte[] Data)? content = array.Elements switch
        {
            float[] floats => (SafeTensor.Float32, MemoryMarshal.AsBytes<float>(floats).ToArray()),
            double[] doubles => (SafeTensor.Float64, MemoryMarshal.AsBytes<double>(doubles).ToArray()),
            long[] numbers => (SafeTensor.Int64, MemoryMarshal.AsBytes<long>(numbers).ToArray()),
            _ => null,
        };
        return content is { } found ? new SafeTensor(name, found.Type, [.. array.Shape], found.Data) : null;
    }
}
