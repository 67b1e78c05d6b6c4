using System.CommandLine.Parsing;
using RramSnn.Cli.Settings;
using RramSnn.Nir.Graph;
using RramSnn.Nir.Mapping;

namespace RramSnn.Cli.Exchange;

/// <summary>Settings of a run that a NIR file was exported from.</summary>
internal static class SavedSettings
{
    /// <summary>Key of the settings in the saved run.</summary>
    internal const string Config = "config";

    /// <summary>Arguments of train: what the graph says, then what the user says, then what the file's metadata say.</summary>
    /// <param name="file">Where the graph comes from, for messages.</param>
    /// <param name="graph">The graph.</param>
    /// <param name="forced">Options that the graph itself decides, with their values.</param>
    /// <param name="given">Options that the user gave.</param>
    /// <param name="options">All options of train.</param>
    /// <exception cref="InvalidDataException">The metadata are damaged.</exception>
    internal static List<string> Arguments(string file, NirGraph graph, IReadOnlyList<(string Name, string Value)> forced, IReadOnlyList<OptionResult> given, TrainOptions options)
    {
        List<string> arguments = [.. forced.Select(static option => $"{option.Name}={option.Value}"), .. given.Select(ConfigFile.ToArgument)];
        HashSet<string> known = [.. forced.Select(static option => option.Name), .. given.Select(static result => result.Option.Name)];
        if (SavedRun.Find(graph) is { } saved && saved.Run.TryGetValue(Config, out string? config))
        {
            arguments.AddRange(ConfigFile.Parse(config, $"{file}: {Config}", options.All).Where(entry => !known.Contains(entry.Option.Name)).Select(static entry => entry.Argument));
        }
        else if (SavedRun.StepsOf(graph) is (int steps, int burnIn))
        {
            Add("--steps", steps);
            Add("--burn-in", burnIn);
        }

        return arguments;

        void Add(string name, int value)
        {
            if (!known.Contains(name))
            {
                arguments.Add(FormattableString.Invariant($"{name}={value}"));
            }
        }
    }
}
