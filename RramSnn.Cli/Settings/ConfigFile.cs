using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.Json;
using RramSnn.Model.Devices;

namespace RramSnn.Cli.Settings;

/// <summary>One key of a configuration file as the command line argument that says the same.</summary>
internal readonly record struct ConfigEntry(Option Option, string Argument);

/// <summary>
/// Turns a JSON object, flat but for a device, into command line arguments, so that options have one parser and one validation.
/// Null leaves an option at its default.
/// </summary>
internal static class ConfigFile
{
    private const long MaximumLength = 1 << 20;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>Reads a file.</summary>
    /// <exception cref="InvalidDataException">The file is no flat JSON object, or a key or type is wrong.</exception>
    internal static IReadOnlyList<ConfigEntry> Load(string path, IReadOnlyList<Option> options)
    {
        FileInfo file = new(path);
        if (!file.Exists)
        {
            throw new FileNotFoundException($"{path}: configuration file not found", path);
        }

        return file.Length <= MaximumLength
            ? Parse(File.ReadAllText(path), path, options)
            : throw new InvalidDataException($"{path}: has {file.Length} bytes; expected a configuration of at most {MaximumLength}.");
    }

    /// <summary>Adds what a configuration file says to what was not given on the command line.</summary>
    /// <param name="command">The command of both.</param>
    /// <param name="parsed">What was given on the command line.</param>
    /// <param name="path">The file; null for none.</param>
    /// <param name="options">Options that the file may hold.</param>
    /// <exception cref="InvalidDataException">The file is no configuration of this command.</exception>
    internal static ParseResult Merge(Command command, ParseResult parsed, string? path, IReadOnlyList<Option> options)
    {
        if (path is null)
        {
            return parsed;
        }

        IReadOnlyList<ConfigEntry> entries = Load(path, options);
        try
        {
            // Alone first, so that an error of the file names the file.
            App.Parse(command, [.. entries.Select(static entry => entry.Argument)]);
        }
        catch (ArgumentException exception)
        {
            throw new InvalidDataException($"{path}: {exception.Message}", exception);
        }

        OptionResult[] given = [.. Given(parsed)];
        return App.Parse(
            command,
            [
                .. given.Select(ToArgument),
                .. entries.Where(entry => given.All(result => result.Option != entry.Option)).Select(static entry => entry.Argument),
            ]);
    }

    /// <summary>Options that were given, not left at their defaults.</summary>
    internal static IEnumerable<OptionResult> Given(ParseResult parsed) =>
        parsed.CommandResult.Children.OfType<OptionResult>().Where(static result => !result.Implicit);

    /// <summary>A given option as one argument.</summary>
    internal static string ToArgument(OptionResult given) =>
        given.Tokens.Count == 0 ? given.Option.Name : $"{given.Option.Name}={given.Tokens[0].Value}";

    /// <summary>Reads a text.</summary>
    /// <exception cref="InvalidDataException">The text is no flat JSON object, or a key or type is wrong.</exception>
    internal static IReadOnlyList<ConfigEntry> Parse(string text, string source, IReadOnlyList<Option> options)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text, Strict);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                throw new InvalidDataException($"{source}: is a JSON {Kind(document.RootElement)}; expected an object.");
            }

            Dictionary<string, Option> optionByKey = options.ToDictionary(OptionFactory.KeyOf, StringComparer.Ordinal);
            List<ConfigEntry> entries = [];
            foreach (JsonProperty property in document.RootElement.EnumerateObject())
            {
                if (!optionByKey.TryGetValue(property.Name, out Option? option))
                {
                    throw new InvalidDataException($"{source}: key '{property.Name}' is unknown; expected {string.Join(", ", optionByKey.Keys)}.");
                }

                if (property.Value.ValueKind != JsonValueKind.Null)
                {
                    entries.Add(new ConfigEntry(option, $"{option.Name}={ToArgument(property, option, source)}"));
                }
            }

            return entries;
        }
        catch (JsonException exception)
        {
            // The reader's own words speak of its options; only for a repeated key they are all there is.
            string problem = exception.LineNumber is { } line ? $"line {line + 1}, byte {exception.BytePositionInLine + 1}" : exception.Message.TrimEnd('.');
            throw new InvalidDataException($"{source}: is no valid JSON ({problem}).", exception);
        }
        catch (InvalidOperationException exception)
        {
            // Thrown for escapes like \ud800 alone, which no .NET string of valid text can hold.
            throw new InvalidDataException($"{source}: is no valid JSON (half of a surrogate pair in a key or string).", exception);
        }
    }

    private static string ToArgument(JsonProperty property, Option option, string source)
    {
        JsonElement value = property.Value;
        Type type = Nullable.GetUnderlyingType(option.ValueType) ?? option.ValueType;
        if (type == typeof(bool))
        {
            return value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetRawText() : throw Wrong("true or false");
        }

        if (type == typeof(string))
        {
            return value.ValueKind == JsonValueKind.String ? value.GetString()! : throw Wrong("a string");
        }

        if (type == typeof(Device))
        {
            return value.ValueKind switch
            {
                JsonValueKind.String => value.GetString()!,
                JsonValueKind.Object => value.GetRawText(),
                _ => throw Wrong("the name, file or object of a device"),
            };
        }

        if (type != typeof(IReadOnlyList<int>))
        {
            return value.ValueKind == JsonValueKind.Number ? value.GetRawText() : throw Wrong("a number");
        }

        return value.ValueKind switch
        {
            JsonValueKind.Array => string.Join(',', value.EnumerateArray().Select(static item => item.GetRawText())),
            JsonValueKind.Number => value.GetRawText(),
            JsonValueKind.String => value.GetString()!,
            _ => throw Wrong("numbers"),
        };

        InvalidDataException Wrong(string expected) => new($"{source}: {property.Name} is a JSON {Kind(value)}; expected {expected}.");
    }

    private static string Kind(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True or JsonValueKind.False => "truth value",
        JsonValueKind other => other.ToString().ToLowerInvariant(),
    };
}
