using RramSnn.Cli.Studies;

namespace RramSnn.Cli.Reports.Studies;

/// <summary>The tables of a study as CSV: accuracies are shares, times come last.</summary>
internal static class StudyFiles
{
    internal const string ArmsHeader =
        "device,method,skipped,learning_rate,weight_range,seeds,test_accuracy_mean,test_accuracy_standard_deviation,drop,drop_low,drop_high,train_accuracy_mean,"
        + "reads_mean,pulses_per_device_mean,writes_per_device_mean,devices,write_energy_joules_least,write_energy_joules_most,wall_seconds_mean";

    internal const string RunsHeader =
        "device,method,seed,learning_rate,weight_range,test_accuracy,train_accuracy,reads,pulses,writes_per_device_mean,devices,state_sha256,samples_per_second,wall_seconds";

    /// <summary>A row per arm.</summary>
    internal static string Arms(StudySummary study) => CsvText.Of(ArmsHeader, study.Arms.Select(arm => (IEnumerable<object?>)
    [
        arm.Device, arm.Method, arm.Skipped, arm.LearningRate, arm.WeightRange, study.Seeds.Count, arm.TestAccuracyMean, arm.TestAccuracyStandardDeviation,
        arm.Drop, arm.DropLow, arm.DropHigh, arm.TrainAccuracyMean, arm.ReadsMean, arm.PulsesPerDeviceMean, arm.WritesPerDeviceMean, arm.Devices,
        arm.WriteEnergyJoulesLeast, arm.WriteEnergyJoulesMost, arm.WallSecondsMean,
    ]));

    /// <summary>A row per run at the full budget.</summary>
    internal static string Runs(IEnumerable<ArmResult> results) => CsvText.Of(
        RunsHeader, results.SelectMany(static result => result.Records.Select(record => (IEnumerable<object?>)
        [
            result.Arm.Device, result.Arm.Method, record.Settings.Seed, record.Settings.LearningRate, record.Settings.WeightRange, record.TestAccuracy,
            record.TrainAccuracy, record.Reads, record.Pulses, record.WritesPerDeviceMean, record.Devices, record.StateSha256, record.SamplesPerSecond,
            record.WallSeconds,
        ])));
}
