using PureHDF;
using RramSnn.Nir.Files;
using RramSnn.Nir.Graph;
using RramSnn.PropertyTests.Data;
using Xunit;

namespace RramSnn.PropertyTests.Nir;

/// <summary>What is refused, in files and out of them, in the same words.</summary>
public sealed class NirRulesTests : IDisposable
{
    private static readonly NirArray One = NirArray.Vector(1f);
    private static readonly NirArray Two = NirArray.Vector(1f, 1f);

    private static readonly string[] Pair = ["a", "b"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_type_that_is_not_supported_is_named() =>
        Refused("node 'n' is of type AvgPool2d, which is not supported; expected Input, Output, Linear, Affine, Scale, Flatten, Delay, Threshold, I, LI, IF, LIF, CubaLI, CubaLIF or NIRGraph", NirNode.Of("AvgPool2d"));

    [Fact]
    public void Parameters_must_be_there() =>
        Refused("node 'n' of type LI has no parameter 'v_leak'", NirNode.Of("LI", ("tau", One), ("r", One)));

    [Fact]
    public void Populations_have_one_shape() =>
        Refused("node 'n': r has shape [3] and tau [2]; expected the same", NirNode.Of("LI", ("tau", Two), ("r", NirArray.Vector(1f, 2f, 3f)), ("v_leak", Two)));

    [Fact]
    public void Time_constants_are_above_zero() =>
        Refused("node 'n': tau is float32 of shape [2] from 0 to 1; expected finite times above 0 in seconds", NirNode.Of("LI", ("tau", NirArray.Vector(1f, 0f)), ("r", Two), ("v_leak", Two)));

    [Fact]
    public void Numbers_are_finite() =>
        Refused("node 'n': scale is float32 NaN; expected finite numbers", NirNode.Of("Scale", ("scale", NirArray.Vector(float.NaN))));

    [Fact]
    public void Weights_are_a_matrix() =>
        Refused("node 'n': weight is float32 of shape [2] from 1 to 1; expected finite numbers of shape [outputs, inputs]", NirNode.Of("Linear", ("weight", Two)));

    [Fact]
    public void Every_row_has_its_bias() =>
        Refused("node 'n': bias has shape [1] and weight [2, 1]; expected one bias for every row of weights", NirNode.Of("Affine", ("weight", NirArray.Of(new float[2], 2, 1)), ("bias", One)));

    [Fact]
    public void Extents_are_whole_numbers() =>
        Refused("node 'n': shape is float32 1; expected extents of 1 or more, of at most 268435456 elements", NirNode.Of("Input", ("shape", One)));

    [Fact]
    public void Only_Flatten_may_not_know_its_shape()
    {
        Refused("node 'n': shape is int64 of shape [2] from 0 to 3; expected extents of 1 or more, of at most 268435456 elements", NirNode.Of("Input", ("shape", NirArray.Vector(0L, 3L))));
        NirArray unknown = NirArray.Vector(0L, 0L);
        new NirGraph(new Dictionary<string, NirNode> { ["n"] = NirNode.Of("Flatten", ("start_dim", NirArray.Scalar(1L)), ("end_dim", NirArray.Scalar(-1L)), ("input_type", unknown)) }, []).Validate();
    }

    [Fact]
    public void Delays_are_not_negative() =>
        Refused("node 'n': delay is float32 -1; expected finite times of 0 or more in seconds", NirNode.Of("Delay", ("delay", NirArray.Vector(-1f))));

    [Fact]
    public void Edges_end_at_nodes()
    {
        NirGraph graph = new(new Dictionary<string, NirNode> { ["n"] = NirNode.Of("Scale", ("scale", One)) }, [new NirEdge("n", "x")]);
        const string Problem = "the edge from 'n' to 'x' ends at 'x', which is no node";
        Assert.Equal($"{Problem}.", Assert.Throws<ArgumentException>(graph.Validate).Message);
        Assert.Equal(Problem, FileProblem(stream => NirWriter.Write(stream, graph)));
    }

    [Fact]
    public void Names_have_no_slash()
    {
        NirGraph graph = new(new Dictionary<string, NirNode> { ["a/b"] = NirNode.Of("Scale", ("scale", One)) }, []);
        Assert.Equal("a node is named 'a/b'; expected a name without a slash.", Assert.Throws<ArgumentException>(graph.Validate).Message);
    }

    [Fact]
    public void A_node_of_an_inner_graph_is_named_with_its_graph()
    {
        NirGraph inner = new(new Dictionary<string, NirNode> { ["n"] = NirNode.Of("Conv1d") }, []);
        NirGraph graph = new(new Dictionary<string, NirNode> { ["g"] = inner }, []);
        Assert.StartsWith("node 'g/n' is of type Conv1d", FileProblem(stream => NirWriter.Write(stream, graph)), StringComparison.Ordinal);
    }

    [Fact]
    public void Whatever_is_no_graph_is_refused()
    {
        Assert.Equal("the file has no group 'node'", HdfProblem([]));
        Assert.Equal("the graph has no dataset 'type'", HdfProblem(new H5File { ["node"] = new H5Group() }));
        Assert.Equal("'node' is no NIRGraph", HdfProblem(new H5File { ["node"] = new H5Group { ["type"] = "Scale", ["scale"] = new float[] { 1 } } }));
        Assert.Equal("type of the graph is no text", HdfProblem(new H5File { ["node"] = new H5Group { ["type"] = 3 } }));
        Assert.Equal("the graph has no group 'nodes'", HdfProblem(new H5File { ["node"] = new H5Group { ["type"] = "NIRGraph" } }));
        Assert.Equal("the graph has no dataset 'edges'", HdfProblem(new H5File { ["node"] = new H5Group { ["type"] = "NIRGraph", ["nodes"] = new H5Group() } }));
        Assert.Equal(
            "the graph has edges but no nodes; names beyond ASCII can only be read in files of the newest HDF5 format (h5py: libver='latest')",
            HdfProblem(Graph([], new H5Dataset(Pair, fileDims: [1, 2]))));
        Assert.Equal("the edges of the graph have shape [2]; expected texts of shape [edges, 2]", HdfProblem(Graph([], Pair)));
        Assert.Equal(
            "node 'n' has 'gain', which is no parameter of type Scale; expected scale",
            HdfProblem(Graph(new H5Group { ["n"] = new H5Group { ["type"] = "Scale", ["scale"] = new float[] { 1 }, ["gain"] = 2.0 } }, Array.Empty<double>())));
        Assert.Equal("scale of node 'n' is no array of integers of 8 to 64 bits or of real numbers of 16, 32 or 64 bits", HdfProblem(Graph(new H5Group { ["n"] = new H5Group { ["type"] = "Scale", ["scale"] = "one" } }, Array.Empty<double>())));
    }

    [Fact]
    public void Shapes_that_follow_from_parameters_are_passed_over_and_empty_edges_are_none()
    {
        H5File file = Graph(new H5Group { ["n"] = new H5Group { ["type"] = "Scale", ["scale"] = new float[] { 1 }, ["input_type"] = new H5Group { ["input"] = new long[] { 1 } } } }, Array.Empty<double>());
        string path = Path.Combine(_folder.FullName, "file.nir");
        file.Write(path);
        NirGraph graph = NirFile.Read(path);
        Assert.Empty(graph.Edges);
        Assert.Null(graph.Version);
        Assert.Equal(["scale"], graph.Nodes["n"].Parameters.Keys);
    }

    private static H5File Graph(H5Group nodes, object edges) => new() { ["node"] = new H5Group { ["type"] = "NIRGraph", ["nodes"] = nodes, ["edges"] = edges } };

    /// <summary>Refused as a graph and, with the name of the file, as a file.</summary>
    private void Refused(string problem, NirNode node)
    {
        NirGraph graph = new(new Dictionary<string, NirNode> { ["n"] = node }, []);
        Assert.Equal($"{problem}.", Assert.Throws<ArgumentException>(graph.Validate).Message);
        Assert.Equal(problem, FileProblem(stream => NirWriter.Write(stream, graph)));
    }

    private string HdfProblem(H5File file) => FileProblem(stream => file.Write(stream));

    private string FileProblem(Action<Stream> write)
    {
        string path = Path.Combine(_folder.FullName, "file.nir");
        using (FileStream stream = new(path, FileMode.Create, FileAccess.ReadWrite))
        {
            write(stream);
        }

        string message = Assert.Throws<InvalidDataException>(() => NirFile.Read(path)).Message;
        Assert.StartsWith($"{path}: ", message, StringComparison.Ordinal);
        Assert.EndsWith(".", message, StringComparison.Ordinal);
        return message[(path.Length + 2)..^1];
    }
}
