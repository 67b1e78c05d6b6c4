using RramSnn.Kernels.Crossbar;
using RramSnn.Kernels.Neurons;
using RramSnn.Model.Checkpoints;
using RramSnn.Model.Layers;
using RramSnn.Nir.Files;
using RramSnn.Nir.Graph;

namespace RramSnn.Nir.Mapping;

/// <summary>A network as a NIR graph.</summary>
/// <remarks>
/// With dt a step, alpha, beta, rho the decays, g the gain, w_r the reset's strength and theta the threshold, a layer is
/// <code>
///   Linear(weight = w) -> CubaLI(tau_syn = dt/(1 - beta), tau_mem = dt/(1 - alpha), w_in = g, r = 1, v_leak = 0) -> Threshold(theta)
///   Threshold -> LI(tau = dt/(1 - rho), r = -w_r, v_leak = 0) -> Threshold                              the reset trace, unless w_r = 0
/// </code>
/// and the last layer's readout is a Linear node before the output. Time constants are in double precision, so that 1 - dt/tau gives the decays back to the
/// bit; all else is in single precision. Forward Euler of both equations at once (<see cref="Simulation.NirCurrentOrder.MembraneFirst"/>) is the layer's own
/// step. Devices, readouts of the other layers and settings go into the metadata.
/// </remarks>
public static class NetworkGraph
{
    /// <summary>Makes the graph of a network.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The step is not above 0.</exception>
    public static NirGraph Export(Network network, NirExportOptions options)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(options);
        new Simulation.NirSimulationOptions { StepSeconds = options.StepSeconds }.Validate();
        GraphBuilder graph = new();
        graph.Append("input", NirNode.Of(NirNodeType.Input, ("shape", NirArray.Vector((long)network.Options.Inputs))));
        foreach (Layer layer in network.Layers)
        {
            AppendLayer(graph, layer, network.Options.Neuron, options);
        }

        int classes = network.Options.Classes;
        Layer last = network.Layers[^1];
        graph.Append("readout", NirNode.Of(NirNodeType.Linear, ("weight", NirArray.Of(Transposed(last.GetReadout(), last.Neurons, classes), classes, last.Neurons))));
        graph.Append("output", NirNode.Of(NirNodeType.Output, ("shape", NirArray.Vector((long)classes))));
        return new NirGraph(graph.Nodes, graph.Edges, Metadata(network, options)) { Version = NirFile.Version };
    }

    /// <summary>What the network does and the graph does not, one sentence each; nothing for an exact graph.</summary>
    public static IReadOnlyList<string> Deviations(Network network, NirForm form)
    {
        ArgumentNullException.ThrowIfNull(network);
        List<string> deviations = [];
        if (form == NirForm.CubaLif)
        {
            deviations.Add("CubaLIF sets the membrane to 0 after a spike, where the layer adds a decaying trace: the spikes differ");
        }

        if (network.Options.Periphery != Model.Periphery.NetworkPeriphery.Ideal)
        {
            deviations.Add("converters, wires and the devices' own nonlinearity are not in the graph, which holds the programmed weights");
        }

        if (network.Options.Variability.ReadNoise > 0)
        {
            deviations.Add("the noise of reads is not in the graph");
        }

        return deviations;
    }

    private static void AppendLayer(GraphBuilder graph, Layer layer, NeuronConstants neuron, NirExportOptions options)
    {
        int neurons = layer.Neurons;
        string name = $"layer{layer.Index}";
        graph.Append($"{name}_weight", NirNode.Of(NirNodeType.Linear, ("weight", NirArray.Of(Weights(layer), neurons, layer.Crossbar.Layout.Rows))));
        if (options.Form == NirForm.CubaLif)
        {
            // snnTorch takes no other r than tau_mem/dt: its membranes add the whole current. The threshold grows with them.
            double scale = 1 / (1.0 - neuron.MembraneDecay);
            graph.Append($"{name}_neuron", NirNode.Of(NirNodeType.CubaLIF, [.. Filter((float)scale), ("v_threshold", All((float)(neuron.Threshold * scale))), ("v_reset", All(0f))]));
            return;
        }

        graph.Append($"{name}_filter", NirNode.Of(NirNodeType.CubaLI, Filter(1f)));
        graph.Append($"{name}_spike", NirNode.Of(NirNodeType.Threshold, ("threshold", All(neuron.Threshold))));
        if (neuron.ResetStrength > 0)
        {
            graph.Loop($"{name}_reset", NirNode.Of(NirNodeType.LI, ("tau", All(Tau(neuron.ResetDecay))), ("r", All(-neuron.ResetStrength)), ("v_leak", All(0f))));
        }

        (string, NirArray)[] Filter(float resistance) =>
        [
            ("tau_syn", All(Tau(neuron.SynapseDecay))),
            ("tau_mem", All(Tau(neuron.MembraneDecay))),
            ("r", All(resistance)),
            ("v_leak", All(0f)),
            ("w_in", All(neuron.Gain)),
        ];

        double Tau(float decay) => options.StepSeconds / (1.0 - decay);

        NirArray All<T>(T value)
            where T : unmanaged, System.Numerics.INumber<T> => NirArray.Vector([.. Enumerable.Repeat(value, neurons)]);
    }

    /// <summary>Row-major [neurons, inputs].</summary>
    private static float[] Weights(Layer layer)
    {
        CrossbarLayout layout = layer.Crossbar.Layout;
        float[] weights = new float[layout.Rows * layout.Columns];
        for (int neuron = 0; neuron < layout.Columns; neuron++)
        {
            for (int input = 0; input < layout.Rows; input++)
            {
                weights[(neuron * layout.Rows) + input] = layer.Crossbar.Weight(input, neuron);
            }
        }

        return weights;
    }

    /// <summary>The transpose of a row-major matrix.</summary>
    internal static float[] Transposed(ReadOnlySpan<float> matrix, int rows, int columns)
    {
        float[] transposed = new float[matrix.Length];
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                transposed[(j * rows) + i] = matrix[(i * columns) + j];
            }
        }

        return transposed;
    }

    private static Dictionary<string, NirValue> Metadata(Network network, NirExportOptions options)
    {
        Dictionary<string, NirValue> metadata = new()
        {
            [MetadataNames.FormatVersion] = new NirText(MetadataNames.Version),
            [MetadataNames.Form] = new NirText(MetadataNames.NameOf(options.Form)),
            [MetadataNames.StepSeconds] = NirArray.Scalar(options.StepSeconds),
            [MetadataNames.Discretisation] = new NirText(MetadataNames.ForwardEuler),
            [MetadataNames.CurrentOrder] = new NirText(MetadataNames.MembraneFirst),
            [MetadataNames.Steps] = NirArray.Scalar(network.Options.Steps),
            [MetadataNames.BurnIn] = NirArray.Scalar(network.Options.BurnIn),
        };
        foreach ((string key, string value) in options.Run ?? new Dictionary<string, string>())
        {
            metadata[MetadataNames.Run + key] = new NirText(value);
        }

        foreach (SafeTensor tensor in options.HasState ? Checkpoint.Capture(network) : [])
        {
            metadata[MetadataNames.State + tensor.Name] = StateTensor.ToArray(tensor);
        }

        return metadata;
    }

    /// <summary>Nodes in a row, each behind the one before.</summary>
    private sealed class GraphBuilder
    {
        private string? _last;

        internal OrderedDictionary<string, NirNode> Nodes { get; } = [];

        internal List<NirEdge> Edges { get; } = [];

        internal void Append(string name, NirNode node)
        {
            Nodes.Add(name, node);
            if (_last is not null)
            {
                Edges.Add(new NirEdge(_last, name));
            }

            _last = name;
        }

        /// <summary>A node from the last one back to it.</summary>
        internal void Loop(string name, NirNode node)
        {
            Nodes.Add(name, node);
            Edges.Add(new NirEdge(_last!, name));
            Edges.Add(new NirEdge(name, _last!));
        }
    }
}
