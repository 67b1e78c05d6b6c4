namespace RramSnn.Model.Checkpoints;

/// <summary>One tensor of a network's lasting state, as the safetensors format describes it.</summary>
/// <param name="Name">Unique name.</param>
/// <param name="Type">Element type as the format spells it: F32, F64 or I64.</param>
/// <param name="Shape">Extents, outermost first.</param>
/// <param name="Data">Elements, row-major, little-endian.</param>
public sealed record SafeTensor(string Name, string Type, int[] Shape, byte[] Data)
{
    /// <summary>Single precision.</summary>
    public const string Float32 = "F32";

    /// <summary>Double precision.</summary>
    public const string Float64 = "F64";

    /// <summary>Whole numbers of 64 bits.</summary>
    public const string Int64 = "I64";

    /// <summary>Bytes per element of a type, or 0 if it is none of ours.</summary>
    internal static int SizeOf(string type) => type switch
    {
        Float32 => 4,
        Float64 or Int64 => 8,
        _ => 0,
    };
}
