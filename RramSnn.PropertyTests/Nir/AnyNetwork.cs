using RramSnn.Nir.Graph;
using RramSnn.Nir.Simulation;

namespace RramSnn.PropertyTests.Nir;

/// <summary>A random graph that can run, with the order of its nodes: no cycle and edges that skip nodes, or a chain with one edge back.</summary>
internal sealed class AnyNetwork
{
    private const int Steps = 25;

    private readonly Random _random;
    private readonly List<(string Name, NirNode Node, List<string> Sources)> _nodes = [];
    private readonly Dictionary<string, int> _widths = [];
    private readonly bool _isRecurrent;

    internal AnyNetwork(int seed, bool isRecurrent)
    {
        _random = new Random(seed);
        _isRecurrent = isRecurrent;
        Options = new NirSimulationOptions
        {
            StepSeconds = _random.Next(2) == 0 ? 1e-3 : 1e-4,
            Discretisation = Any<NirDiscretisation>(),
            CurrentOrder = Any<NirCurrentOrder>(),
            Reset = Any<NirReset>(),
        };
        Inputs = _random.Next(1, 200);
        Add("input", NirNode.Of("Input", ("shape", NirArray.Vector((long)Inputs))), Inputs, []);
        for (int i = _random.Next(2, 7); i > 0; i--)
        {
            AddAny();
        }

        if (isRecurrent)
        {
            Close();
        }

        string last = _nodes.Last(static item => item.Name != "recurrent").Name;
        Add("output", NirNode.Of("Output", ("shape", NirArray.Vector((long)_widths[last]))), _widths[last], [last]);
        Raster = [.. Enumerable.Range(0, Steps).Select(_ => (double[])[.. Enumerable.Range(0, Inputs).Select(_ => _random.Next(4) == 0 ? 1.0 : 0.0)])];
    }

    internal NirSimulationOptions Options { get; }

    internal int Inputs { get; }

    internal double[][] Raster { get; }

    internal IEnumerable<string> Names => _nodes.Select(static item => item.Name);

    /// <summary>The graph with its nodes and edges in some order.</summary>
    internal NirGraph Graph(int seed)
    {
        Random random = new(seed);
        NirEdge[] edges = [.. _nodes.SelectMany(static item => item.Sources.Select(source => new NirEdge(source, item.Name)))];
        random.Shuffle(edges);
        (string Name, NirNode Node, List<string>)[] nodes = [.. _nodes];
        random.Shuffle(nodes);
        return new NirGraph(nodes.ToDictionary(static item => item.Name, static item => item.Node), edges);
    }

    internal NirReference Reference() => new([.. _nodes.Select(static item => (item.Name, item.Node, item.Sources.ToArray()))], _widths, Options);

    private T Any<T>()
        where T : struct, Enum => Enum.GetValues<T>()[_random.Next(2)];

    private void Add(string name, NirNode node, int width, List<string> sources)
    {
        _nodes.Add((name, node, sources));
        _widths[name] = width;
    }

    private void AddAny()
    {
        string source = _isRecurrent ? _nodes[^1].Name : _nodes[_random.Next(_nodes.Count)].Name;
        int width = _widths[source];
        List<string> sources = [source, .. _isRecurrent ? [] : _nodes.Select(static item => item.Name).Where(name => name != source && _widths[name] == width && _random.Next(3) == 0)];
        NirNodeType[] types = [.. NirNodeType.All.Where(static type => type.Name is not ("Input" or "Output" or "Flatten" or "Delay"))];
        NirNodeType type = _isRecurrent && _nodes.Count == 1 ? NirNodeType.Find("LIF")! : types[_random.Next(types.Length)];
        bool isMatrix = type.Name is "Linear" or "Affine";
        int outputs = isMatrix ? _random.Next(1, 150) : width;
        double scale = 3 / Math.Sqrt(width);
        OrderedDictionary<string, NirArray> parameters = [];
        foreach (NirParameter parameter in type.Parameters.Where(parameter => !parameter.IsOptional || _random.Next(2) == 0))
        {
            int length = parameter.Name == "bias" ? outputs : _random.Next(3) == 0 ? 1 : width;
            parameters[parameter.Name] = parameter.Name switch
            {
                "weight" => NirArray.Of(Reals(outputs * width, -scale, 1.5 * scale), outputs, width),
                "bias" => NirArray.Vector(Reals(length, -0.1, 0.1)),
                "tau" or "tau_syn" or "tau_mem" => NirArray.Vector(Reals(length, 1.5e-3, 10e-3)),
                "r" when type.Name is "I" or "IF" => NirArray.Vector(Reals(length, 100, 300)),
                "v_threshold" or "threshold" => NirArray.Vector(Reals(length, 0.05, 0.5)),
                "v_reset" or "v_leak" => NirArray.Vector(Reals(length, -0.1, 0.04)),
                _ => NirArray.Vector(Reals(length, 0.5, 3)),
            };
        }

        Add($"{(char)('z' - _nodes.Count)}{type.Name}", new NirNode(type.Name, parameters), outputs, sources);
    }

    /// <summary>An edge back from a node with memory to itself or one before it in the chain.</summary>
    private void Close()
    {
        int[] withMemory = [.. _nodes.Index().Where(static item => NirNodeType.Of(item.Item.Node).HasMemory).Select(static item => item.Index)];
        int from = withMemory[_random.Next(withMemory.Length)];
        int to = _random.Next(1, from + 1);
        int inputs = _widths[_nodes[from].Name];
        int outputs = _nodes[to].Sources.Select(source => _widths[source]).First();
        _nodes[to].Sources.Add("recurrent");
        Add("recurrent", NirNode.Of("Linear", ("weight", NirArray.Of(Reals(inputs * outputs, -1.0 / inputs, 1.0 / inputs), outputs, inputs))), outputs, [_nodes[from].Name]);
    }

    private float[] Reals(int length, double lowest, double highest) => [.. Enumerable.Range(0, length).Select(_ => (float)(lowest + ((highest - lowest) * _random.NextDouble())))];
}
