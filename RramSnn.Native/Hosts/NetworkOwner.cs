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
        Checkpoint.Save(path, Network, Metadata);
    }

    internal void Load(string path)
    {
        Settle();
        Checkpoint.Restore(path, Network);
    }

    /// <summary>Brings the lasting state up to date.</summary>
    /// <exception cref="StatusException">A sample is half shown.</exception>
    protected abstract void Settle();

    private const string FirstLayer = "layers.0.";
}
