using RramSnn.Cli.Reports.Studies;
using RramSnn.Cli.Studies;
using RramSnn.Cli.Sweeps;

namespace RramSnn.Cli.Reports.Sweeps;

/// <summary>The result of a sweep: <c>sweep.json</c> and the output of <c>--json</c>. The keys are stable.</summary>
internal sealed record SweepSummary
{
    public required string Command { get; init; }

    public required SweepAxis X { get; init; }

    public required SweepAxis Y { get; init; }

    public required IReadOnlyList<ulong> Seeds { get; init; }

    public required IReadOnlyList<int> Hidden { get; init; }

    public required int Epochs { get; init; }

    public required int Samples { get; init; }

    public required TuningOptions Tuning { get; init; }

    /// <summary>Points that no run has finished yet, for example because they belong to other parts.</summary>
    public required int Missing { get; init; }

    public required IReadOnlyList<SweepPointSummary> Points { get; init; }

    public required string TrainingDataSha256 { get; init; }

    public required string TestDataSha256 { get; init; }

    public required string Version { get; init; }

    public required string Out { get; init; }

    internal static SweepSummary Of(StudyPlan plan, SweepGrid grid, IReadOnlyList<ArmResult?> results, StudyFolder folder, string command) => new()
    {
        Command = command,
        X = grid.X,
        Y = grid.Y,
        Seeds = plan.Seeds,
        Hidden = plan.Common.Hidden,
        Epochs = plan.Common.Epochs,
        Samples = plan.Common.Samples!.Value,
        Tuning = plan.Tuning,
        Missing = results.Count(static result => result is null),
        Points = [.. grid.Points.Zip(results).Where(static pair => pair.Second is not null).Select(pair => SweepPointSummary.Of(grid, pair.First, pair.Second!))],
        TrainingDataSha256 = plan.TrainingDataSha256,
        TestDataSha256 = plan.TestDataSha256,
        Version = App.Version,
        Out = Path.GetFullPath(folder.Path),
    };
}

/// <summary>One method at one point.</summary>
/// <param name="X">Value of the first axis.</param>
/// <param name="Y">Value of the second axis.</param>
/// <param name="Arm">What a study says about an arm.</param>
internal sealed record SweepPointSummary(double X, double Y, ArmSummary Arm)
{
    internal static SweepPointSummary Of(SweepGrid grid, SweepPoint point, ArmResult result) =>
        new(grid.X.Values[point.Column], grid.Y.Values[point.Row], ArmSummary.Of(result, reference: null));
}
