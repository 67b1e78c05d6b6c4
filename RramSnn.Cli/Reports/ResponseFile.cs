using System.Globalization;
using System.Text;
using RramSnn.Model;
using RramSnn.Model.Devices;

namespace RramSnn.Cli.Reports;

/// <summary>One device under pulses.</summary>
/// <param name="Reads">What an instrument reads of it.</param>
/// <param name="Responses">Its states.</param>
internal readonly record struct PulsedDevice(DeviceReads Reads, IEnumerable<PulseResponse> Responses);

/// <summary>Pulse responses as CSV, numbers in the shortest form that reads back exactly. <see cref="Measurements.MeasuredResponseReader"/> reads such files.</summary>
/// <param name="devices">The devices, numbered from 1; a single one has no column for its number.</param>
/// <param name="readVolts">Currents at this voltage take the place of conductances; null for conductances.</param>
/// <param name="interrupt">Ends the writing.</param>
internal sealed class ResponseFile(IReadOnlyList<PulsedDevice> devices, double? readVolts, CancellationToken interrupt)
{
    /// <summary>cycle and pulse count from 1; direction is up or down; the first row of a device, with zeros, is its start.</summary>
    internal const string Columns = "cycle,pulse,direction,conductance_siemens,state";

    /// <summary>Writes a file; it is the old one or the complete new one.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    internal void Save(string path) =>
        AtomicFile.Write(path, stream =>
        {
            using StreamWriter writer = new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
            Write(writer);
        });

    /// <summary>Writes header and rows.</summary>
    internal void Write(TextWriter writer)
    {
        string columns = readVolts is null ? Columns : Columns.Replace("conductance_siemens", "current_ampere,read_volts", StringComparison.Ordinal);
        writer.Write($"{(devices.Count > 1 ? "device," : "")}{columns}\n");
        foreach ((int index, PulsedDevice device) in devices.Index())
        {
            string number = devices.Count > 1 ? Text($"{index + 1},") : "";
            foreach (PulseResponse response in device.Responses)
            {
                interrupt.ThrowIfCancellationRequested();
                string direction = response.Direction > 0 ? "up" : "down";
                double siemens = device.Reads.Read(response);
                string reading = readVolts is { } volts ? Text($"{siemens * volts:R},{volts:R}") : Text($"{siemens:R}");
                writer.Write(Text($"{number}{response.Cycle},{response.Pulse},{direction},{reading},{response.State:R}\n"));
            }
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
