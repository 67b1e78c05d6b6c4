using RramSnn.Cli.Settings;
using RramSnn.Cli.Studies;
using RramSnn.Model.Crossbars;
using RramSnn.Model.Devices;

namespace RramSnn.Cli.Reports.Studies;

/// <summary>The result of a study: <c>study.json</c> and the output of <c>--json</c>. The keys are stable.</summary>
internal sealed record StudySummary
{
    internal const string StatisticsText =
        "mean and standard deviation (n - 1) over seeds; drop: mean of the arm ideal on the same device less the arm's mean, with Welch's 95 % confidence interval (Student's t)";

    internal const string EnergyText =
        "V^2 G t per pulse, G in the middle of the device's range, pulses of unknown polarity: from all of the cheaper to all of the dearer; without lines, selectors and drivers";

    public required string Command { get; init; }

    public required IReadOnlyList<ulong> Seeds { get; init; }

    public required IReadOnlyList<int> Hidden { get; init; }

    public required int Epochs { get; init; }

    /// <summary>Training images per epoch.</summary>
    public required int Samples { get; init; }

    public required SynapseCell Cell { get; init; }

    public required PulseMode PulseMode { get; init; }

    public required TuningOptions Tuning { get; init; }

    public string Statistics { get; } = StatisticsText;

    public string WriteEnergy { get; } = EnergyText;

    public required IReadOnlyList<ArmSummary> Arms { get; init; }

    public required string TrainingDataSha256 { get; init; }

    public required string TestDataSha256 { get; init; }

    /// <summary>Time of all runs, one after the other.</summary>
    public required double RunSeconds { get; init; }

    public required string Version { get; init; }

    public required string Out { get; init; }

    internal static StudySummary Of(StudyPlan plan, IReadOnlyList<ArmResult> results, StudyFolder folder, string command)
    {
        TrainSettings common = plan.Common;
        return new StudySummary
        {
            Command = command,
            Seeds = plan.Seeds,
            Hidden = common.Hidden,
            Epochs = common.Epochs,
            Samples = common.Samples!.Value,
            Cell = common.Cell,
            PulseMode = common.Pulses,
            Tuning = plan.Tuning,
            Arms = [.. results.Select(result => ArmSummary.Of(result, ReferenceOf(result, results)))],
            TrainingDataSha256 = plan.TrainingDataSha256,
            TestDataSha256 = plan.TestDataSha256,
            RunSeconds = results.Sum(static result => result.Records.Sum(static record => record.WallSeconds)),
            Version = App.Version,
            Out = Path.GetFullPath(folder.Path),
        };
    }

    /// <summary>The arm ideal on the same device.</summary>
    private static Spread? ReferenceOf(ArmResult result, IReadOnlyList<ArmResult> results) =>
        results.FirstOrDefault(other => other.Arm.Device == result.Arm.Device && other.Arm.Method == "ideal" && other.Records.Count > 0) is { } ideal && ideal != result
            ? Spread.Of(ideal.TestAccuracies)
            : null;
}

/// <summary>One arm of a study. Numbers are null for an arm that was left out.</summary>
internal sealed record ArmSummary
{
    public required string Device { get; init; }

    public required string Method { get; init; }

    /// <summary>Why the arm was left out; null if it was not.</summary>
    public required string? Skipped { get; init; }

    public double? LearningRate { get; init; }

    public float? WeightRange { get; init; }

    /// <summary>Whether one of the two is the smallest or largest that was tried.</summary>
    public bool? TunedAtEdge { get; init; }

    public double? TestAccuracyMean { get; init; }

    public double? TestAccuracyStandardDeviation { get; init; }

    public IReadOnlyList<double>? TestAccuracies { get; init; }

    /// <summary>Null for the arm <c>ideal</c> and where there is none on the device.</summary>
    public double? Drop { get; init; }

    public double? DropLow { get; init; }

    public double? DropHigh { get; init; }

    public double? TrainAccuracyMean { get; init; }

    public double? ReadsMean { get; init; }

    public double? PulsesPerDeviceMean { get; init; }

    public double? WritesPerDeviceMean { get; init; }

    public long? Devices { get; init; }

    public double? WriteEnergyJoulesLeast { get; init; }

    public double? WriteEnergyJoulesMost { get; init; }

    public IReadOnlyList<TuningTrial>? TuningTrials { get; init; }

    public IReadOnlyList<string>? StateSha256 { get; init; }

    /// <summary>The command that repeats the run of the first seed.</summary>
    public string? Rerun { get; init; }

    public double? WallSecondsMean { get; init; }

    internal static ArmSummary Of(ArmResult result, Spread? reference)
    {
        Arm arm = result.Arm;
        if (result.Search is null)
        {
            return new ArmSummary { Device = arm.Device, Method = arm.Method, Skipped = arm.Skipped };
        }

        IReadOnlyList<RunRecord> records = result.Records;
        TrainSettings settings = records[0].Settings;
        Spread spread = Spread.Of(result.TestAccuracies);
        Drop? drop = reference is null ? null : Cli.Studies.Drop.Of(reference, spread);
        WriteEnergy? energy = WriteEnergy.Of(settings, records.Average(static record => record.Pulses));
        return new ArmSummary
        {
            Device = arm.Device,
            Method = arm.Method,
            Skipped = null,
            LearningRate = settings.LearningRate,
            WeightRange = settings.WeightRange,
            TunedAtEdge = result.Search.IsAtEdge,
            TestAccuracyMean = spread.Mean,
            TestAccuracyStandardDeviation = spread.StandardDeviation,
            TestAccuracies = result.TestAccuracies,
            Drop = drop?.Difference,
            DropLow = drop?.Low,
            DropHigh = drop?.High,
            TrainAccuracyMean = records.Average(static record => record.TrainAccuracy),
            ReadsMean = records.Average(static record => (double)record.Reads),
            PulsesPerDeviceMean = records.Average(static record => record.Pulses / record.Devices),
            WritesPerDeviceMean = records.Average(static record => record.WritesPerDeviceMean),
            Devices = records[0].Devices,
            WriteEnergyJoulesLeast = energy?.Least,
            WriteEnergyJoulesMost = energy?.Most,
            TuningTrials = result.Search.Trials,
            StateSha256 = [.. records.Select(static record => record.StateSha256)],
            Rerun = arm.Rerun(settings),
            WallSecondsMean = records.Average(static record => record.WallSeconds),
        };
    }
}
