using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Unicode;

namespace RramSnn.Model.Checkpoints;

/// <summary>
/// Reads and writes the safetensors format: an 8-byte little-endian header length, a JSON header, then the tensors' bytes.
/// </summary>
/// <remarks>A reader believes nothing: the header must fit the file, offsets must tile the data without gap or overlap.</remarks>
internal static class SafeTensorsFile
{
    private const string MetadataKey = "__metadata__";
    private const int LengthBytes = 8;
    private const long MaximumHeader = 100_000_000;

    /// <summary>Writes a file; it is the old one or the complete new one.</summary>
    internal static void Write(string path, IReadOnlyDictionary<string, string> metadata, IReadOnlyList<SafeTensor> tensors)
    {
        byte[] header = Header(metadata, tensors);
        AtomicFile.Write(path, stream =>
        {
            Span<byte> length = stackalloc byte[LengthBytes];
            BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
            stream.Write(length);
            stream.Write(header);
            foreach (SafeTensor tensor in tensors)
            {
                stream.Write(tensor.Data);
            }
        });
    }

    /// <summary>Reads the metadata alone.</summary>
    /// <exception cref="InvalidDataException">The file is no well-formed safetensors file.</exception>
    internal static Dictionary<string, string> ReadMetadata(string path)
    {
        using FileStream stream = File.OpenRead(path);
        using JsonDocument header = ReadHeader(stream, path);
        return Guard(path, () => Metadata(header, path));
    }

    /// <summary>Reads all tensors, in the order of their data.</summary>
    /// <exception cref="InvalidDataException">The file is no well-formed safetensors file.</exception>
    internal static IReadOnlyList<SafeTensor> ReadTensors(string path)
    {
        using FileStream stream = File.OpenRead(path);
        using JsonDocument header = ReadHeader(stream, path);
        long dataStart = stream.Position;
        List<(long Start, long End, SafeTensor Tensor)> entries = Guard(path, () => header.RootElement.EnumerateObject()
            .Where(static property => property.Name != MetadataKey)
            .Select(property => ReadEntry(property, path))
            .ToList());
        entries.Sort(static (a, b) => a.Start.CompareTo(b.Start));
        long expected = 0;
        List<SafeTensor> tensors = [];
        foreach ((long start, long end, SafeTensor tensor) in entries)
        {
            if (start != expected || end > stream.Length - dataStart)
            {
                throw Bad(path, $"tensor {tensor.Name} lies at bytes {start} to {end}; expected it to start at {expected} and end within {stream.Length - dataStart}");
            }

            byte[] data = new byte[end - start];
            stream.ReadExactly(data);
            tensors.Add(tensor with { Data = data });
            expected = end;
        }

        return expected == stream.Length - dataStart
            ? tensors
            : throw Bad(path, $"has {stream.Length - dataStart} bytes of data; expected {expected}");
    }

    internal static InvalidDataException Bad(string path, string problem) => new($"{path}: {problem}.");

    private static byte[] Header(IReadOnlyDictionary<string, string> metadata, IReadOnlyList<SafeTensor> tensors)
    {
        using MemoryStream buffer = new();
        using (Utf8JsonWriter json = new(buffer))
        {
            json.WriteStartObject();
            json.WriteStartObject(MetadataKey);
            foreach ((string key, string value) in metadata)
            {
                json.WriteString(key, value);
            }

            json.WriteEndObject();
            long offset = 0;
            foreach (SafeTensor tensor in tensors)
            {
                json.WriteStartObject(tensor.Name);
                json.WriteString("dtype", tensor.Type);
                WriteArray(json, "shape", Array.ConvertAll(tensor.Shape, static extent => (long)extent));
                WriteArray(json, "data_offsets", [offset, offset + tensor.Data.Length]);
                json.WriteEndObject();
                offset += tensor.Data.Length;
            }

            json.WriteEndObject();
        }

        // The data then starts on a multiple of 8, so that a memory-mapped reader may use it in place.
        while (buffer.Length % LengthBytes != 0)
        {
            buffer.WriteByte((byte)' ');
        }

        return buffer.ToArray();
    }

    private static void WriteArray(Utf8JsonWriter json, string name, ReadOnlySpan<long> values)
    {
        json.WriteStartArray(name);
        foreach (long value in values)
        {
            json.WriteNumberValue(value);
        }

        json.WriteEndArray();
    }

    private static JsonDocument ReadHeader(FileStream stream, string path)
    {
        Span<byte> lengthBytes = stackalloc byte[LengthBytes];
        if (stream.Length < LengthBytes)
        {
            throw Bad(path, $"has {stream.Length} bytes; expected a safetensors file of at least {LengthBytes}");
        }

        stream.ReadExactly(lengthBytes);
        long length = BinaryPrimitives.ReadInt64LittleEndian(lengthBytes);
        if (length is < 2 or > MaximumHeader || length > stream.Length - LengthBytes)
        {
            throw Bad(path, $"announces a header of {length} bytes; expected a safetensors header of 2 to {Math.Min(MaximumHeader, stream.Length - LengthBytes)} bytes");
        }

        byte[] text = new byte[length];
        stream.ReadExactly(text);
        if (!Utf8.IsValid(text))
        {
            throw Bad(path, "has a header that is no UTF-8 text");
        }

        try
        {
            JsonDocument header = Guard(path, () => JsonDocument.Parse(text, new JsonDocumentOptions { AllowDuplicateProperties = false }));
            return header.RootElement.ValueKind == JsonValueKind.Object ? header : throw Bad(path, "has a header that is no JSON object");
        }
        catch (JsonException exception)
        {
            throw Bad(path, $"has a header that is no JSON ({exception.Message.TrimEnd('.')})");
        }
    }

    /// <summary>JSON can spell half a surrogate pair, which cannot become a .NET string: the reader then throws this.</summary>
    private static T Guard<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (InvalidOperationException)
        {
            throw Bad(path, "has a header with half of a surrogate pair in a key or text");
        }
    }

    private static Dictionary<string, string> Metadata(JsonDocument header, string path)
    {
        Dictionary<string, string> metadata = [];
        if (header.RootElement.TryGetProperty(MetadataKey, out JsonElement element))
        {
            if (element.ValueKind != JsonValueKind.Object)
            {
                throw Bad(path, "has metadata that is no JSON object");
            }

            foreach (JsonProperty property in element.EnumerateObject())
            {
                metadata[property.Name] = property.Value.ValueKind == JsonValueKind.String
                    ? property.Value.GetString()!
                    : throw Bad(path, $"has metadata {property.Name} that is no text");
            }
        }

        return metadata;
    }

    private static (long Start, long End, SafeTensor Tensor) ReadEntry(JsonProperty property, string path)
    {
        try
        {
            string type = property.Value.GetProperty("dtype").GetString() ?? "";
            int[] shape = [.. property.Value.GetProperty("shape").EnumerateArray().Select(static extent => extent.GetInt32())];
            long[] offsets = [.. property.Value.GetProperty("data_offsets").EnumerateArray().Select(static offset => offset.GetInt64())];
            long bytes = SafeTensor.SizeOf(type);
            foreach (int extent in shape)
            {
                bytes = checked(bytes * extent);
            }

            if (SafeTensor.SizeOf(type) == 0 || offsets.Length != 2 || offsets[0] < 0 || offsets[1] - offsets[0] != bytes || bytes > Array.MaxLength)
            {
                throw Bad(path, $"tensor {property.Name} has type {type}, shape [{string.Join(", ", shape)}] and bytes [{string.Join(", ", offsets)}]; expected F32, F64 or I64 with as many bytes as the shape says");
            }

            return (offsets[0], offsets[1], new SafeTensor(property.Name, type, shape, []));
        }
        catch (Exception exception) when (exception is KeyNotFoundException or InvalidOperationException or FormatException or OverflowException)
        {
            throw Bad(path, $"tensor {property.Name} lacks a valid dtype, shape or data_offsets");
        }
    }
}
