using System.Text.Json;
using RramSnn.Cli.Runs;
using RramSnn.Cli.Settings;

namespace RramSnn.Cli.Studies;

/// <summary>The finished runs of a study or sweep: a file each, which is there in full or not at all.</summary>
internal sealed class RunStore(string path)
{
    internal string Path { get; } = path;

    /// <summary>Files of finished runs.</summary>
    internal IReadOnlyList<string> Files => Directory.Exists(Path) ? [.. Directory.GetFiles(Path, "*.json").Order(StringComparer.Ordinal)] : [];

    /// <summary>The record of a run; null if it has not finished yet.</summary>
    /// <exception cref="InvalidDataException">The file is no record of this run.</exception>
    internal RunRecord? Find(PlannedRun planned)
    {
        string file = FileOf(planned.Key);
        if (!File.Exists(file))
        {
            return null;
        }

        RunRecord record;
        try
        {
            record = SettingsJson.Read<RunRecord>(File.ReadAllText(file));
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException or InvalidDataException)
        {
            throw new InvalidDataException($"{file}: is no record of a run; delete it to run it again.", exception);
        }

        return SettingsJson.WriteCompact(record.Settings) == SettingsJson.WriteCompact(planned.Settings)
            ? record
            : throw new InvalidDataException($"{file}: is of a run with other settings; delete it to run it again.");
    }

    /// <summary>Keeps a record.</summary>
    internal void Save(RunRecord record)
    {
        OutputFolder.Make(Path);
        RunFolder.Write(FileOf(record.Key), SettingsJson.Write(record) + "\n");
    }

    /// <summary>Takes over the records of another store that are not here yet.</summary>
    internal void Take(RunStore other)
    {
        OutputFolder.Make(Path);
        foreach (string file in other.Files)
        {
            string here = System.IO.Path.Combine(Path, System.IO.Path.GetFileName(file));
            if (!File.Exists(here))
            {
                RunFolder.Write(here, File.ReadAllBytes(file));
            }
        }
    }

    private string FileOf(string key) => System.IO.Path.Combine(Path, $"{key}.json");
}
