using System.CommandLine;
using RramSnn.Cli.Exchange;
using RramSnn.Cli.Runs;
using RramSnn.Cli.Settings;
using RramSnn.Nir.Simulation;

namespace RramSnn.Cli.Commands;

/// <summary><c>nir run</c>: steps a NIR file with input from a table and writes what comes out.</summary>
internal sealed class NirRunCommand
{
    private readonly Host _host;
    private readonly Argument<string> _file = NirCommand.File();
    private readonly Option<string?> _input = OptionFactory.Path("--input", $"CSV with the columns {SpikeTable.Columns}: what the input is at a step, 0 elsewhere; without values 1, a spike. Steps and inputs count from 0.", "spikes.csv");
    private readonly Option<int?> _steps = OptionFactory.OptionalNumber<int>("--steps", "Steps to run. [default: to the last of the input]");
    private readonly Option<string?> _watch = OptionFactory.Path("--watch", "Nodes to write, with commas between them. [default: the outputs]", "node[,node...]");
    private readonly Option<string?> _out = OptionFactory.Path("--out", $"CSV to write, with the columns {SpikeTable.OutputColumns}; zeros are left out. [default: standard output]", "file.csv");
    private readonly SimulationOptions _simulation = new();

    private NirRunCommand(Host host)
    {
        _host = host;
        _input.Required = true;
    }

    internal static Command Create(Host host)
    {
        NirRunCommand run = new(host);
        Command command = new("run", "Runs a NIR file step by step and writes spikes and values of its outputs (docs/nir.md has the equations).") { run._file };
        foreach (Option option in (IEnumerable<Option>)[run._input, run._steps, .. run._simulation.All, run._watch, run._out])
        {
            command.Add(option);
        }

        command.SetAction(run.Run);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        string file = parsed.GetRequiredValue(_file);
        NirNetwork network = _simulation.Load(file, parsed, _host.Error).Network;
        string[] watched = parsed.GetValue(_watch)?.Split(',') ?? [.. network.OutputNames];
        if (watched.FirstOrDefault(node => !network.NodeNames.Contains(node)) is { } unknown)
        {
            throw new ArgumentException($"watch names '{unknown}'; expected nodes of {file}: {string.Join(", ", network.NodeNames)}.");
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
