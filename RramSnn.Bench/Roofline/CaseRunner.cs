using System.Diagnostics;
using RramSnn.Bench.Roofline.Rivals;

namespace RramSnn.Bench.Roofline;

/// <summary>Measures one case and its rivals in turn, so that a neighbour's burst of work meets all of them, and keeps the best batch of each.</summary>
internal static class CaseRunner
{
    private const int MinimumRounds = 2;
    private const int MaximumRounds = 200;
    private const int AllocationCalls = 10;

    /// <summary>Measures one case.</summary>
    /// <param name="kernel">Name of the kernel.</param>
    /// <param name="factory">Makes the case.</param>
    /// <param name="tools">What rivals need.</param>
    /// <param name="limit">Time for it; a quarter is enough where nobody disturbs.</param>
    internal static MeasuredCase Measure(string kernel, CaseFactory factory, RivalTools tools, TimeSpan limit)
    {
        // Teams of workers are made before the thread is pinned: their threads would inherit the pin.
        using RooflineCase measured = factory.Create();
        Rival[] rivals = [.. measured.Rivals(tools)];
        using PinnedThread? pin = measured.Shape.Threads == 1 ? PinnedThread.Start() : null;
        long allocated = AllocatedBytes(measured);
        TimedCall kernelCall = measured.Shape.Threads == 1 ? new TimedCall(measured.Run) : TimedCall.OfSeveralThreads(measured.Run);
        Contender own = new(kernelCall.Batch);
        Contender[] others = [.. rivals.Select(static rival => new Contender(rival.Batch))];
        Compete([own, .. others], limit);
        return new MeasuredCase(
            kernel,
            measured.Variant,
            measured.Shape,
            measured.Work,
            own.Best,
            allocated,
            [.. rivals.Select((rival, i) => (rival.Name, others[i].Best))],
            measured.Remark(own.Best));
    }

    private static void Compete(Contender[] contenders, TimeSpan limit)
    {
        long start = Stopwatch.GetTimestamp();
        TimeSpan enough = limit / 4;
        for (int round = 0; round < MaximumRounds; round++)
        {
            TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
            if (round >= MinimumRounds && (elapsed > limit || (elapsed > enough && Array.TrueForAll(contenders, contender => contender.IsSettled || contender.Spent >= enough))))
            {
                return;
            }

            foreach (Contender contender in contenders)
            {
                // A rival that is slow by orders of magnitude is known well enough soon, and must not eat the others' time.
                if (round == 0 || contender.Spent < enough)
                {
                    contender.Measure();
                }
            }
        }
    }

    /// <summary>Managed bytes that calls of a case allocate once they are warm, on all of its threads.</summary>
    internal static long AllocatedBytes(RooflineCase measured) => AllocationMeter.Least(measured.Run, AllocationCalls, hasWorkers: measured.Shape.Threads > 1);
}
