using RramSnn.Nir.Graph;

namespace RramSnn.Nir.Simulation;

/// <summary>How many numbers go into and come out of every node.</summary>
internal static class NirSizes
{
    /// <summary>Works the sizes out: from the parameters or, where those hold for any number of neurons, from what the node gets.</summary>
    /// <exception cref="ArgumentException">The two ends of an edge do not fit.</exception>
    internal static (int Inputs, int Outputs)[] Of(FlatGraph graph)
    {
        (int Inputs, int Outputs)[] sizes = [.. graph.Nodes.Select(OwnSize)];
        for (bool changed = true; changed;)
        {
            changed = false;
            for (int node = 0; node < sizes.Length; node++)
            {
                int width = sizes[node].Inputs > 0 ? 0 : graph.Sources[node].Select(source => sizes[source].Outputs).FirstOrDefault(static size => size > 0);
                if (width > 0)
                {
                    sizes[node] = (width, width);
                    changed = true;
                }
            }
        }

        for (int node = 0; node < sizes.Length; node++)
        {
            sizes[node] = sizes[node].Inputs == 0 ? (1, 1) : sizes[node];
        }

        for (int node = 0; node < sizes.Length; node++)
        {
            foreach (int source in graph.Sources[node])
            {
                if (sizes[source].Outputs != sizes[node].Inputs)
                {
                    throw new ArgumentException(
                        $"the edge from '{graph.Names[source]}' to '{graph.Names[node]}' joins {sizes[source].Outputs} outputs to {sizes[node].Inputs} inputs; expected as many.");
                }
            }
        }

        return sizes;
    }

    /// <summary>What the parameters say; 0 if they hold for any size.</summary>
    private static (int Inputs, int Outputs) OwnSize(NirNode node)
    {
        if (node.Parameters.TryGetValue("weight", out NirArray? weight))
        {
            return (weight.Shape[1], weight.Shape[0]);
        }

        NirNodeType type = NirNodeType.Of(node);
        int width = type.Parameters.FirstOrDefault(static parameter => parameter.Kind == NirParameterKind.Extents) is { } extents
            ? node.Parameters.TryGetValue(extents.Name, out NirArray? shape) ? (int)shape.ToDoubles().Aggregate(1.0, static (a, b) => a * b) : 0
            : node.Parameters.Values.Select(static value => value.Length).FirstOrDefault(static length => length > 1);
        return (width, width);
    }
}
