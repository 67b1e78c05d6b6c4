using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Reflection;
using System.Text.Json;
using RramSnn.Cli.Commands;

namespace RramSnn.Cli;

/// <summary>The program without its process: parses arguments, runs a command, turns exceptions into one line and an exit code.</summary>
internal static class App
{
    private const string Name = "rramsnn";

    // Response files would be a second way to say what --config says.
    private static readonly ParserConfiguration Parser = new() { EnablePosixBundling = false, ResponseFileTokenReplacer = null };

    /// <summary>Version of the program, with the commit it was built from if that is known.</summary>
    internal static string Version { get; } =
        typeof(App).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    /// <summary>Runs one command line.</summary>
    /// <returns>An <see cref="ExitCode"/>.</returns>
    internal static int Run(IReadOnlyList<string> arguments, Host host)
    {
        try
        {
            RootCommand root = new("Trains spiking neural networks that learn on resistive (RRAM) crossbars.");
            root.Directives.Clear();
            root.Add(TrainCommand.Create(host));
            root.Add(EvalCommand.Create(host));
            root.Add(StudyCommand.Create(host));
            root.Add(SweepCommand.Create(host));
            root.Add(DeviceCommand.Create(host));
            root.Add(NirCommand.Create(host));
            root.Add(InfoCommand.Create(host));
            root.SetAction(static parsed => new HelpAction().Invoke(parsed));
            ParseResult parsed = root.Parse(arguments, Parser);
            ThrowIfBad(parsed);
            return parsed.Invoke(new InvocationConfiguration
            {
                Output = host.Output,
                Error = host.Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            });
        }
        catch (OperationCanceledException)
        {
            host.Error.WriteLine($"{Name}: interrupted");
            return ExitCode.Interrupted;
        }
        catch (Exception exception) when (IsBadInput(exception))
        {
            host.Error.WriteLine($"{Name}: error: {OneLine(exception)}");
            return ExitCode.BadInput;
        }
        catch (OutOfMemoryException)
        {
            host.Error.WriteLine($"{Name}: error: not enough memory; fewer or smaller layers (--hidden) need less.");
            return ExitCode.BadInput;
        }
#pragma warning disable CA1031 // The last resort: a defect is reported without a stack trace, too.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            host.Error.WriteLine($"{Name}: defect: {exception.GetType().Name}: {OneLine(exception)}");
            return ExitCode.Defect;
        }
    }

    /// <summary>Parses arguments of one command; the one parser behind the command line, configuration files and checkpoints.</summary>
    /// <exception cref="ArgumentException">An argument is wrong.</exception>
    internal static ParseResult Parse(Command command, IReadOnlyList<string> arguments)
    {
        ParseResult parsed = command.Parse(arguments, Parser);
        ThrowIfBad(parsed);
        return parsed;
    }

    /// <summary>Throws what is wrong with the arguments, if anything is.</summary>
    /// <exception cref="ArgumentException">An argument is wrong.</exception>
    internal static void ThrowIfBad(ParseResult parsed)
    {
        // With --help or --version among the arguments the action is another one, whatever else is wrong.
        if (parsed.Action is ParseErrorAction)
        {
            string message = parsed.Errors[0].Message;
            throw new ArgumentException(message.StartsWith("Unrecognized", StringComparison.Ordinal) ? $"{message.TrimEnd('.')}; expected what --help shows." : message);
        }
    }

    // No input becomes a null argument: that is the program's own mistake.
    private static bool IsBadInput(Exception exception) =>
        exception is (ArgumentException and not ArgumentNullException) or InvalidDataException or IOException or UnauthorizedAccessException or JsonException;

    /// <summary>What an exception says, without line breaks and without the names of C# parameters.</summary>
    internal static string OneLine(Exception exception)
    {
        string message = exception.Message;
        if (exception is ArgumentOutOfRangeException { ActualValue: not null })
        {
            // A second line repeats the value, which our messages name already.
            message = message.Split('\n')[0].TrimEnd();
        }

        if (exception is ArgumentException { ParamName: { Length: > 0 } argument })
        {
            // Users know options by their keys: membrane_decay, not membraneDecay.
            message = message
                .Replace($" (Parameter '{argument}')", "", StringComparison.Ordinal)
                .Replace(argument, JsonNamingPolicy.SnakeCaseLower.ConvertName(argument), StringComparison.Ordinal);
        }

        return message.ReplaceLineEndings(" ");
    }
}
