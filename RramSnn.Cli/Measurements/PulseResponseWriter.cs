using System.Globalization;
using CsvHelper;
using RramSnn.Model.Devices.Fitting;

namespace RramSnn.Cli.Measurements;

/// <summary>Writes pulse responses as CSV, in the form that <see cref="PulseResponseReader"/> reads.</summary>
internal static class PulseResponseWriter
{
    /// <summary>One row per reading, conductances in siemens, or currents in amperes if there is a read voltage.</summary>
    internal static string Text(PulseResponse response, double? readVolts, IEnumerable<string> comments)
    {
        using StringWriter text = new(CultureInfo.InvariantCulture) { NewLine = "\n" };
        foreach (string comment in comments)
        {
            text.WriteLine($"# {comment}");
        }

        using CsvWriter csv = new(text, new CsvHelper.Configuration.CsvConfiguration(CultureInfo.InvariantCulture) { NewLine = "\n" });
        string[] header = ["pulse", "direction", readVolts is null ? "conductance_siemens" : "current_ampere", .. readVolts is null ? [] : new[] { "read_volts" }, "device", "cycle"];
        Write(csv, header);
        foreach (PulseTrace trace in response.Traces)
        {
            foreach (PulseReading reading in trace.Readings)
            {
                string value = Number(reading.Siemens * (readVolts ?? 1));
                string[] volts = readVolts is null ? [] : [Number(readVolts.Value)];
                Write(csv, [Number(reading.Pulse), reading.IsPotentiation ? "up" : "down", value, .. volts, trace.Device, trace.Name]);
            }
        }

        csv.Flush();
        return text.ToString();
    }

    private static void Write(CsvWriter csv, IEnumerable<string> fields)
    {
        foreach (string field in fields)
        {
            csv.WriteField(field);
        }

        csv.NextRecord();
    }

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
