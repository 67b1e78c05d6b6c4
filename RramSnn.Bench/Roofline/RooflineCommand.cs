using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using RramSnn.Bench.Results;
using RramSnn.Bench.Roofline.Reports;
using RramSnn.Cli;
using RramSnn.Cli.Settings;
using RramSnn.Kernels.Crossbar;

namespace RramSnn.Bench.Roofline;

/// <summary><c>roofline</c>: kernels against this machine's ceilings and their rivals, in about a minute unless more are asked for.</summary>
internal static class RooflineCommand
{
    private const int MaximumExtent = 32_768;
    private const int MaximumMinutes = 60;

    internal static Command Create(TextWriter output, TextWriter error)
    {
        Option<bool> json = OptionFactory.Flag("--json", "Write one JSON array of objects, a row per kernel, size and rival.");
        Option<string?> kernel = Kernel();
        Option<(int Rows, int Columns)?> size = Size();
        Option<int?> threads = OptionFactory.OptionalNumber<int>("--threads", "Only cases on that many threads.");
        Option<int?> minutes = OptionFactory.OptionalNumber<int>("--minutes", "Passes through all cases, about a minute each, instead of one: the best of each counts. For busy machines.");
        Option<string?> plot = OptionFactory.Path("--plot", "Write a roofline picture, .png or .svg.", "FILE");
        Option<bool> save = OptionFactory.Flag("--save", "Write benchmarks/<cpu>/ in the working folder's repository.");
        Command command = new("roofline", "Measures this machine's ceilings and every kernel against them and against its rivals.") { json, kernel, size, threads, minutes, plot, save };
        command.SetAction(parsed =>
        {
            int time = CheckMinutes(parsed.GetValue(minutes));
            CasePlan plan = new(parsed.GetValue(size), CheckThreads(parsed.GetValue(threads)));
            string? picture = CheckPicture(parsed.GetValue(plot));
            bool isPartial = parsed.GetValue(kernel) is not null || plan.Size is not null || plan.Threads is not null;
            if (parsed.GetValue(save) && isPartial)
            {
                throw new ArgumentException("save is set; expected a run of everything, without kernel, size and threads.");
            }

            DirectoryInfo? repository = parsed.GetValue(save) ? RepositoryFolder.Find() : null;
            CheckCases(parsed.GetValue(kernel), plan, picture);
            RooflineRun run = RooflineRun.Measure(parsed.GetValue(kernel), plan, time, Progress(error));
            Report(run, parsed.GetValue(json), output, error);
            if (picture is not null)
            {
                RooflinePlot.Save(run, picture);
            }

            if (repository is not null)
            {
                error.WriteLine($"{ResultFolder.Save(run, repository)}: written");
            }

            return ExitCodeOf(run, error);
        });
        return command;
    }

    // One line that is written over, for people alone.
    private static Action<string> Progress(TextWriter error) => error == Console.Error && !Console.IsErrorRedirected
        ? text => error.Write($"\r{text,-60}\r")
        : static _ => { };

    private static void Report(RooflineRun run, bool isJson, TextWriter output, TextWriter error)
    {
        if (isJson)
        {
            output.WriteLine(RooflineRow.ToJson(run.ToRows()));
        }
        else
        {
            RooflineTable.Write(run, output);
        }

        foreach (string remark in run.Remarks)
        {
            error.WriteLine(remark);
        }
    }

    private static int ExitCodeOf(RooflineRun run, TextWriter error)
    {
        MeasuredCase[] allocating = [.. run.Cases.Where(static measured => measured.AllocatedBytes != 0)];
        foreach (MeasuredCase measured in allocating)
        {
            error.WriteLine($"{measured.Kernel}, {measured.Variant}, {measured.Shape}: {measured.AllocatedBytes} bytes allocated; expected 0.");
        }

        return allocating.Length == 0 ? ExitCode.Done : ExitCode.Defect;
    }

    private static Option<string?> Kernel()
    {
        string[] names = [.. CaseCatalogue.Families.Select(static family => family.Kernel)];
        Option<string?> option = new("--kernel")
        {
            Description = "Only this kernel.",
            HelpName = string.Join('|', names),
            CustomParser = result =>
            {
                string text = result.Tokens[0].Value;
                if (!names.Contains(text))
                {
                    result.AddError($"kernel is '{text}'; expected one of {string.Join(", ", names)}.");
                }

                return text;
            },
        };
        return option;
    }

    private static Option<(int Rows, int Columns)?> Size() => new("--size")
    {
        Description = "Only this size: word lines x bit lines.",
        HelpName = "RxC",
        CustomParser = ParseSize,
    };

    private static (int Rows, int Columns)? ParseSize(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        string[] parts = text.Split('x');
        if (parts.Length == 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int rows)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int columns)
            && rows is >= 1 and <= MaximumExtent
            && columns is >= 1 and <= MaximumExtent
            && (long)rows * ((columns + CrossbarLayout.PanelWidth - 1) / CrossbarLayout.PanelWidth * CrossbarLayout.PanelWidth) <= 1 << 28)
        {
            return (rows, columns);
        }

        result.AddError($"size is '{text}'; expected word lines x bit lines such as 784x512, each 1 to {MaximumExtent}, an array of at most 1 GiB.");
        return null;
    }

    // On fewer processors than threads a figure says nothing.
    private static int? CheckThreads(int? threads) => threads is null || (threads >= 1 && threads <= Environment.ProcessorCount)
        ? threads
        : throw new ArgumentException($"threads is {threads}; expected 1 to {Environment.ProcessorCount}, the processors of this program.");

    private static void CheckCases(string? kernel, CasePlan plan, string? picture)
    {
        IReadOnlyList<(CaseFamily Family, CaseFactory Factory)> cases = CaseCatalogue.Cases(kernel, plan);
        if (cases.Count == 0)
        {
            CaseShape[] usual = [.. CaseCatalogue.Cases(kernel, new CasePlan(Size: null, Threads: null)).Select(static one => one.Factory.Shape)];
            string size = plan.Size is { } given ? $"size {given.Rows}x{given.Columns}, " : "";
            string threads = plan.Threads is { } number ? $"threads {number}, " : "";
            throw new ArgumentException(
                $"{size}{threads}kernel {kernel ?? "any"} leave no case; expected for example {string.Join(" or ", usual.Select(static shape => $"size {shape.Rows}x{shape.Columns} and threads {shape.Threads}").Distinct())}.");
        }

        if (picture is not null && !cases.Any(static one => RooflinePlot.Draws(one.Family, one.Factory.Shape)))
        {
            throw new ArgumentException($"plot is '{picture}'; expected a case that has a roof, on one thread.");
        }
    }

    private static int CheckMinutes(int? minutes) => minutes switch
    {
        null => 1,
        >= 1 and <= MaximumMinutes => minutes.Value,
        _ => throw new ArgumentException($"minutes is {minutes}; expected 1 to {MaximumMinutes}."),
    };

    // Before measuring, not after it.
    private static string? CheckPicture(string? path)
    {
        if (path is not null && Path.GetExtension(path) is not (".png" or ".svg"))
        {
            throw new ArgumentException($"plot is '{path}'; expected a file name that ends in .png or .svg.");
        }

        return path is null || (Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(path))) && !Directory.Exists(path))
            ? path
            : throw new ArgumentException($"plot is '{path}'; expected a file in a folder that exists.");
    }
}
