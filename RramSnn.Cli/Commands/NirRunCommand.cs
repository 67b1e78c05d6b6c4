using System.CommandLine;
using RramSnn.Cli.Exchange;
using RramSnn.Cli.Runs;
using RramSnn.Cli.Settings;
using RramSnn.Nir.Files;
using RramSnn.Nir.Graph;
using RramSnn.Nir.Mapping;
using RramSnn.Nir.Simulation;

namespace RramSnn.Cli.Commands;

/// <summary><c>nir run</c>: steps a NIR file with input from a table and writes what comes out.</summary>
internal sealed class NirRunCommand
{
    private const double StandardStepSeconds = 1e-3;

    private readonly Host _host;
    private readonly Argument<string> _file = NirCommand.File();
    private readonly Option<string?> _input = OptionFactory.Path("--input", $"CSV with the columns {SpikeTable.Columns}: what the input is at a step, 0 elsewhere; without values 1, a spike. Steps and inputs count from 0.", "spikes.csv");
    private readonly Option<int?> _steps = OptionFactory.OptionalNumber<int>("--steps", "Steps to run. [default: to the last of the input]");
    private readonly Option<double?> _step = OptionFactory.OptionalNumber<double>("--dt", "Seconds of a step. [default: what the file tells, or 0.001]");
    private readonly Option<string> _discretisation = OptionFactory.OneOf("--discretisation", "forward-euler as snnTorch and Norse, or exponential: exact for input that is constant over a step.", NirDiscretisation.ForwardEuler);
    private readonly Option<string?> _order = OptionFactory.OptionalOneOf<NirCurrentOrder>("--current-order", "Which current the membrane of CubaLI and CubaLIF sees: after this step's input, or before it. [default: what the file tells, or synapse-first as snnTorch and Norse]");
    private readonly Option<string> _reset = OptionFactory.OneOf("--reset", "A spike sets the membrane to v_reset, or lowers it by v_threshold.", NirReset.ToValue);
    private readonly Option<string?> _watch = OptionFactory.Path("--watch", "Nodes to write, with commas between them. [default: the outputs]", "node[,node...]");
    private readonly Option<string?> _out = OptionFactory.Path("--out", $"CSV to write, with the columns {SpikeTable.OutputColumns}; zeros are left out. [default: standard output]", "file.csv");

    private NirRunCommand(Host host)
    {
        _host = host;
        _input.Required = true;
    }

    internal static Command Create(Host host)
    {
        NirRunCommand run = new(host);
        Command command = new("run", "Runs a NIR file step by step and writes spikes and values of its outputs (docs/nir.md has the equations).")
        {
            run._file, run._input, run._steps, run._step, run._discretisation, run._order, run._reset, run._watch, run._out,
        };
        command.SetAction(run.Run);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        string file = parsed.GetRequiredValue(_file);
        NirGraph graph = NirFile.Read(file);
        NirNetwork network = Network(file, graph, new NirSimulationOptions
        {
            StepSeconds = parsed.GetValue(_step) ?? SavedRun.StepSecondsOf(graph) ?? StandardStepSeconds,
            Discretisation = OptionFactory.ReadEnum<NirDiscretisation>(parsed, _discretisation),
            CurrentOrder = OptionFactory.ReadOptionalEnum<NirCurrentOrder>(parsed, _order) ?? (SavedRun.IsMembraneFirst(graph) ? NirCurrentOrder.MembraneFirst : NirCurrentOrder.SynapseFirst),
            Reset = OptionFactory.ReadEnum<NirReset>(parsed, _reset),
        });
        string[] watched = parsed.GetValue(_watch)?.Split(',') ?? [.. network.OutputNames];
        foreach (string node in watched)
        {
            _ = network.NodeNames.Contains(node) ? true : throw new ArgumentException($"watch names '{node}'; expected nodes of {file}: {string.Join(", ", network.NodeNames)}.");
        }

        SpikeTable input = SpikeTable.Read(parsed.GetRequiredValue(_input)!, network.Inputs);
        int steps = parsed.GetValue(_steps) ?? input.Steps;
        if (steps < 1)
        {
            throw new ArgumentException($"steps is {steps}; expected 1 or more.");
        }

        if (parsed.GetValue(_out) is { } path)
        {
            using StringWriter text = new();
            Write(network, input, steps, watched, text);
            RunFolder.Write(path, text.ToString());
        }
        else
        {
            Write(network, input, steps, watched, _host.Output);
        }

        return ExitCode.Done;
    }

    private static NirNetwork Network(string file, NirGraph graph, NirSimulationOptions options)
    {
        options.Validate();
        try
        {
            return new NirNetwork(graph, options);
        }
        catch (ArgumentException exception)
        {
            throw new InvalidDataException($"{file}: {App.OneLine(exception)}", exception);
        }
    }

    private void Write(NirNetwork network, SpikeTable input, int steps, string[] watched, TextWriter writer)
    {
        writer.Write(SpikeTable.OutputColumns + "\n");
        float[] values = new float[network.Inputs];
        for (int step = 0; step < steps; step++)
        {
            _host.Interrupt.ThrowIfCancellationRequested();
            input.CopyTo(step, values);
            network.Step(values);
            foreach (string node in watched)
            {
                SpikeTable.WriteRows(writer, step, node, network.Values(node));
            }
        }
    }
}
