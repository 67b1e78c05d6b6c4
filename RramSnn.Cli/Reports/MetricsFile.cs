using System.Globalization;
using System.Text;
using RramSnn.Cli.Runs;

namespace RramSnn.Cli.Reports;

/// <summary>The content of <c>metrics.csv</c>.</summary>
internal static class MetricsFile
{
    internal const string Header = "sample,epoch,online_accuracy,held_out_accuracy,samples_per_second,pulses,writes_per_device_mean,seconds";

    /// <summary>Header and rows; what is unknown is an empty cell.</summary>
    internal static string Text(IEnumerable<MetricsRow> rows)
    {
        StringBuilder text = new();
        text.Append(Header).Append('\n');
        foreach (MetricsRow row in rows)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"{row.Sample},{row.Epoch},{row.OnlineAccuracy},{row.HeldOutAccuracy},{row.SamplesPerSecond:F1},{row.Pulses},{row.WritesPerDeviceMean},{row.Seconds:F3}\n");
        }

        return text.ToString();
    }
}
