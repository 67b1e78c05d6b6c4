using FsCheck.Xunit;
using RramSnn.Data;
using Xunit;

namespace RramSnn.PropertyTests.Data;

[Properties(Arbitrary = [typeof(IdxCase)])]
public sealed class IdxFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, byte[], int, string> BadFiles => new()
    {
        { "empty", [], 3, "empty file, expected IDX data" },
        { "one byte", [0], 3, "not an IDX file: 1 bytes, expected magic 0x00000803" },
        { "text", "P5 28 28 255 ..."u8.ToArray(), 3, "not an IDX file: magic 0x50352032, expected 0x00000803" },
        { "float elements", [0, 0, 0x0d, 3, 0, 0, 0, 1], 3, "IDX element type 0x0d, expected 0x08 (unsigned byte)" },
        { "labels for images", IdxBytes.Labels(1, 2), 3, "IDX array of rank 1, expected rank 3 (images)" },
        { "images for labels", IdxBytes.Images(1, 2, 3), 1, "IDX array of rank 3, expected rank 1 (labels)" },
        { "header cut off", IdxBytes.Images(1, 2, 3)[..15], 3, "truncated header of 15 bytes, expected 16" },
        { "no labels", IdxBytes.Labels(), 1, "dimension 1 of 1 is 0, expected at least 1" },
        { "zero rows", IdxBytes.Encode([2, 0, 3], []), 3, "dimension 2 of 3 is 0, expected at least 1" },
        { "negative columns", IdxBytes.Encode([2, 3, -1], []), 3, "dimension 3 of 3 is -1, expected at least 1" },
        {
            "dimensions beyond any array", IdxBytes.Encode([int.MaxValue, int.MaxValue, int.MaxValue], []), 3,
            "header promises at least 2147483647 values, expected at most 2147483591"
        },
        {
            "product that wraps to zero", IdxBytes.Encode([1 << 16, 1 << 16, 1], []), 3,
            "header promises at least 4294967296 values, expected at most 2147483591"
        },
        { "values cut off", IdxBytes.Images(2, 3, 4)[..^1], 3, "truncated: 39 bytes, expected 40 from its header" },
    };

    public void Dispose()
    {
        _folder.Dispose();
    }

    [Property]
    public bool An_array_survives_writing_and_reading(IdxCase original)
    {
        return Equals(original, Read(_folder.Write("idx", original.FileContent), original.Dimensions.Length));
    }

    [Property(MaxTest = 300)]
    public bool Flipped_bits_are_refused_or_leave_the_right_size(IdxCase original, ushort position, byte bit)
    {
        byte[] content = original.FileContent;
        content[position % content.Length] ^= (byte)(1 << (bit % 8));
        IdxArray? result = ReadUnlessRefused(content, original.Dimensions.Length);

        // A plain file has no check on its values; that of gzip leaves only bits free that do not matter, such as its time.
        return result is not IdxArray array
            || (original.IsGzip ? Equals(original, array) : array.Values.Length == original.Values.Length);
    }

    [Property(MaxTest = 300)]
    public bool A_cut_file_is_refused(IdxCase original, ushort length)
    {
        byte[] content = original.FileContent;
        return ReadUnlessRefused(content[..(length % content.Length)], original.Dimensions.Length) is null;
    }

    [Property]
    public bool Appended_bytes_are_refused(IdxCase original, byte first, byte[] more)
    {
        return ReadUnlessRefused([.. original.FileContent, first, .. more], original.Dimensions.Length) is null;
    }

    [Property(MaxTest = 300)]
    public bool Random_bytes_after_a_plausible_start_are_refused(IdxCase original, byte[] noise)
    {
        byte[] start = original.FileContent[..(original.IsGzip ? 10 : 4)];
        return ReadUnlessRefused([.. start, .. noise, 0], original.Dimensions.Length) is not IdxArray array
            || array.Values.Length <= noise.Length;
    }

    [Theory]
    [MemberData(nameof(BadFiles))]
    public void Bad_content_is_refused_in_one_clear_line(string name, byte[] content, int rank, string problem)
    {
        string plain = _folder.Write(name, content);
        Assert.Equal($"{plain}: {problem}", Assert.Throws<InvalidDataException>(() => Read(plain, rank)).Message);
        if (content.Length > 0)
        {
            string gzip = _folder.Write(name + ".gz", IdxBytes.Gzip(content));
            Assert.Equal($"{gzip}: {problem}", Assert.Throws<InvalidDataException>(() => Read(gzip, rank)).Message);
        }
    }

    [Fact]
    public void Trailing_bytes_are_refused_in_one_clear_line()
    {
        byte[] tooLong = [.. IdxBytes.Labels(1, 2, 3), 4, 5];
        Assert_refused(tooLong, "too long: 13 bytes, expected 11 from its header");
        Assert_refused(IdxBytes.Gzip(tooLong), "too long: more than the 11 bytes expected from its header");

        byte[] gzip = IdxBytes.Gzip(IdxBytes.Labels(1, 2, 3));
        Assert_refused([.. gzip, 255], "ends with the gzip size 4278190080, expected 11 (one complete gzip member)");
        Assert_refused([.. gzip, .. gzip], "too long: more than the 11 bytes expected from its header");
    }

    [Fact]
    public void Every_cut_of_a_gzip_file_is_refused_and_no_flipped_bit_changes_what_is_read()
    {
        byte[] labels = [1, 2, 3, 3, 3, 3, 3, 3, 3, 3];
        byte[] gzip = IdxBytes.Gzip(IdxBytes.Labels(labels));
        for (int length = 0; length < gzip.Length; length++)
        {
            Assert.Null(ReadUnlessRefused(gzip[..length], IdxFile.LabelRank));
        }

        for (int bit = 0; bit < 8 * gzip.Length; bit++)
        {
            byte[] flipped = [.. gzip];
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            if (ReadUnlessRefused(flipped, IdxFile.LabelRank) is IdxArray array)
            {
                Assert.Equal(labels, array.Values);
            }
        }

        Assert_refused([.. gzip[..^1], (byte)(gzip[^1] ^ 1)], "corrupt gzip data");
    }

    [Fact]
    public void Whether_a_file_is_gzipped_is_told_from_its_content()
    {
        byte[] plain = IdxBytes.Labels(7, 9);
        Assert.Equal([7, 9], Read(_folder.Write("plain.gz", plain), IdxFile.LabelRank).Values);
        Assert.Equal([7, 9], Read(_folder.Write("gzipped", IdxBytes.Gzip(plain)), IdxFile.LabelRank).Values);
    }

    [Fact]
    public void A_gzip_file_of_several_members_is_refused()
    {
        byte[] plain = IdxBytes.Labels(1, 2, 3);
        byte[] members = [.. IdxBytes.Gzip(plain[..9]), .. IdxBytes.Gzip(plain[9..])];
        Assert_refused(members, "ends with the gzip size 2, expected 11 (one complete gzip member)");
    }

    [Fact]
    public void An_array_longer_than_the_pieces_it_is_read_in_survives()
    {
        byte[] values = new byte[(1 << 18) + 1];
        new Random(1).NextBytes(values);
        string path = _folder.Write("long", IdxBytes.Gzip(IdxBytes.Encode([values.Length], values)));
        Assert.Equal(values, Read(path, IdxFile.LabelRank).Values);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_header_that_promises_two_gigabytes_does_not_get_them(bool isGzip)
    {
        byte[] lying = IdxBytes.Encode([46340, 215, 215], new byte[100]);
        string path = _folder.Write("lying", isGzip ? IdxBytes.Gzip(lying) : lying);
        long before = GC.GetAllocatedBytesForCurrentThread();
        InvalidDataException refusal = Assert.Throws<InvalidDataException>(() => Read(path, IdxFile.ImageRank));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 500_000);
        Assert.Equal($"{path}: truncated: 116 bytes, expected 2142066516 from its header", refusal.Message);
    }

    [Fact]
    public void A_gzip_bomb_stops_one_byte_past_the_promised_size()
    {
        byte[] bomb = IdxBytes.Gzip(IdxBytes.Encode([100, 10, 10], new byte[1 << 26]));
        using FileStream file = IdxFile.Open(_folder.Write("bomb", bomb));
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<InvalidDataException>(() => IdxFile.Read(file, IdxFile.ImageRank));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 500_000);
        Assert.InRange(file.Position, 0, file.Length / 2);
    }

    [Fact]
    public void A_missing_file_and_a_folder_are_refused()
    {
        string missing = Path.Combine(_folder.FullName, "missing");
        Assert.Equal($"{missing}: file not found", Assert.Throws<FileNotFoundException>(() => IdxFile.Open(missing)).Message);
        Assert.Equal(
            $"{_folder.FullName}: is a folder, expected a file",
            Assert.Throws<FileNotFoundException>(() => IdxFile.Open(_folder.FullName)).Message);
    }

    private static bool Equals(IdxCase expected, IdxArray actual)
    {
        return actual.Dimensions.SequenceEqual(expected.Dimensions) && actual.Values.SequenceEqual(expected.Values);
    }

    private static IdxArray Read(string path, int rank)
    {
        using FileStream file = IdxFile.Open(path);
        return IdxFile.Read(file, rank);
    }

    private IdxArray? ReadUnlessRefused(byte[] content, int rank)
    {
        string path = _folder.Write("idx", content);
        try
        {
            return Read(path, rank);
        }
        catch (InvalidDataException refusal)
        {
            Assert.StartsWith($"{path}: ", refusal.Message, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', refusal.Message);
            return null;
        }
    }

    private void Assert_refused(byte[] content, string problem)
    {
        string path = _folder.Write("idx", content);
        Assert.Equal($"{path}: {problem}", Assert.Throws<InvalidDataException>(() => Read(path, IdxFile.LabelRank)).Message);
    }
}
