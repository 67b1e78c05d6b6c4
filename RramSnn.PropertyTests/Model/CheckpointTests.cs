using System.Buffers.Binary;
using FsCheck.Xunit;
using RramSnn.Model.Checkpoints;
using RramSnn.Model.Crossbars;
using RramSnn.Model.Layers;
using RramSnn.PropertyTests.Data;
using Xunit;

namespace RramSnn.PropertyTests.Model;

public sealed class CheckpointTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string File => Path.Combine(_folder.FullName, "model.safetensors");

    public void Dispose() => _folder.Dispose();

    [Theory, InlineData(SynapseCell.Pair), InlineData(SynapseCell.Reference)]
    public void A_restored_network_holds_the_same_bits(SynapseCell cell)
    {
        NetworkOptions options = TinyRuns.Options(method: "ideal", cell: cell);
        using Network network = new(options);
        Checkpoint.Save(File, network, new Dictionary<string, string> { ["note"] = "α → β" });
        using Network other = new(options with { Seed = 99 });
        Assert.NotEqual(Checkpoint.StateSha256(network), Checkpoint.StateSha256(other));
        Checkpoint.Restore(File, other);
        Assert.Equal(Checkpoint.StateSha256(network), Checkpoint.StateSha256(other));
        Assert.Equal("α → β", Checkpoint.ReadMetadata(File)["note"]);
        Assert.Single(Directory.GetFiles(_folder.FullName));
    }

    [Fact]
    public void Data_start_on_a_multiple_of_eight()
    {
        using Network network = new(TinyRuns.Options());
        Checkpoint.Save(File, network, new Dictionary<string, string>());
        Assert.Equal(0, BinaryPrimitives.ReadInt64LittleEndian(System.IO.File.ReadAllBytes(File)) % 8);
    }

    [Fact]
    public void Another_shape_is_refused_by_name()
    {
        using Network network = new(TinyRuns.Options(hidden: [64]));
        Checkpoint.Save(File, network, new Dictionary<string, string>());
        using Network other = new(TinyRuns.Options(hidden: [65]));
        string before = Checkpoint.StateSha256(other);
        InvalidDataException exception = Assert.Throws<InvalidDataException>(() => Checkpoint.Restore(File, other));
        Assert.Equal($"{File}: tensor layers.0.conductance_plus is F32[70, 64]; expected F32[70, 65].", exception.Message);
        Assert.Equal(before, Checkpoint.StateSha256(other));
    }

    [Fact]
    public void A_missing_layer_and_a_surplus_layer_are_refused()
    {
        using Network deep = new(TinyRuns.Options(hidden: [64, 32]));
        using Network flat = new(TinyRuns.Options(hidden: [64]));
        Checkpoint.Save(File, flat, new Dictionary<string, string>());
        Assert.Contains("has no tensor layers.1.conductance_plus", Assert.Throws<InvalidDataException>(() => Checkpoint.Restore(File, deep)).Message, StringComparison.Ordinal);
        Checkpoint.Save(File, deep, new Dictionary<string, string>());
        Assert.Contains("which this network does not", Assert.Throws<InvalidDataException>(() => Checkpoint.Restore(File, flat)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void States_outside_the_range_are_refused()
    {
        using Network network = new(TinyRuns.Options(hidden: [64]));
        network.Layers[0].Crossbar.Plus[0] = 1.5f;
        Checkpoint.Save(File, network, new Dictionary<string, string>());
        InvalidDataException exception = Assert.Throws<InvalidDataException>(() => Checkpoint.Restore(File, network));
        Assert.Equal($"{File}: tensor layers.0.conductance_plus holds 1.5; expected states from 0 to 1.", exception.Message);
    }

    [Fact]
    public void A_missing_file_is_named() =>
        Assert.Contains("model.safetensors", Assert.Throws<FileNotFoundException>(() => Checkpoint.ReadMetadata(File)).Message, StringComparison.Ordinal);

    /// <summary>Whatever is broken, the answer is one InvalidDataException and an untouched network.</summary>
    [Property(MaxTest = 500)]
    public void Damaged_files_are_refused_or_restore_valid_states(int position, byte value, ushort cut)
    {
        using Network network = new(TinyRuns.Options(hidden: [16]));
        Checkpoint.Save(File, network, new Dictionary<string, string> { ["a"] = "b" });
        byte[] bytes = System.IO.File.ReadAllBytes(File);
        bytes[(int)((uint)position % (uint)Math.Min(bytes.Length, 700))] = value;
        System.IO.File.WriteAllBytes(File, cut % 3 == 0 ? bytes[..(cut % bytes.Length)] : bytes);
        string before = Checkpoint.StateSha256(network);
        try
        {
            Checkpoint.Restore(File, network);
        }
        catch (InvalidDataException exception)
        {
            Assert.DoesNotContain('\n', exception.Message);
            Assert.Equal(before, Checkpoint.StateSha256(network));
        }
    }
}
