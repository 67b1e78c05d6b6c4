using RramSnn.Kernels.Memory;
using RramSnn.Model.Checkpoints;
using RramSnn.Model.Layers;
using RramSnn.Native.Boundary;

namespace RramSnn.Native.Hosts;

/// <summary>What a handle stands for that has a network's state: its fields, its files and its hash.</summary>
internal abstract class NetworkOwner : IDisposable
{
    private static readonly Dictionary<string, string> Metadata = new() { ["format"] = "rramsnn", ["writer"] = "librramsnn" };

    /// <summary>The network.</summary>
    internal abstract Network Network { get; }

    public abstract void Dispose();

    /// <summary>A field by its name, with or without the name of the first layer before it.</summary>
    internal ArenaField Field(string name)
    {
        foreach (ArenaField field in Network.Fields)
        {
            if (field.Name == name || (field.Name.Length == name.Length + FirstLayer.Length && field.Name.StartsWith(FirstLayer, StringComparison.Ordinal) && field.Name.EndsWith(name, StringComparison.Ordinal)))
            {
                return field;
            }
        }

        throw new ArgumentException($"name is '{name}'; expected one of {string.Join(", ", Network.Fields.Select(static field => field.Name))}.", nameof(name));
    }

    /// <summary>The elements of a field, in native memory.</summary>
    internal Span<byte> Bytes(ArenaField field) => Network.Bytes(field);

    internal string Sha256()
    {
        Settle();
        return Checkpoint.StateSha256(Network);
    }

    internal void Save(string path)
    {
        Settle();
        WithFile(path, () => Checkpoint.Save(path, Network, Metadata), "that can be written");
    }

    internal void Load(string path)
    {
        Settle();
        WithFile(path, () => Checkpoint.Restore(path, Network), "that can be read");
    }

    /// <summary>Brings the lasting state up to date.</summary>
    /// <exception cref="StatusException">A sample is half shown.</exception>
    protected abstract void Settle();

    /// <summary>Works with a file; its failures get words of ours, since the library carries none of the runtime's.</summary>
    private static void WithFile(string path, Action work, string expected)
    {
        if (path.Length == 0)
        {
            throw new ArgumentException($"path is empty; expected the name of a file {expected}.");
        }

        try
        {
            work();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            string reason = exception switch
            {
                FileNotFoundException => "there is none",
                DirectoryNotFoundException => "its folder does not exist",
                UnauthorizedAccessException => "it is a folder, or access is denied",
                _ => "the system refuses",
            };
            throw new StatusException(Status.InputOutput, $"path is '{path}'; expected a file {expected}: {reason}.");
        }
    }

    private const string FirstLayer = "layers.0.";
}
