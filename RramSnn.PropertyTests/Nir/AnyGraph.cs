using RramSnn.Nir.Graph;

namespace RramSnn.PropertyTests.Nir;

/// <summary>Random graphs of all node types.</summary>
internal sealed class AnyGraph(int seed)
{
    private const string Letters = "abcXYZ019 ._-äΩ";

    private readonly Random _random = new(seed);

    /// <summary>Any well-formed graph: edges without sense, metadata of every kind.</summary>
    internal NirGraph WellFormed(int depth = 0)
    {
        OrderedDictionary<string, NirNode> nodes = [];
        int count = _random.Next(1, 6);
        while (nodes.Count < count)
        {
            nodes.TryAdd(Name(), depth < 2 && _random.Next(5) == 0 ? WellFormed(depth + 1) : Node());
        }

        string[] names = [.. nodes.Keys];
        NirEdge[] edges = [.. Enumerable.Range(0, _random.Next(0, 6)).Select(_ => new NirEdge(names[_random.Next(names.Length)], names[_random.Next(names.Length)]))];
        return new NirGraph(nodes, edges, Metadata(0)) { Version = depth == 0 && _random.Next(3) > 0 ? "1.0" : null };
    }

    private string Name() => string.Concat(Enumerable.Range(0, _random.Next(1, 8)).Select(_ => Letters[_random.Next(Letters.Length)])) + "n";

    private NirNode Node()
    {
        NirNodeType type = NirNodeType.All[_random.Next(NirNodeType.All.Count)];
        int width = _random.Next(1, 5);
        int[] shape = _random.Next(3) switch { 0 => [width], 1 => [1, width], _ => width == 1 ? [] : [width] };
        int outputs = _random.Next(1, 4);
        Dictionary<string, NirArray> parameters = [];
        foreach (NirParameter parameter in type.Parameters.Where(parameter => !parameter.IsOptional || _random.Next(2) == 0))
        {
            parameters[parameter.Name] = parameter.Kind switch
            {
                NirParameterKind.Extents => _random.Next(3) switch { 0 => NirArray.Vector(width, 2L), 1 => NirArray.Vector(width, outputs), _ => NirArray.Vector<double>() },
                NirParameterKind.ExtentsIfKnown => NirArray.Vector(_random.Next(2), 0L),
                NirParameterKind.Integer => NirArray.Scalar((long)_random.Next(-1, 3)),
                NirParameterKind.Matrix => _random.Next(3) == 0 ? NirArray.Of(Enumerable.Range(-3, outputs * width).ToArray(), outputs, width) : Real([outputs, width], -1),
                _ when type.Name == NirNodeType.Affine => Real([outputs], -1),
                NirParameterKind.PerNeuron => Real(_random.Next(4) == 0 ? [1] : shape, -1),
                _ => Real(shape, 1e-3),
            };
        }

        return new NirNode(type.Name, parameters, Metadata(0));
    }

    private NirArray Real(int[] shape, double lowest)
    {
        int length = shape.Aggregate(1, static (a, b) => a * b);
        double[] values = [.. Enumerable.Range(0, length).Select(_ => lowest + _random.NextDouble())];
        return _random.Next(2) == 0 ? NirArray.Of(values, shape) : NirArray.Of(Array.ConvertAll(values, static x => (float)x), shape);
    }

    private Dictionary<string, NirValue> Metadata(int depth)
    {
        Dictionary<string, NirValue> values = [];
        for (int i = _random.Next(0, 3); i > 0; i--)
        {
            values[Name()] = _random.Next(depth < 2 ? 9 : 8) switch
            {
                0 => new NirText("text, with ünïcode\nand lines"),
                1 => new NirText(["a", "", "c c", "d"], 2, 2),
                2 => NirArray.Scalar(_random.NextDouble()),
                3 => NirArray.Of(new float[6], 2, 3),
                4 => NirArray.Vector(long.MinValue, 1, long.MaxValue),
                5 => NirArray.Vector<sbyte>(-128, 127),
                6 => NirArray.Of(Array.Empty<double>(), 0, 3),
                7 => NirArray.Vector(float.NaN, float.NegativeInfinity, -0f, float.Epsilon),
                _ => new NirSection(Metadata(depth + 1)),
            };
        }

        return values;
    }
}
