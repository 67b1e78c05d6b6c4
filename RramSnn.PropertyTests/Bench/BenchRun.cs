using RramSnn.Bench;
using Xunit;

namespace RramSnn.PropertyTests.Bench;

/// <summary>What one run of the benchmark program returned and wrote.</summary>
internal sealed record BenchRun(int ExitCode, string Output, string Error)
{
    internal static BenchRun Of(params string[] arguments)
    {
        using StringWriter output = new();
        using StringWriter error = new();
        int exitCode = BenchApp.Run(arguments, output, error);
        return new BenchRun(exitCode, output.ToString(), error.ToString());
    }

    /// <summary>The run must have refused its input with one line and nothing else.</summary>
    internal string Refused()
    {
        Assert.Equal(2, ExitCode);
        Assert.Equal("", Output);
        const string Start = "rramsnn-bench: error: ";
        Assert.StartsWith(Start, Error, StringComparison.Ordinal);
        Assert.Equal(1, Error.Count(static character => character == '\n'));
        return Error[Start.Length..].TrimEnd();
    }
}
