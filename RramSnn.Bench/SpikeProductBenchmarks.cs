using RramSnn.Bench.Roofline;

namespace RramSnn.Bench;

/// <summary>Spike-driven products against active rows added one by one.</summary>
public class SpikeProductBenchmarks : CaseBenchmarks
{
    public override IEnumerable<string> Cases => CaseNames.Of("spike-product", static _ => true);
}
