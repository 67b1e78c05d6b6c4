using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

namespace RramSnn.Bench;

/// <summary>Runs BenchmarkDotNet, with the two switches of this program: <c>--tiers</c> and <c>--disassembly</c>.</summary>
internal static class BenchmarkRuns
{
    private const string TiersSwitch = "--tiers";
    private const string DisassemblySwitch = "--disassembly";

    private static readonly string[] Questions = ["--list", "--help", "--info", "--version"];

    /// <summary>Runs the benchmarks that the arguments select.</summary>
    /// <returns>0 if all of them ran, otherwise 1.</returns>
    internal static int Run(string[] arguments, TextWriter error)
    {
        string[] others = [.. arguments.Where(static argument => argument is not (TiersSwitch or DisassemblySwitch))];

        // BenchmarkDotNet would run a job of its own beside ours, not instead of it.
        bool namesJob = others.Any(static argument => argument is "--job" or "-j");
        BenchConfig config = new(namesJob ? Jobs.None : arguments.Contains(TiersSwitch) ? Jobs.AllTiers : Jobs.Widest, arguments.Contains(DisassemblySwitch));
        Summary[] summaries = [.. BenchmarkSwitcher.FromAssembly(typeof(BenchConfig).Assembly).Run(others, config)];

        // The switcher itself reports success whatever happened. Listing and help make no summary and no failure.
        bool asksOnly = others.Any(static argument => Questions.Contains(argument));
        bool hasFailed = summaries.Length == 0 || summaries.Any(static summary => summary.HasCriticalValidationErrors || summary.Reports.Any(static report => !report.Success));
        if (hasFailed && !asksOnly)
        {
            error.WriteLine("A benchmark failed, or none was selected; --list flat names them.");
        }

        return hasFailed && !asksOnly ? 1 : 0;
    }
}
