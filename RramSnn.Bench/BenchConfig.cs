using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Environments;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;

namespace RramSnn.Bench;

/// <summary>How many of the vector tiers get a job, widest first.</summary>
internal enum Jobs
{
    /// <summary>None: the command line names a job.</summary>
    None = 0,

    /// <summary>The widest vectors.</summary>
    Widest = 1,

    /// <summary>512, 256 and 128 bits, and scalar.</summary>
    AllTiers = 4,
}

/// <summary>How benchmarks run unless the command line says otherwise: fully optimised code, allocations counted.</summary>
internal sealed class BenchConfig : ManualConfig
{
    // The switches of .NET 10; EnableAVX512F of older versions has no effect any more.
    private static readonly (string Id, string? Variable)[] Tiers =
    [
        ("Widest", null),
        ("Bits256", "DOTNET_EnableAVX512"),
        ("Bits128", "DOTNET_EnableAVX2"),
        ("Scalar", "DOTNET_EnableHWIntrinsic"),
    ];

    public BenchConfig()
        : this(Jobs.Widest, disassembles: false)
    {
    }

    /// <summary>A configuration.</summary>
    /// <param name="jobs">Which vector tiers run.</param>
    /// <param name="disassembles">Write the machine code of every benchmark beside its times.</param>
    internal BenchConfig(Jobs jobs, bool disassembles)
    {
        AddLogger(ConsoleLogger.Default);
        AddColumnProvider(DefaultColumnProviders.Instance);
        AddColumn([.. WorkColumn.All]);
        AddExporter(MarkdownExporter.GitHub);
        AddDiagnoser(MemoryDiagnoser.Default);
        if (disassembles)
        {
            AddDiagnoser(new DisassemblyDiagnoser(new DisassemblyDiagnoserConfig(maxDepth: 3, printSource: false, exportGithubMarkdown: true)));
        }

        foreach ((string id, string? variable) in Tiers[..(int)jobs])
        {
            // Tiered code would be measured half-warm; see docs/performance.md.
            Job job = Job.ShortRun
                .WithRuntime(CoreRuntime.Core10_0)
                .WithEnvironmentVariable("DOTNET_TieredCompilation", "0")
                .WithEnvironmentVariable("DOTNET_TieredPGO", "0")
                .WithId(id);
            AddJob(variable is null ? job : job.WithEnvironmentVariable(variable, "0"));
        }

        // Each job is a project that is built first: a busy machine takes longer for that than the two minutes it would get.
        WithBuildTimeout(TimeSpan.FromMinutes(10));

        // Whole names of cases, which would be cut short otherwise.
        WithSummaryStyle(SummaryStyle.Default.WithMaxParameterColumnWidth(100));
        WithOrderer(new BenchmarkDotNet.Order.DefaultOrderer(BenchmarkDotNet.Order.SummaryOrderPolicy.Declared));
    }
}
