using System.Globalization;
using System.Numerics;
using System.Text.Json;
using RramSnn.Model.Devices.Files;

namespace RramSnn.Native.Settings;

/// <summary>The keys of one flat JSON object; a key that is missing or null has its default.</summary>
internal sealed class ConfigReader : IDisposable
{
    private const string Source = "config";

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    private readonly JsonDocument _document;
    private readonly Dictionary<string, JsonElement> _values = new(StringComparer.Ordinal);

    /// <summary>Reads a text.</summary>
    /// <param name="text">One JSON object.</param>
    /// <param name="keys">Keys that it may have.</param>
    /// <exception cref="InvalidDataException">The text is something else, or a key is unknown.</exception>
    internal ConfigReader(string text, IReadOnlyList<string> keys)
    {
        try
        {
            _document = JsonDocument.Parse(text, Strict);
        }
        catch (JsonException exception)
        {
            string place = exception.LineNumber is { } line ? $"line {line + 1}, byte {exception.BytePositionInLine + 1}" : "a key is there twice";
            throw new InvalidDataException($"{Source}: is no valid JSON ({place}).", exception);
        }
        catch (InvalidOperationException exception)
        {
            throw HalfPair(exception);
        }

        try
        {
            Fill(keys);
        }
        catch
        {
            _document.Dispose();
            throw;
        }
    }

    public void Dispose() => _document.Dispose();

    /// <summary>A number.</summary>
    internal T Number<T>(string key, T standard)
        where T : struct, INumber<T> => OptionalNumber<T>(key) ?? standard;

    /// <summary>A number that may be missing.</summary>
    internal T? OptionalNumber<T>(string key)
        where T : struct, INumber<T> => _values.TryGetValue(key, out JsonElement value) ? Parse<T>(key, value) : null;

    /// <summary>Numbers: a list, one number, or a text with commas between them.</summary>
    internal IReadOnlyList<int> Numbers(string key, IReadOnlyList<int> standard)
    {
        if (!_values.TryGetValue(key, out JsonElement value))
        {
            return standard;
        }

        return value.ValueKind switch
        {
            JsonValueKind.Array => [.. value.EnumerateArray().Select(item => Parse<int>(key, item))],
            JsonValueKind.Number => [Parse<int>(key, value)],
            JsonValueKind.String => [.. Decoded(value.GetString).Split(',').Select(part => Parse<int>(key, part))],
            _ => throw Wrong(key, value, "numbers"),
        };
    }

    /// <summary>A text that may be missing.</summary>
    internal string? Text(string key)
    {
        if (!_values.TryGetValue(key, out JsonElement value))
        {
            return null;
        }

        return value.ValueKind == JsonValueKind.String ? Decoded(value.GetString) : throw Wrong(key, value, "a string");
    }

    /// <summary>One of a list of names.</summary>
    internal T OneOf<T>(string key, T standard, params ReadOnlySpan<(string Name, T Value)> choices)
    {
        if (Text(key) is not { } text)
        {
            return standard;
        }

        foreach ((string name, T choice) in choices)
        {
            if (string.Equals(name, text, StringComparison.OrdinalIgnoreCase))
            {
                return choice;
            }
        }

        throw Bad(key, $"'{text}'", $"one of {string.Join(", ", choices.ToArray().Select(static choice => choice.Name))}");
    }

    /// <summary>The name, or the whole object as JSON; null if the key is missing.</summary>
    internal string? TextOrObject(string key)
    {
        if (!_values.TryGetValue(key, out JsonElement value))
        {
            return null;
        }

        return value.ValueKind switch
        {
            JsonValueKind.String => Decoded(value.GetString),
            JsonValueKind.Object => value.GetRawText(),
            _ => throw Wrong(key, value, "a name or an object"),
        };
    }

    private void Fill(IReadOnlyList<string> keys)
    {
        if (_document.RootElement.ValueKind != JsonValueKind.Object)
        {
            throw new InvalidDataException($"{Source}: is a JSON {Kind(_document.RootElement)}; expected an object.");
        }

        foreach (JsonProperty property in _document.RootElement.EnumerateObject())
        {
            string key = property.Name;
            if (!keys.Contains(key))
            {
                throw new InvalidDataException($"{Source}: key '{key}' is unknown; expected {KeyHint.For(key, keys)}.");
            }

            if (property.Value.ValueKind != JsonValueKind.Null)
            {
                _values.Add(key, property.Value);
            }
        }
    }

    private static string Decoded(Func<string?> text)
    {
        try
        {
            return text()!;
        }
        catch (InvalidOperationException exception)
        {
            throw HalfPair(exception);
        }
    }

    /// <summary>For escapes like \ud800 alone, which no .NET string of valid text can hold: in keys found when parsing, in values when reading.</summary>
    private static InvalidDataException HalfPair(InvalidOperationException exception) =>
        new($"{Source}: is no valid JSON (half of a surrogate pair in a key or string).", exception);

    private static T Parse<T>(string key, JsonElement value)
        where T : struct, INumber<T> => value.ValueKind == JsonValueKind.Number ? Parse<T>(key, value.GetRawText()) : throw Wrong(key, value, "a number");

    private static T Parse<T>(string key, string text)
        where T : struct, INumber<T> =>
        T.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out T number) && T.IsFinite(number)
            ? number
            : throw Bad(key, text, typeof(T) == typeof(float) || typeof(T) == typeof(double) ? "a finite number" : "a whole number in range");

    private static InvalidDataException Wrong(string key, JsonElement value, string expected) => Bad(key, $"a JSON {Kind(value)}", expected);

    private static InvalidDataException Bad(string key, string actual, string expected) => new($"{Source}: {key} is {actual}; expected {expected}.");

    private static string Kind(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True or JsonValueKind.False => "truth value",
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.String => "string",
        JsonValueKind.Number => "number",
        _ => "null",
    };
}
