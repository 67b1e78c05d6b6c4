using System.Globalization;
using System.Text.Json;
using RramSnn.Cli.Settings;
using RramSnn.Model.Checkpoints;

namespace RramSnn.Cli.Runs;

/// <summary>What a checkpoint says about its run besides the devices' states: all that is needed to go on.</summary>
internal sealed record RunState
{
    private const string FormatVersion = "1";

    /// <summary>The run's settings.</summary>
    internal required TrainSettings Settings { get; init; }

    /// <summary>Data and device that the run began with; null before it has begun.</summary>
    internal RunBasis? Basis { get; init; }

    /// <summary>Samples shown.</summary>
    internal long Position { get; init; }

    /// <summary>Probes of the present epoch named right.</summary>
    internal int CorrectProbesInEpoch { get; init; }

    /// <summary>The part of <see cref="CorrectProbesInEpoch"/> that the rows of the epoch account for.</summary>
    internal int CorrectInRows { get; init; }

    /// <summary>Probes of the present epoch that the rows account for.</summary>
    internal int ProbesInRows { get; init; }

    /// <summary>Time spent showing training samples.</summary>
    internal double TrainingSeconds { get; init; }

    /// <summary>The part of <see cref="TrainingSeconds"/> up to the last row.</summary>
    internal double TrainingSecondsInRows { get; init; }

    /// <summary>Time since the start of the run, pauses left out.</summary>
    internal double ElapsedSeconds { get; init; }

    /// <summary>Metrics so far.</summary>
    internal IReadOnlyList<MetricsRow> Rows { get; init; } = [];

    /// <summary>Reads the state of a checkpoint.</summary>
    /// <exception cref="InvalidDataException">The file is no checkpoint of this program.</exception>
    internal static RunState Load(string path)
    {
        IReadOnlyDictionary<string, string> metadata = Checkpoint.ReadMetadata(path);
        string format = Text("format_version");
        if (format != FormatVersion)
        {
            throw new InvalidDataException($"{path}: format_version is {format}; expected {FormatVersion}.");
        }

        return new RunState
        {
            Settings = TrainOptions.ReadConfig(Text("config"), $"{path}: config"),
            Basis = new RunBasis(Text("training_data_sha256"), Text("test_data_sha256"), Text("device")),
            Position = Number<long>("position"),
            CorrectProbesInEpoch = Number<int>("correct_in_epoch"),
            CorrectInRows = Number<int>("correct_in_rows"),
            ProbesInRows = Number<int>("probes_in_rows"),
            TrainingSeconds = Number<double>("training_seconds"),
            TrainingSecondsInRows = Number<double>("training_seconds_in_rows"),
            ElapsedSeconds = Number<double>("elapsed_seconds"),
            Rows = Metrics(),
        };

        string Text(string key) =>
            metadata.TryGetValue(key, out string? value) ? value : throw new InvalidDataException($"{path}: has no metadata {key}; expected a checkpoint of rramsnn.");

        T Number<T>(string key)
            where T : struct, ISpanParsable<T> =>
            T.TryParse(Text(key), CultureInfo.InvariantCulture, out T value) ? value : throw new InvalidDataException($"{path}: metadata {key} is '{Text(key)}'; expected a number.");

        IReadOnlyList<MetricsRow> Metrics()
        {
            try
            {
                List<MetricsRow> rows = SettingsJson.Read<List<MetricsRow>>(Text("metrics"));
                return rows.Contains(null!) ? throw new JsonException("null where a row was expected") : rows;
            }
            catch (Exception exception) when (exception is JsonException or InvalidOperationException)
            {
                throw new InvalidDataException($"{path}: metadata metrics is no list of measurements.", exception);
            }
        }
    }

    /// <summary>The state as a checkpoint's metadata.</summary>
    internal IReadOnlyDictionary<string, string> ToMetadata(RunBasis basis) => new Dictionary<string, string>
    {
        ["format_version"] = FormatVersion,
        ["program_version"] = App.Version,
        ["config"] = SettingsJson.WriteCompact(Settings),
        ["training_data_sha256"] = basis.TrainingDataSha256,
        ["test_data_sha256"] = basis.TestDataSha256,
        ["device"] = basis.Device,
        ["position"] = Invariant(Position),
        ["correct_in_epoch"] = Invariant(CorrectProbesInEpoch),
        ["correct_in_rows"] = Invariant(CorrectInRows),
        ["probes_in_rows"] = Invariant(ProbesInRows),
        ["training_seconds"] = Invariant(TrainingSeconds),
        ["training_seconds_in_rows"] = Invariant(TrainingSecondsInRows),
        ["elapsed_seconds"] = Invariant(ElapsedSeconds),
        ["metrics"] = SettingsJson.WriteCompact(Rows),
    };

    private static string Invariant<T>(T value)
        where T : IFormattable => value.ToString(null, CultureInfo.InvariantCulture);
}
