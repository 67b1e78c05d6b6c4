using FsCheck.Xunit;
using RramSnn.Kernels.Neurons;
using RramSnn.Model.Checkpoints;
using RramSnn.Model.Crossbars;
using RramSnn.Model.Devices;
using RramSnn.Model.Layers;
using RramSnn.Model.Learning;
using RramSnn.Nir.Files;
using RramSnn.Nir.Graph;
using RramSnn.Nir.Mapping;
using RramSnn.Nir.Simulation;
using RramSnn.PropertyTests.Data;
using RramSnn.PropertyTests.Model;
using Xunit;

namespace RramSnn.PropertyTests.Nir;

public sealed class NetworkGraphTests : IDisposable
{
    private static readonly NirSimulationOptions OwnStep = new() { CurrentOrder = NirCurrentOrder.MembraneFirst };

    private readonly TemporaryFolder _folder = new();

    private string File => Path.Combine(_folder.FullName, "network.nir");

    public void Dispose() => _folder.Dispose();

    /// <summary>The graph of a trained network spikes as the network does, to the bit: with a weight range that is a power of two even the sums are the same.</summary>
    [Theory]
    [InlineData("ideal", SynapseCell.Pair)]
    [InlineData("balanced-pair", SynapseCell.Pair)]
    [InlineData("naive", SynapseCell.Reference)]
    public void The_graph_gives_the_spikes_of_the_network(string method, SynapseCell cell)
    {
        using Network network = Trained(TinyRuns.Options(method: method, cell: cell, hidden: [140, 40]));
        NirFile.Write(File, NetworkGraph.Export(network, new NirExportOptions()));
        NirNetwork graph = new(NirFile.Read(File), OwnStep);
        long spikes = 0;
        for (int sample = 0; sample < 12; sample++)
        {
            spikes += CompareSpikes(network, graph, sample, delay: 0);
        }

        Assert.InRange(spikes, 500, 20_000);
    }

    /// <summary>With the frameworks' order of synapse and membrane the spikes are the same, a step earlier for every layer.</summary>
    [Fact]
    public void Synapse_first_gives_the_same_spikes_earlier()
    {
        using Network network = Trained(TinyRuns.Options(hidden: [140]));
        NirNetwork graph = new(NetworkGraph.Export(network, new NirExportOptions { StepSeconds = 5e-3 }), new NirSimulationOptions { StepSeconds = 5e-3 });
        Assert.InRange(Enumerable.Range(0, 12).Sum(sample => CompareSpikes(network, graph, sample, delay: 1)), 300, 20_000);
    }

    [Theory]
    [InlineData(NirForm.Exact)]
    [InlineData(NirForm.CubaLif)]
    public void The_state_comes_back_to_the_bit(NirForm form)
    {
        NetworkOptions options = TinyRuns.Options();
        using Network network = Trained(options);
        Dictionary<string, string> run = new() { ["config"] = "{}", ["note"] = "α" };
        NirFile.Write(File, NetworkGraph.Export(network, new NirExportOptions { Form = form, Run = run, StepSeconds = 2e-3 }));
        NirGraph graph = NirFile.Read(File);
        SavedRun saved = SavedRun.Find(graph)!;
        Assert.Equal(run, saved.Run);
        Assert.Equal(2e-3, saved.StepSeconds);
        Assert.Equal((options.Inputs, options.Classes), saved.ExtentsOf(File));
        using Network other = new(options with { Seed = 99 });
        Assert.True(saved.TryRestore(other, graph, File));
        Assert.Equal(Checkpoint.StateSha256(network), Checkpoint.StateSha256(other));
    }

    [Fact]
    public void A_graph_whose_weights_were_changed_is_no_saved_state()
    {
        NetworkOptions options = TinyRuns.Options(hidden: [64]);
        using Network network = new(options);
        NirGraph graph = NetworkGraph.Export(network, new NirExportOptions());
        float[] weights = graph.Nodes["layer0_weight"].Parameters["weight"].ToFloats();
        weights[5] = MathF.BitIncrement(weights[5]);
        Dictionary<string, NirNode> nodes = graph.Nodes.ToDictionary();
        nodes["layer0_weight"] = NirNode.Of("Linear", ("weight", NirArray.Of(weights, 64, options.Inputs)));
        NirGraph changed = new(nodes, graph.Edges, graph.Metadata);
        Assert.False(SavedRun.Find(changed)!.TryRestore(network, changed, "x"));
        Assert.Null(SavedRun.Find(NetworkGraph.Export(network, new NirExportOptions { HasState = false })));
    }

    /// <summary>Sizes, constants to the bit, weights and readout to the bit: all that the metadata are not needed for.</summary>
    [Property(MaxTest = 50)]
    public void The_nodes_alone_tell_the_network(ushort alpha, ushort beta, ushort rho, byte strength, byte gain, byte threshold, byte step)
    {
        NeuronConstants neuron = new(alpha / 65536f, beta / 65536f, strength == 0 ? 0f : rho / 65536f, strength / 8f, (gain + 1) / 16f, threshold / 64f);
        NetworkOptions options = TinyRuns.Options(hidden: [20, 30]) with { Neuron = neuron };
        using Network network = new(options);
        double dt = (step + 1) * 1.7e-4;
        NirFile.Write(File, NetworkGraph.Export(network, new NirExportOptions { HasState = false, StepSeconds = dt }));
        CrossbarContent content = CrossbarContent.Of(NirFile.Read(File), dt);
        Assert.Equal((options.Inputs, options.Classes), (content.Inputs, content.Classes));
        Assert.Equal([20, 30], content.Hidden);
        Assert.Equal(neuron, content.Neuron);
        foreach (Layer layer in network.Layers)
        {
            Assert.All(content.Weights[layer.Index].Index(), item => Assert.Equal(layer.Crossbar.Weight(item.Index / layer.Neurons, item.Index % layer.Neurons), item.Item));
        }

        Assert.Equal(network.Layers[^1].GetReadout(), content.Readout);
    }

    /// <summary>A decay of 0 is a time constant of one step, which single precision rounds down.</summary>
    [Fact]
    public void A_time_constant_of_one_step_may_be_rounded()
    {
        NeuronConstants neuron = new(0f, 0.5f, 0f, 0f, 1f, 1f);
        using Network network = new(TinyRuns.Options(hidden: [4]) with { Neuron = neuron });
        NirGraph graph = NetworkGraph.Export(network, new NirExportOptions { HasState = false, StepSeconds = 1e-4 });
        Dictionary<string, NirNode> nodes = graph.Nodes.ToDictionary();
        nodes["layer0_filter"] = NirNode.Of("CubaLI", [.. nodes["layer0_filter"].Parameters.Select(static item => (item.Key, NirArray.Vector(item.Value.ToFloats())))]);
        Assert.True(nodes["layer0_filter"].Parameters["tau_mem"].ToDoubles()[0] < 1e-4);
        NeuronConstants read = CrossbarContent.Of(new NirGraph(nodes, graph.Edges), 1e-4).Neuron;
        Assert.Equal(0f, read.MembraneDecay);
        Assert.Equal(0.5f, read.SynapseDecay, 1e-6f);
    }

    [Theory]
    [InlineData("tiox-3v", "balanced-pair", SynapseCell.Pair)]
    [InlineData("ag-a-si", "naive", SynapseCell.Reference)]
    [InlineData("pcm-nandakumar", "one-sided-reset", SynapseCell.Pair)]
    public void Weights_can_be_programmed_onto_any_device(string device, string method, SynapseCell cell)
    {
        using Network network = Trained(TinyRuns.Options(method: "ideal", hidden: [64, 32]));
        CrossbarContent content = CrossbarContent.Of(NetworkGraph.Export(network, new NirExportOptions()), 1e-3);
        using Network other = new(TinyRuns.Options(device, method, cell, PulseMode.Pulsed, 64, 32) with { WeightRange = 4f, Seed = 3 });
        IReadOnlyList<float> errors = content.Program(other);
        Assert.All(errors, static error => Assert.InRange(error, 0, 4e-6f));
        Assert.Equal(network.Layers[1].GetReadout(), other.Layers[1].GetReadout());
        Assert.Equal(network.Layers[0].Crossbar.Weight(3, 5), other.Layers[0].Crossbar.Weight(3, 5), 4e-6f);
    }

    [Fact]
    public void What_cannot_be_programmed_is_refused()
    {
        using Network network = new(TinyRuns.Options(hidden: [64]));
        CrossbarContent content = CrossbarContent.Of(NetworkGraph.Export(network, new NirExportOptions()), 1e-3);
        using Network small = new(TinyRuns.Options(hidden: [64]) with { WeightRange = 0.01f });
        Assert.Contains("expected -0.01 to 0.01, what the weight range allows", Assert.ThrowsAny<ArgumentException>(() => content.Program(small)).Message, StringComparison.Ordinal);
        using Network other = new(TinyRuns.Options(hidden: [65]));
        Assert.Equal("the network has 70 inputs, 65 neurons and 4 classes; expected 70, 64 and 4 as in the graph.", Assert.Throws<ArgumentException>(() => content.Program(other)).Message);
    }

    [Theory]
    [InlineData("layer0_filter", "CubaLIF", "node 'layer0_filter' is of type CubaLIF with 1 inputs; expected Linear, CubaLI and Threshold")]
    [InlineData("layer0_filter", "v_leak", "node 'layer0_filter': v_leak runs from 0 to 1; expected one value for all neurons.")]
    [InlineData("layer1_spike", "threshold", "node 'layer1_filter' or the threshold or LI behind it has other constants than the layer before")]
    [InlineData("layer0_weight", "bias", "node 'layer0_weight' has a bias; expected none")]
    [InlineData("layer0_weight", "-> output", "node 'layer0_weight' leads to 2 nodes; expected")]
    public void Another_graph_is_refused_by_the_name_of_its_node(string name, string change, string message)
    {
        using Network network = new(TinyRuns.Options(hidden: [4, 4]) with { Classes = 4 });
        NirGraph graph = NetworkGraph.Export(network, new NirExportOptions());
        Dictionary<string, NirNode> nodes = graph.Nodes.ToDictionary();
        Dictionary<string, NirArray> parameters = nodes[name].Parameters.ToDictionary();
        NirArray four = NirArray.Vector(0f, 0f, 1f, 0f);
        string type = nodes[name].Type;
        NirEdge[] edges = [.. graph.Edges];
        switch (change)
        {
            case "CubaLIF":
                type = change;
                parameters["v_threshold"] = four;
                break;
            case "bias":
                type = "Affine";
                parameters["bias"] = four;
                break;
            case "threshold":
                parameters[change] = NirArray.Vector(1f, 1f, 1f, 1f);
                break;
            case "v_leak":
                parameters[change] = four;
                break;
            default:
                edges = [.. edges, new NirEdge(name, "output")];
                break;
        }

        nodes[name] = new NirNode(type, parameters);
        Assert.StartsWith(message, Assert.Throws<ArgumentException>(() => CrossbarContent.Of(new NirGraph(nodes, edges), 1e-3)).Message, StringComparison.Ordinal);
    }

    private static Network Trained(NetworkOptions options)
    {
        Network network = new(options);
        using TrainingSession session = new(network, TinyRuns.Samples(), new TrainingOptions { LearningRate = 0.02 }, threads: 1);
        session.Advance(24);
        return network;
    }

    /// <summary>Shows a sample to both and compares every layer's spikes; the number of spikes.</summary>
    private static long CompareSpikes(Network network, NirNetwork graph, int sample, int delay)
    {
        NetworkOptions options = network.Options;
        SyntheticSpikes samples = TinyRuns.Samples();
        int words = network.Layers[0].InputWords;
        ulong[] raster = new ulong[options.Steps * words];
        samples.Encode(sample, 0, options.Steps, raster, words);
        using WorkerScratch scratch = network.CreateScratch();
        foreach (Layer layer in network.Layers)
        {
            layer.ResetState(Panels(layer), (0, layer.InputWords));
        }

        graph.Reset();
        Queue<float[]> ahead = new();
        long spikes = 0;
        for (int step = 0; step < options.Steps; step++)
        {
            ulong[] now = raster[(step * words)..((step + 1) * words)];
            graph.Step([.. Enumerable.Range(0, options.Inputs).Select(i => (float)((now[i / 64] >> (i % 64)) & 1))]);
            LayerInput input = new(now);
            foreach (Layer layer in network.Layers)
            {
                layer.Integrate(input, new StepContext((ulong)step, Learns: false, Measures: true), Panels(layer), scratch);
                input = new LayerInput(layer.Spikes);
                float[] expected = [.. Enumerable.Range(0, layer.Neurons).Select(j => (float)((layer.Spikes[j / 64] >> (j % 64)) & 1))];
                ahead.Enqueue(graph.Values($"layer{layer.Index}_spike").ToArray());
                if (step >= delay)
                {
                    Assert.Equal(expected, ahead.Dequeue());
                }

                spikes += (long)expected.Sum();
            }
        }

        return spikes;

        static PanelRange Panels(Layer layer) => new(0, layer.Crossbar.Layout.PanelCount);
    }
}
