namespace RramSnn.Bench.Roofline;

/// <summary>The usual cases by name, for BenchmarkDotNet, whose parameters are words.</summary>
internal static class CaseNames
{
    private static readonly Dictionary<string, CaseFactory> Named = new(
        from family in CaseCatalogue.Families
        from factory in family.Cases(new CasePlan(Size: null, Threads: null))
        select KeyValuePair.Create($"{family.Kernel} {factory}", factory));

    /// <summary>All names.</summary>
    internal static IEnumerable<string> All => Named.Keys;

    /// <summary>The names of some cases of a kernel.</summary>
    internal static IEnumerable<string> Of(string kernel, Func<CaseFactory, bool> isMeant) =>
        from named in Named
        where named.Key.StartsWith($"{kernel} ", StringComparison.Ordinal) && isMeant(named.Value)
        select named.Key;

    /// <summary>The extents of a case.</summary>
    internal static CaseShape ShapeOf(string name) => Named[name].Shape;

    /// <summary>Makes the case of a name.</summary>
    internal static RooflineCase Create(string name) => Named[name].Create();
}
