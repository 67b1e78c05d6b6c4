using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Environments;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;

namespace RramSnn.Bench;

/// <summary>How benchmarks run unless the command line says otherwise: fully optimised code, allocations counted.</summary>
internal sealed class BenchConfig : ManualConfig
{
    public BenchConfig()
    {
        AddLogger(ConsoleLogger.Default);
        AddColumnProvider(DefaultColumnProviders.Instance);
        AddColumn(new PerSynapseColumn());
        AddExporter(MarkdownExporter.GitHub);
        AddDiagnoser(MemoryDiagnoser.Default);

        // Tiered code would be measured half-warm; see docs/performance.md.
        AddJob(Job.ShortRun
            .WithRuntime(CoreRuntime.Core10_0)
            .WithEnvironmentVariable("DOTNET_TieredCompilation", "0")
            .WithEnvironmentVariable("DOTNET_TieredPGO", "0")
            .WithId("Short"));
        WithOrderer(new BenchmarkDotNet.Order.DefaultOrderer(BenchmarkDotNet.Order.SummaryOrderPolicy.Declared));
    }
}
