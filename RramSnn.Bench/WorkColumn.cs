using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Parameters;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using RramSnn.Bench.Roofline;
using RramSnn.Bench.Roofline.Ceilings;

namespace RramSnn.Bench;

/// <summary>Figures in units of the work of a case of the roofline, or of a benchmark that has a <see cref="SynapseWorkAttribute"/>.</summary>
internal sealed class WorkColumn : IColumn
{
    private static readonly ConcurrentDictionary<string, (Work Work, int Threads)> CaseWork = [];

    private readonly Func<Work, int, double, double?> _figure;

    private WorkColumn(string name, string legend, Func<Work, int, double, double?> figure)
    {
        ColumnName = name;
        Legend = legend;
        _figure = figure;
    }

    /// <summary>All of them.</summary>
    internal static IReadOnlyList<IColumn> All { get; } =
    [
        new WorkColumn("ns/synapse", "Mean time per synapse touched", static (work, _, mean) => mean / work.Synapses),
        new WorkColumn("Gsyn/s", "10^9 synapses touched per second", static (work, _, mean) => work.Synapses / mean),
        new WorkColumn("GB/s", "Least traffic over mean time, both directions", static (work, _, mean) => work.HasCeiling ? work.Bytes / mean : null),
        new WorkColumn(
            "% of ceiling",
            "Share of the arithmetic or stream that binds the kernel, measured once after the benchmarks at the widest vectors",
            static (work, threads, mean) => work.HasCeiling ? 100 * MachineCeilings.Shared.Of(work, threads).Fraction(mean) : null),
    ];

    public string Id => $"{nameof(WorkColumn)}.{ColumnName}";

    public string ColumnName { get; }

    public bool AlwaysShow => true;

    public ColumnCategory Category => ColumnCategory.Custom;

    public int PriorityInCategory => 0;

    public bool IsNumeric => true;

    public UnitType UnitType => UnitType.Dimensionless;

    public string Legend { get; }

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase) =>
        summary[benchmarkCase]?.ResultStatistics?.Mean is { } mean && WorkOf(benchmarkCase) is { } found && _figure(found.Work, found.Threads, mean) is { } figure
            ? figure.ToString("G4", CultureInfo.InvariantCulture)
            : "-";

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase, SummaryStyle style) => GetValue(summary, benchmarkCase);

    public bool IsDefault(Summary summary, BenchmarkCase benchmarkCase) => false;

    public bool IsAvailable(Summary summary) => true;

    private static (Work Work, int Threads)? WorkOf(BenchmarkCase benchmarkCase)
    {
        ParameterInstances parameters = benchmarkCase.Parameters;
        if (parameters[nameof(KernelBenchmarks.Case)] is string name)
        {
            return CaseWork.GetOrAdd(name, static name =>
            {
                using RooflineCase made = CaseNames.Create(name);
                return (made.Work, made.Shape.Threads);
            });
        }

        return parameters[nameof(NeuronStepBenchmarks.Neurons)] is int neurons && benchmarkCase.Descriptor.WorkloadMethod.GetCustomAttribute<SynapseWorkAttribute>() is { } work
            ? (work.Of(neurons), 1)
            : null;
    }
}
