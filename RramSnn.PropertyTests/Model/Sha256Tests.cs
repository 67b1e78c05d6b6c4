using FsCheck.Xunit;
using RramSnn.Model.Checkpoints;
using Xunit;

namespace RramSnn.PropertyTests.Model;

public class Sha256Tests
{
    [Property]
    public bool Any_message_in_any_parts_has_the_hash_of_the_runtime(byte[][] parts)
    {
        Sha256 hash = new();
        foreach (byte[] part in parts)
        {
            hash.Append(part);
        }

        return hash.Finish().SequenceEqual(System.Security.Cryptography.SHA256.HashData([.. parts.SelectMany(static part => part)]));
    }

    [Fact]
    public void Every_length_around_the_blocks_has_the_hash_of_the_runtime()
    {
        byte[] message = [.. Enumerable.Range(0, 300).Select(static i => (byte)(i * 7))];
        for (int length = 0; length <= message.Length; length++)
        {
            Sha256 hash = new();
            hash.Append(message.AsSpan(0, length / 3));
            hash.Append(message.AsSpan(length / 3, length - (length / 3)));
            Assert.Equal(System.Security.Cryptography.SHA256.HashData(message.AsSpan(0, length)), hash.Finish());
        }
    }
}
