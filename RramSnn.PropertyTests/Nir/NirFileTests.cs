using FsCheck.Xunit;
using RramSnn.Nir.Files;
using RramSnn.Nir.Graph;
using RramSnn.PropertyTests.Data;
using Xunit;

namespace RramSnn.PropertyTests.Nir;

public sealed class NirFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string File => Path.Combine(_folder.FullName, "graph.nir");

    public void Dispose() => _folder.Dispose();

    [Property(MaxTest = 200)]
    public void Whatever_is_written_reads_back_the_same(int seed)
    {
        NirGraph graph = new AnyGraph(seed).WellFormed();
        NirFile.Write(File, graph);
        List<string> warnings = [];
        NirAssert.Equal(graph, NirFile.Read(File, warnings));
        Assert.Empty(warnings);
        Assert.Single(Directory.GetFiles(_folder.FullName));
    }

    [Property(MaxTest = 50)]
    public void A_graph_is_the_same_network_as_its_copy_and_not_as_one_with_another_bit(int seed)
    {
        NirGraph graph = new AnyGraph(seed).WellFormed();
        NirFile.Write(File, graph);
        Assert.True(graph.IsSameNetwork(NirFile.Read(File)));
        NirGraph cut = new(graph.Nodes, [.. graph.Edges, new NirEdge("new", "new")]);
        Assert.False(graph.IsSameNetwork(cut));
        NirNode changed = NirNode.Of("Scale", ("scale", NirArray.Vector(1f)));
        NirNode original = NirNode.Of("Scale", ("scale", NirArray.Vector(MathF.BitIncrement(1f))));
        Assert.False(Single(original).IsSameNetwork(Single(changed)));

        static NirGraph Single(NirNode node) => new(new Dictionary<string, NirNode> { ["a"] = node }, []);
    }

    [Fact]
    public void An_existing_file_stays_when_the_graph_is_refused()
    {
        NirFile.Write(File, new AnyGraph(1).WellFormed());
        byte[] before = System.IO.File.ReadAllBytes(File);
        NirGraph bad = new(new Dictionary<string, NirNode> { ["a"] = NirNode.Of("Conv2d") }, []);
        Assert.StartsWith("node 'a' is of type Conv2d, which is not supported; expected Input, ", Assert.Throws<ArgumentException>(() => NirFile.Write(File, bad)).Message, StringComparison.Ordinal);
        Assert.Equal(before, System.IO.File.ReadAllBytes(File));
    }

    [Fact]
    public void A_missing_file_is_named() =>
        Assert.Equal($"{File}: file not found", Assert.Throws<FileNotFoundException>(() => NirFile.Read(File)).Message);

    [Theory]
    [InlineData("")]
    [InlineData("this is text and no HDF5 file at all")]
    public void A_file_that_is_no_hdf5_file_is_refused(string text)
    {
        System.IO.File.WriteAllText(File, text);
        Assert.StartsWith($"{File}: is no readable HDF5 file (", Refusal().Message, StringComparison.Ordinal);
    }

    /// <summary>Whatever is broken, the answer is one InvalidDataException of one line, or a well-formed graph.</summary>
    /// <remarks>
    /// Always the same breaks: the HDF5 library overflows its stack, which ends the process, where a damaged link becomes a symbolic one to itself
    /// (docs/nir.md, section 1). That is too rare to be among these, but not too rare for new ones in every run.
    /// </remarks>
    [Fact]
    public void Damaged_files_are_refused_or_hold_a_graph()
    {
        Random random = new(1);
        int refused = 0;
        for (int i = 0; i < 300; i++)
        {
            NirFile.Write(File, new AnyGraph(i).WellFormed());
            byte[] bytes = System.IO.File.ReadAllBytes(File);
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            System.IO.File.WriteAllBytes(File, i % 3 == 0 ? bytes[..random.Next(bytes.Length)] : bytes);
            try
            {
                NirFile.Read(File).Validate();
            }
            catch (InvalidDataException exception)
            {
                Assert.StartsWith(File, exception.Message, StringComparison.Ordinal);
                Assert.DoesNotContain('\n', exception.Message);
                refused++;
            }
        }

        Assert.InRange(refused, 100, 290);
    }

    private InvalidDataException Refusal() => Assert.Throws<InvalidDataException>(() => NirFile.Read(File));
}
