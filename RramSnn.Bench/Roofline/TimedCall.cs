using System.Diagnostics;

namespace RramSnn.Bench.Roofline;

/// <summary>A call timed in batches long enough for the clock and short enough to fit between two interruptions of a shared machine.</summary>
internal sealed class TimedCall(Action call)
{
    /// <summary>Aimed length of a batch.</summary>
    private const double BatchNanoseconds = 4e6;

    private long _calls;

    /// <summary>Times one batch.</summary>
    /// <returns>Nanoseconds per call.</returns>
    internal double Batch()
    {
        if (_calls == 0)
        {
            Calibrate();
        }

        return Time(_calls);
    }

    // The first call compiles the code and warms the caches. What is slow even so is not called once more to find that out.
    private void Calibrate()
    {
        const double Slow = 5 * BatchNanoseconds;
        _calls = 1;
        double duration = Time(1);
        if (duration > Slow)
        {
            return;
        }

        long calls = 1;
        while ((duration = Time(calls)) * calls < BatchNanoseconds / 8)
        {
            calls *= 4;
        }

        _calls = Math.Max(1, (long)(BatchNanoseconds / duration));
    }

    private double Time(long calls)
    {
        long start = Stopwatch.GetTimestamp();
        for (long i = 0; i < calls; i++)
        {
            call();
        }

        return Stopwatch.GetElapsedTime(start).TotalNanoseconds / calls;
    }
}
