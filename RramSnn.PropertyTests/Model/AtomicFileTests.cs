using RramSnn.Model;
using RramSnn.PropertyTests.Data;
using Xunit;

namespace RramSnn.PropertyTests.Model;

public sealed class AtomicFileTests
{
    [Fact]
    public void A_failure_leaves_the_old_file_and_nothing_else()
    {
        using TemporaryFolder folder = new();
        string path = Path.Combine(folder.FullName, "file");
        AtomicFile.Write(path, static stream => stream.Write("old"u8));
        Assert.Throws<InvalidDataException>(() => AtomicFile.Write(path, static stream =>
        {
            stream.Write("ne"u8);
            throw new InvalidDataException();
        }));
        Assert.Equal("old", File.ReadAllText(path));
        AtomicFile.Write(path, static stream => stream.Write("new"u8));
        Assert.Equal("new", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFiles(folder.FullName));
    }
}
