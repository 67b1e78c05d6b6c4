using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using RramSnn.Bench;

Summary[] summaries = [.. BenchmarkSwitcher.FromAssembly(typeof(BenchConfig).Assembly).Run(args, new BenchConfig())];

// The switcher itself reports success whatever happened. Listing and help make no summary and no failure.
bool asksOnly = args.Any(static argument => argument is "--list" or "--help" or "--info" or "--version");
bool hasFailed = summaries.Length == 0 || summaries.Any(static summary => summary.HasCriticalValidationErrors || summary.Reports.Any(static report => !report.Success));
return hasFailed && !asksOnly ? 1 : 0;
