using RramSnn.Kernels.Threading;
using RramSnn.PropertyTests.Support;
using Xunit;

namespace RramSnn.PropertyTests.Kernels;

public sealed class SpinBarrierTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Nobody_passes_before_everybody_has_arrived(int workers) => CheckOrder(workers, workers > Environment.ProcessorCount ? 300 : 3000, static _ => { });

    /// <summary>As if a worker lost its core now and then: the others fall asleep, are impatient, and patient again.</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Nobody_passes_a_worker_that_is_late(int workers) => CheckOrder(workers, phases: 300, static phase =>
    {
        if (phase % 100 < 8)
        {
            Thread.Sleep(phase % 2 == 0 ? 0 : 2);
        }
    });

    private static void CheckOrder(int workers, int phases, Action<int> delay) => Deadline.Run(() =>
    {
        using WorkerTeam team = new(workers);
        int[] progress = new int[workers * 32];
        int early = 0;
        team.Run(worker =>
        {
            for (int phase = 1; phase <= phases; phase++)
            {
                if (worker == 1)
                {
                    delay(phase);
                }

                // Plain writes: the barrier itself must make them visible.
                progress[worker * 32] = phase;
                team.Barrier.Wait();
                for (int other = 0; other < workers; other++)
                {
                    if (progress[other * 32] != phase)
                    {
                        Interlocked.Increment(ref early);
                    }
                }

                team.Barrier.Wait();
            }
        });
        Assert.Equal(0, early);
    });

    [Fact]
    public void An_abort_releases_those_who_wait_now_and_later() => Deadline.Run(() =>
    {
        SpinBarrier barrier = new(3);
        Exception?[] failures = new Exception?[2];
        Thread[] threads = [.. Enumerable.Range(0, 2).Select(i => new Thread(() => failures[i] = Record.Exception(barrier.Wait)))];
        threads[0].Start();
        barrier.Abort();
        threads[1].Start();
        Array.ForEach(threads, static thread => thread.Join());
        Assert.All(failures, static failure => Assert.IsType<OperationCanceledException>(failure));
    });

    [Theory]
    [InlineData(0)]
    [InlineData(-4)]
    public void A_barrier_needs_workers(int workers) => Rejected.OutOfRange("workers", workers, () => new SpinBarrier(workers));
}
