using System.Globalization;
using System.Text;
using RramSnn.Model;
using RramSnn.Model.Devices;

namespace RramSnn.Cli.Reports;

/// <summary>A pulse response as CSV, numbers in the shortest form that reads back exactly.</summary>
internal static class ResponseFile
{
    /// <summary>cycle and pulse count from 1; direction is up or down; the first row, with zeros, is the start.</summary>
    internal const string Header = "cycle,pulse,direction,conductance_siemens,state";

    /// <summary>Writes a file; it is the old one or the complete new one.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    internal static void Save(string path, IEnumerable<PulseResponse> responses, SampledDevice device, CancellationToken interrupt) =>
        AtomicFile.Write(path, stream =>
        {
            using StreamWriter writer = new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
            Write(writer, responses, device, interrupt);
        });

    /// <summary>Writes header and rows.</summary>
    internal static void Write(TextWriter writer, IEnumerable<PulseResponse> responses, SampledDevice device, CancellationToken interrupt)
    {
        writer.Write(Header + "\n");
        foreach (PulseResponse response in responses)
        {
            interrupt.ThrowIfCancellationRequested();
            string direction = response.Direction > 0 ? "up" : "down";
            writer.Write(string.Create(
                CultureInfo.InvariantCulture, $"{response.Cycle},{response.Pulse},{direction},{device.ToSiemens(response.State):R},{response.State:R}\n"));
        }
    }
}
