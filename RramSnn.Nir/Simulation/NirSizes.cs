using RramSnn.Nir.Graph;

namespace RramSnn.Nir.Simulation;

/// <summary>How many numbers go into and come out of every node.</summary>
internal static class NirSizes
{
    /// <summary>Works the sizes out: from weights and populations, then from the nodes around, and only then from the shapes of inputs, outputs and Flatten.</summary>
    /// <remarks>
    /// Exporters write such shapes as their sample had them, with the extents of samples and steps before those of the neurons; a shape that fits
    /// without its outermost extents means the rest. Parameters that are one value hold for any number of neurons.
    /// </remarks>
    /// <exception cref="ArgumentException">The two ends of an edge do not fit.</exception>
    internal static (int Inputs, int Outputs)[] Of(FlatGraph graph)
    {
        (int Inputs, int Outputs)[] sizes = [.. graph.Nodes.Select(OwnSize)];
        Spread(graph, sizes);
        for (int node = 0; node < sizes.Length; node++)
        {
            int[] declared = Declared(graph.Nodes[node]);
            if (declared.Length > 0 && !declared.Contains(sizes[node].Inputs))
            {
                sizes[node] = (declared[0], declared[0]);
            }
        }

        Spread(graph, sizes);
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

    /// <summary>Hands sizes along the edges, both ways, to nodes that have none.</summary>
    private static void Spread(FlatGraph graph, (int Inputs, int Outputs)[] sizes)
    {
        for (bool changed = true; changed;)
        {
            changed = false;
            for (int target = 0; target < sizes.Length; target++)
            {
                foreach (int source in graph.Sources[target])
                {
                    changed |= Hand(sizes[source].Outputs, target) || Hand(sizes[target].Inputs, source);
                }
            }
        }

        bool Hand(int width, int node)
        {
            if (width == 0 || sizes[node].Inputs > 0)
            {
                return false;
            }

            sizes[node] = (width, width);
            return true;
        }
    }

    /// <summary>What weights or a population say; 0 if nothing does.</summary>
    private static (int Inputs, int Outputs) OwnSize(NirNode node)
    {
        if (node.Parameters.TryGetValue("weight", out NirArray? weight))
        {
            return (weight.Shape[1], weight.Shape[0]);
        }

        int width = ShapeOf(node) is null ? node.Parameters.Values.Select(static value => value.Length).FirstOrDefault(static length => length > 1) : 0;
        return (width, width);
    }

    /// <summary>The sizes that a node's shape may mean: of all its extents, of all but the outermost, and so on; none if it does not tell.</summary>
    private static int[] Declared(NirNode node)
    {
        double[] extents = node.Parameters.TryGetValue(ShapeOf(node)?.Name ?? "", out NirArray? shape) ? shape.ToDoubles() : [];
        return extents.Contains(0) ? [] : [.. extents.Select((_, first) => (int)extents.Skip(first).Aggregate(1.0, static (a, b) => a * b))];
    }

    private static NirParameter? ShapeOf(NirNode node) =>
        NirNodeType.Of(node).Parameters.FirstOrDefault(static parameter => parameter.Kind is NirParameterKind.Extents or NirParameterKind.ExtentsIfKnown);
}
