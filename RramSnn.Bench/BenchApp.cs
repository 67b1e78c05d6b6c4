using System.CommandLine;
using RramSnn.Bench.Results;
using RramSnn.Bench.Roofline;
using RramSnn.Bench.Roofline.Rivals;
using RramSnn.Cli;

namespace RramSnn.Bench;

/// <summary>The program without its process: <c>roofline</c> and <c>docs</c> are commands, everything else goes to BenchmarkDotNet.</summary>
internal static class BenchApp
{
    private const string Name = "rramsnn-bench";

    /// <summary>Runs one command line.</summary>
    /// <returns>0 done, 1 a kernel allocated or a benchmark failed or a defect, 2 bad input.</returns>
    internal static int Run(string[] arguments, TextWriter output, TextWriter error)
    {
        RootCommand root = new("Measures the kernels of RramSnn. Anything else goes to BenchmarkDotNet: --filter '*Update*', --list flat, and --list flat --help for the rest; --tiers takes a job per vector tier, --disassembly shows the machine code.")
        {
            RooflineCommand.Create(output, error),
            DocsCommand.Create(output),
            OpenBlasServer.CreateCommand(output),
        };
        bool isOurs = arguments.Length > 0 && (root.Subcommands.Any(command => command.Name == arguments[0]) || arguments[0] is "--help" or "-h" or "-?" or "--version");
        if (!isOurs && (arguments.Length == 0 || !arguments[0].StartsWith('-')))
        {
            string asked = arguments.Length == 0 ? "missing" : $"'{arguments[0]}'";
            error.WriteLine($"{Name}: error: command is {asked}; expected roofline, docs, or options of BenchmarkDotNet such as --filter '*'.");
            return ExitCode.BadInput;
        }

        try
        {
            return isOurs ? RunCommand(root, arguments, output, error) : BenchmarkRuns.Run(arguments, error);
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidDataException or IOException or UnauthorizedAccessException)
        {
            error.WriteLine($"{Name}: error: {App.OneLine(exception)}");
            return ExitCode.BadInput;
        }
        catch (OutOfMemoryException)
        {
            error.WriteLine($"{Name}: error: not enough memory; expected a smaller --size.");
            return ExitCode.BadInput;
        }
#pragma warning disable CA1031 // The last resort: a defect is one line, too.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            error.WriteLine($"{Name}: defect: {exception.GetType().Name}: {App.OneLine(exception)}");
            return ExitCode.Defect;
        }
    }

    private static int RunCommand(RootCommand root, string[] arguments, TextWriter output, TextWriter error)
    {
        ParseResult parsed = root.Parse(arguments, new ParserConfiguration { EnablePosixBundling = false, ResponseFileTokenReplacer = null });
        App.ThrowIfBad(parsed);
        return parsed.Invoke(new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false });
    }
}
