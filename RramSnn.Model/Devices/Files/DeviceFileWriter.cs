using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace RramSnn.Model.Devices.Files;

/// <summary>Writes a device as JSON: keys in a fixed order, numbers in the shortest form that reads back exactly, defaults left out.</summary>
internal static class DeviceFileWriter
{
    internal static string Write(Device device, bool indented)
    {
        using MemoryStream buffer = new();
        JsonWriterOptions options = new() { Indented = indented, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        using (Utf8JsonWriter json = new(buffer, options))
        {
            json.WriteStartObject();
            json.WriteString(DeviceKeys.Name, device.Name);
            WriteText(json, DeviceKeys.Description, device.Description);
            WriteText(json, DeviceKeys.Source, device.Source);
            WriteText(json, DeviceKeys.Note, device.Note);
            json.WriteString(DeviceKeys.Model, device.Law.Model.Name);
            json.WriteNumber(DeviceKeys.MinimumSiemens, device.MinimumSiemens);
            json.WriteNumber(DeviceKeys.MaximumSiemens, device.MaximumSiemens);
            json.WriteNumber(DeviceKeys.PulsesPerRange, device.PulsesPerRange);
            WriteParameters(json, device.Law);
            WriteVariability(json, device);
            if (device.PulseConditions is { } conditions)
            {
                WriteConditions(json, conditions);
            }

            WriteCurves(json, device.VoltageCurves);

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static void WriteText(Utf8JsonWriter json, string key, string text)
    {
        if (text.Length > 0)
        {
            json.WriteString(key, text);
        }
    }

    private static void WriteParameters(Utf8JsonWriter json, DeviceLaw law)
    {
        json.WriteStartObject(DeviceKeys.Parameters);
        int index = 0;
        foreach (DeviceParameter parameter in law.Model.Parameters)
        {
            ReadOnlySpan<double> values = law.Values.Slice(index, parameter.Count);
            index += parameter.Count;
            if (parameter.Count == 1)
            {
                json.WriteNumber(parameter.Key, values[0]);
            }
            else
            {
                // A table on one line: with a line per number it would hide the rest of the file.
                json.WritePropertyName(parameter.Key);
                json.WriteRawValue($"[{string.Join(", ", values.ToArray().Select(static value => value.ToString("R", CultureInfo.InvariantCulture)))}]");
            }
        }

        json.WriteEndObject();
    }

    private static void WriteVariability(Utf8JsonWriter json, Device device)
    {
        DeviceVariability variability = device.Variability;
        VariabilityKey[] keys = [.. VariabilityKey.All.Where(key => key.Get(variability) != key.Get(DeviceVariability.None))];
        DeviceParameter[] spread = [.. device.Law.Model.Parameters.Where(parameter => variability.Spread.ContainsKey(parameter.Key))];
        bool hasDistribution = variability.Distribution != DeviceVariability.None.Distribution;
        if (keys.Length == 0 && spread.Length == 0 && !hasDistribution)
        {
            return;
        }

        json.WriteStartObject(DeviceKeys.Variability);
        foreach (VariabilityKey key in keys)
        {
            json.WriteNumber(key.Key, key.Get(variability));
        }

        if (hasDistribution)
        {
            json.WriteString(DeviceKeys.Distribution, DeviceKeys.Spell(variability.Distribution));
        }

        if (spread.Length > 0)
        {
            json.WriteStartObject(DeviceKeys.Spread);
            foreach (DeviceParameter parameter in spread)
            {
                json.WriteNumber(parameter.Key, variability.Spread[parameter.Key]);
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteCurves(Utf8JsonWriter json, IReadOnlyList<VoltageCurve> curves)
    {
        if (curves.Count == 0)
        {
            return;
        }

        json.WriteStartArray(DeviceKeys.VoltageCurves);
        foreach (VoltageCurve curve in curves)
        {
            json.WriteStartObject();
            json.WriteNumber(DeviceKeys.Volts, curve.Volts);
            json.WriteNumber(DeviceKeys.BoundSiemens, curve.BoundSiemens);
            json.WriteNumber(DeviceKeys.RatePerPulse, curve.RatePerPulse);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteConditions(Utf8JsonWriter json, PulseConditions conditions)
    {
        json.WriteStartObject(DeviceKeys.PulseConditions);
        foreach (PulseConditionKey key in PulseConditionKey.All)
        {
            double value = key.Get(conditions);
            if (!double.IsNaN(value))
            {
                json.WriteNumber(key.Key, value);
            }
        }

        json.WriteEndObject();
    }
}
