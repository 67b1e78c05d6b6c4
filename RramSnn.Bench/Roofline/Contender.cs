using System.Diagnostics;

namespace RramSnn.Bench.Roofline;

/// <summary>The batches of a kernel or of a rival: the best of them counts once others come close to it.</summary>
/// <param name="batch">Times one batch, in nanoseconds per call.</param>
internal sealed class Contender(Func<double> batch)
{
    // A best time that was met only once may be followed by a better one; met three times, it is what the code can do.
    private const int Witnesses = 3;
    private const double Closeness = 1.02;

    private readonly List<double> _times = [];

    /// <summary>Best time per call so far.</summary>
    internal double Best { get; private set; } = double.PositiveInfinity;

    /// <summary>Time spent so far.</summary>
    internal TimeSpan Spent { get; private set; }

    /// <summary>Whether enough batches came close to the best one.</summary>
    internal bool IsSettled => _times.Count(time => time <= Closeness * Best) >= Witnesses;

    /// <summary>Times one more batch.</summary>
    internal void Measure()
    {
        long start = Stopwatch.GetTimestamp();
        double time = batch();
        Spent += Stopwatch.GetElapsedTime(start);
        _times.Add(time);
        Best = Math.Min(Best, time);
    }
}
