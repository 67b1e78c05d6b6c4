namespace RramSnn.Bench.Roofline;

/// <summary>A call timed in batches long enough for the clock and short enough to fit between two interruptions of a shared machine.</summary>
/// <param name="call">What is timed.</param>
/// <param name="batchNanoseconds">Aimed length of a batch.</param>
/// <param name="isOnWallClock">Whether the clock of the world counts, otherwise that of the thread.</param>
internal sealed class TimedCall(Action call, double batchNanoseconds = 4e6, bool isOnWallClock = false)
{
    // The first call compiles the code and warms the caches, which says nothing about the calls to come, unless it is so long that neither matters.
    private const double LongCall = 20;

    // Threads that wait for each other need all their cores at once, which a busy machine gives for short stretches only.
    private const double SharedBatchNanoseconds = 5e5;

    private long _calls;

    /// <summary>A call that several threads share, or one that is compared with such a call: the same clock and batches for both.</summary>
    internal static TimedCall OfSeveralThreads(Action call) => new(call, SharedBatchNanoseconds, isOnWallClock: true);

    /// <summary>Times one batch.</summary>
    /// <returns>Nanoseconds per call.</returns>
    internal double Batch()
    {
        if (_calls == 0)
        {
            double single = Time(1);
            if (single > LongCall * batchNanoseconds)
            {
                return single;
            }

            Calibrate();
        }

        return Time(_calls);
    }

    private void Calibrate()
    {
        long calls = 1;
        double duration;
        while ((duration = Time(calls)) * calls < batchNanoseconds / 8)
        {
            calls *= 4;
        }

        _calls = Math.Max(1, (long)(batchNanoseconds / duration));
    }

    private double Time(long calls)
    {
        double start = Now();
        for (long i = 0; i < calls; i++)
        {
            call();
        }

        return Math.Max(1, Now() - start) / calls;
    }

    private double Now() => isOnWallClock ? ThreadClock.WallNanoseconds : ThreadClock.Nanoseconds;
}
