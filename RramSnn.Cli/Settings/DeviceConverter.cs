using System.Text.Json;
using System.Text.Json.Serialization;
using RramSnn.Model.Devices;
using RramSnn.Model.Devices.Files;

namespace RramSnn.Cli.Settings;

/// <summary>A device in a configuration: the name of a preset, or the whole device, so that its file is not needed again.</summary>
internal sealed class DeviceConverter : JsonConverter<Device>
{
    /// <inheritdoc/>
    public override Device Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using JsonDocument document = JsonDocument.ParseValue(ref reader);
        JsonElement value = document.RootElement;
        return DeviceSource.Find(value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText());
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, Device value, JsonSerializerOptions options)
    {
        string text = DeviceFile.ToCompactJson(value);
        if (DevicePresets.All.Any(preset => preset.Name == value.Name && DeviceFile.ToCompactJson(preset) == text))
        {
            writer.WriteStringValue(value.Name);
            return;
        }

        // By way of a document, which the writer indents like the rest.
        using JsonDocument document = JsonDocument.Parse(text);
        document.RootElement.WriteTo(writer);
    }
}
