using System.Text;

namespace RramSnn.Model.Devices.Files;

/// <summary>Devices as JSON files, with units in the keys; <c>schemas/device.schema.json</c> describes them.</summary>
/// <remarks>
/// <para>
/// Writing and reading gives the same device, every number to its last bit. A file is UTF-8, with or without a byte order mark;
/// comments and trailing commas are no JSON and refused. What a file leaves out of <c>variability</c> is perfect, of
/// <c>pulse_conditions</c> unknown.
/// </para>
/// <para>The key <c>$schema</c>, with which editors find the schema, is allowed and ignored.</para>
/// </remarks>
public static class DeviceFile
{
    private const long MaximumLength = 1 << 20;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a file.</summary>
    /// <exception cref="InvalidDataException">The file is no device; the message names the file, the key and what was expected, on one line.</exception>
    /// <exception cref="IOException">The file is not there or cannot be read.</exception>
    public static Device Read(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        FileInfo file = new(path);
        if (!file.Exists)
        {
            throw new FileNotFoundException($"{path}: device file not found", path);
        }

        if (file.Length > MaximumLength)
        {
            throw new InvalidDataException($"{path}: has {file.Length} bytes; expected a device file of at most {MaximumLength}.");
        }

        try
        {
            ReadOnlySpan<byte> bytes = File.ReadAllBytes(path);
            return Parse(Utf8.GetString(bytes.StartsWith(Encoding.UTF8.Preamble) ? bytes[Encoding.UTF8.Preamble.Length..] : bytes), path);
        }
        catch (DecoderFallbackException exception)
        {
            throw new InvalidDataException($"{path}: is no UTF-8 text.", exception);
        }
    }

    /// <summary>Reads a text.</summary>
    /// <param name="text">One JSON object.</param>
    /// <param name="source">What to name in errors.</param>
    /// <exception cref="InvalidDataException">The text is no device.</exception>
    public static Device Parse(string text, string source)
    {
        ArgumentNullException.ThrowIfNull(text);
        return DeviceFileReader.Read(text, source);
    }

    /// <summary>Writes a file; it is the old one or the complete new one, also after a crash.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(Device device, string path)
    {
        byte[] content = Utf8.GetBytes(ToJson(device) + "\n");
        AtomicFile.Write(path, stream => stream.Write(content));
    }

    /// <summary>The device as a file holds it, without the last line break.</summary>
    public static string ToJson(Device device)
    {
        ArgumentNullException.ThrowIfNull(device);
        return DeviceFileWriter.Write(device, indented: true);
    }

    /// <summary>The device on one line: two devices are the same if and only if these texts are.</summary>
    public static string ToCompactJson(Device device)
    {
        ArgumentNullException.ThrowIfNull(device);
        return DeviceFileWriter.Write(device, indented: false);
    }
}
