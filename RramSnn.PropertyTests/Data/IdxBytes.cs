using System.Buffers.Binary;
using System.IO.Compression;

namespace RramSnn.PropertyTests.Data;

/// <summary>Writes IDX files, including wrong ones.</summary>
internal static class IdxBytes
{
    internal static byte[] Labels(params byte[] labels) => Encode([labels.Length], labels);

    internal static byte[] Images(int count, int rows, int columns) => Encode([count, rows, columns], new byte[count * rows * columns]);

    /// <summary>A header with these dimensions before these values, whether they fit or not.</summary>
    internal static byte[] Encode(int[] dimensions, byte[] values)
    {
        byte[] header = new byte[4 + (4 * dimensions.Length)];
        header[2] = 0x08;
        header[3] = (byte)dimensions.Length;
        for (int i = 0; i < dimensions.Length; i++)
        {
            BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4 + (4 * i)), dimensions[i]);
        }

        return [.. header, .. values];
    }

    internal static byte[] Gzip(byte[] content)
    {
        using MemoryStream compressed = new();
        using (GZipStream gzip = new(compressed, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(content);
        }

        return compressed.ToArray();
    }
}
