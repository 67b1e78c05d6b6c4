using System.Numerics.Tensors;
using RramSnn.Kernels.Crossbar;
using RramSnn.Nir.Graph;

namespace RramSnn.Nir.Simulation;

/// <summary>A NIR graph that makes steps: what the nodes define, in discrete time (docs/nir.md, section 3).</summary>
/// <remarks>
/// All values are floats; every step of a neuron has a fixed order of roundings, so results do not depend on the machine. A spike is the value 1 for one
/// step. A node adds what its edges bring, in the ordinal order of the sources' names. Before the first step membranes are at v_leak, currents and
/// integrators at 0, spikes silent, and nodes without memory have what follows from that.
/// </remarks>
public sealed class NirNetwork
{
    private readonly FlatGraph _graph;
    private readonly int[] _order;
    private readonly NirStage[] _stages;
    private readonly (int Inputs, int Outputs)[] _sizes;
    private readonly float[][] _outputs;
    private readonly float[][] _atRest;
    private readonly float[] _sum;
    private readonly int _input;

    /// <summary>Prepares a graph and brings it to rest.</summary>
    /// <param name="graph">The graph; one input and at least one output.</param>
    /// <param name="options">Step and how it is made.</param>
    /// <exception cref="ArgumentException">
    /// The graph is not well-formed, sizes do not fit, a cycle has no memory, or a time constant or delay does not go with the step.
    /// </exception>
    public NirNetwork(NirGraph graph, NirSimulationOptions options)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(options);
        graph.Validate();
        options.Validate();
        Options = options;
        _graph = FlatGraph.Of(graph);
        if (_graph.Inputs.Length != 1 || _graph.Outputs.Length == 0)
        {
            throw new ArgumentException($"the graph has {_graph.Inputs.Length} inputs and {_graph.Outputs.Length} outputs; expected one input and at least one output.");
        }

        _input = _graph.Inputs[0];
        if (_graph.Sources[_input].Length > 0)
        {
            throw new ArgumentException($"an edge leads from '{_graph.Names[_graph.Sources[_input][0]]}' to the input '{_graph.Names[_input]}'; expected none.");
        }

        _order = NirSchedule.Of(_graph);
        _sizes = NirSizes.Of(_graph);
        StageFactory factory = new(options);
        _stages = [.. _graph.Nodes.Select((node, index) => factory.Create(node, _graph.Names[index], _sizes[index]))];
        _outputs = [.. _sizes.Select(static size => new float[Padded(size.Outputs)])];
        _sum = new float[_sizes.Max(static size => Padded(size.Inputs))];
        Settle();
        _atRest = [.. _outputs.Select(static values => (float[])values.Clone())];
        OutputNames = [.. _graph.Outputs.Select(output => _graph.Names[output])];
    }

    /// <summary>Step and how it is made.</summary>
    public NirSimulationOptions Options { get; }

    /// <summary>Number of inputs.</summary>
    public int Inputs => _sizes[_input].Outputs;

    /// <summary>Names of the graph's outputs, in ordinal order.</summary>
    public IReadOnlyList<string> OutputNames { get; }

    /// <summary>Names of all nodes, in ordinal order; those of inner graphs as outer/inner.</summary>
    public IReadOnlyList<string> NodeNames => _graph.Names;

    /// <summary>Length of a buffer for so many values: whole panels of the crossbar kernels.</summary>
    internal static int Padded(int size) => ((size - 1) / CrossbarLayout.PanelWidth * CrossbarLayout.PanelWidth) + CrossbarLayout.PanelWidth;

    /// <summary>Forgets all earlier steps.</summary>
    public void Reset()
    {
        Array.ForEach(_stages, static stage => stage.Reset());
        for (int node = 0; node < _outputs.Length; node++)
        {
            _atRest[node].CopyTo(_outputs[node], 0);
        }
    }

    /// <summary>One step of dt.</summary>
    /// <param name="input">What the input node puts out in this step; spikes are 1.</param>
    /// <exception cref="ArgumentException">The length is not <see cref="Inputs"/>.</exception>
    public void Step(ReadOnlySpan<float> input)
    {
        if (input.Length != Inputs)
        {
            throw new ArgumentException($"input has {input.Length} elements; expected {Inputs}.", nameof(input));
        }

        input.CopyTo(_outputs[_input]);
        foreach (int node in _order)
        {
            if (node != _input)
            {
                Step(node);
            }
        }
    }

    /// <summary>What a node put out in the last step.</summary>
    /// <param name="name">One of <see cref="NodeNames"/>.</param>
    /// <exception cref="ArgumentException">There is no such node.</exception>
    public ReadOnlySpan<float> Values(string name)
    {
        int node = Array.BinarySearch(_graph.Names, name, StringComparer.Ordinal);
        return node >= 0
            ? _outputs[node].AsSpan(0, _sizes[node].Outputs)
            : throw new ArgumentException($"name is '{name}'; expected one of {string.Join(", ", _graph.Names)}.", nameof(name));
    }

    private void Step(int node)
    {
        int[] sources = _graph.Sources[node];
        ReadOnlySpan<float> input;
        if (sources.Length == 1)
        {
            input = _outputs[sources[0]];
        }
        else
        {
            // Every buffer is padded with zeros, and the sums of zeros are.
            Span<float> sum = _sum.AsSpan(0, Padded(_sizes[node].Inputs));
            sum.Clear();
            foreach (int source in sources)
            {
                TensorPrimitives.Add(sum, _outputs[source], sum);
            }

            input = sum;
        }

        _stages[node].Step(input, _outputs[node].AsSpan(0, _sizes[node].Outputs));
    }

    /// <summary>Outputs before the first step: those of nodes without memory follow from biases and resting potentials.</summary>
    private void Settle()
    {
        for (int node = 0; node < _stages.Length; node++)
        {
            _stages[node].Rest(_outputs[node].AsSpan(0, _sizes[node].Outputs));
        }

        // A node that a cycle puts before its source sees it one pass later.
        for (int pass = 0; pass <= _order.Length; pass++)
        {
            bool changed = false;
            foreach (int node in _order.Where(node => node != _input && _stages[node].IsInstant))
            {
                float[] before = (float[])_outputs[node].Clone();
                Step(node);
                changed |= !before.AsSpan().SequenceEqual(_outputs[node]);
            }

            if (!changed)
            {
                return;
            }
        }
    }
}
