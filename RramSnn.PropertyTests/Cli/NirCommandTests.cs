using System.Text.Json;
using RramSnn.Nir.Files;
using RramSnn.Nir.Graph;
using Xunit;

namespace RramSnn.PropertyTests.Cli;

public sealed class NirCommandTests(SmallRuns runs) : IClassFixture<SmallRuns>
{
    private static readonly string[] FileNames = ["config.json", "device.json", "model.safetensors"];

    [Fact]
    public void A_run_comes_back_as_the_same_files()
    {
        (string folder, string file) = Exported();
        string back = runs.NewPath("back");
        JsonElement result = SmallRuns.Json(ProgramRun.Of("nir", "import", file, "--out", back, "--json").Succeeded().Output);
        Assert.Equal("restored", result.GetProperty("network").GetString());
        Assert.Equal(SmallRuns.JsonFile(folder, "summary.json").GetProperty("state_sha256").GetString(), result.GetProperty("state_sha256").GetString());
        foreach (string name in FileNames)
        {
            Assert.Equal(File.ReadAllBytes(Path.Combine(folder, name)), File.ReadAllBytes(Path.Combine(back, name)));
        }

        Assert.Equal(Accuracy(folder), Accuracy(back));
    }

    [Fact]
    public void A_run_that_was_interrupted_goes_on_behind_an_exchange_to_the_same_end()
    {
        string whole = runs.NewPath("whole");
        ProgramRun.Of(runs.Train(whole)).Succeeded();
        string part = runs.NewPath("part");
        Assert.Equal(3, ProgramRun.Until(50, runs.Train(part)).ExitCode);
        string file = runs.NewPath("part.nir");
        ProgramRun.Of("nir", "export", part, "-o", file).Succeeded();
        string back = runs.NewPath("back");
        ProgramRun.Of("nir", "import", file, "--out", back).Succeeded();
        ProgramRun.Of("train", "--resume", back, "--quiet").Succeeded();
        Assert.Equal(Hash(whole), Hash(back));
    }

    [Fact]
    public void Weights_go_onto_another_device_and_are_trained_on()
    {
        (string folder, string file) = Exported();
        string other = runs.NewPath("other");
        JsonElement result = SmallRuns.Json(
            ProgramRun.Of("nir", "import", file, "--out", other, "--device", "ag-a-si", "--method", "naive", "--epochs", "1", "--json").Succeeded().Output);
        Assert.Equal("programmed", result.GetProperty("network").GetString());
        Assert.All(result.GetProperty("largest_weight_errors").EnumerateArray(), static error => Assert.InRange(error.GetDouble(), 0, 1e-5));
        Assert.Equal(Accuracy(folder), Accuracy(other), 0.051);
        JsonElement config = SmallRuns.JsonFile(other, "config.json");
        Assert.Equal("naive", config.GetProperty("method").GetString());
        Assert.Equal(2, config.GetProperty("burn_in").GetInt32());

        // Learning begins with the imported weights: after one epoch it is better than from scratch with a learning rate of almost nothing.
        string still = runs.NewPath("still");
        ProgramRun.Of("nir", "import", file, "--out", still, "--learning-rate", "1e-9", "--epochs", "1").Succeeded();
        ProgramRun.Of("train", "--resume", still, "--quiet", "--json").Succeeded();
        Assert.Equal(Accuracy(folder), Accuracy(still), 0.051);
        Assert.True(Accuracy(folder) > 0.6);
    }

    [Fact]
    public void A_file_without_state_or_with_other_weights_is_programmed()
    {
        (string folder, string file) = Exported("--no-state");
        string back = runs.NewPath("back");
        ProgramRun.Of("nir", "import", file, "--out", back, "--data", runs.Data, "--steps", "8", "--burn-in", "2").Succeeded();
        Assert.Equal(Accuracy(folder), Accuracy(back), 0.051);

        (_, string changed) = Exported();
        NirGraph graph = NirFile.Read(changed);
        Dictionary<string, NirNode> nodes = graph.Nodes.ToDictionary();
        NirArray weight = nodes["readout"].Parameters["weight"];
        nodes["readout"] = NirNode.Of("Linear", ("weight", NirArray.Of(new float[weight.Length], [.. weight.Shape])));
        NirFile.Write(changed, new NirGraph(nodes, graph.Edges, graph.Metadata));
        ProgramRun run = ProgramRun.Of("nir", "import", changed, "--out", runs.NewPath("changed"), "--json").Succeeded();
        Assert.Equal($"rramsnn: warning: {changed} was changed since it was written: its weights are programmed anew", run.Error.Trim());
        Assert.Equal("programmed", SmallRuns.Json(run.Output).GetProperty("network").GetString());
    }

    /// <summary>The class with the largest sum of outputs after burn-in is the one that the network names.</summary>
    [Fact]
    public void The_file_runs_and_shows_what_it_holds()
    {
        (_, string file) = Exported("--dt", "0.002");
        JsonElement shown = SmallRuns.Json(ProgramRun.Of("nir", "show", file, "--json").Succeeded().Output);
        Assert.Equal("1.0", shown.GetProperty("version").GetString());
        Assert.Equal(
            ["input", "layer0_filter", "layer0_reset", "layer0_spike", "layer0_weight", "output", "readout"],
            shown.GetProperty("nodes").EnumerateArray().Select(static node => node.GetProperty("name").GetString()).Order(StringComparer.Ordinal));
        string sheet = ProgramRun.Of("nir", "show", file).Succeeded().Output;
        Assert.Contains("layer0_spike -> layer0_reset", sheet, StringComparison.Ordinal);
        Assert.Contains("float32 [32, 64]", sheet, StringComparison.Ordinal);

        string input = runs.WriteFile("input.csv", "step,index\n0,3\n0,4\n0,5\n1,3\n2,9\n");
        string output = runs.NewPath("output.csv");
        ProgramRun.Of("nir", "run", file, "--input", input, "--steps", "6", "--watch", "layer0_filter,layer0_spike", "--out", output).Succeeded();
        string[] rows = File.ReadAllLines(output);
        Assert.Equal("step,node,index,value", rows[0]);

        // The layer's own step: the synapse's current moves the membrane one step later.
        Assert.DoesNotContain(rows, static row => row.StartsWith("0,", StringComparison.Ordinal));
        Assert.Contains(rows, static row => row.StartsWith("1,layer0_filter,", StringComparison.Ordinal));
        Assert.Contains(rows, static row => row.StartsWith("5,layer0_spike,", StringComparison.Ordinal) && row.EndsWith(",1", StringComparison.Ordinal));
        string first = ProgramRun.Of("nir", "run", file, "--input", input, "--current-order", "synapse-first", "--watch", "layer0_filter").Succeeded().Output;
        Assert.Contains("\n0,layer0_filter,", first, StringComparison.Ordinal);
    }

    /// <summary>Simulated as a graph, the network names the images that it names on its crossbars: a weight range of 4 makes the sums the same to the bit.</summary>
    [Theory, InlineData("spikes"), InlineData("amplitude")]
    public void The_file_has_the_accuracy_of_the_run(string input)
    {
        string folder = runs.NewPath("run");
        ProgramRun.Of(runs.Train(folder, "--weight-range", "4", "--input", input)).Succeeded();
        string file = runs.NewPath("run.nir");
        ProgramRun.Of("nir", "export", folder, "-o", file).Succeeded();
        JsonElement result = SmallRuns.Json(ProgramRun.Of("nir", "eval", file, "--json").Succeeded().Output);
        Assert.Equal(Accuracy(folder), result.GetProperty("test_accuracy").GetDouble());
        Assert.Equal((8, 2, "membrane-first"), (result.GetProperty("steps").GetInt32(), result.GetProperty("burn_in").GetInt32(), result.GetProperty("current_order").GetString()));

        ProgramRun.Of("nir", "export", folder, "-o", file, "--no-state").Succeeded();
        Assert.Equal(Accuracy(folder), SmallRuns.Json(ProgramRun.Of("nir", "eval", file, "--data", runs.Data, "--input", input, "--json").Succeeded().Output).GetProperty("test_accuracy").GetDouble());
        Assert.Contains("expected 784 and 10 as the data set has (--data).", ProgramRun.Of("nir", "eval", file).Refused(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_form_that_more_tools_read_comes_with_a_warning()
    {
        string folder = runs.NewPath("run");
        ProgramRun.Of(runs.Train(folder)).Succeeded();
        string file = runs.NewPath("run.nir");
        ProgramRun run = ProgramRun.Of("nir", "export", folder, "-o", file, "--form", "cuba-lif").Succeeded();
        Assert.StartsWith("rramsnn: warning: CubaLIF sets the membrane to 0 after a spike", run.Error, StringComparison.Ordinal);
        string back = runs.NewPath("back");
        ProgramRun.Of("nir", "import", file, "--out", back).Succeeded();
        Assert.Equal(Accuracy(folder), Accuracy(back));
        Assert.Contains("node 'layer0_neuron' is of type CubaLIF", ProgramRun.Of("nir", "import", file, "--out", runs.NewPath("x"), "--device", "ideal").Refused(), StringComparison.Ordinal);
    }

    [Fact]
    public void Wrong_input_is_refused()
    {
        (_, string file) = Exported();
        string folder = runs.NewPath("new");
        Assert.Equal("--hidden cannot go with nir import: the file says it.", ProgramRun.Of("nir", "import", file, "--out", folder, "--hidden", "32").Refused());
        Assert.Contains("expected 784 and 10 as the data set has (--data).", ProgramRun.Of("nir", "import", Exported("--no-state").File, "--out", folder).Refused(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder));
        Assert.StartsWith("/nowhere.nir: file not found", ProgramRun.Of("nir", "show", "/nowhere.nir").Refused(), StringComparison.Ordinal);
        Assert.Equal("/nowhere: checkpoint not found", ProgramRun.Of("nir", "export", "/nowhere", "-o", "x.nir").Refused());
        Assert.Equal("dt is 0; expected more than 0 and at most 1e6 seconds.", ProgramRun.Of("nir", "run", file, "--input", file, "--dt", "0").Refused());
        Assert.StartsWith("watch names 'x'; expected nodes of ", ProgramRun.Of("nir", "run", file, "--input", file, "--watch", "x").Refused(), StringComparison.Ordinal);
        RefusedTable("", "is empty; expected a header step,index[,value].");
        RefusedTable("time,unit\n", "line 1: has the columns time,unit; expected step,index[,value].");
        RefusedTable("step,index\n0,64\n", "line 2: index is '64'; expected 0 to 63.");
        RefusedTable("step,index\n-1,6\n", "line 2: step is '-1'; expected 0 to 2147483646.");
        RefusedTable("step,index,value\n1,6,x\n", "line 2: value is 'x'; expected a number.");
        RefusedTable("step,index\n1\n", "line 2: has 1 fields; expected 2 as in the header.");

        void RefusedTable(string text, string problem)
        {
            string table = runs.WriteFile("table.csv", text);
            Assert.Equal($"{table}: {problem}", ProgramRun.Of("nir", "run", file, "--input", table).Refused());
        }
    }

    [Theory]
    [InlineData("nir")]
    [InlineData("nir", "export", "--help")]
    [InlineData("nir", "import", "--help")]
    [InlineData("nir", "show", "--help")]
    [InlineData("nir", "eval", "--help")]
    [InlineData("nir", "run", "--help")]
    public void Help_is_no_error(params string[] arguments) => Assert.Contains("Usage:", ProgramRun.Of(arguments).Succeeded().Output, StringComparison.Ordinal);

    private static double Accuracy(string folder) => SmallRuns.Json(ProgramRun.Of("eval", folder, "--quiet", "--json").Succeeded().Output).GetProperty("test_accuracy").GetDouble();

    private static string? Hash(string folder) => SmallRuns.JsonFile(folder, "summary.json").GetProperty("state_sha256").GetString();

    private (string Folder, string File) Exported(params string[] options)
    {
        string folder = runs.NewPath("run");
        ProgramRun.Of(runs.Train(folder)).Succeeded();
        string file = runs.NewPath("run.nir");
        ProgramRun.Of(["nir", "export", folder, "-o", file, .. options]).Succeeded();
        return (folder, file);
    }
}
