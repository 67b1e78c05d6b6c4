using RramSnn.Kernels.Threading;

namespace RramSnn.Model.Learning;

/// <summary>Several runs that know nothing of each other, side by side: seeds of a study, points of a sweep.</summary>
/// <remarks>
/// This is the best use of several processors: no barrier, no shared write. Each worker takes the next run that nobody has
/// begun; as long as a run depends on its number alone, the outcomes do not depend on the number of threads.
/// </remarks>
public static class IndependentRuns
{
    /// <summary>Runs <paramref name="run"/>(index, cancellation) for every index from 0 and waits for all of them.</summary>
    /// <param name="count">Number of runs.</param>
    /// <param name="threads">Most runs at the same time, 1 to 1024; no more than the calling thread has processors.</param>
    /// <param name="run">
    /// One run. It should use one thread: sessions that it makes get one worker, because its thread has one processor. With one
    /// thread it runs on the caller's, which is bound to nothing; then it should ask for one itself.
    /// </param>
    /// <param name="cancellation">Once requested, no further run begins; runs that have begun should end themselves.</param>
    /// <returns>The outcomes in the order of their indices. A run that fails does not keep others from running.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public static IReadOnlyList<RunOutcome<T>> Run<T>(
        int count,
        int threads,
        Func<int, CancellationToken, T> run,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(run);
        Require.That(count >= 0, count, "0 or more runs", nameof(count));
        Require.That(threads is >= 1 and <= WorkerOptions.MaximumThreads, threads, $"1 to {WorkerOptions.MaximumThreads}", nameof(threads));
        RunOutcome<T>[] outcomes = new RunOutcome<T>[count];
        int begun = 0;
        int workers = Math.Max(1, Math.Min(Math.Min(threads, count), Processors.AllowedCount));
        using WorkerTeam team = new(workers, WorkerPlacement.Pinned);
        team.Run(_ =>
        {
            for (int index = Interlocked.Increment(ref begun) - 1; index < count; index = Interlocked.Increment(ref begun) - 1)
            {
                outcomes[index] = One(index, run, cancellation);
            }
        });
        return outcomes;
    }

    private static RunOutcome<T> One<T>(int index, Func<int, CancellationToken, T> run, CancellationToken cancellation)
    {
        if (cancellation.IsCancellationRequested)
        {
            return RunOutcome<T>.Cancelled(index);
        }

        try
        {
            return RunOutcome<T>.Done(index, run(index, cancellation));
        }
        catch (OperationCanceledException exception) when (cancellation.IsCancellationRequested)
        {
            return RunOutcome<T>.Cancelled(index, exception);
        }
#pragma warning disable CA1031 // Whatever a run throws is the outcome of that run, and no reason to lose the others.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return RunOutcome<T>.Failed(index, exception);
        }
    }
}
