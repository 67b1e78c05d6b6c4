namespace RramSnn.PropertyTests.Data;

/// <summary>A folder that disappears with its content.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    internal string FullName { get; } = Directory.CreateTempSubdirectory("rramsnn-").FullName;

    public void Dispose()
    {
        Directory.Delete(FullName, recursive: true);
    }

    internal string Write(string name, byte[] content)
    {
        string path = Path.Combine(FullName, name);
        File.WriteAllBytes(path, content);
        return path;
    }
}
