using System.CommandLine;
using System.CommandLine.Parsing;
using RramSnn.Cli.Reports;
using RramSnn.Cli.Settings;

namespace RramSnn.Cli.Studies;

/// <summary>Arguments of <c>train</c> that several runs share: what a study or sweep was given, in the one spelling that <see cref="TrainOptions"/> reads.</summary>
internal sealed class TrainArguments
{
    private readonly IReadOnlyList<(string Name, string Value)> _arguments;

    private TrainArguments(IReadOnlyList<(string Name, string Value)> arguments)
    {
        _arguments = arguments;
    }

    /// <summary>All of them at their defaults.</summary>
    internal static TrainArguments None { get; } = new([]);

    /// <summary>The options of <c>train</c> that a command line of another command holds.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="options">The options of <c>train</c> in it.</param>
    internal static TrainArguments Of(ParseResult parsed, IReadOnlyCollection<Option> options) =>
        new([.. ConfigFile.Given(parsed).Where(result => options.Contains(result.Option)).Select(static result => (result.Option.Name, ValueOf(result)))]);

    /// <summary>Whether an option has a value.</summary>
    internal bool Has(string name) => _arguments.Any(argument => argument.Name == name);

    /// <summary>The same with another value of one option.</summary>
    internal TrainArguments With(string name, string value) => new([.. _arguments.Where(argument => argument.Name != name), (name, value)]);

    /// <summary>The same with a value for an option that has none.</summary>
    internal TrainArguments WithDefault(string name, string value) => Has(name) ? this : With(name, value);

    /// <summary>The arguments as they are typed in a shell.</summary>
    public override string ToString() => string.Join(' ', _arguments.Select(static argument => $"{argument.Name} {Commandline.Quote(argument.Value)}"));

    /// <summary>The settings of a run.</summary>
    /// <exception cref="ArgumentException">A value is wrong or out of range, or the method cannot drive the device or cell.</exception>
    internal TrainSettings Read() => TrainOptions.ReadArguments([.. _arguments.Select(static argument => $"{argument.Name}={argument.Value}")]);

    private static string ValueOf(OptionResult result) => result.Tokens.Count == 0 ? "true" : result.Tokens[0].Value;
}
