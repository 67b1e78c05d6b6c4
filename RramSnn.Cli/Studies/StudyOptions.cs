using System.CommandLine;
using System.Globalization;
using RramSnn.Cli.Commands;
using RramSnn.Cli.Settings;
using RramSnn.Model.Devices;
using RramSnn.Model.Learning;

namespace RramSnn.Cli.Studies;

/// <summary>Options that studies and sweeps share, the options of <c>train</c> among them.</summary>
internal sealed class StudyOptions
{
    private const int MostSeeds = 1000;

    // Said in another way, or decided by the study.
    private static readonly string[] Own = ["--device", "--method", "--seed", "--threads", "--no-test"];

    private readonly Option<string?> _methods;
    private readonly Option<string?> _seeds;
    private readonly Option<bool> _noTuning = OptionFactory.Flag("--no-tuning", "Take every method's own learning rate and weight range.");
    private readonly Option<int?> _tuningPoints;
    private readonly Option<int?> _threads = OptionFactory.OptionalNumber<int>("--threads", "Most runs at the same time, a thread each. Results do not depend on it. [default: one per processor]");
    private readonly Option<string?> _out;
    private readonly Option<bool> _overwrite = OptionFactory.Flag("--overwrite", "Replace what --out holds of another plan.");
    private readonly Option<bool> _json = CommonOptions.Json();
    private readonly Option<bool> _quiet = CommonOptions.Quiet();

    /// <param name="kind">study or sweep.</param>
    /// <param name="methods">Methods unless others are asked for.</param>
    /// <param name="seeds">Seeds unless others are asked for.</param>
    /// <param name="except">More options of <c>train</c> to leave out.</param>
    internal StudyOptions(string kind, string methods, string seeds, params string[] except)
    {
        DefaultMethods = methods;
        DefaultSeeds = seeds;
        _methods = Text("--methods", $"Update methods: names with commas between them, or all. [default: {methods}]", "name[,name...]|all");
        _seeds = Text("--seeds", $"Seeds: how many from 1 on, or a list such as 4,7 or 11:15. [default: {seeds}]", "n|n,n...|n:n");
        _tuningPoints = OptionFactory.OptionalNumber<int>("--tuning-points", "Learning rates, and weight ranges, of the search of every arm; an odd number. [default: 3]");
        _out = OptionFactory.Path("--out", $"Folder for the results; a {kind} of the same options that it holds is gone on with. [default: runs/{kind}-<time>]", "dir");
        Train = [.. new TrainOptions().All.Where(option => !Own.Contains(option.Name) && !except.Contains(option.Name))];
    }

    /// <summary>The options of <c>train</c> that hold for all runs.</summary>
    internal IReadOnlyList<Option> Train { get; }

    /// <summary>Options that decide results.</summary>
    internal IReadOnlyList<Option> Deciding => [_methods, _seeds, _noTuning, _tuningPoints, .. Train];

    /// <summary>Options that do not.</summary>
    internal IReadOnlyList<Option> Other => [_threads, _out, _overwrite, _json, _quiet];

    private string DefaultMethods { get; }

    private string DefaultSeeds { get; }

    /// <summary>An option for a list or something else with a grammar of its own.</summary>
    internal static Option<string?> Text(string name, string description, string helpName) => new(name) { Description = description, HelpName = helpName };

    internal bool Json(ParseResult parsed) => parsed.GetValue(_json);

    internal bool Quiet(ParseResult parsed) => parsed.GetValue(_quiet);

    internal bool Overwrite(ParseResult parsed) => parsed.GetValue(_overwrite);

    /// <summary>The folder that was asked for, or a new one.</summary>
    internal StudyFolder Folder(ParseResult parsed, string kind) => new(parsed.GetValue(_out) ?? Runs.RunFolder.New(
        Path.Combine("runs", string.Create(CultureInfo.InvariantCulture, $"{kind}-{DateTime.Now:yyyyMMdd-HHmmss}"))).Path);

    /// <summary>Runs at the same time.</summary>
    /// <exception cref="ArgumentException">The number is out of range.</exception>
    internal int Threads(ParseResult parsed)
    {
        WorkerOptions workers = Runs.Workers.For(parsed.GetValue(_threads));
        workers.Validate();
        return workers.Threads;
    }

    /// <summary>Names of methods.</summary>
    /// <exception cref="ArgumentException">There is no such method.</exception>
    internal IReadOnlyList<string> Methods(ParseResult parsed)
    {
        string text = parsed.GetValue(_methods) ?? DefaultMethods;
        IEnumerable<UpdateMethod> methods = text == "all" ? UpdateMethods.All : text.Split(',').Select(static name => UpdateMethods.Get(name.Trim()));
        return Once("methods", methods.Select(static method => method.Name).ToArray());
    }

    /// <summary>Devices by their names or files.</summary>
    /// <exception cref="ArgumentException">There is no such device.</exception>
    internal static IReadOnlyList<Device> Devices(string text)
    {
        Device[] devices = text == "all" ? [.. DevicePresets.All] : [.. text.Split(',').Select(static name => DeviceSource.Find(name.Trim()))];
        Once("devices", devices.Select(static device => device.Name).ToArray());
        return devices;
    }

    /// <summary>Seeds.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="standard">Seeds unless others are asked for; null for the command's own default.</param>
    /// <exception cref="ArgumentException">The text is no list of seeds.</exception>
    internal IReadOnlyList<ulong> Seeds(ParseResult parsed, string? standard = null)
    {
        string text = parsed.GetValue(_seeds) ?? standard ?? DefaultSeeds;
        ArgumentException bad = new($"seeds is '{text}'; expected how many (1 to {MostSeeds}), or numbers with commas between them, or first:last.");
        if (!text.Contains(',') && !text.Contains(':'))
        {
            ulong count = Number(text);
            return count is >= 1 and <= MostSeeds ? [.. Enumerable.Range(1, (int)count).Select(static seed => (ulong)seed)] : throw bad;
        }

        List<ulong> seeds = [];
        foreach (string part in text.TrimEnd(',').Split(','))
        {
            string[] ends = part.Split(':');
            ulong first = Number(ends[0]);
            ulong last = Number(ends[^1]);
            if (ends.Length > 2 || last < first || last - first >= MostSeeds)
            {
                throw bad;
            }

            for (ulong offset = 0; offset <= last - first; offset++)
            {
                seeds.Add(first + offset);
            }
        }

        return Once("seeds", seeds);

        ulong Number(string number) => ulong.TryParse(number.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out ulong value) ? value : throw bad;
    }

    /// <summary>Values per axis of the search; 1 for none.</summary>
    /// <exception cref="ArgumentException">The number is even or out of range.</exception>
    internal int TuningPoints(ParseResult parsed, int standard = 3)
    {
        int points = parsed.GetValue(_tuningPoints) ?? standard;
        return points is >= 1 and <= 15 && points % 2 == 1
            ? parsed.GetValue(_noTuning) ? 1 : points
            : throw new ArgumentException($"tuning_points is {points}; expected an odd number from 1 to 15.");
    }

    private static IReadOnlyList<T> Once<T>(string key, IReadOnlyList<T> items)
        where T : notnull =>
        items.GroupBy(static item => item).FirstOrDefault(static group => group.Count() > 1) is { } twice
            ? throw new ArgumentException($"{key} has {twice.Key} more than once.")
            : items;
}
