namespace RramSnn.Bench.Roofline;

/// <summary>Counts the managed bytes that calls allocate once they are warm.</summary>
internal static class AllocationMeter
{
    private const int Attempts = 3;

    // Whatever else the process does counts as well: more tries to find it idle.
    private const int AttemptsOfAllThreads = 20;

    /// <summary>The least of a few attempts.</summary>
    /// <param name="call">What is called.</param>
    /// <param name="times">Calls of one attempt.</param>
    /// <param name="hasWorkers">Whether other threads share the call: then those of the whole process count, otherwise the calling one.</param>
    /// <remarks>The locks of the runtime make a wait object each when a thread first has to wait for them, which is no property of a kernel.</remarks>
    internal static long Least(Action call, int times, bool hasWorkers)
    {
        long least = long.MaxValue;
        int attempts = hasWorkers ? AttemptsOfAllThreads : Attempts;
        for (int attempt = 0; attempt < attempts && least > 0; attempt++)
        {
            call();
            long before = Allocated(hasWorkers);
            for (int i = 0; i < times; i++)
            {
                call();
            }

            least = Math.Min(least, Allocated(hasWorkers) - before);
        }

        return least;
    }

    private static long Allocated(bool hasWorkers) => hasWorkers ? GC.GetTotalAllocatedBytes(precise: true) : GC.GetAllocatedBytesForCurrentThread();
}
