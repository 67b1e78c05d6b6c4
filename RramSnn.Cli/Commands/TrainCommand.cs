using System.CommandLine;
using System.Globalization;
using RramSnn.Cli.Reports;
using RramSnn.Cli.Runs;
using RramSnn.Cli.Settings;
using RramSnn.Model.Devices.Files;
using RramSnn.Model.Learning;

namespace RramSnn.Cli.Commands;

/// <summary><c>train</c>: trains one network on one device with one method.</summary>
internal sealed class TrainCommand
{
    private readonly Host _host;
    private readonly TrainOptions _settings = new();
    private readonly Option<string?> _out = OptionFactory.Path("--out", "Folder for the results. [default: runs/<device>-<method>-<time>]", "dir");
    private readonly Option<bool> _overwrite = OptionFactory.Flag("--overwrite", "Replace a run that --out holds.");
    private readonly Option<bool> _json = CommonOptions.Json();
    private readonly Option<bool> _quiet = CommonOptions.Quiet();
    private readonly Option<string?> _config = OptionFactory.Path("--config", "JSON file with options, such as a run's config.json; options given here win.", "file.json");
    private readonly Option<string?> _resume = OptionFactory.Path("--resume", "Go on with the interrupted run of a folder, to the same result as without the interruption.", "dir");
    private readonly Command _command = new(
        "train",
        $"Trains one network on one device with one update method. Online accuracy: every {TrainingSession.ProbeInterval}th training image is first shown without learning.");

    private TrainCommand(Host host)
    {
        _host = host;
        foreach (Option option in (IEnumerable<Option>)[.. Configurable, _config, _resume])
        {
            _command.Add(option);
        }

        _command.SetAction(Run);
    }

    /// <summary>Options that a configuration file may hold.</summary>
    private IReadOnlyList<Option> Configurable => [.. _settings.All, _out, _overwrite, _json, _quiet];

    internal static Command Create(Host host) => new TrainCommand(host)._command;

    private int Run(ParseResult parsed)
    {
        if (parsed.GetValue(_resume) is { } folder)
        {
            return Resume(parsed, new RunFolder(folder));
        }

        return Start(ConfigFile.Merge(_command, parsed, parsed.GetValue(_config), Configurable));
    }

    private int Start(ParseResult parsed)
    {
        TrainSettings settings = _settings.Read(parsed);
        string time = DateTime.Now.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
        bool overwrite = parsed.GetValue(_overwrite);
        RunFolder folder = parsed.GetValue(_out) is { } path
            ? new RunFolder(path)
            : RunFolder.New(Path.Combine("runs", $"{settings.Device.Name}-{settings.Method}-{time}"));
        if (!overwrite)
        {
            folder.ThrowIfUsed();
        }

        using TrainRun run = new(new RunState { Settings = settings }, RunData.Load(settings), folder, _host);

        // What could still be refused comes before the folder is touched.
        string config = SettingsJson.Write(run.Settings) + "\n";
        folder.Create(overwrite);
        RunFolder.Write(folder.Config, config);
        RunFolder.Write(folder.Device, DeviceFile.ToJson(run.Settings.ToDevice()) + "\n");
        return Finish(run, folder, parsed);
    }

    private int Resume(ParseResult parsed, RunFolder folder)
    {
        Option[] allowed = [_resume, _settings.Threads, _json, _quiet];
        if (ConfigFile.Given(parsed).FirstOrDefault(result => !allowed.Contains(result.Option)) is { } other)
        {
            throw new ArgumentException($"{other.Option.Name} cannot go with --resume, which takes only --threads, --json and --quiet beside it.");
        }

        if (!File.Exists(folder.Checkpoint))
        {
            throw new FileNotFoundException($"{folder.Path}: has no {Path.GetFileName(folder.Checkpoint)} to resume from", folder.Checkpoint);
        }

        RunState state = RunState.Load(folder.Checkpoint);
        if (File.Exists(folder.Summary))
        {
            throw new ArgumentException($"{folder.Path}: the run is finished; there is nothing to resume.");
        }

        if (parsed.GetValue(_settings.Threads) is { } threads)
        {
            state = state with { Settings = state.Settings with { Threads = threads } };
        }

        using TrainRun run = new(state, RunData.Load(state.Settings), folder, _host);
        return Finish(run, folder, parsed);
    }

    private int Finish(TrainRun run, RunFolder folder, ParseResult parsed)
    {
        bool json = parsed.GetValue(_json);
        if (!ProgressDisplay.Run(_host.Error, parsed.GetValue(_quiet), run.Run))
        {
            _host.Error.WriteLine($"rramsnn: interrupted after {run.Position} of {run.TotalSamples} samples; resume: {Commandline.Train($"--resume {Commandline.Quote(folder.Path)}")}");
            return ExitCode.Interrupted;
        }

        RunSummary summary = RunSummary.Of(run, folder);
        string text = SettingsJson.Write(summary);
        Draw(run, folder, summary);

        // Last, because it marks the run as finished.
        RunFolder.Write(folder.Summary, text + "\n");
        if (json)
        {
            _host.Output.WriteLine(text);
        }
        else
        {
            summary.WriteTable(_host.Output, folder.Files.Where(File.Exists));
        }

        return ExitCode.Done;
    }

    private void Draw(TrainRun run, RunFolder folder, RunSummary summary)
    {
        try
        {
            RunFolder.Write(folder.LearningCurve, LearningCurve.Png(run.Rows, summary));
        }
#pragma warning disable CA1031 // Whatever keeps the picture from being drawn, hours of training are not lost for it.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _host.Error.WriteLine($"rramsnn: warning: {folder.LearningCurve} was not drawn: {App.OneLine(exception)}");
        }
    }
}
