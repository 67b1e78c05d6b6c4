using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using RramSnn.Cli.Reports;

namespace RramSnn.Cli.Settings;

/// <summary>Options that were given, as a configuration file that <see cref="ConfigFile"/> reads and as arguments of a shell.</summary>
internal static class ConfigText
{
    /// <summary>The configuration file.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="options">Options to keep.</param>
    internal static string Of(ParseResult parsed, IReadOnlyCollection<Option> options)
    {
        JsonObject config = [];
        foreach (OptionResult given in Given(parsed, options))
        {
            config[OptionFactory.KeyOf(given.Option)] = Value(given);
        }

        return SettingsJson.Write(config) + "\n";
    }

    /// <summary>The same as arguments.</summary>
    internal static string Command(ParseResult parsed, IReadOnlyCollection<Option> options) => string.Join(' ', Given(parsed, options).Select(static given =>
        given.Tokens.Count == 0 ? given.Option.Name : $"{given.Option.Name} {Commandline.Quote(given.Tokens[0].Value)}"));

    private static IEnumerable<OptionResult> Given(ParseResult parsed, IReadOnlyCollection<Option> options) =>
        ConfigFile.Given(parsed).Where(given => options.Contains(given.Option));

    private static JsonNode? Value(OptionResult given)
    {
        Type type = Nullable.GetUnderlyingType(given.Option.ValueType) ?? given.Option.ValueType;
        if (type == typeof(bool))
        {
            return given.Tokens.Count == 0 || bool.Parse(given.Tokens[0].Value);
        }

        string text = given.Tokens[0].Value;
        return type.IsPrimitive ? Number(text) : JsonValue.Create(text);
    }

    // A number keeps its spelling where JSON has it: .5 and +1 are no numbers there.
    private static JsonNode? Number(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return JsonValue.Create(double.Parse(text, CultureInfo.InvariantCulture));
        }
    }
}
