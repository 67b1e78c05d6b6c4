using BenchmarkDotNet.Attributes;
using RramSnn.Bench.Roofline;
using RramSnn.Bench.Roofline.Rivals;

namespace RramSnn.Bench;

/// <summary>Cases of the roofline beside their plain loop and their rows of TensorPrimitives, which are written there alone.</summary>
public abstract class CaseBenchmarks
{
    private RooflineCase? _case;
    private Action _scalarLoop = static () => { };
    private Action _tensorPrimitivesRows = static () => { };

    /// <summary>Kernel, variant and size.</summary>
    [ParamsSource(nameof(Cases))]
    public string Case { get; set; } = "";

    /// <summary>The names of the cases; they must have both rivals.</summary>
    public abstract IEnumerable<string> Cases { get; }

    [GlobalSetup]
    public virtual void Setup()
    {
        _case = CaseNames.Create(Case);
        using RivalTools none = RivalTools.WithoutInstalled();
        LocalRival[] rivals = [.. _case.Rivals(none).OfType<LocalRival>()];
        _scalarLoop = rivals.Single(static rival => rival.Name == LocalRival.ScalarName).Call;
        _tensorPrimitivesRows = rivals.Single(static rival => rival.Name == LocalRival.TensorPrimitivesName).Call;
    }

    [GlobalCleanup]
    public virtual void Cleanup() => _case?.Dispose();

    [Benchmark(Baseline = true)]
    public void ScalarLoop() => _scalarLoop();

    [Benchmark]
    public void TensorPrimitivesRows() => _tensorPrimitivesRows();

    [Benchmark]
    public void Kernel() => _case!.Run();
}
