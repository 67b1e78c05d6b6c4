using System.Text.Json;

namespace RramSnn.Model.Devices.Files;

/// <summary>One object of a JSON file, read strictly: every key is known, there once, and of the right type.</summary>
internal sealed class JsonSection
{
    private const int LongestShown = 60;

    private readonly Dictionary<string, JsonElement> _values = new(StringComparer.Ordinal);
    private readonly string _source;
    private readonly string _path;

    /// <summary>Reads the keys of an object.</summary>
    /// <param name="element">The object.</param>
    /// <param name="source">File, for messages.</param>
    /// <param name="path">Where the object is in the file; empty for the root.</param>
    /// <param name="keys">Keys that it may have.</param>
    /// <exception cref="InvalidDataException">It is no object, or a key is unknown or repeated.</exception>
    internal JsonSection(JsonElement element, string source, string path, IReadOnlyList<string> keys)
    {
        _source = source;
        _path = path;
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw new InvalidDataException($"{source}: {(path.Length == 0 ? "" : path + " ")}is a JSON {Kind(element)}; expected an object.");
        }

        foreach (JsonProperty property in element.EnumerateObject())
        {
            if (!keys.Contains(property.Name))
            {
                throw Bad($"key '{Shown(At(property.Name))}' is unknown; expected {KeyHint.For(property.Name, keys)}");
            }

            if (!_values.TryAdd(property.Name, property.Value))
            {
                throw Bad($"key '{At(property.Name)}' is there twice; expected it once");
            }
        }
    }

    internal bool Has(string key) => _values.ContainsKey(key);

    /// <summary>A part of the object; <paramref name="keys"/> are those that it may have.</summary>
    internal JsonSection Section(string key, IReadOnlyList<string> keys) => new(Value(key), _source, At(key), keys);

    /// <summary>A list of objects; <paramref name="keys"/> are those that each may have.</summary>
    internal JsonSection[] Sections(string key, IReadOnlyList<string> keys)
    {
        JsonElement value = Value(key);
        return value.ValueKind == JsonValueKind.Array
            ? [.. value.EnumerateArray().Select((item, index) => new JsonSection(item, _source, $"{At(key)}[{index}]", keys))]
            : throw Wrong(At(key), value, "a list of objects");
    }

    internal double Number(string key) => Number(Value(key), At(key));

    /// <summary>A list of so many numbers.</summary>
    internal double[] Numbers(string key, int count)
    {
        JsonElement value = Value(key);
        if (value.ValueKind != JsonValueKind.Array)
        {
            throw Wrong(At(key), value, $"a list of {count} numbers");
        }

        if (value.GetArrayLength() != count)
        {
            throw Bad($"{At(key)} has {value.GetArrayLength()} numbers; expected {count}");
        }

        return [.. value.EnumerateArray().Select((item, index) => Number(item, $"{At(key)}[{index}]"))];
    }

    internal string Text(string key)
    {
        JsonElement value = Value(key);
        return value.ValueKind == JsonValueKind.String ? value.GetString()! : throw Wrong(At(key), value, "a string");
    }

    /// <summary>The key with the path of its object.</summary>
    internal string At(string key) => _path.Length == 0 ? key : $"{_path}.{key}";

    internal InvalidDataException Bad(string problem) => new($"{_source}: {problem}.");

    private JsonElement Value(string key) => _values.TryGetValue(key, out JsonElement value) ? value : throw Bad($"key '{At(key)}' is missing");

    private double Number(JsonElement value, string at) =>
        value.ValueKind == JsonValueKind.Number ? value.GetDouble() : throw Wrong(at, value, "a number");

    private InvalidDataException Wrong(string at, JsonElement value, string expected) => Bad($"{at} is a JSON {Kind(value)}; expected {expected}");

    private static string Kind(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True or JsonValueKind.False => "truth value",
        JsonValueKind other => other.ToString().ToLowerInvariant(),
    };

    // A key comes from the file: whatever it holds, the message stays one readable line.
    private static string Shown(string key)
    {
        string clean = OneLine.Of(key);
        return clean.Length <= LongestShown ? clean : $"{clean[..LongestShown]}...";
    }
}
