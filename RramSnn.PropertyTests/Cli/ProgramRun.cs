using RramSnn.Cli;
using Xunit;

namespace RramSnn.PropertyTests.Cli;

/// <summary>What one run of the program returned and wrote.</summary>
internal sealed record ProgramRun(int ExitCode, string Output, string Error)
{
    internal static ProgramRun Of(params string[] arguments) => Until(long.MaxValue, arguments);

    /// <summary>Runs the program and interrupts it once it has shown that many samples.</summary>
    internal static ProgramRun Until(long interruptAt, params string[] arguments)
    {
        using StringWriter output = new();
        using StringWriter error = new();
        using CancellationTokenSource interrupt = new();
        Host host = new(output, error, interrupt.Token)
        {
            ChunkDone = position =>
            {
                if (position >= interruptAt)
                {
                    interrupt.Cancel();
                }
            },
        };
        int exitCode = App.Run(arguments, host);
        return new ProgramRun(exitCode, output.ToString(), error.ToString());
    }

    /// <summary>The run must have gone well.</summary>
    internal ProgramRun Succeeded()
    {
        Assert.True(ExitCode == 0, $"exit code {ExitCode}: {Error}");
        return this;
    }

    /// <summary>The run must have refused its input with one line and nothing else.</summary>
    internal string Refused()
    {
        Assert.Equal(2, ExitCode);
        Assert.Equal("", Output);
        const string Start = "rramsnn: error: ";
        Assert.StartsWith(Start, Error, StringComparison.Ordinal);
        Assert.Equal(1, Error.Count(static character => character == '\n'));
        return Error[Start.Length..].TrimEnd();
    }
}
