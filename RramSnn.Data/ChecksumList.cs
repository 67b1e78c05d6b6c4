using System.Buffers;
using System.Security.Cryptography;

namespace RramSnn.Data;

/// <summary>The optional <c>SHA256SUMS</c> of a data set folder, as sha256sum writes it: 64 hex digits, two characters, a name.</summary>
internal sealed class ChecksumList
{
    internal const string FileName = "SHA256SUMS";

    private const int DigestDigits = 2 * SHA256.HashSizeInBytes;
    private const int MaxFileLength = 1 << 20;

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdefABCDEF");

    private readonly Dictionary<string, string> _digestByName = new(StringComparer.Ordinal);

    private ChecksumList()
    {
    }

    /// <summary>Reads the list of a folder; a folder without one gives an empty list.</summary>
    /// <exception cref="InvalidDataException">The list is malformed or lists a file twice.</exception>
    internal static ChecksumList Load(string directory)
    {
        ChecksumList list = new();
        string path = Path.Combine(directory, FileName);
        if (!File.Exists(path))
        {
            return list;
        }

        // Checked first, because a single line may be as long as the file.
        long length = new FileInfo(path).Length;
        if (length > MaxFileLength)
        {
            throw InvalidData.In(path, $"too long: {length} bytes, expected at most {MaxFileLength}");
        }

        int lineNumber = 0;
        foreach (string line in File.ReadLines(path))
        {
            lineNumber++;
            if (!string.IsNullOrWhiteSpace(line))
            {
                list.Add(line, lineNumber, path);
            }
        }

        return list;
    }

    /// <summary>Checks a file against the list, if the list has it.</summary>
    /// <exception cref="InvalidDataException">The file is listed with another digest.</exception>
    internal void Verify(FileStream file)
    {
        if (!_digestByName.TryGetValue(Path.GetFileName(file.Name), out string? expected))
        {
            return;
        }

        file.Position = 0;
        string actual = Convert.ToHexStringLower(SHA256.HashData(file));
        if (!string.Equals(actual, expected, StringComparison.OrdinalIgnoreCase))
        {
            throw InvalidData.In(file.Name, $"SHA-256 {actual}, expected {expected} from {FileName}");
        }
    }

    private void Add(string line, int lineNumber, string path)
    {
        // After the digest come a space and either a space (text) or an asterisk (binary).
        bool wellFormed = line.Length > DigestDigits + 2
            && !line.AsSpan(0, DigestDigits).ContainsAnyExcept(HexDigits)
            && line[DigestDigits] == ' '
            && line[DigestDigits + 1] is ' ' or '*';
        if (!wellFormed)
        {
            throw InvalidData.In(path, $"line {lineNumber} is malformed, expected {DigestDigits} hex digits, two spaces and a file name");
        }

        string name = line[(DigestDigits + 2)..];
        name = name.StartsWith("./", StringComparison.Ordinal) ? name[2..] : name;
        if (!_digestByName.TryAdd(name, line[..DigestDigits]))
        {
            throw InvalidData.In(path, $"line {lineNumber} lists {name} again, expected it once");
        }
    }
}
