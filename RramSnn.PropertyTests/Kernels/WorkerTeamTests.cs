using FsCheck.Xunit;
using RramSnn.Kernels.Threading;
using RramSnn.PropertyTests.Support;
using Xunit;

namespace RramSnn.PropertyTests.Kernels;

public sealed class WorkerTeamTests
{
    public static TheoryData<int> TeamSizes => [1, 2, 3, 4];

    [Theory]
    [MemberData(nameof(TeamSizes))]
    public void Every_run_calls_every_worker_once(int workers) => Deadline.Run(() =>
    {
        const int Runs = 2000;
        using WorkerTeam team = new(workers);
        int[] calls = new int[workers];
        int[] threads = new int[workers];
        int caller = Environment.CurrentManagedThreadId;
        for (int run = 1; run <= Runs; run++)
        {
            team.Run(worker =>
            {
                Interlocked.Increment(ref calls[worker]);
                threads[worker] = Environment.CurrentManagedThreadId;
            });
            Assert.All(calls, count => Assert.Equal(run, count));
        }

        Assert.Equal(workers, team.Count);
        Assert.Equal(workers, threads.Distinct().Count());
        Assert.Equal(caller, threads[0]);
    });

    [Theory]
    [MemberData(nameof(TeamSizes))]
    public void What_workers_wrote_is_seen_after_the_run(int workers) => Deadline.Run(() =>
    {
        using WorkerTeam team = new(workers);
        long[] values = new long[1000];
        Action<int> work = worker =>
        {
            (int start, int end) = team.Share(worker, values.Length);
            foreach (ref long value in values.AsSpan(start, end - start))
            {
                value++;
            }
        };
        for (int run = 1; run <= 500; run++)
        {
            team.Run(work);
            Assert.Equal(run * 1000L, values.Sum());
        }
    });

    [Theory]
    [InlineData(WorkerPlacement.Free)]
    [InlineData(WorkerPlacement.Pinned)]
    public void Threads_that_started_end_when_another_one_cannot_be_started(WorkerPlacement placement) => Deadline.Run(() =>
    {
        List<Thread> started = [];
        Assert.Throws<ThreadStateException>(() => new WorkerTeam(4, placement, thread =>
        {
            if (started.Count == 2)
            {
                throw new ThreadStateException();
            }

            thread.Start();
            started.Add(thread);
        }));
        Assert.Equal(2, started.Count);
        Assert.All(started, thread => Assert.False(thread.IsAlive));
    });

    [Property(MaxTest = 100)]
    public bool Shares_are_a_partition_into_nearly_equal_parts(byte workers, ushort total)
    {
        using WorkerTeam team = new(1 + (workers % 5));
        int next = 0;
        bool isFine = true;
        for (int worker = 0; worker < team.Count; worker++)
        {
            (int start, int end) = team.Share(worker, total);
            isFine &= start == next && end - start >= total / team.Count && end - start <= (total / team.Count) + 1;
            next = end;
        }

        return isFine && next == total;
    }

    [Fact]
    public void Shares_do_not_overflow()
    {
        using WorkerTeam team = new(4);
        Assert.Equal((1610612735, int.MaxValue), team.Share(3, int.MaxValue));
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 0)]
    [InlineData(2, 1)]
    [InlineData(4, 0)]
    [InlineData(4, 3)]
    public void A_failure_reaches_the_caller_even_while_others_wait_at_the_barrier(int workers, int culprit) => Deadline.Run(() =>
    {
        using WorkerTeam team = new(workers);
        InvalidOperationException failure = Assert.Throws<InvalidOperationException>(() => team.Run(worker =>
        {
            if (worker == culprit)
            {
                throw new InvalidOperationException($"worker {worker} failed");
            }

            team.Barrier.Wait();
        }));
        Assert.Equal($"worker {culprit} failed", failure.Message);
        Assert.Same(failure, Assert.Throws<InvalidOperationException>(() => team.Run(static _ => { })));
    });

    [Fact]
    public void A_team_is_disposed_while_idle_or_unused_and_then_refuses_work() => Deadline.Run(() =>
    {
        WorkerTeam team = new(3);
        team.Dispose();
        team.Dispose();
        Assert.Throws<ObjectDisposedException>(() => team.Run(static _ => { }));
    });

    [Fact]
    public void Pinned_workers_have_processors_of_their_own_and_the_caller_keeps_its_own() => Deadline.Run(() =>
    {
        int[] before = Processors.Allowed();
        int workers = Math.Min(2, Processors.AllowedCount);
        using WorkerTeam team = new(workers, WorkerPlacement.Pinned);
        int[][] seen = new int[workers][];
        int[] threads = new int[workers];
        team.Run(worker => (seen[worker], threads[worker]) = (Processors.Allowed(), Environment.CurrentManagedThreadId));
        Assert.Equal(before, Processors.Allowed());
        Assert.Equal(OperatingSystem.IsLinux() && workers > 1, team.IsPinned);
        Assert.SkipUnless(team.IsPinned, "Needs Linux and two processors.");
        Assert.All(seen, Assert.NotEmpty);
        Assert.Equal(before, seen.SelectMany(static processors => processors).Order());
        Assert.DoesNotContain(Environment.CurrentManagedThreadId, threads);
    });

    [Fact]
    public void A_team_with_too_few_processors_works_unpinned() => Deadline.Run(() =>
    {
        int workers = Processors.AllowedCount + 1;
        using WorkerTeam team = new(workers, WorkerPlacement.Pinned);
        int[] calls = new int[workers];
        team.Run(worker => calls[worker]++);
        Assert.False(team.IsPinned);
        Assert.All(calls, static count => Assert.Equal(1, count));
    });

    [Fact]
    public void A_team_counts_the_processors_of_the_thread_that_makes_it() => Deadline.Run(() =>
    {
        Assert.SkipUnless(Processors.TryBind(Processors.Allowed().AsSpan(0, 1)), "Needs Linux.");
        Assert.Equal(1, Processors.AllowedCount);
        using WorkerTeam team = new(2, WorkerPlacement.Pinned);
        Assert.False(team.IsPinned);
    });

    [Fact]
    public void Teams_work_beside_each_other_pinned_or_not() => Deadline.Run(() =>
    {
        using WorkerTeam outer = new(3);
        int[] calls = new int[3];
        outer.Run(team =>
        {
            using WorkerTeam inner = new(2, team == 0 ? WorkerPlacement.Free : WorkerPlacement.Pinned);
            for (int run = 0; run < 200; run++)
            {
                inner.Run(_ =>
                {
                    Interlocked.Increment(ref calls[team]);
                    inner.Barrier.Wait();
                });
            }
        });
        Assert.Equal([400, 400, 400], calls);
    });

    [Fact]
    public void A_pinned_team_reports_a_failure_and_ends() => Deadline.Run(() =>
    {
        using WorkerTeam team = new(2, WorkerPlacement.Pinned);
        Action<int> work = worker =>
        {
            if (worker == 0)
            {
                throw new InvalidOperationException("worker 0 failed");
            }

            team.Barrier.Wait();
        };
        Assert.Equal("worker 0 failed", Assert.Throws<InvalidOperationException>(() => team.Run(work)).Message);
        Assert.Equal("worker 0 failed", Assert.Throws<InvalidOperationException>(() => team.Run(work)).Message);
    });

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1025)]
    public void The_number_of_workers_must_be_in_its_range(int workers) =>
        Rejected.OutOfRange("workers", workers, () => new WorkerTeam(workers));

    [Fact]
    public void Work_must_be_given()
    {
        using WorkerTeam team = new(2);
        Assert.Throws<ArgumentNullException>("work", () => team.Run(null!));
    }
}
