using System.Globalization;

namespace RramSnn.Nir.Graph;

/// <summary>What a well-formed graph keeps to.</summary>
internal static class NirRules
{
    /// <summary>Graphs within graphs go no deeper.</summary>
    internal const int MaximumDepth = 16;

    /// <summary>The first thing that is wrong, without the final full stop; null if nothing is.</summary>
    internal static string? FirstProblem(NirGraph graph) => FirstProblem(graph, "", 0);

    /// <summary>The refusal of a type.</summary>
    internal static string Unsupported(string path, string type) =>
        $"node '{path}' is of type {type}, which is not supported; expected {string.Join(", ", NirNodeType.All.Select(static known => known.Name))} or {NirGraph.TypeName}";

    private static string? FirstProblem(NirGraph graph, string path, int depth)
    {
        if (depth > MaximumDepth)
        {
            return $"node '{path}' lies deeper than {MaximumDepth} graphs";
        }

        foreach ((string name, NirNode node) in graph.Nodes)
        {
            string place = path.Length == 0 ? name : $"{path}/{name}";
            if (name.Length == 0 || name == "." || name.AsSpan().IndexOfAny('/', '\0') >= 0)
            {
                return $"a node is named '{place}'; expected a name without a slash";
            }

            string? problem = node is NirGraph inner ? FirstProblem(inner, place, depth + 1) : NodeProblem(node, place);
            if (problem is not null)
            {
                return problem;
            }
        }

        foreach (NirEdge edge in graph.Edges)
        {
            foreach (string end in (ReadOnlySpan<string>)[edge.Source, edge.Target])
            {
                if (!graph.Nodes.ContainsKey(end))
                {
                    return $"the edge from '{edge.Source}' to '{edge.Target}'{(path.Length == 0 ? "" : $" of '{path}'")} ends at '{end}', which is no node";
                }
            }
        }

        return null;
    }

    private static string? NodeProblem(NirNode node, string path)
    {
        if (NirNodeType.Find(node.Type) is not { } type)
        {
            return Unsupported(path, node.Type);
        }

        if (node.Parameters.Keys.FirstOrDefault(name => type.Parameters.All(known => known.Name != name)) is { } unknown)
        {
            return $"node '{path}' has a parameter '{unknown}', which is none of type {type.Name}; expected {string.Join(", ", type.Parameters.Select(static known => known.Name))}";
        }

        NirArray? population = null;
        string populationName = "";
        foreach (NirParameter parameter in type.Parameters)
        {
            if (!node.Parameters.TryGetValue(parameter.Name, out NirArray? value))
            {
                if (!parameter.IsOptional)
                {
                    return $"node '{path}' of type {type.Name} has no parameter '{parameter.Name}'";
                }

                continue;
            }

            if (ValueProblem(parameter, value) is { } expected)
            {
                return $"node '{path}': {parameter.Name} is {Describe(value)}; expected {expected}";
            }

            bool isPopulation = parameter.Kind is NirParameterKind.PerNeuron or NirParameterKind.TimeConstant or NirParameterKind.Time;
            if (isPopulation && type.Name != NirNodeType.Affine && value.Length != 1)
            {
                if (population is not null && !population.Shape.SequenceEqual(value.Shape))
                {
                    return $"node '{path}': {parameter.Name} has shape {Shape(value)} and {populationName} {Shape(population)}; expected the same";
                }

                (population, populationName) = (value, parameter.Name);
            }
        }

        return type.Name == NirNodeType.Affine && node.Parameters["bias"].Length != node.Parameters["weight"].Shape[0]
            ? $"node '{path}': bias has shape {Shape(node.Parameters["bias"])} and weight {Shape(node.Parameters["weight"])}; expected one bias for every row of weights"
            : null;
    }

    /// <summary>What was expected instead; null if the value is right.</summary>
    private static string? ValueProblem(NirParameter parameter, NirArray value)
    {
        switch (parameter.Kind)
        {
            case NirParameterKind.Extents:
            case NirParameterKind.ExtentsIfKnown:
                int least = parameter.Kind == NirParameterKind.Extents ? 1 : 0;
                double[] extents = value.ToDoubles();

                // NumPy makes an empty vector one of real numbers.
                return value.Shape.Count <= 1 && (value.Length == 0 || !value.IsReal) && extents.All(extent => extent >= least) && extents.Aggregate(1.0, static (a, b) => a * b) <= NirShape.MaximumLength
                    ? null
                    : $"extents of {least} or more, of at most {NirShape.MaximumLength} elements";
            case NirParameterKind.Integer:
                return !value.IsReal && value.Length == 1 ? null : "a whole number";
            case NirParameterKind.Matrix:
                return value.Shape.Count == 2 && value.Length > 0 && AreFinite(value) ? null : "finite numbers of shape [outputs, inputs]";
            default:
                bool isRight = value.Length > 0 && (parameter.Kind, Lowest(value)) switch
                {
                    (NirParameterKind.TimeConstant, var lowest) => lowest > 0,
                    (NirParameterKind.Time, var lowest) => lowest >= 0,
                    _ => AreFinite(value),
                };
                return isRight && AreFinite(value) ? null : parameter.Kind switch
                {
                    NirParameterKind.TimeConstant => "finite times above 0 in seconds",
                    NirParameterKind.Time => "finite times of 0 or more in seconds",
                    _ => "finite numbers",
                };
        }
    }

    private static bool AreFinite(NirArray value) => value.Elements switch
    {
        float[] floats => Array.TrueForAll(floats, float.IsFinite),
        double[] doubles => Array.TrueForAll(doubles, double.IsFinite),
        _ => Array.TrueForAll(value.ToDoubles(), double.IsFinite),
    };

    private static double Lowest(NirArray value) => value.ToDoubles().Min();

    private static string Describe(NirArray value) => value.Length == 1
        ? string.Create(CultureInfo.InvariantCulture, $"{value.TypeName} {value.ToDoubles()[0]}")
        : $"{value.TypeName} of shape {Shape(value)}{Extremes(value)}";

    private static string Extremes(NirArray value)
    {
        double[] values = value.ToDoubles();
        return values.Length == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" from {values.Min()} to {values.Max()}");
    }

    private static string Shape(NirArray value) => $"[{string.Join(", ", value.Shape)}]";
}
