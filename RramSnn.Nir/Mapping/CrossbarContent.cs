using RramSnn.Kernels.Neurons;
using RramSnn.Model.Layers;
using RramSnn.Nir.Graph;

namespace RramSnn.Nir.Mapping;

/// <summary>What a graph says of a crossbar network: all that makes its inference.</summary>
/// <param name="Inputs">Number of inputs.</param>
/// <param name="Hidden">Neurons of each layer.</param>
/// <param name="Classes">Outputs of the readout.</param>
/// <param name="Neuron">Constants of all neurons.</param>
/// <param name="Weights">For each layer row-major [inputs, neurons].</param>
/// <param name="Readout">Of the last layer, row-major [neurons, classes].</param>
public sealed record CrossbarContent(
    int Inputs, IReadOnlyList<int> Hidden, int Classes, NeuronConstants Neuron, IReadOnlyList<float[]> Weights, float[] Readout)
{
    /// <summary>The largest magnitude of a weight.</summary>
    public float LargestWeight => Weights.Max(static layer => layer.Max(MathF.Abs));

    /// <summary>Reads a graph that is a chain of Linear, CubaLI, Threshold (with or without LI) and a last Linear.</summary>
    /// <param name="graph">The graph; graphs within it are opened.</param>
    /// <param name="stepSeconds">dt in seconds.</param>
    /// <exception cref="ArgumentException">The graph is no such chain, or neurons differ; the message names the node.</exception>
    public static CrossbarContent Of(NirGraph graph, double stepSeconds)
    {
        ArgumentNullException.ThrowIfNull(graph);
        graph.Validate();
        return new ChainReader(graph, stepSeconds).Read();
    }

    /// <summary>Programs the weights onto a network's devices and sets its last readout.</summary>
    /// <param name="network">A network of these sizes.</param>
    /// <returns>For each layer the largest error of a weight.</returns>
    /// <exception cref="ArgumentException">The sizes are others, or a weight is beyond the weight range.</exception>
    public IReadOnlyList<float> Program(Network network)
    {
        ArgumentNullException.ThrowIfNull(network);
        if (network.Options.Inputs != Inputs || !network.Options.Hidden.SequenceEqual(Hidden) || network.Options.Classes != Classes)
        {
            throw new ArgumentException(
                $"the network has {network.Options.Inputs} inputs, {string.Join(',', network.Options.Hidden)} neurons and {network.Options.Classes} classes; expected {Inputs}, {string.Join(',', Hidden)} and {Classes} as in the graph.");
        }

        List<float> errors = [];
        for (int i = 0; i < Weights.Count; i++)
        {
            Layer layer = network.Layers[i];
            layer.Crossbar.Program(Weights[i]);
            errors.Add(Weights[i].Index().Max(item => MathF.Abs(item.Item - layer.Crossbar.Weight(item.Index / layer.Neurons, item.Index % layer.Neurons))));
        }

        network.Layers[^1].SetReadout(Readout);
        return errors;
    }
}
