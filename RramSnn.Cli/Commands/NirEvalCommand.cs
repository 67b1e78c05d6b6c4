using System.CommandLine;
using System.CommandLine.Parsing;
using System.Diagnostics;
using RramSnn.Cli.Exchange;
using RramSnn.Cli.Reports;
using RramSnn.Cli.Runs;
using RramSnn.Cli.Settings;
using RramSnn.Nir.Graph;
using RramSnn.Nir.Simulation;

namespace RramSnn.Cli.Commands;

/// <summary><c>nir eval</c>: test accuracy of a NIR file.</summary>
internal sealed class NirEvalCommand
{
    private static readonly string[] SampleOptions = ["--data", "--rate", "--input", "--steps", "--burn-in", "--seed"];

    private readonly Host _host;
    private readonly TrainOptions _settings = new();
    private readonly Argument<string> _file = NirCommand.File();
    private readonly SimulationOptions _simulation = new();
    private readonly Option<bool> _json = CommonOptions.Json();

    private NirEvalCommand(Host host) => _host = host;

    private IEnumerable<Option> Samples => _settings.All.Where(static option => SampleOptions.Contains(option.Name));

    internal static Command Create(Host host)
    {
        NirEvalCommand eval = new(host);
        Command command = new(
            "eval",
            "Measures the test accuracy of a NIR file: the class is the output with the largest sum over the steps after burn-in. A file that 'nir export' wrote tells how its samples are shown; defaults are then the run's.")
        {
            eval._file,
        };
        foreach (Option option in (IEnumerable<Option>)[.. eval.Samples, .. eval._simulation.All, eval._json])
        {
            command.Add(option);
        }

        command.SetAction(eval.Run);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        string file = parsed.GetRequiredValue(_file);
        (NirGraph graph, NirNetwork network) = _simulation.Load(file, parsed, _host.Error);
        if (network.OutputNames is not [var output])
        {
            throw new InvalidDataException($"{file}: has {network.OutputNames.Count} outputs; expected one, with a value for every class.");
        }

        OptionResult[] given = [.. ConfigFile.Given(parsed).Where(result => Samples.Contains(result.Option))];
        TrainSettings settings = TrainOptions.ReadArguments(SavedSettings.Arguments(file, graph, [], given, _settings));
        RunData data = RunData.Load(settings);
        int classes = network.Values(output).Length;
        if (data.Test.Inputs != network.Inputs || data.Test.Classes != classes)
        {
            throw new ArgumentException($"{file} has {network.Inputs} inputs and {classes} outputs; expected {data.Test.Inputs} and {data.Test.Classes} as the data set has (--data).");
        }

        Stopwatch time = Stopwatch.StartNew();
        int right = new SampleSimulation(network, output, data.Test, settings).CountRight(_host.Interrupt);
        EvalResult result = new(
            right / (double)data.Test.Count,
            data.Test.Count,
            data.Test.Count / time.Elapsed.TotalSeconds,
            settings.Steps,
            settings.BurnIn,
            network.Options.StepSeconds,
            network.Options.Discretisation,
            network.Options.CurrentOrder,
            network.Options.Reset,
            Path.GetFullPath(file));
        if (parsed.GetValue(_json))
        {
            _host.Output.WriteLine(SettingsJson.Write(result));
        }
        else
        {
            Terminal.WriteTable(
                _host.Output,
                $"{network.Inputs} inputs, {classes} outputs, {settings.Steps} steps of {Format.Quantity(network.Options.StepSeconds, "s")}",
                [("test accuracy", Format.Percent(result.TestAccuracy)), ("test images", Format.Count(result.TestSamples)), ("samples/s", Format.Count(result.SamplesPerSecond))]);
        }

        return ExitCode.Done;
    }

    /// <summary>The result, with stable keys.</summary>
    private sealed record EvalResult(
        double TestAccuracy,
        int TestSamples,
        double SamplesPerSecond,
        int Steps,
        int BurnIn,
        double StepSeconds,
        NirDiscretisation Discretisation,
        NirCurrentOrder CurrentOrder,
        NirReset Reset,
        string File);
}
