using RramSnn.Kernels.Threading;

namespace RramSnn.Model.Learning;

/// <summary>How many threads may share the steps of a network, and where they run. Results do not depend on it.</summary>
public sealed record WorkerOptions
{
    /// <summary>Most threads that may be asked for.</summary>
    public const int MaximumThreads = 1024;

    /// <summary>Most workers, 1 to <see cref="MaximumThreads"/>.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>
    /// Whether exactly so many work. Otherwise it is the number up to <see cref="Threads"/> that is expected to be quickest: one
    /// for a small network, and never more than the calling thread has processors.
    /// </summary>
    public bool AreExact { get; init; }

    /// <summary>Where the threads run; pinned ones cannot end up on one processor, where each would wait for the other's turn.</summary>
    public WorkerPlacement Placement { get; init; } = WorkerPlacement.Pinned;

    /// <summary>Checks every option.</summary>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public void Validate()
    {
        Require.That(Threads is >= 1 and <= MaximumThreads, Threads, $"1 to {MaximumThreads}", "threads");
        Require.That(Enum.IsDefined(Placement), Placement, "a placement", "placement");
    }
}
