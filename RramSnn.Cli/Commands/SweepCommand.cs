using System.CommandLine;
using RramSnn.Cli.Reports;
using RramSnn.Cli.Runs;
using RramSnn.Cli.Settings;
using RramSnn.Cli.Studies;
using RramSnn.Cli.Sweeps;
using RramSnn.Data;
using RramSnn.Model.Devices;
using RramSnn.Model.Layers;

namespace RramSnn.Cli.Commands;

/// <summary><c>sweep</c>: test accuracy over a grid of two numeric options or of a device's nonlinearities.</summary>
internal sealed class SweepCommand
{
    internal const string Kind = "sweep";

    private const string Alphas = "0,0.5,1,2,3,5,8,12,20,40";
    private const string Labels = "0,1,2,3,4,5,6";
    private const string NegativeLabels = "0,-1,-2,-3,-4,-5,-6";

    // A map of 10 x 10 points and two methods takes minutes: enough to see where accuracy falls.
    private static readonly (string Name, string Value)[] Quick = [("--samples", "5000"), ("--epochs", "2"), ("--hidden", "256")];

    private readonly Host _host;
    private readonly StudyOptions _options = new(Kind, methods: "naive,balanced-pair", seeds: "1");
    private readonly Option<string?> _x = StudyOptions.Text(
        "--x", $"Columns: a numeric option of train, {string.Join(", ", SweepDevice.Names)}, and its values as first:last:count[:log] or v,v,... [default: {SweepDevice.AlphaPotentiation}={Alphas}]", "option=values");
    private readonly Option<string?> _y = StudyOptions.Text("--y", $"Rows, likewise. [default: {SweepDevice.AlphaDepression}={Alphas}]", "option=values");
    private readonly Option<bool> _neuroSim = OptionFactory.Flag("--neurosim", "The map over NeuroSim's labels, 0 to 6 up and 0 to -6 down.");
    private readonly Option<Device> _device = DeviceSource.Option("--device", "Device of a sweep over options.", new NetworkOptions { Inputs = 1, Hidden = [1], Classes = 2 }.Device);
    private readonly Option<string?> _shard = StudyOptions.Text("--shard", "Run one part of the points, for example as one job of several; 'sweep merge' joins the parts.", "i/n");
    private readonly Option<string?> _config = OptionFactory.Path("--config", "JSON file with options, such as a sweep's config.json; options given here win.", "file.json");
    private readonly Command _command = new(
        Kind,
        "Maps test accuracy over two options or over the nonlinearities of a device. Every point is an arm of a study: tuned on held-out training images, then run. "
        + "Runs 256 neurons on 5,000 images in 2 epochs unless --hidden, --samples or --epochs say something else. A second start with the same options and --out goes on where the first one ended.");

    private SweepCommand(Host host)
    {
        _host = host;
        foreach (Option option in (IEnumerable<Option>)[.. Configurable, _config])
        {
            _command.Add(option);
        }

        _command.SetAction(parsed => Run(ConfigFile.Merge(_command, parsed, parsed.GetValue(_config), Configurable)));
        _command.Add(CreateMerge());
    }

    private IReadOnlyList<Option> Deciding => [_x, _y, _neuroSim, _device, .. _options.Deciding];

    private IReadOnlyList<Option> Configurable => [.. Deciding, _shard, .. _options.Other];

    internal static Command Create(Host host) => new SweepCommand(host)._command;

    private int Run(ParseResult parsed)
    {
        Shard shard = parsed.GetValue(_shard) is { } text ? Shard.Parse(text) : new Shard(1, 1);
        (StudyPlan plan, SweepGrid grid, ImageDataSet images) = Plan(parsed);
        int threads = _options.Threads(parsed);
        StudyFolder folder = _options.Folder(parsed, Kind);
        folder.Enter(plan.ToJson(), _options.Overwrite(parsed));
        RunFolder.Write(folder.Config, ConfigText.Of(parsed, Deciding));
        using SweepRun run = new(plan, grid, folder, Command(parsed));
        if (!run.Train(images, shard, threads, _host, _options.Quiet(parsed)))
        {
            string part = parsed.GetValue(_shard) is null ? "" : $" --shard {shard.Number}/{shard.Count}";
            string resume = Commandline.Of(Kind, $"--config {Commandline.Quote(folder.Config)} --out {Commandline.Quote(folder.Path)}{part}");
            _host.Error.WriteLine($"rramsnn: interrupted after {run.RunsDone} of {run.Runs} runs; resume: {resume}");
            return ExitCode.Interrupted;
        }

        run.Report(_host, _options.Json(parsed));
        return ExitCode.Done;
    }

    private (StudyPlan Plan, SweepGrid Grid, ImageDataSet Images) Plan(ParseResult parsed)
    {
        bool hasLabels = parsed.GetValue(_neuroSim);
        string? x = parsed.GetValue(_x);
        string? y = parsed.GetValue(_y);
        if (x is null != y is null || (hasLabels && x is not null))
        {
            throw new ArgumentException(hasLabels ? "--neurosim chooses both axes and cannot go with --x or --y." : "--x and --y go together; only one of them is given.");
        }

        x ??= hasLabels ? $"{SweepDevice.LabelPotentiation}={Labels}" : $"{SweepDevice.AlphaPotentiation}={Alphas}";
        y ??= hasLabels ? $"{SweepDevice.LabelDepression}={NegativeLabels}" : $"{SweepDevice.AlphaDepression}={Alphas}";
        SweepAxis columns = SweepAxis.Parse("x", x, _options.Train);
        SweepAxis rows = SweepAxis.Parse("y", y, _options.Train);
        if (columns.IsNonlinearity && ConfigFile.Given(parsed).Any(given => given.Option == _device))
        {
            throw new ArgumentException("--device cannot go with axes that make up devices.");
        }

        TrainArguments common = Quick.Aggregate(
            TrainArguments.Of(parsed, [.. _options.Train]), static (arguments, standard) => arguments.WithDefault(standard.Name, standard.Value));
        SweepGrid grid = SweepGrid.Create(columns, rows, _options.Methods(parsed), common, parsed.GetRequiredValue(_device));
        ImageDataSet images = RunData.LoadImages(common.With("--method", "ideal").Read().Data);
        StudyPlan plan = StudyPlan.Create(Kind, images, common, [.. grid.Points.Select(static point => point.Arm)], _options.Seeds(parsed), _options.TuningPoints(parsed));
        return (plan, grid with { Points = [.. grid.Points.Zip(plan.Arms, static (point, arm) => point with { Arm = arm })] }, images);
    }

    private string Command(ParseResult parsed) => Commandline.Of(Kind, ConfigText.Command(parsed, Deciding));

    private Command CreateMerge()
    {
        Argument<string[]> parts = new("folders") { Description = "Folders of the parts.", Arity = ArgumentArity.OneOrMore, HelpName = "dir" };
        Option<string?> directory = OptionFactory.Path("--out", "Folder for the whole.", "dir");
        directory.Required = true;
        Option<bool> json = CommonOptions.Json();
        Command merge = new("merge", "Joins the parts of a sweep that ran with --shard; what is still missing is said, and 'sweep' with the same options runs it.") { parts, directory, json };
        merge.SetAction(parsed =>
        {
            StudyFolder[] folders = [.. parsed.GetRequiredValue(parts).Select(static path => new StudyFolder(path))];
            StudyFolder whole = new(parsed.GetRequiredValue(directory)!);
            if (folders.FirstOrDefault(static folder => !File.Exists(folder.Plan) || !File.Exists(folder.Config)) is { } bad)
            {
                throw new ArgumentException($"{bad.Path}: holds no sweep.");
            }

            ParseResult options = ConfigFile.Merge(_command, App.Parse(_command, []), folders[0].Config, Configurable);
            (StudyPlan plan, SweepGrid grid, _) = Plan(options);
            foreach (StudyFolder folder in folders)
            {
                folder.ThrowIfOther(plan.ToJson());
            }

            whole.Enter(plan.ToJson(), overwrite: false);
            File.Copy(folders[0].Config, whole.Config, overwrite: true);
            foreach (StudyFolder folder in folders.Where(folder => Path.GetFullPath(folder.Path) != Path.GetFullPath(whole.Path)))
            {
                whole.Runs.Take(folder.Runs);
            }

            using SweepRun run = new(plan, grid, whole, Command(options));
            run.Collect();
            run.Report(_host, parsed.GetValue(json));
            return ExitCode.Done;
        });
        return merge;
    }
}
