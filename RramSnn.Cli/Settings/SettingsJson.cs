using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace RramSnn.Cli.Settings;

/// <summary>How everything that the program writes as JSON is spelled: snake_case keys, lower-case names.</summary>
internal static class SettingsJson
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower), new DeviceConverter() },
    };

    private static readonly JsonSerializerOptions Compact = new(Indented) { WriteIndented = false };

    /// <summary>For people and files.</summary>
    internal static string Write<T>(T value) => JsonSerializer.Serialize(value, Indented);

    /// <summary>On one line, for values inside of others.</summary>
    internal static string WriteCompact<T>(T value) => JsonSerializer.Serialize(value, Compact);

    /// <summary>Reads what <see cref="WriteCompact"/> wrote.</summary>
    /// <exception cref="JsonException">The text is something else.</exception>
    internal static T Read<T>(string text) => JsonSerializer.Deserialize<T>(text, Compact) ?? throw new JsonException("null where a value was expected");
}
