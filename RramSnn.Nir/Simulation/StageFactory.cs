using System.Globalization;
using RramSnn.Nir.Graph;

namespace RramSnn.Nir.Simulation;

/// <summary>Makes stages of nodes: coefficients in double, rounded once to float.</summary>
internal sealed class StageFactory(NirSimulationOptions options)
{
    private const int MaximumDelay = 1 << 20;

    /// <summary>A stage for a node that was checked.</summary>
    /// <exception cref="ArgumentException">The node's times do not go with the step.</exception>
    internal NirStage Create(NirNode node, string name, (int Inputs, int Outputs) size)
    {
        int width = size.Outputs;
        return node.Type switch
        {
            NirNodeType.Linear => new MatrixStage(node.Parameters["weight"].ToFloats(), size.Inputs, bias: null),
            NirNodeType.Affine => new MatrixStage(node.Parameters["weight"].ToFloats(), size.Inputs, node.Parameters["bias"].ToFloats()),
            NirNodeType.Scale => new ScaleStage(Floats("scale")),
            NirNodeType.Threshold => new ThresholdStage(Floats("threshold")),
            NirNodeType.Delay => new DelayStage(Array.ConvertAll(Values("delay"), seconds => Steps(seconds, name))),
            NirNodeType.I or NirNodeType.IF => new MembraneStage(Integrator(), Firing()),
            NirNodeType.LI or NirNodeType.LIF => new MembraneStage(Filter("tau", Values("r"), Values("v_leak")), Firing()),
            NirNodeType.CubaLI or NirNodeType.CubaLIF => new CurrentStage(
                Filter("tau_syn", Values("w_in", 1), new double[width]),
                Filter("tau_mem", Values("r"), Values("v_leak")),
                Firing(),
                options.CurrentOrder),
            _ => new PassStage(),
        };

        // v ← v + dt r I
        NirFilter Integrator() => new(
            Array.ConvertAll(new double[width], static _ => 1f),
            Array.ConvertAll(Values("r"), r => (float)(options.StepSeconds * r)),
            new float[width],
            new float[width]);

        NirFilter Filter(string time, double[] drive, double[] leak)
        {
            double[] approach = Array.ConvertAll(Values(time), tau => Approach(tau, name, time));
            return new NirFilter(
                Array.ConvertAll(approach, static a => (float)(1 - a)),
                [.. approach.Zip(drive, static (a, r) => (float)(a * r))],
                [.. approach.Zip(leak, static (a, rest) => (float)(a * rest))],
                Array.ConvertAll(leak, static rest => (float)rest));
        }

        NirFiring? Firing() => NirNodeType.Of(node).Spikes ? new NirFiring(Floats("v_threshold"), Array.ConvertAll(Values("v_reset", 0), static x => (float)x), options.Reset) : null;

        float[] Floats(string parameter) => Array.ConvertAll(Values(parameter), static x => (float)x);

        double[] Values(string parameter, double? standard = null)
        {
            double[] values = node.Parameters.TryGetValue(parameter, out NirArray? given) ? given.ToDoubles() : [standard!.Value];
            return values.Length == width ? values : [.. Enumerable.Repeat(values[0], width)];
        }
    }

    private double Approach(double tau, string name, string parameter)
    {
        if (options.Discretisation == NirDiscretisation.ForwardEuler && !options.Resolves(tau))
        {
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture,
                $"node '{name}': {parameter} is {tau} s; expected at least the step of {options.StepSeconds} s for forward Euler (a smaller dt, or the exponential discretisation)."));
        }

        return options.Approach(tau);
    }

    private int Steps(double seconds, string name)
    {
        double steps = seconds / options.StepSeconds;
        double whole = Math.Round(steps);
        return Math.Abs(steps - whole) <= 1e-3 && whole <= MaximumDelay
            ? (int)whole
            : throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"node '{name}': delay is {seconds} s; expected 0 to {MaximumDelay} whole steps of {options.StepSeconds} s."));
    }
}
