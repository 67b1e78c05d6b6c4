using RramSnn.Model.Layers;
using RramSnn.Model.Learning;

namespace RramSnn.Cli.Runs;

/// <summary>How many threads a run uses.</summary>
internal static class Workers
{
    private const int Maximum = 1024;

    /// <summary>The number asked for, but no more than the machine has processors; a number that helps if none was asked for.</summary>
    /// <remarks>
    /// Workers wait for each other by spinning: two on one processor would spend their time waiting. Results do not depend on
    /// the number, so nothing is lost. Impossible numbers are left to <see cref="TrainingSession"/> to refuse.
    /// </remarks>
    internal static int For(int? asked, NetworkOptions network) => asked switch
    {
        null => TrainingSession.RecommendedThreads(network),
        > 0 and <= Maximum => Math.Min(asked.Value, Environment.ProcessorCount),
        _ => asked.Value,
    };
}
