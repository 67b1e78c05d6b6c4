using RramSnn.Cli;
using Xunit;

namespace RramSnn.PropertyTests.Cli;

/// <summary>What one run of the program returned and wrote.</summary>
internal sealed record ProgramRun(int ExitCode, string Output, string Error)
{
    internal static ProgramRun Of(params string[] arguments) => Until(long.MaxValue, arguments);

    /// <summary>Runs the program and interrupts it once it has shown that many samples.</summary>
    internal static ProgramRun Until(long interruptAt, params string[] arguments) => Until(interruptAt, long.MaxValue, arguments);

    /// <summary>Runs a study or sweep and interrupts it once it has finished that many runs.</summary>
    internal static ProgramRun UntilRuns(int runs, params string[] arguments) => Until(long.MaxValue, runs, arguments);

    private static ProgramRun Until(long interruptAt, long interruptAtRun, string[] arguments)
    {
        using StringWriter output = new();
        using StringWriter error = new();
        using CancellationTokenSource interrupt = new();
        Host host = new(output, error, interrupt.Token)
        {
            ChunkDone = position => InterruptIf(position >= interruptAt),
            RunDone = runs => InterruptIf(runs >= interruptAtRun),
        };
        int exitCode = App.Run(arguments, host);
        return new ProgramRun(exitCode, output.ToString(), error.ToString());

        void InterruptIf(bool isTime)
        {
            if (isTime)
            {
                interrupt.Cancel();
            }
        }
    }

    /// <summary>Runs the program, with a checkpoint after every chunk, to a point where it ends as if killed.</summary>
    internal static void KilledAt(long position, params string[] arguments)
    {
        Host host = new(TextWriter.Null, TextWriter.Null, CancellationToken.None)
        {
            ChunkDone = present =>
            {
                if (present >= position)
                {
                    throw new InvalidOperationException("killed");
                }
            },
            CheckpointInterval = TimeSpan.Zero,
        };
        Assert.Equal(1, App.Run(arguments, host));
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
