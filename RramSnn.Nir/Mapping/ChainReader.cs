using System.Globalization;
using RramSnn.Kernels.Neurons;
using RramSnn.Nir.Graph;
using RramSnn.Nir.Simulation;

namespace RramSnn.Nir.Mapping;

/// <summary>Walks a graph from its input to its output as the chain of layers that it must be.</summary>
internal sealed class ChainReader
{
    private const string Expected = "expected Linear, CubaLI and Threshold (with an LI from it back to it, or without) for each layer and a last Linear before the output (docs/nir.md)";

    private readonly FlatGraph _graph;
    private readonly NirSimulationOptions _options;
    private readonly int[][] _targets;

    internal ChainReader(NirGraph graph, double stepSeconds)
    {
        _options = new NirSimulationOptions { StepSeconds = stepSeconds };
        _options.Validate();
        _graph = FlatGraph.Of(graph);
        _targets = [.. _graph.Nodes.Select((_, source) => (int[])[.. Enumerable.Range(0, _graph.Nodes.Length).Where(target => _graph.Sources[target].Contains(source))])];
        NirSizes.Of(_graph);
    }

    internal CrossbarContent Read()
    {
        if (_graph.Inputs.Length != 1 || _graph.Outputs.Length != 1)
        {
            throw new ArgumentException($"the graph has {_graph.Inputs.Length} inputs and {_graph.Outputs.Length} outputs; expected one of each.");
        }

        List<float[]> weights = [];
        List<int> hidden = [];
        LayerConstants? constants = null;
        int seen = 1;
        for (int node = _graph.Inputs[0]; ;)
        {
            int linear = Next(node, NirNodeType.Linear, NirNodeType.Affine);
            NirArray weight = WeightOf(linear);
            int behind = Next(linear, NirNodeType.CubaLI, NirNodeType.Output);
            if (behind == _graph.Outputs[0] && weights.Count > 0)
            {
                if (seen + 2 != _graph.Nodes.Length - Passed)
                {
                    throw new ArgumentException($"the graph has nodes beside the chain from input to output; {Expected}.");
                }

                return new CrossbarContent(
                    weights[0].Length / hidden[0],
                    hidden,
                    weight.Shape[0],
                    constants!.ToNeuron(),
                    weights,
                    NetworkGraph.Transposed(weight.ToFloats(), weight.Shape[0], weight.Shape[1]));
            }

            if (_graph.Nodes[behind].Type == NirNodeType.Output)
            {
                throw new ArgumentException($"node '{_graph.Names[linear]}' is the only layer; {Expected}.");
            }

            (int threshold, LayerConstants layer, int nodes) = ReadNeurons(behind);
            if (constants is not null && constants != layer)
            {
                throw new ArgumentException($"node '{_graph.Names[behind]}' or the threshold or LI behind it has other constants than the layer before; expected the same in all layers.");
            }

            constants = layer;
            weights.Add(NetworkGraph.Transposed(weight.ToFloats(), weight.Shape[0], weight.Shape[1]));
            hidden.Add(weight.Shape[0]);
            seen += 1 + nodes;
            node = threshold;
        }
    }

    /// <summary>Nodes that hand on.</summary>
    private int Passed => _graph.Nodes.Index().Count(item => IsPassed(item.Index));

    private (int Threshold, LayerConstants Constants, int Nodes) ReadNeurons(int filter)
    {
        if (Uniform(filter, "v_leak") != 0)
        {
            throw new ArgumentException($"node '{_graph.Names[filter]}': v_leak is not 0; expected 0, where crossbar neurons rest.");
        }

        int threshold = Next(filter, NirNodeType.Threshold);
        int[] loop = [.. _targets[threshold].Where(node => _graph.Nodes[node].Type == NirNodeType.LI && _targets[node].SequenceEqual([threshold]) && _graph.Sources[node].SequenceEqual([threshold]))];
        if (_graph.Sources[threshold].Length != 1 + loop.Length || loop.Length > 1)
        {
            throw new ArgumentException($"node '{_graph.Names[threshold]}' adds up {_graph.Sources[threshold].Length} inputs; expected the filter and at most one LI that it feeds.");
        }

        (float decay, double strength) = (0f, 0);
        if (loop is [var reset])
        {
            decay = Decay(Uniform(reset, "tau"), reset);
            strength = Uniform(reset, "v_leak") == 0 ? -Uniform(reset, "r") : throw new ArgumentException($"node '{_graph.Names[reset]}': v_leak is not 0; expected 0.");
        }

        LayerConstants constants = new(
            Decay(Uniform(filter, "tau_mem"), filter),
            Decay(Uniform(filter, "tau_syn"), filter),
            decay,
            (float)strength,
            (float)(Uniform(filter, "w_in", 1) * Uniform(filter, "r")),
            (float)Uniform(threshold, "threshold"));
        return (threshold, constants, 2 + loop.Length);
    }

    /// <summary>The only node behind another, past Flatten and the ends of opened graphs; an LI that loops back does not count.</summary>
    private int Next(int node, params string[] types)
    {
        int[] targets = [.. _targets[node].Where(target => !_targets[target].SequenceEqual([node]))];
        if (targets.Length != 1)
        {
            throw new ArgumentException($"node '{_graph.Names[node]}' leads to {targets.Length} nodes; {Expected}.");
        }

        int next = targets[0];
        if (IsPassed(next))
        {
            return Next(next, types);
        }

        return types.Contains(_graph.Nodes[next].Type) && (_graph.Sources[next].Length == 1 || _graph.Nodes[next].Type == NirNodeType.Threshold)
            ? next
            : throw new ArgumentException($"node '{_graph.Names[next]}' is of type {_graph.Nodes[next].Type} with {_graph.Sources[next].Length} inputs; {Expected}.");
    }

    private bool IsPassed(int node) => _graph.Nodes[node].Type switch
    {
        NirNodeType.Flatten => true,
        NirNodeType.Input => !_graph.Inputs.Contains(node),
        NirNodeType.Output => !_graph.Outputs.Contains(node),
        _ => false,
    };

    private NirArray WeightOf(int node)
    {
        NirNode linear = _graph.Nodes[node];
        return linear.Parameters.TryGetValue("bias", out NirArray? bias) && bias.ToDoubles().Any(static value => value != 0)
            ? throw new ArgumentException($"node '{_graph.Names[node]}' has a bias; expected none, since crossbar neurons have none.")
            : linear.Parameters["weight"];
    }

    private double Uniform(int node, string parameter, double? standard = null)
    {
        if (!_graph.Nodes[node].Parameters.TryGetValue(parameter, out NirArray? array))
        {
            return standard!.Value;
        }

        double[] values = array.ToDoubles();
        return Array.TrueForAll(values, value => value == values[0])
            ? values[0]
            : throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"node '{_graph.Names[node]}': {parameter} runs from {values.Min()} to {values.Max()}; expected one value for all neurons."));
    }

    private float Decay(double tau, int node) => _options.Resolves(tau)
        ? (float)(1 - _options.Approach(tau))
        : throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"node '{_graph.Names[node]}': a time constant is {tau} s; expected at least the step of {_options.StepSeconds} s."));

    private sealed record LayerConstants(float MembraneDecay, float SynapseDecay, float ResetDecay, float ResetStrength, float Gain, float Threshold)
    {
        internal NeuronConstants ToNeuron() => new(MembraneDecay, SynapseDecay, ResetDecay, ResetStrength, Gain, Threshold);
    }
}
