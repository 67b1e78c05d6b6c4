using System.Text.Json;
using System.Text.Json.Nodes;
using RramSnn.Cli.Runs;

namespace RramSnn.Cli.Studies;

/// <summary>The folder of a study or sweep: its plan, its finished runs and what was made of them.</summary>
/// <remarks>
/// The plan holds everything that decides the results. A command with the same plan goes on where the last one ended; one with
/// another plan is refused, so that results never mix.
/// </remarks>
internal sealed class StudyFolder(string path)
{
    /// <summary>The folder as the user named it.</summary>
    internal string Path { get; } = path;

    /// <summary>Everything that decides the results.</summary>
    internal string Plan => In("plan.json");

    /// <summary>The options that were given.</summary>
    internal string Config => In("config.json");

    internal RunStore Runs => new(In("runs"));

    /// <summary>A file of results.</summary>
    internal string In(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Makes the folder, or takes one that holds the same plan.</summary>
    /// <param name="plan">The plan as JSON.</param>
    /// <param name="overwrite">Whether to remove runs of another plan.</param>
    /// <exception cref="IOException">The folder holds something else.</exception>
    internal void Enter(string plan, bool overwrite)
    {
        if (File.Exists(Path))
        {
            throw new IOException($"{Path}: is a file, expected a folder");
        }

        if (File.Exists(Plan))
        {
            if (overwrite)
            {
                foreach (string file in Runs.Files)
                {
                    File.Delete(file);
                }
            }
            else
            {
                ThrowIfOther(plan);
            }
        }
        else if (new RunFolder(Path).Files.FirstOrDefault(File.Exists) is { } file)
        {
            throw new IOException($"{Path}: holds a run of train ({System.IO.Path.GetFileName(file)}); give another --out");
        }

        OutputFolder.Make(Path);
        RunFolder.Write(Plan, plan);
    }

    /// <summary>Refuses to mix results of different plans.</summary>
    /// <exception cref="IOException">The folder's plan is another one.</exception>
    internal void ThrowIfOther(string plan)
    {
        string old = File.ReadAllText(Plan);
        if (old != plan)
        {
            throw new IOException($"{Path}: holds another plan ({Difference(old, plan)}); give another --out or --overwrite");
        }
    }

    /// <summary>The first value in which two plans differ.</summary>
    private static string Difference(string old, string present)
    {
        try
        {
            List<(string Path, string Value)> first = Flatten("", JsonNode.Parse(old));
            List<(string Path, string Value)> second = Flatten("", JsonNode.Parse(present));
            foreach (((string place, string value), (string newPlace, string newValue)) in first.Zip(second))
            {
                if (place != newPlace)
                {
                    return $"it has {place} where {newPlace} is asked for";
                }

                if (value != newValue)
                {
                    return $"its {place} is {value}, asked for is {newValue}";
                }
            }

            return first.Count > second.Count ? $"it has {first[second.Count].Path}" : $"it lacks {second[first.Count].Path}";
        }
        catch (Exception exception) when (exception is JsonException or ArgumentOutOfRangeException)
        {
            return "its plan.json is damaged";
        }
    }

    private static List<(string Path, string Value)> Flatten(string path, JsonNode? node) => node switch
    {
        JsonObject item => [.. item.SelectMany(pair => Flatten(path.Length == 0 ? pair.Key : $"{path}.{pair.Key}", pair.Value))],
        JsonArray list => [.. list.SelectMany((item, index) => Flatten($"{path}[{index}]", item))],
        _ => [(path, node?.ToJsonString() ?? "null")],
    };
}
