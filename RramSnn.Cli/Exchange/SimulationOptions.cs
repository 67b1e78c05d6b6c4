using System.CommandLine;
using RramSnn.Cli.Settings;
using RramSnn.Nir.Files;
using RramSnn.Nir.Graph;
using RramSnn.Nir.Mapping;
using RramSnn.Nir.Simulation;

namespace RramSnn.Cli.Exchange;

/// <summary>The options that say how a NIR file makes steps.</summary>
internal sealed class SimulationOptions
{
    /// <summary>dt in seconds where neither the user nor the file tells it.</summary>
    internal const double StandardStepSeconds = 1e-3;

    private readonly Option<double?> _step = OptionFactory.OptionalNumber<double>("--dt", "Seconds of a step. [default: what the file tells, or 0.001]");
    private readonly Option<string> _discretisation = OptionFactory.OneOf("--discretisation", "forward-euler as snnTorch and Norse, or exponential: exact for input that is constant over a step.", NirDiscretisation.ForwardEuler);
    private readonly Option<string?> _order = OptionFactory.OptionalOneOf<NirCurrentOrder>("--current-order", "Which current the membrane of CubaLI and CubaLIF sees: after this step's input, or before it. [default: what the file tells, or synapse-first as snnTorch and Norse]");
    private readonly Option<string> _reset = OptionFactory.OneOf("--reset", "A spike sets the membrane to v_reset, or lowers it by v_threshold.", NirReset.ToValue);

    internal SimulationOptions() => All = [_step, _discretisation, _order, _reset];

    /// <summary>All options, in the order of the help.</summary>
    internal IReadOnlyList<Option> All { get; }

    /// <summary>A file's graph and its network at rest.</summary>
    /// <param name="file">The file.</param>
    /// <param name="parsed">Arguments of the command.</param>
    /// <param name="error">Receives a warning if nothing tells the step, and the file's numbers were made for another.</param>
    /// <exception cref="InvalidDataException">The file is no NIR file, or its graph cannot run so.</exception>
    internal (NirGraph Graph, NirNetwork Network) Load(string file, ParseResult parsed, TextWriter error)
    {
        NirGraph graph = NirFile.Read(file);
        double? told = parsed.GetValue(_step) ?? SavedRun.StepSecondsOf(graph);
        NirSimulationOptions options = new()
        {
            StepSeconds = told ?? StandardStepSeconds,
            Discretisation = OptionFactory.ReadEnum<NirDiscretisation>(parsed, _discretisation),
            CurrentOrder = OptionFactory.ReadOptionalEnum<NirCurrentOrder>(parsed, _order) ?? (SavedRun.IsMembraneFirst(graph) ? NirCurrentOrder.MembraneFirst : NirCurrentOrder.SynapseFirst),
            Reset = OptionFactory.ReadEnum<NirReset>(parsed, _reset),
        };
        options.Validate();
        if (told is null && NirStepHint.Of(graph) is { } hint && !NirStepHint.AreSame(StandardStepSeconds, hint))
        {
            error.WriteLine(FormattableString.Invariant(
                $"rramsnn: warning: {file}: every LIF and CubaLIF neuron has r = tau/{hint:G3} s, as snnTorch writes for steps of {hint:G3} s; the step is {StandardStepSeconds} s (--dt)"));
        }

        try
        {
            return (graph, new NirNetwork(graph, options));
        }
        catch (ArgumentException exception)
        {
            throw new InvalidDataException($"{file}: {App.OneLine(exception)}", exception);
        }
    }
}
