using System.CommandLine.Parsing;
using RramSnn.Cli.Runs;
using RramSnn.Cli.Settings;
using RramSnn.Model.Layers;
using RramSnn.Nir.Graph;
using RramSnn.Nir.Mapping;

namespace RramSnn.Cli.Exchange;

/// <summary>A network that came as a graph: given back as it was, or programmed anew.</summary>
internal sealed class ImportedNetwork : IDisposable
{
    private ImportedNetwork(Network network, TrainSettings settings, IReadOnlyDictionary<string, string> run)
    {
        Network = network;
        Settings = settings;
        Run = run;
    }

    /// <summary>Options of train that the graph decides; given beside it they would make another network.</summary>
    internal static IReadOnlyList<string> GraphOptions { get; } =
        ["--hidden", "--membrane-decay", "--synapse-decay", "--reset-decay", "--reset-strength", "--gain", "--threshold"];

    internal Network Network { get; }

    internal TrainSettings Settings { get; }

    /// <summary>The checkpoint's metadata.</summary>
    internal IReadOnlyDictionary<string, string> Run { get; }

    /// <summary>Whether all devices hold what they held when the file was written.</summary>
    internal bool IsRestored { get; private init; }

    /// <summary>Of programmed weights the largest error of each layer.</summary>
    internal IReadOnlyList<float> LargestErrors { get; private init; } = [];

    /// <summary>What the user should know.</summary>
    internal IReadOnlyList<string> Notes { get; private init; } = [];

    public void Dispose() => Network.Dispose();

    /// <summary>Makes the network of a graph.</summary>
    /// <param name="file">Where the graph comes from, for messages.</param>
    /// <param name="graph">The graph.</param>
    /// <param name="stepSeconds">dt as the user gave it.</param>
    /// <param name="given">Options of train that the user gave.</param>
    /// <param name="options">All options of train.</param>
    /// <exception cref="ArgumentException">The graph is no crossbar network, or an option does not go with it.</exception>
    /// <exception cref="InvalidDataException">The metadata are damaged.</exception>
    internal static ImportedNetwork Of(string file, NirGraph graph, double? stepSeconds, IReadOnlyList<OptionResult> given, TrainOptions options)
    {
        if (given.FirstOrDefault(static result => GraphOptions.Contains(result.Option.Name)) is { } contradiction)
        {
            throw new ArgumentException($"{contradiction.Option.Name} cannot go with nir import: the file says it.");
        }

        SavedRun? saved = SavedRun.Find(graph);
        List<string> notes = [];
        if (saved is not null && saved.Run.ContainsKey(SavedSettings.Config) && given.Count == 0 && stepSeconds is null)
        {
            if (TryRestore(file, graph, saved) is { } restored)
            {
                return restored;
            }

            notes.Add($"{file} was changed since it was written: its weights are programmed anew");
        }

        CrossbarContent content = Content(file, graph, stepSeconds ?? SavedRun.StepSecondsOf(graph) ?? SimulationOptions.StandardStepSeconds);
        TrainSettings settings = TrainOptions.ReadArguments(SavedSettings.Arguments(file, graph, Decided(content), given, options));
        if (settings.WeightRange < content.LargestWeight && given.All(static result => result.Option.Name != "--weight-range"))
        {
            settings = settings with { WeightRange = content.LargestWeight };
            settings.Validate();
        }

        RunData data = RunData.Load(settings);
        if (data.Training.Inputs != content.Inputs || data.Training.Classes != content.Classes)
        {
            throw new ArgumentException($"{file} has {content.Inputs} inputs and {content.Classes} classes; expected {data.Training.Inputs} and {data.Training.Classes} as the data set has (--data).");
        }

        Network network = data.CreateNetwork();
        try
        {
            IReadOnlyList<float> errors = content.Program(network);
            return new ImportedNetwork(network, data.Settings, new RunState { Settings = data.Settings }.ToMetadata(data.Basis)) { LargestErrors = errors, Notes = notes };
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    private static ImportedNetwork? TryRestore(string file, NirGraph graph, SavedRun saved)
    {
        TrainSettings settings = TrainOptions.ReadConfig(saved.Run[SavedSettings.Config], $"{file}: {SavedSettings.Config}");
        (int inputs, int classes) = saved.ExtentsOf(file);
        Network network = new(settings.ToNetworkOptions(inputs, classes));
        try
        {
            if (saved.TryRestore(network, graph, file))
            {
                return new ImportedNetwork(network, settings, saved.Run) { IsRestored = true };
            }
        }
        catch
        {
            network.Dispose();
            throw;
        }

        network.Dispose();
        return null;
    }

    private static CrossbarContent Content(string file, NirGraph graph, double stepSeconds)
    {
        try
        {
            return CrossbarContent.Of(graph, stepSeconds);
        }
        catch (ArgumentException exception)
        {
            throw new InvalidDataException($"{file}: {App.OneLine(exception)}", exception);
        }
    }

    /// <summary>What the graph says about the options that it decides.</summary>
    private static (string Name, string Value)[] Decided(CrossbarContent content)
    {
        string[] values =
        [
            string.Join(',', content.Hidden),
            Text(content.Neuron.MembraneDecay),
            Text(content.Neuron.SynapseDecay),
            Text(content.Neuron.ResetDecay),
            Text(content.Neuron.ResetStrength),
            Text(content.Neuron.Gain),
            Text(content.Neuron.Threshold),
        ];
        return [.. GraphOptions.Zip(values)];

        static string Text(float value) => FormattableString.Invariant($"{value:R}");
    }
}
