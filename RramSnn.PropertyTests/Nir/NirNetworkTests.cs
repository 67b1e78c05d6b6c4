using FsCheck.Xunit;
using RramSnn.Nir.Graph;
using RramSnn.Nir.Simulation;
using Xunit;

namespace RramSnn.PropertyTests.Nir;

public class NirNetworkTests
{
    private const double Tolerance = 2e-5;

    private static readonly NirSimulationOptions Standard = new();

    [Property(MaxTest = 200)]
    public void Every_node_follows_its_equation(int seed) => Compare(new AnyNetwork(seed, isRecurrent: false));

    [Property(MaxTest = 200)]
    public void A_cycle_delays_by_one_step(int seed) => Compare(new AnyNetwork(seed, isRecurrent: true));

    /// <summary>Most of the steps of the two properties above are compared, and not left out because a membrane comes too near to its threshold.</summary>
    [Theory, InlineData(false), InlineData(true)]
    public void Most_steps_can_be_compared(bool isRecurrent) =>
        Assert.InRange(Enumerable.Range(0, 40).Average(seed => Compare(new AnyNetwork(seed, isRecurrent))), 12, 25);

    /// <summary>The order of nodes and edges in the file means nothing, and after a reset everything begins anew: the same bits.</summary>
    [Property(MaxTest = 50)]
    public void Order_means_nothing_and_reset_forgets(int seed, bool isRecurrent)
    {
        AnyNetwork any = new(seed, isRecurrent);
        NirNetwork first = new(any.Graph(1), any.Options);
        NirNetwork second = new(any.Graph(2), any.Options);
        float[][] once = Outputs(first, any.Raster);
        Assert.Equal(once, Outputs(second, any.Raster));
        first.Reset();
        Assert.Equal(once, Outputs(first, any.Raster));
    }

    /// <summary>A graph within a graph does what its nodes do without it.</summary>
    [Property(MaxTest = 50)]
    public void An_inner_graph_is_what_it_holds(int seed)
    {
        AnyNetwork any = new(seed, isRecurrent: true);
        NirGraph inner = any.Graph(1);
        NirNode[] ends = [inner.Nodes["input"], inner.Nodes["output"]];
        NirGraph outer = new(
            new Dictionary<string, NirNode> { ["input"] = ends[0], ["inner"] = inner, ["output"] = ends[1] },
            [new NirEdge("input", "inner"), new NirEdge("inner", "output")]);
        Assert.Equal(Outputs(new NirNetwork(inner, any.Options), any.Raster), Outputs(new NirNetwork(outer, any.Options), any.Raster));
    }

    /// <summary>With input that is constant the exponential step is exact: v(t) = v_leak + r I + (v_leak - v_leak - r I) exp(-t/tau).</summary>
    [Property]
    public void The_exponential_step_is_exact_for_constant_input(byte stepIndex, sbyte drive)
    {
        double dt = (stepIndex + 1) * 1e-4;
        NirNetwork network = new(
            Chain(NirNode.Of("LI", ("tau", NirArray.Vector(7e-3)), ("r", NirArray.Vector(2.0)), ("v_leak", NirArray.Vector(0.25)))),
            Standard with { StepSeconds = dt, Discretisation = NirDiscretisation.Exponential });
        for (int step = 1; step <= 20; step++)
        {
            network.Step([drive / 16f]);
            double target = 0.25 + (2 * drive / 16.0);
            Assert.Equal(target + ((0.25 - target) * Math.Exp(-step * dt / 7e-3)), network.Values("output")[0], 2e-5);
        }
    }

    [Theory]
    [InlineData(NirReset.ToValue, new[] { 0, 1, 0, 1, 0, 1 })]
    [InlineData(NirReset.BySubtraction, new[] { 0, 1, 1, 0, 1, 1 })]
    public void A_reset_sets_or_subtracts(NirReset reset, int[] spikes)
    {
        // v grows by 0.75: 0.75, 1.5 spikes; 0 or 0.5 is left.
        NirNetwork network = new(
            Chain(NirNode.Of("IF", ("r", NirArray.Vector(1f)), ("v_threshold", NirArray.Vector(1f)))), Standard with { StepSeconds = 1, Reset = reset });
        Assert.Equal(spikes, spikes.Select(_ =>
        {
            network.Step([0.75f]);
            return (int)network.Values("n")[0];
        }));
    }

    [Fact]
    public void A_delay_is_one_of_whole_steps_for_every_element()
    {
        NirNode delay = NirNode.Of("Delay", ("delay", NirArray.Vector(0f, 1e-3f, 3e-3f)));
        NirNetwork network = new(Chain(delay, 3), Standard);
        for (int step = 1; step <= 6; step++)
        {
            network.Step([step, step, step]);
            Assert.Equal([step, Math.Max(step - 1, 0), Math.Max(step - 3, 0)], network.Values("output").ToArray());
        }

        Assert.Equal("node 'n': delay is 0.0010000000474974513 s; expected 0 to 1048576 whole steps of 0.0003 s.", Refusal(Chain(delay, 3), Standard with { StepSeconds = 3e-4 }));
    }

    [Fact]
    public void Flatten_hands_on()
    {
        NirNode flatten = NirNode.Of("Flatten", ("start_dim", NirArray.Scalar(0L)), ("end_dim", NirArray.Scalar(-1L)));
        NirGraph graph = new(
            new Dictionary<string, NirNode>
            {
                ["input"] = NirNode.Of("Input", ("shape", NirArray.Vector(2L, 3L))),
                ["n"] = flatten,
                ["w"] = NirNode.Of("Linear", ("weight", NirArray.Of([1f, 2, 3, 4, 5, 6], 1, 6))),
                ["output"] = NirNode.Of("Output", ("shape", NirArray.Vector(1L))),
            },
            [new NirEdge("input", "n"), new NirEdge("n", "w"), new NirEdge("w", "output")]);
        NirNetwork network = new(graph, Standard);
        network.Step([1, 0, 0, 0, 0, 1]);
        Assert.Equal(7f, network.Values("output")[0]);
    }

    /// <summary>Exporters write shapes as their sample had them: extents before the neurons' own do not count, and what the writer did not know follows from the nodes around.</summary>
    [Theory]
    [InlineData(new[] { 6 }, new[] { 2 })]
    [InlineData(new[] { 1, 6 }, new[] { 1, 2 })]
    [InlineData(new[] { 25, 16, 2, 3 }, new[] { 25, 16, 2 })]
    [InlineData(new int[0], new int[0])]
    public void Shapes_may_hold_samples_and_steps(int[] input, int[] output)
    {
        NirArray one = NirArray.Scalar(1f);
        NirGraph graph = new(
            new Dictionary<string, NirNode>
            {
                ["input"] = NirNode.Of("Input", ("shape", NirArray.Vector(input))),
                ["f"] = NirNode.Of("Flatten", ("start_dim", NirArray.Scalar(1L)), ("end_dim", NirArray.Scalar(-1L)), ("input_type", NirArray.Vector(0L, 0L))),
                ["w"] = NirNode.Of("Linear", ("weight", NirArray.Of([1L, 2, 3, 4, 5, 6, -1, -2, -3, -4, -5, -6], 2, 6))),
                ["n"] = NirNode.Of("LIF", ("tau", one), ("r", one), ("v_leak", NirArray.Scalar(0f)), ("v_threshold", one)),
                ["output"] = NirNode.Of("Output", ("shape", NirArray.Vector(output))),
            },
            [new NirEdge("input", "f"), new NirEdge("f", "w"), new NirEdge("w", "n"), new NirEdge("n", "output")]);
        NirNetwork network = new(graph, Standard with { StepSeconds = 1 });
        Assert.Equal(6, network.Inputs);
        network.Step([1, 0, 0, 0, 0, 1]);
        Assert.Equal([7, -7], network.Values("w").ToArray());
        Assert.Equal([1, 0], network.Values("output").ToArray());
    }

    [Fact]
    public void The_step_that_resistances_were_made_for_is_found()
    {
        NirNode leaky = NirNode.Of("LIF", ("tau", NirArray.Vector(2e-3f, 1e-3f)), ("r", NirArray.Vector(20f, 10f)), ("v_leak", NirArray.Scalar(0f)), ("v_threshold", NirArray.Scalar(1f)));
        NirNode cuba = NirNode.Of("CubaLIF", ("tau_syn", NirArray.Vector(5e-3f)), ("tau_mem", NirArray.Vector(4e-3f)), ("r", NirArray.Vector(40f)), ("v_leak", NirArray.Scalar(0f)), ("v_threshold", NirArray.Scalar(1f)));
        NirNode norse = NirNode.Of("LIF", ("tau", NirArray.Vector(1e-2f)), ("r", NirArray.Vector(1f)), ("v_leak", NirArray.Scalar(0f)), ("v_threshold", NirArray.Scalar(1f)));
        Assert.Equal(1e-4, NirStepHint.Of(Chain(leaky, 2))!.Value, 1e-9);
        Assert.Equal(1e-4, NirStepHint.Of(new NirGraph(new Dictionary<string, NirNode> { ["a"] = leaky, ["b"] = Chain(cuba) }, []))!.Value, 1e-9);
        Assert.Null(NirStepHint.Of(Chain(norse)));
        Assert.Null(NirStepHint.Of(new NirGraph(new Dictionary<string, NirNode> { ["a"] = leaky, ["b"] = norse }, [])));
        Assert.Null(NirStepHint.Of(Chain(NirNode.Of("Scale", ("scale", NirArray.Vector(1f))))));
    }

    [Fact]
    public void A_cycle_without_memory_is_refused()
    {
        NirGraph graph = new(
            new Dictionary<string, NirNode>
            {
                ["input"] = NirNode.Of("Input", ("shape", NirArray.Vector(1L))),
                ["a"] = NirNode.Of("Threshold", ("threshold", NirArray.Vector(1f))),
                ["b"] = NirNode.Of("Scale", ("scale", NirArray.Vector(1f))),
                ["output"] = NirNode.Of("Output", ("shape", NirArray.Vector(1L))),
            },
            [new NirEdge("input", "a"), new NirEdge("a", "b"), new NirEdge("b", "a"), new NirEdge("a", "output")]);
        Assert.Equal("node 'a' is part of a cycle, or behind one, without memory; expected I, LI, IF, LIF, CubaLI, CubaLIF or Delay in every cycle.", Refusal(graph, Standard));
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        NirNode tau = NirNode.Of("LI", ("tau", NirArray.Vector(1e-3)), ("r", NirArray.Vector(1f)), ("v_leak", NirArray.Vector(0f)));
        Assert.Equal(
            "node 'n': tau is 0.001 s; expected at least the step of 0.002 s for forward Euler (a smaller dt, or the exponential discretisation).",
            Refusal(Chain(tau), Standard with { StepSeconds = 2e-3 }));
        Assert.Equal(
            "the edge from 'input' to 'n' joins 3 outputs to 2 inputs; expected as many.",
            Refusal(Chain(NirNode.Of("Scale", ("scale", NirArray.Vector(1f, 1f))), 3), Standard));
        Assert.StartsWith("dt is 0; expected more than 0 and at most 1e6 seconds.", Refusal(Chain(tau), Standard with { StepSeconds = 0 }), StringComparison.Ordinal);
        NirGraph chain = Chain(tau);
        Assert.Equal(
            "the graph has 0 inputs and 1 outputs; expected one input and at least one output.",
            Refusal(new NirGraph(new Dictionary<string, NirNode> { ["output"] = chain.Nodes["output"] }, []), Standard));
        Assert.Equal(
            "an edge leads from 'n' to the input 'input'; expected none.",
            Refusal(new NirGraph(chain.Nodes, [.. chain.Edges, new NirEdge("n", "input")]), Standard));
        NirGraph inner = new(chain.Nodes.Where(static item => item.Key != "output").ToDictionary(), [new NirEdge("input", "n")]);
        Assert.Equal("node 'n' is a graph with 0 nodes of type Output; expected one, since an edge uses it.", Refusal(Chain(inner), Standard));
        NirNetwork network = new(chain, Standard);
        Assert.StartsWith("input has 2 elements; expected 1.", Assert.Throws<ArgumentException>(() => network.Step(new float[2])).Message, StringComparison.Ordinal);
        Assert.StartsWith("name is 'x'; expected one of input, n, output.", Assert.Throws<ArgumentException>(() => network.Values("x").Length).Message, StringComparison.Ordinal);
    }

    /// <summary>The number of steps that could be compared.</summary>
    private static int Compare(AnyNetwork any)
    {
        NirNetwork network = new(any.Graph(1), any.Options);
        NirReference reference = any.Reference();
        foreach ((int step, double[] input) in any.Raster.Index())
        {
            network.Step(Array.ConvertAll(input, static x => (float)x));
            reference.Step(input);
            double largest = any.Names.Max(name => reference[name].Max(Math.Abs));
            if (reference.Margin < Tolerance * Math.Max(1, largest))
            {
                // A rounding may have decided about a spike; from here on both may differ.
                return step;
            }

            foreach (string name in any.Names)
            {
                foreach ((double expected, float actual) in reference[name].Zip(network.Values(name).ToArray()))
                {
                    Assert.Equal(expected, actual, Tolerance / 2 * Math.Max(1, largest));
                }
            }
        }

        return any.Raster.Length;
    }

    private static float[][] Outputs(NirNetwork network, double[][] raster) =>
    [
        .. raster.Select(input =>
        {
            network.Step(Array.ConvertAll(input, static x => (float)x));
            return network.Values("output").ToArray();
        }),
    ];

    private static NirGraph Chain(NirNode node, long width = 1) => new(
        new Dictionary<string, NirNode>
        {
            ["input"] = NirNode.Of("Input", ("shape", NirArray.Vector(width))),
            ["n"] = node,
            ["output"] = NirNode.Of("Output", ("shape", NirArray.Vector(width))),
        },
        [new NirEdge("input", "n"), new NirEdge("n", "output")]);

    private static string Refusal(NirGraph graph, NirSimulationOptions options) => Assert.ThrowsAny<ArgumentException>(() => new NirNetwork(graph, options)).Message;
}
