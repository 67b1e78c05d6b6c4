using RramSnn.Nir.Graph;

namespace RramSnn.Nir.Simulation;

/// <summary>What the numbers of a graph tell of the step that they were made for.</summary>
public static class NirStepHint
{
    private const double Tolerance = 1e-3;

    /// <summary>The step, if every LIF and CubaLIF neuron has r = tau/dt with one dt: such membranes add their input as it is at steps of dt, as those of snnTorch and Lava-DL.</summary>
    /// <param name="graph">A well-formed graph.</param>
    /// <returns>dt in seconds; null if there is no such step, if it is none of 1 µs to 1 s, or if all r are 1 and so tell nothing.</returns>
    public static double? Of(NirGraph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        double[] steps = [.. Steps(graph).Distinct()];
        return steps.Length > 0 && steps.Min() is >= 1e-6 and <= 1 && steps.Max() <= steps.Min() * (1 + Tolerance) && Array.Exists(Resistances(graph), static r => r != 1) ? steps[0] : null;
    }

    /// <summary>Whether two steps are the same but for rounding.</summary>
    public static bool AreSame(double stepSeconds, double otherSeconds) => Math.Abs(stepSeconds - otherSeconds) <= Tolerance * otherSeconds;

    private static double[] Resistances(NirGraph graph) => [.. Neurons(graph).SelectMany(static neuron => neuron.Parameters["r"].ToDoubles())];

    private static IEnumerable<double> Steps(NirGraph graph)
    {
        foreach (NirNode neuron in Neurons(graph))
        {
            double[] tau = neuron.Parameters[neuron.Type == NirNodeType.LIF ? "tau" : "tau_mem"].ToDoubles();
            double[] resistance = neuron.Parameters["r"].ToDoubles();
            for (int i = 0; i < Math.Max(tau.Length, resistance.Length); i++)
            {
                yield return tau[tau.Length == 1 ? 0 : i] / resistance[resistance.Length == 1 ? 0 : i];
            }
        }
    }

    private static IEnumerable<NirNode> Neurons(NirGraph graph) => graph.Nodes.Values.SelectMany(static node => node switch
    {
        NirGraph inner => Neurons(inner),
        { Type: NirNodeType.LIF or NirNodeType.CubaLIF } => [node],
        _ => [],
    });
}
