namespace RramSnn.Bench.Roofline;

/// <summary>All cases of one kernel.</summary>
/// <param name="Kernel">Name in kebab-case, the value of <c>--kernel</c>.</param>
/// <param name="Cases">The cases of a plan.</param>
/// <param name="HasCeiling">Whether memory or arithmetic bounds it; whole programs have no such bound.</param>
internal sealed record CaseFamily(string Kernel, Func<CasePlan, IEnumerable<CaseFactory>> Cases, bool HasCeiling = true);
