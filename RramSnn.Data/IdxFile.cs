using System.Buffers.Binary;
using System.IO.Compression;

namespace RramSnn.Data;

/// <summary>
/// Reads IDX files of unsigned bytes, plain or gzipped, and trusts nothing they say: memory is taken for bytes that exist, not for
/// bytes that a header promises.
/// </summary>
internal static class IdxFile
{
    internal const int LabelRank = 1;
    internal const int ImageRank = 3;

    private const int FirstPieceLength = 1 << 16;

    /// <summary>Opens a data file for reading.</summary>
    /// <exception cref="FileNotFoundException">There is no such file, or it is a folder.</exception>
    internal static FileStream Open(string path)
    {
        if (Directory.Exists(path))
        {
            throw new FileNotFoundException($"{path}: is a folder, expected a file", path);
        }

        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"{path}: file not found", path);
        }

        return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, FirstPieceLength, FileOptions.SequentialScan);
    }

    /// <summary>Reads an array of the given rank from the whole file, whatever the stream's position.</summary>
    /// <exception cref="InvalidDataException">The file is anything but one complete array of unsigned bytes of that rank.</exception>
    internal static IdxArray Read(FileStream file, int rank)
    {
        if (file.Length == 0)
        {
            throw InvalidData.In(file.Name, "empty file, expected IDX data");
        }

        return IsGzip(file) ? ReadGzip(file, rank) : ReadPlain(file, rank);
    }

    private static bool IsGzip(FileStream file)
    {
        Span<byte> signature = stackalloc byte[2];
        file.Position = 0;
        int count = Fill(file, file.Name, signature);
        file.Position = 0;
        return count == 2 && signature[0] == 0x1f && signature[1] == 0x8b;
    }

    private static IdxArray ReadPlain(FileStream file, int rank)
    {
        IdxHeader header = ReadHeader(file, file.Name, rank);
        if (file.Length != header.FileLength)
        {
            throw WrongLength(file.Name, file.Length, header);
        }

        byte[] values = GC.AllocateUninitializedArray<byte>(header.ValueCount);
        int count = Fill(file, file.Name, values);
        return count == values.Length
            ? new IdxArray(header.Dimensions, values)
            : throw WrongLength(file.Name, IdxHeader.Length(rank) + (long)count, header);
    }

    private static IdxArray ReadGzip(FileStream file, int rank)
    {
        using GZipStream content = new(file, CompressionMode.Decompress, leaveOpen: true);
        IdxHeader header = ReadHeader(content, file.Name, rank);
        byte[] values = ReadGrowing(content, file.Name, header);

        // The read past the promised end stops a gzip bomb, and makes the decoder check the CRC of an honest file.
        if (Fill(content, file.Name, stackalloc byte[1]) != 0)
        {
            throw InvalidData.In(file.Name, $"too long: more than the {header.FileLength} bytes expected from its header");
        }

        // The decoder passes over a cut trailer and over bytes after it; the size at the very end of the file gives both away.
        uint size = ReadGzipSize(file);
        return size == (uint)header.FileLength
            ? new IdxArray(header.Dimensions, values)
            : throw InvalidData.In(file.Name, $"ends with the gzip size {size}, expected {header.FileLength} (one complete gzip member)");
    }

    private static uint ReadGzipSize(FileStream file)
    {
        Span<byte> size = stackalloc byte[sizeof(uint)];
        int count = RandomAccess.Read(file.SafeFileHandle, size, Math.Max(0, file.Length - size.Length));
        return count == size.Length
            ? BinaryPrimitives.ReadUInt32LittleEndian(size)
            : throw InvalidData.In(file.Name, "truncated while it was read");
    }

    private static byte[] ReadGrowing(Stream content, string path, IdxHeader header)
    {
        byte[] values = [];
        int count = 0;
        while (count < header.ValueCount)
        {
            int capacity = (int)Math.Min(header.ValueCount, Math.Max(FirstPieceLength, 2L * count));
            byte[] larger = GC.AllocateUninitializedArray<byte>(capacity);
            values.AsSpan().CopyTo(larger);
            values = larger;
            count += Fill(content, path, values.AsSpan(count));
            if (count < values.Length)
            {
                throw WrongLength(path, IdxHeader.Length(header.Dimensions.Length) + (long)count, header);
            }
        }

        return values;
    }

    private static IdxHeader ReadHeader(Stream content, string path, int rank)
    {
        Span<byte> bytes = stackalloc byte[IdxHeader.Length(rank)];
        int count = Fill(content, path, bytes);
        return IdxHeader.Parse(bytes[..count], rank, path);
    }

    private static int Fill(Stream content, string path, Span<byte> target)
    {
        try
        {
            return content.ReadAtLeast(target, target.Length, throwOnEndOfStream: false);
        }
        catch (InvalidDataException cause)
        {
            throw InvalidData.In(path, "corrupt gzip data", cause);
        }
    }

    private static InvalidDataException WrongLength(string path, long length, IdxHeader header)
    {
        string verdict = length < header.FileLength ? "truncated" : "too long";
        return InvalidData.In(path, $"{verdict}: {length} bytes, expected {header.FileLength} from its header");
    }
}
