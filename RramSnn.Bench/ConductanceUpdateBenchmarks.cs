using RramSnn.Bench.Roofline;

namespace RramSnn.Bench;

/// <summary>Exact updates of one array with every word line active, against the law written as a plain loop and as rows of TensorPrimitives.</summary>
public class ConductanceUpdateBenchmarks : CaseBenchmarks
{
    private static readonly string[] Variants = ["soft-bounds", "exponential", "ideal-linear"];

    public override IEnumerable<string> Cases => CaseNames.Of(
        "conductance-update", static factory => Variants.Contains(factory.Variant) && factory.Shape is { Density: 1, Threads: 1 });
}
