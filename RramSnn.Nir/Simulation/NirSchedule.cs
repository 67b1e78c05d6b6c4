using RramSnn.Nir.Graph;

namespace RramSnn.Nir.Simulation;

/// <summary>The order in which the nodes of a graph make their steps.</summary>
/// <remarks>
/// A node comes after all whose output it needs. Where only cycles are left to come next, the node of theirs that is nearest to an input (by edges;
/// then the first by name) comes next, and what it needs from later nodes of its cycle it gets from the step before: a cycle delays by one step.
/// </remarks>
internal static class NirSchedule
{
    /// <summary>Orders a graph.</summary>
    /// <exception cref="ArgumentException">A cycle has no node with memory: what it does would have no definition.</exception>
    internal static int[] Of(FlatGraph graph)
    {
        if (Run(graph, static node => !NirNodeType.Of(node).HasMemory, breaksCycles: false) is { Stuck: { } stuck })
        {
            throw new ArgumentException($"node '{graph.Names[stuck]}' is part of a cycle, or behind one, without memory; expected I, LI, IF, LIF, CubaLI, CubaLIF or Delay in every cycle.");
        }

        return Run(graph, static _ => true, breaksCycles: true).Order;
    }

    private static (int[] Order, int? Stuck) Run(FlatGraph graph, Func<NirNode, bool> takesPart, bool breaksCycles)
    {
        int[] nodes = [.. Enumerable.Range(0, graph.Nodes.Length)];
        bool[] isWaiting = [.. graph.Nodes.Select(takesPart)];
        int[] distance = Distances(graph);
        HashSet<int>[] reached = Reached(graph);
        List<int> order = [];
        for (int left = isWaiting.Count(static waits => waits); left > 0; left--)
        {
            int next = Array.FindIndex(nodes, node => isWaiting[node] && !Array.Exists(graph.Sources[node], source => isWaiting[source]));
            if (next < 0)
            {
                if (!breaksCycles)
                {
                    return ([], Array.IndexOf(isWaiting, true));
                }

                next = nodes.Where(node => isWaiting[node] && IsEntered(node)).MinBy(node => (distance[node], node));
            }

            isWaiting[next] = false;
            order.Add(next);
        }

        return ([.. order], null);

        // All that it waits for is part of its own cycles.
        bool IsEntered(int node) => Array.TrueForAll(graph.Sources[node], source => !isWaiting[source] || reached[node].Contains(source));
    }

    /// <summary>For every node those that its output reaches.</summary>
    private static HashSet<int>[] Reached(FlatGraph graph)
    {
        HashSet<int>[] reached = [.. graph.Nodes.Select(static _ => new HashSet<int>())];
        for (int target = 0; target < reached.Length; target++)
        {
            Stack<int> open = new(graph.Sources[target]);
            while (open.TryPop(out int node))
            {
                if (reached[node].Add(target))
                {
                    Array.ForEach(graph.Sources[node], open.Push);
                }
            }
        }

        return reached;
    }

    /// <summary>Edges from the nearest input.</summary>
    private static int[] Distances(FlatGraph graph)
    {
        int[] distance = new int[graph.Nodes.Length];
        Array.Fill(distance, int.MaxValue);
        Array.ForEach(graph.Inputs, input => distance[input] = 0);
        for (bool changed = true; changed;)
        {
            changed = false;
            for (int node = 0; node < distance.Length; node++)
            {
                foreach (int source in graph.Sources[node])
                {
                    if (distance[source] < int.MaxValue && distance[source] + 1 < distance[node])
                    {
                        distance[node] = distance[source] + 1;
                        changed = true;
                    }
                }
            }
        }

        return distance;
    }
}
