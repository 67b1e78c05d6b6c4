using BenchmarkDotNet.Attributes;
using RramSnn.Bench.Roofline;

namespace RramSnn.Bench;

/// <summary>Every case of the roofline under BenchmarkDotNet: for vector tiers, machine code and statistics of any kernel.</summary>
public class KernelBenchmarks
{
    private RooflineCase? _case;

    /// <summary>Kernel, variant and size; <c>--filter '*KernelBenchmarks*dense-product*'</c> selects by it.</summary>
    [ParamsSource(nameof(Cases))]
    public string Case { get; set; } = "";

    /// <summary>The names of all cases.</summary>
    public static IEnumerable<string> Cases => CaseNames.All;

    [GlobalSetup]
    public void Setup() => _case = CaseNames.Create(Case);

    [GlobalCleanup]
    public void Cleanup() => _case?.Dispose();

    [Benchmark]
    public void Kernel() => _case!.Run();
}
