using RramSnn.Kernels.Threading;
using RramSnn.Model.Learning;

namespace RramSnn.Cli.Runs;

/// <summary>How many threads a run may use.</summary>
internal static class Workers
{
    /// <summary>At most the number asked for, or one per processor if none was asked for; a session takes as many of them as help.</summary>
    /// <remarks>
    /// Workers wait for each other by spinning: two on one processor would spend their time waiting. Results do not depend on
    /// the number, so nothing is lost. Impossible numbers are left to <see cref="TrainingSession"/> to refuse.
    /// </remarks>
    internal static WorkerOptions For(int? asked) => new() { Threads = asked ?? Math.Min(Processors.AllowedCount, WorkerOptions.MaximumThreads) };
}
