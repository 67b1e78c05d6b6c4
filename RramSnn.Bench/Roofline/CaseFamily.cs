namespace RramSnn.Bench.Roofline;

/// <summary>Makes one case; called when its turn comes, so that only one case holds memory at a time.</summary>
internal delegate RooflineCase CaseFactory();

/// <summary>All cases of one kernel.</summary>
/// <param name="Kernel">Name in kebab-case, the value of <c>--kernel</c>.</param>
/// <param name="Cases">The cases of a plan.</param>
internal sealed record CaseFamily(string Kernel, Func<CasePlan, IEnumerable<CaseFactory>> Cases);
