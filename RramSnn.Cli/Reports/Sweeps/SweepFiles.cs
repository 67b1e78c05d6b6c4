using RramSnn.Cli.Reports.Studies;
using RramSnn.Cli.Sweeps;

namespace RramSnn.Cli.Reports.Sweeps;

/// <summary>The points of a sweep as CSV: accuracies are shares, times come last.</summary>
internal static class SweepFiles
{
    internal static string Header(SweepGrid grid) =>
        $"{grid.X.Key},{grid.Y.Key},method,device,skipped,learning_rate,weight_range,test_accuracy_mean,test_accuracy_standard_deviation,train_accuracy_mean,"
        + "reads_mean,pulses_per_device_mean,writes_per_device_mean,wall_seconds_mean";

    internal static IEnumerable<object?> Cells(SweepPointSummary point)
    {
        ArmSummary arm = point.Arm;
        return
        [
            point.X, point.Y, arm.Method, arm.Device, arm.Skipped, arm.LearningRate, arm.WeightRange, arm.TestAccuracyMean, arm.TestAccuracyStandardDeviation,
            arm.TrainAccuracyMean, arm.ReadsMean, arm.PulsesPerDeviceMean, arm.WritesPerDeviceMean, arm.WallSecondsMean,
        ];
    }
}
