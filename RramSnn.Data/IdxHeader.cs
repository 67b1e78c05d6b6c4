using System.Buffers.Binary;

namespace RramSnn.Data;

/// <summary>The header of an IDX file: two zero bytes, element type, rank, then one big-endian 32-bit length per dimension.</summary>
internal readonly struct IdxHeader
{
    private const int MagicLength = 4;
    private const byte UnsignedByte = 0x08;

    private IdxHeader(int[] dimensions, int valueCount)
    {
        Dimensions = dimensions;
        ValueCount = valueCount;
    }

    internal int[] Dimensions { get; }

    /// <summary>The product of the dimensions, small enough for one array.</summary>
    internal int ValueCount { get; }

    /// <summary>What the whole file must be long, uncompressed.</summary>
    internal long FileLength => Length(Dimensions.Length) + (long)ValueCount;

    internal static int Length(int rank) => MagicLength + (rank * sizeof(int));

    /// <summary>Checks the first bytes of a file, which may be fewer than a header needs.</summary>
    /// <exception cref="InvalidDataException">They are no header of an unsigned-byte array of this rank.</exception>
    internal static IdxHeader Parse(ReadOnlySpan<byte> bytes, int rank, string path)
    {
        CheckMagic(bytes, rank, path);
        if (bytes.Length < Length(rank))
        {
            throw InvalidData.In(path, $"truncated header of {bytes.Length} bytes, expected {Length(rank)}");
        }

        int[] dimensions = new int[rank];
        long valueCount = 1;
        for (int i = 0; i < rank; i++)
        {
            dimensions[i] = BinaryPrimitives.ReadInt32BigEndian(bytes[Length(i)..]);
            if (dimensions[i] <= 0)
            {
                throw InvalidData.In(path, $"dimension {i + 1} of {rank} is {dimensions[i]}, expected at least 1");
            }

            // Both factors are below 2^31 here, so the product cannot overflow.
            valueCount *= dimensions[i];
            if (valueCount > Array.MaxLength)
            {
                throw InvalidData.In(path, $"header promises at least {valueCount} values, expected at most {Array.MaxLength}");
            }
        }

        return new IdxHeader(dimensions, (int)valueCount);
    }

    private static void CheckMagic(ReadOnlySpan<byte> bytes, int rank, string path)
    {
        uint expected = ((uint)UnsignedByte << 8) | (uint)rank;
        if (bytes.Length < MagicLength)
        {
            throw InvalidData.In(path, $"not an IDX file: {bytes.Length} bytes, expected magic 0x{expected:x8}");
        }

        uint magic = BinaryPrimitives.ReadUInt32BigEndian(bytes);
        if (magic == expected)
        {
            return;
        }

        if (magic >> 16 != 0)
        {
            throw InvalidData.In(path, $"not an IDX file: magic 0x{magic:x8}, expected 0x{expected:x8}");
        }

        string problem = (byte)(magic >> 8) != UnsignedByte
            ? $"IDX element type 0x{(byte)(magic >> 8):x2}, expected 0x{UnsignedByte:x2} (unsigned byte)"
            : $"IDX array of rank {(byte)magic}, expected rank {rank} ({(rank == 1 ? "labels" : "images")})";
        throw InvalidData.In(path, problem);
    }
}
