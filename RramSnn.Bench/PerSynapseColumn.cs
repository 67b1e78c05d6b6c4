using System.Globalization;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

namespace RramSnn.Bench;

/// <summary>Time per synapse (matrix element) of benchmarks that have the parameters Rows and Columns.</summary>
internal sealed class PerSynapseColumn : IColumn
{
    public string Id => nameof(PerSynapseColumn);

    public string ColumnName => "ps/synapse";

    public bool AlwaysShow => true;

    public ColumnCategory Category => ColumnCategory.Custom;

    public int PriorityInCategory => 0;

    public bool IsNumeric => true;

    public UnitType UnitType => UnitType.Dimensionless;

    public string Legend => "Mean time divided by Rows x Columns, in picoseconds";

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase)
    {
        double? nanoseconds = summary[benchmarkCase]?.ResultStatistics?.Mean;
        return benchmarkCase.Parameters["Rows"] is int rows && benchmarkCase.Parameters["Columns"] is int columns && nanoseconds is double mean
            ? (1000 * mean / ((double)rows * columns)).ToString("F1", CultureInfo.InvariantCulture)
            : "-";
    }

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase, SummaryStyle style) => GetValue(summary, benchmarkCase);

    public bool IsDefault(Summary summary, BenchmarkCase benchmarkCase) => false;

    public bool IsAvailable(Summary summary) => true;
}
