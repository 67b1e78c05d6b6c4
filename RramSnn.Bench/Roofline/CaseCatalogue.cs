using RramSnn.Bench.Roofline.Cases;

namespace RramSnn.Bench.Roofline;

/// <summary>Every kernel that the roofline measures. A new one is one line here.</summary>
internal static class CaseCatalogue
{
    internal static IReadOnlyList<CaseFamily> Families { get; } =
    [
        DenseProductCase.Family,
        SpikeProductCase.Family,
        BatchedProductCase.Family,
        TransposedProductCase.Family,
        NeuronStepCase.Family,
        UpdateFamily.Family,
        FusedFamily.Family,
        BatchedUpdateFamily.Family,
        ElementaryCase.Family,
        OnlineStepCase.Family,
        TrainingCase.Family,
        IndependentRunsCase.Family,
    ];

    /// <summary>The cases of a plan, of one kernel or of all.</summary>
    internal static IReadOnlyList<(CaseFamily Family, CaseFactory Factory)> Cases(string? kernel, CasePlan plan) =>
    [
        .. from family in Families
           where kernel is null || family.Kernel == kernel
           from factory in family.Cases(plan)
           select (family, factory),
    ];
}
