using System.Globalization;
using CsvHelper;
using RramSnn.Model.Devices.Fitting;

namespace RramSnn.Cli.Measurements;

/// <summary>Writes pulse responses as CSV, in the form that <see cref="MeasuredResponseReader"/> reads.</summary>
internal static class MeasuredResponseWriter
{
    /// <summary>One row per reading, conductances in siemens, or currents in amperes if there is a read voltage.</summary>
    internal static string Text(MeasuredResponse response, double? readVolts, IEnumerable<string> comments)
    {
        using StringWriter text = new(CultureInfo.InvariantCulture) { NewLine = "\n" };
        foreach (string comment in comments)
        {
            text.WriteLine($"# {comment}");
        }

        using CsvWriter csv = new(text, new CsvHelper.Configuration.CsvConfiguration(CultureInfo.InvariantCulture) { NewLine = "\n" });
        bool hasDevices = response.Traces.Any(static trace => trace.Device != MeasuredResponseReader.OnlyOne);
        bool hasTraces = response.Traces.Any(static trace => trace.Name != MeasuredResponseReader.OnlyOne);
        string header = (readVolts is null ? "pulse,direction,conductance_siemens" : "pulse,direction,current_ampere,read_volts")
            + (hasDevices ? ",device" : "") + (hasTraces ? ",trace" : "");
        Write(csv, header.Split(','));
        foreach (MeasuredTrace trace in response.Traces)
        {
            string[] names = [.. hasDevices ? new[] { trace.Device } : [], .. hasTraces ? new[] { trace.Name } : []];
            foreach (PulseReading reading in trace.Readings)
            {
                string[] values = readVolts is { } volts ? [Number(reading.Siemens * volts), Number(volts)] : [Number(reading.Siemens)];
                Write(csv, [Number(reading.Pulse), reading.IsPotentiation ? "up" : "down", .. values, .. names]);
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
