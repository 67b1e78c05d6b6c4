using System.CommandLine;
using System.Globalization;
using RramSnn.Cli.Reports;
using RramSnn.Cli.Reports.Studies;
using RramSnn.Cli.Runs;
using RramSnn.Cli.Settings;
using RramSnn.Cli.Studies;
using RramSnn.Data;
using RramSnn.Model.Devices;

namespace RramSnn.Cli.Commands;

/// <summary><c>study</c>: update methods compared on devices, with tuned settings and several seeds.</summary>
internal sealed class StudyCommand
{
    private const string Kind = "study";

    // A few minutes on two cores: enough images that the methods differ by more than their seeds.
    private static readonly (string Name, string Value)[] Quick = [("--samples", "10000"), ("--epochs", "3")];
    private static readonly (string Name, string Value)[] Full = [("--hidden", "512,256"), ("--epochs", "14")];

    private readonly Host _host;
    private readonly StudyOptions _options = new(Kind, methods: "ideal,naive,balanced-pair", seeds: "3");
    private readonly Option<string?> _devices = StudyOptions.Text(
        "--devices", "Devices: names from 'device list' or device files with commas between them, or all. [default: tiox-3v]", "name|file.json[,...]|all");
    private readonly Option<bool> _full = OptionFactory.Flag(
        "--full", "The long run: all training images, 14 epochs, layers of 512 and 256 neurons, 5 seeds, 5 tuning points, unless other options say something else.");
    private readonly Option<string?> _config = OptionFactory.Path("--config", "JSON file with options, such as a study's config.json; options given here win.", "file.json");
    private readonly Command _command = new(
        Kind,
        "Compares update methods on devices: learning rate and weight range of every arm tuned on held-out training images, then a run per seed. "
        + "Runs 10,000 images in 3 epochs unless --samples, --epochs or --full say something else. A second start with the same options and --out goes on where the first one ended.");

    private StudyCommand(Host host)
    {
        _host = host;
        foreach (Option option in (IEnumerable<Option>)[.. Configurable, _config])
        {
            _command.Add(option);
        }

        _command.SetAction(Run);
    }

    private IReadOnlyList<Option> Configurable => [_devices, _full, .. _options.Deciding, .. _options.Other];

    private IReadOnlyList<Option> Deciding => [_devices, _full, .. _options.Deciding];

    internal static Command Create(Host host) => new StudyCommand(host)._command;

    private int Run(ParseResult given)
    {
        ParseResult parsed = ConfigFile.Merge(_command, given, given.GetValue(_config), Configurable);
        bool isFull = parsed.GetValue(_full);
        IReadOnlyList<Device> devices = StudyOptions.Devices(parsed.GetValue(_devices) ?? "tiox-3v");
        IReadOnlyList<string> methods = _options.Methods(parsed);
        TrainArguments common = (isFull ? Full : Quick).Aggregate(
            TrainArguments.Of(parsed, [.. _options.Train]), static (arguments, standard) => arguments.WithDefault(standard.Name, standard.Value));
        IReadOnlyList<ulong> seeds = _options.Seeds(parsed, isFull ? "5" : null);
        int threads = _options.Threads(parsed);
        int points = _options.TuningPoints(parsed, isFull ? 5 : 3);
        ImageDataSet images = RunData.LoadImages(common.With("--method", "ideal").Read().Data);
        StudyPlan plan = StudyPlan.Create(Kind, images, common, [.. Arms(common, devices, methods)], seeds, points);
        StudyFolder folder = _options.Folder(parsed, Kind);
        folder.Enter(plan.ToJson(), _options.Overwrite(parsed));
        RunFolder.Write(folder.Config, ConfigText.Of(parsed, Deciding));
        IReadOnlyList<ArmResult>? results = Train(plan, images, folder, threads, parsed);
        if (results is null)
        {
            return ExitCode.Interrupted;
        }

        StudySummary summary = StudySummary.Of(plan, results, folder, Commandline.Of(Kind, ConfigText.Command(parsed, Deciding)));
        IReadOnlyList<string> files = Write(summary, results, folder);
        if (_options.Json(parsed))
        {
            _host.Output.WriteLine(SettingsJson.Write(summary));
        }
        else
        {
            StudyTable.Write(_host.Output, summary, files);
        }

        return ExitCode.Done;
    }

    private static IEnumerable<Arm> Arms(TrainArguments common, IReadOnlyList<Device> devices, IReadOnlyList<string> methods) =>
        from device in devices
        from method in methods
        select Arm.Create($"{device.Name}.{method}", common, device, method);

    private IReadOnlyList<ArmResult>? Train(StudyPlan plan, ImageDataSet images, StudyFolder folder, int threads, ParseResult parsed)
    {
        (int runs, double samples) = plan.CountRuns(plan.Runnable);
        RunsStatus last = new(0, runs, 0, 0, TimeSpan.Zero);
        try
        {
            return RunsDisplay.Run(_host.Error, _options.Quiet(parsed), show => plan.Run(new ArmRunner(
                images,
                folder.Runs,
                threads,
                _host,
                new RunsProgress(runs, samples, status =>
                {
                    last = status;
                    show(status);
                }))));
        }
        catch (OperationCanceledException) when (_host.Interrupt.IsCancellationRequested)
        {
            string resume = Commandline.Of(Kind, $"--config {Commandline.Quote(folder.Config)} --out {Commandline.Quote(folder.Path)}");
            _host.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"rramsnn: interrupted after {last.Done} of {last.Runs} runs; resume: {resume}"));
            return null;
        }
    }

    private List<string> Write(StudySummary summary, IReadOnlyList<ArmResult> results, StudyFolder folder)
    {
        List<string> files = [];
        Save("arms.csv", StudyFiles.Arms(summary));
        Save("runs.csv", StudyFiles.Runs(results));
        try
        {
            StudyPicture[] pictures = [.. StudyPictures.Draw(results)];
            foreach ((string name, byte[] content) in pictures.SelectMany(static picture => picture.Files))
            {
                RunFolder.Write(folder.In(name), content);
            }

            files.Add($"{folder.In("*.png")}, *.svg ({pictures.Length} pictures)");
            Save("report.html", StudyReport.Html(summary, pictures));
        }
#pragma warning disable CA1031 // Whatever keeps pictures from being drawn, hours of training are not lost for it.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _host.Error.WriteLine($"rramsnn: warning: {folder.In("report.html")} was not written: {App.OneLine(exception)}");
        }

        Save("study.json", SettingsJson.Write(summary) + "\n");
        return files;

        void Save(string name, string text)
        {
            RunFolder.Write(folder.In(name), text);
            files.Add(folder.In(name));
        }
    }
}
