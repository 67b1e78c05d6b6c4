using System.Globalization;

namespace RramSnn.Cli.Studies;

/// <summary>An arm with its tuned settings and finished runs.</summary>
/// <param name="Arm">The arm.</param>
/// <param name="Search">What was tuned; null for an arm that was left out.</param>
/// <param name="Records">A run per seed, in the order of the seeds.</param>
internal sealed record ArmResult(Arm Arm, TuningSearch? Search, IReadOnlyList<RunRecord> Records)
{
    /// <summary>Test accuracies in the order of the seeds.</summary>
    internal IReadOnlyList<double> TestAccuracies => [.. Records.Select(static record => record.TestAccuracy!.Value)];

    /// <summary>The runs of a tuned arm at the full budget.</summary>
    internal static IReadOnlyList<PlannedRun> Plan(Arm arm, TuningSearch search, IEnumerable<ulong> seeds) =>
    [
        .. seeds.Select(seed => new PlannedRun(
            string.Create(CultureInfo.InvariantCulture, $"{arm.Key}.seed-{seed}"), search.Chosen with { Seed = seed })),
    ];
}
