using BenchmarkDotNet.ConsoleArguments;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using RramSnn.Cli;

namespace RramSnn.Bench;

/// <summary>Runs BenchmarkDotNet, with the two switches of this program: <c>--tiers</c> and <c>--disassembly</c>.</summary>
internal static class BenchmarkRuns
{
    private const string TiersSwitch = "--tiers";
    private const string DisassemblySwitch = "--disassembly";

    private static readonly string[] Questions = ["--list", "--help", "--info", "--version"];

    /// <summary>Runs the benchmarks that the arguments select.</summary>
    /// <returns>0 if all of them ran, otherwise 1.</returns>
    /// <exception cref="ArgumentException">BenchmarkDotNet does not know an argument, or no benchmark was selected.</exception>
    internal static int Run(string[] arguments, TextWriter error)
    {
        string[] others = [.. arguments.Where(static argument => argument is not (TiersSwitch or DisassemblySwitch))];

        // Listing and help make no summary and no failure.
        bool asksOnly = others.Any(static argument => Questions.Contains(argument));
        LogCapture complaints = new();
        if (!asksOnly && !ConfigParser.Parse(others, complaints).isSuccess)
        {
            throw new ArgumentException($"{Complaint(complaints)} Expected options of BenchmarkDotNet; --list flat --help shows them.");
        }

        // BenchmarkDotNet would run a job of its own beside ours, not instead of it.
        bool namesJob = others.Any(static argument => argument is "--job" or "-j");
        BenchConfig config = new(namesJob ? Jobs.None : arguments.Contains(TiersSwitch) ? Jobs.AllTiers : Jobs.Widest, arguments.Contains(DisassemblySwitch));
        Summary[] summaries = [.. BenchmarkSwitcher.FromAssembly(typeof(BenchConfig).Assembly).Run(others, config)];

        if (summaries.Length == 0 && !asksOnly)
        {
            throw new ArgumentException($"options are '{string.Join(' ', others)}', which select no benchmark; expected a filter for names that --list flat shows.");
        }

        // The switcher itself reports success whatever happened.
        bool hasFailed = summaries.Any(static summary => summary.HasCriticalValidationErrors || summary.Reports.Any(static report => !report.Success));
        if (hasFailed)
        {
            error.WriteLine("A benchmark failed; what it wrote says why.");
        }

        return hasFailed ? ExitCode.Defect : ExitCode.Done;
    }

    // "ERROR(S):" and then a line for each of them, before the help.
    private static string Complaint(LogCapture log)
    {
        string[] lines = [.. string.Concat(log.CapturedOutput.Select(static part => part.Text)).Split('\n').Select(static line => line.Trim()).Where(static line => line.Length > 0)];
        int heading = Array.FindIndex(lines, static line => line.StartsWith("ERROR", StringComparison.Ordinal));
        return heading >= 0 && heading + 1 < lines.Length ? lines[heading + 1] : lines.FirstOrDefault("An option is wrong.");
    }
}
