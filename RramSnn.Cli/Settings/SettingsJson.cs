using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace RramSnn.Cli.Settings;

/// <summary>How everything that the program writes as JSON is spelled: snake_case keys, lower-case names.</summary>
internal static class SettingsJson
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { Flatten } },
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

    /// <summary>Puts the settings of a part in the place of the part.</summary>
    private static void Flatten(JsonTypeInfo type)
    {
        foreach (JsonPropertyInfo part in type.Properties.Where(static property => property.AttributeProvider?.IsDefined(typeof(FlatAttribute), inherit: false) == true).ToArray())
        {
            int place = type.Properties.IndexOf(part);
            type.Properties.RemoveAt(place);
            JsonTypeInfo partType = type.Options.GetTypeInfo(part.PropertyType);
            foreach (JsonPropertyInfo setting in partType.Properties.Where(static property => property.Set is not null))
            {
                JsonPropertyInfo flat = type.CreateJsonPropertyInfo(setting.PropertyType, setting.Name);
                flat.Get = whole => setting.Get!(part.Get!(whole)!);
                flat.Set = (whole, value) =>
                {
                    object? target = part.Get!(whole);
                    if (target is null)
                    {
                        target = partType.CreateObject!();
                        part.Set!(whole, target);
                    }

                    setting.Set!(target, value);
                };
                type.Properties.Insert(place++, flat);
            }
        }
    }
}

/// <summary>A part of the settings that has a type of its own but whose keys stand among the others.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class FlatAttribute : Attribute;
