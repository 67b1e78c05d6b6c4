using RramSnn.Nir.Graph;
using RramSnn.Nir.Simulation;

namespace RramSnn.PropertyTests.Nir;

/// <summary>The equations of docs/nir.md in double precision, node by node in an order that the test knows; no code of the simulator.</summary>
internal sealed class NirReference
{
    private readonly List<(string Name, NirNode Node, string[] Sources)> _nodes;
    private readonly NirSimulationOptions _options;
    private readonly Dictionary<string, double[]> _values = [];
    private readonly Dictionary<string, double[]> _membranes = [];
    private readonly Dictionary<string, double[]> _currents = [];

    /// <summary>A graph at rest.</summary>
    /// <param name="nodes">Nodes in the order of their steps; a source that comes later gives what it had in the step before.</param>
    /// <param name="widths">Outputs of every node.</param>
    /// <param name="options">Step and how it is made.</param>
    internal NirReference(List<(string Name, NirNode Node, string[] Sources)> nodes, IReadOnlyDictionary<string, int> widths, NirSimulationOptions options)
    {
        _nodes = nodes;
        _options = options;
        foreach ((string name, NirNode node, _) in nodes)
        {
            int width = widths[name];
            _membranes[name] = [.. Enumerable.Range(0, width).Select(i => node.Parameters.TryGetValue("v_leak", out NirArray? leak) ? At(leak, i) : 0)];
            _currents[name] = new double[width];
            _values[name] = node.Type is "LI" or "CubaLI" ? [.. _membranes[name]] : new double[width];
        }

        foreach ((string name, NirNode node, string[] sources) in nodes.Where(static item => item.Node.Type == "Linear"))
        {
            _values[name] = Product(node, Sum(sources));
        }
    }

    /// <summary>The smallest distance of a membrane from its threshold so far: where it is tiny, rounding may decide.</summary>
    internal double Margin { get; private set; } = double.PositiveInfinity;

    internal double[] this[string name] => _values[name];

    internal void Step(double[] input)
    {
        foreach ((string name, NirNode node, string[] sources) in _nodes)
        {
            _values[name] = node.Type == "Input" ? input : Output(name, node, Sum(sources));
        }
    }

    private static double At(NirArray values, int i) => values.ToDoubles()[values.Length == 1 ? 0 : i];

    private static double[] Product(NirNode node, double[] x)
    {
        double[] weight = node.Parameters["weight"].ToDoubles();
        double[] y = node.Parameters.TryGetValue("bias", out NirArray? bias) ? bias.ToDoubles() : new double[weight.Length / x.Length];
        return [.. y.Select((b, j) => b + x.Select((value, i) => weight[(j * x.Length) + i] * value).Sum())];
    }

    private double[] Sum(string[] sources) => [.. _values[sources[0]].Select((_, i) => sources.Sum(source => _values[source][i]))];

    private double[] Output(string name, NirNode node, double[] x)
    {
        if (node.Type is "Linear" or "Affine")
        {
            return Product(node, x);
        }

        double[] y = new double[x.Length];
        for (int i = 0; i < x.Length; i++)
        {
            int neuron = i;
            double v = _membranes[name][i];
            double before = _currents[name][i];
            y[i] = node.Type switch
            {
                "Scale" => P("scale") * x[i],
                "Threshold" => Fires(x[i], P("threshold")) ? 1 : 0,
                "I" or "IF" => Neuron(v + (_options.StepSeconds * P("r") * x[i])),
                "LI" or "LIF" => Neuron(Toward(v, P("v_leak") + (P("r") * x[i]), P("tau"))),
                "CubaLI" or "CubaLIF" => Cuba(),
                _ => x[i],
            };

            double Cuba()
            {
                double after = _currents[name][neuron] = Toward(before, P("w_in") * x[neuron], P("tau_syn"));
                double seen = _options.CurrentOrder == NirCurrentOrder.SynapseFirst ? after : before;
                return Neuron(Toward(v, P("v_leak") + (P("r") * seen), P("tau_mem")));
            }

            double Neuron(double next)
            {
                bool isSpiking = node.Parameters.ContainsKey("v_threshold");
                bool fires = isSpiking && Fires(next, P("v_threshold"));
                _membranes[name][neuron] = !fires ? next : _options.Reset == NirReset.ToValue ? P("v_reset") : next - P("v_threshold");
                return isSpiking ? (fires ? 1 : 0) : next;
            }

            double P(string parameter) => node.Parameters.TryGetValue(parameter, out NirArray? values) ? At(values, neuron) : parameter == "w_in" ? 1 : 0;
        }

        return y;
    }

    private double Toward(double value, double target, double tau) => _options.Discretisation == NirDiscretisation.ForwardEuler
        ? value + (_options.StepSeconds / tau * (target - value))
        : target + ((value - target) * Math.Exp(-_options.StepSeconds / tau));

    private bool Fires(double membrane, double threshold)
    {
        Margin = Math.Min(Margin, Math.Abs(membrane - threshold));
        return membrane > threshold;
    }
}
