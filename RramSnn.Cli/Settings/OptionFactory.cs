using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;
using System.Text.Json;

namespace RramSnn.Cli.Settings;

/// <summary>Makes options whose errors read like the model's: key, value, what was expected.</summary>
internal static class OptionFactory
{
    /// <summary>The key of an option in configuration files and messages.</summary>
    internal static string KeyOf(Option option) => option.Name.TrimStart('-').Replace('-', '_');

    /// <summary>A number with a default.</summary>
    internal static Option<T> Number<T>(string name, string description, T standard)
        where T : struct, INumber<T>
    {
        return new Option<T>(name)
        {
            Description = description,
            HelpName = NumberWord<T>(),
            DefaultValueFactory = _ => standard,
            CustomParser = result => Parse<T>(result) ?? default,
        };
    }

    /// <summary>A number that has no fixed default.</summary>
    internal static Option<T?> OptionalNumber<T>(string name, string description)
        where T : struct, INumber<T>
    {
        return new Option<T?>(name)
        {
            Description = description,
            HelpName = NumberWord<T>(),
            CustomParser = Parse<T>,
        };
    }

    /// <summary>Numbers with commas between them.</summary>
    internal static Option<IReadOnlyList<T>> Numbers<T>(string name, string description, IReadOnlyList<T> standard)
        where T : struct, INumber<T>
    {
        return new Option<IReadOnlyList<T>>(name)
        {
            Description = description,
            HelpName = $"{NumberWord<T>()}[,{NumberWord<T>()}...]",
            DefaultValueFactory = _ => standard,
            CustomParser = ParseList<T>,

            // A custom parser of a collection would take any number of arguments.
            Arity = ArgumentArity.ExactlyOne,
        };
    }

    /// <summary>One of a list of names.</summary>
    internal static Option<string> OneOf(string name, string description, IReadOnlyList<string> names, string standard)
    {
        Option<string> option = new(name)
        {
            Description = description,
            HelpName = string.Join('|', names),
            DefaultValueFactory = _ => standard,
            CustomParser = result => ParseName(result, names),
        };
        option.CompletionSources.Add(_ => names.Select(static item => new System.CommandLine.Completions.CompletionItem(item)));
        return option;
    }

    /// <summary>One of the values of an enumeration, in kebab-case; <see cref="ReadEnum{T}"/> gives the value.</summary>
    internal static Option<string> OneOf<T>(string name, string description, T standard)
        where T : struct, Enum =>
        OneOf(name, description, [.. Enum.GetNames<T>().Select(Spell)], Spell(standard.ToString()));

    /// <summary>One of the values of an enumeration, without a fixed default; <see cref="ReadOptionalEnum{T}"/> gives the value.</summary>
    internal static Option<string?> OptionalOneOf<T>(string name, string description)
        where T : struct, Enum
    {
        string[] names = [.. Enum.GetNames<T>().Select(Spell)];
        Option<string?> option = new(name)
        {
            Description = description,
            HelpName = string.Join('|', names),
            CustomParser = result => ParseName(result, names),
        };
        option.CompletionSources.Add(_ => names.Select(static item => new System.CommandLine.Completions.CompletionItem(item)));
        return option;
    }

    /// <summary>The value that an option of an enumeration was given.</summary>
    internal static T ReadEnum<T>(ParseResult parsed, Option<string> option)
        where T : struct, Enum => Named<T>(parsed.GetRequiredValue(option));

    /// <summary>The value that an option of an enumeration was given; null if it was not.</summary>
    internal static T? ReadOptionalEnum<T>(ParseResult parsed, Option<string?> option)
        where T : struct, Enum => parsed.GetValue(option) is { } spelled ? Named<T>(spelled) : null;

    /// <summary>A path.</summary>
    internal static Option<string?> Path(string name, string description, string helpName) =>
        new(name) { Description = description, HelpName = helpName, CustomParser = ParsePath };

    /// <summary>A switch.</summary>
    internal static Option<bool> Flag(string name, string description) => new(name) { Description = description };

    private static T Named<T>(string spelled)
        where T : struct, Enum => Enum.GetValues<T>().First(value => Spell(value.ToString()) == spelled);

    private static string Spell(string name) => JsonNamingPolicy.KebabCaseLower.ConvertName(name);

    private static string NumberWord<T>()
        where T : struct, INumber<T> => T.IsInteger(T.One / (T.One + T.One)) ? "n" : "x";

    private static T? Parse<T>(ArgumentResult result)
        where T : struct, INumber<T>
    {
        string text = result.Tokens[0].Value;
        if (T.TryParse(text, CultureInfo.InvariantCulture, out T value))
        {
            return value;
        }

        string kind = NumberWord<T>() == "n" ? "a whole number" : "a number";
        AddError(result, text, T.TryParse("-1", CultureInfo.InvariantCulture, out _) ? kind : $"{kind}, 0 or more");
        return null;
    }

    private static List<T> ParseList<T>(ArgumentResult result)
        where T : struct, INumber<T>
    {
        string text = result.Tokens[0].Value;
        List<T> values = [];
        foreach (string part in text.Split(','))
        {
            if (!T.TryParse(part, CultureInfo.InvariantCulture, out T value))
            {
                AddError(result, text, $"{(NumberWord<T>() == "n" ? "whole numbers" : "numbers")} with commas between them");
                break;
            }

            values.Add(value);
        }

        return values;
    }

    private static string ParsePath(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (string.IsNullOrWhiteSpace(text))
        {
            AddError(result, text, "a path");
        }

        return text;
    }

    private static string ParseName(ArgumentResult result, IReadOnlyList<string> names)
    {
        string text = result.Tokens[0].Value;
        string? found = names.FirstOrDefault(name => string.Equals(name, text, StringComparison.OrdinalIgnoreCase));
        if (found is null)
        {
            AddError(result, text, $"one of {string.Join(", ", names)}");
        }

        return found ?? "";
    }

    private static void AddError(ArgumentResult result, string text, string expected)
    {
        string key = result.Parent is OptionResult parent ? KeyOf(parent.Option) : result.Argument.Name;
        result.AddError($"{key} is '{text}'; expected {expected}.");
    }
}
