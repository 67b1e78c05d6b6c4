using FsCheck.Xunit;
using RramSnn.Kernels.Threading;
using RramSnn.Model.Layers;
using RramSnn.Model.Learning;
using RramSnn.PropertyTests.Support;
using Xunit;

namespace RramSnn.PropertyTests.Model;

public sealed class IndependentRunsTests
{
    [Property(MaxTest = 60)]
    public bool Every_run_runs_once_and_outcomes_are_in_order(byte count, byte threads)
    {
        int runs = count % 40;
        int[] calls = new int[runs];
        IReadOnlyList<RunOutcome<int>> outcomes = IndependentRuns.Run(runs, 1 + (threads % 6), (index, _) =>
        {
            Interlocked.Increment(ref calls[index]);
            return index * index;
        });
        return calls.All(static times => times == 1)
            && outcomes.Select(static outcome => outcome.Index).SequenceEqual(Enumerable.Range(0, runs))
            && outcomes.All(static outcome => outcome.End == RunEnd.Done && outcome.Failure is null && outcome.Result == outcome.Index * outcome.Index);
    }

    /// <summary>Whole training runs of different lengths beside each other.</summary>
    [Theory, InlineData(1), InlineData(2), InlineData(3), InlineData(8)]
    public void Training_runs_beside_each_other_end_with_the_bits_they_have_alone(int threads) => Deadline.Run(
        () =>
        {
            IReadOnlyList<RunOutcome<string>> outcomes = IndependentRuns.Run(5, threads, static (index, _) => Train(index));
            Assert.Equal(Enumerable.Range(0, 5).Select(Train), outcomes.Select(static outcome => outcome.Result));
        },
        seconds: 120);

    [Theory, InlineData(1), InlineData(2)]
    public void A_failure_is_the_outcome_of_its_run_alone(int threads) => Deadline.Run(() =>
    {
        IReadOnlyList<RunOutcome<int>> outcomes = IndependentRuns.Run(
            6,
            threads,
            static (index, _) => index is 1 or 4 ? throw new InvalidDataException($"run {index} is bad") : index);
        RunEnd[] expected = [RunEnd.Done, RunEnd.Failed, RunEnd.Done, RunEnd.Done, RunEnd.Failed, RunEnd.Done];
        Assert.Equal(expected, outcomes.Select(static outcome => outcome.End));
        Assert.Equal("run 4 is bad", outcomes[4].Failure!.Message);
        Assert.Equal("run 1 is bad", Assert.Throws<InvalidDataException>(() => outcomes[1].Result).Message);
        Assert.Equal(5, outcomes[5].Result);
    });

    /// <summary>What is thrown for another reason than the request is a failure, also if it has the type of a cancellation.</summary>
    [Fact]
    public void An_exception_of_cancellation_without_a_request_is_a_failure()
    {
        RunOutcome<int> outcome = IndependentRuns.Run<int>(1, 1, static (_, _) => throw new OperationCanceledException(), TestContext.Current.CancellationToken)[0];
        Assert.Equal(RunEnd.Failed, outcome.End);
    }

    [Theory, InlineData(1), InlineData(2)]
    public void After_a_cancellation_no_run_begins(int threads) => Deadline.Run(() =>
    {
        using CancellationTokenSource source = new();
        int begun = 0;
        IReadOnlyList<RunOutcome<int>> outcomes = IndependentRuns.Run(
            50,
            threads,
            (index, cancellation) =>
            {
                Interlocked.Increment(ref begun);
                if (index == 3)
                {
                    source.Cancel();
                }
                else if (index > 3)
                {
                    // However late the cancelling run gets its processor, no other one overtakes it.
                    cancellation.WaitHandle.WaitOne();
                }

                cancellation.ThrowIfCancellationRequested();
                return index;
            },
            source.Token);
        Assert.InRange(begun, 4, 3 + threads);
        Assert.Equal(begun, outcomes.Count(static outcome => outcome.End == RunEnd.Done || outcome.Failure is not null));
        Assert.Equal(RunEnd.Cancelled, outcomes[3].End);
        Assert.Equal(RunEnd.Cancelled, outcomes[49].End);
        Assert.Null(outcomes[49].Failure);
        Assert.Throws<OperationCanceledException>(() => outcomes[3].Result);
        Assert.Throws<OperationCanceledException>(() => outcomes[49].Result);
    });

    [Fact]
    public void Runs_have_processors_of_their_own_and_their_sessions_one_worker() => Deadline.Run(() =>
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Processors.AllowedCount == 2, "Needs Linux and two processors.");
        using Barrier bothAtOnce = new(2);
        IReadOnlyList<RunOutcome<(int[] Processors, int Workers)>> outcomes = IndependentRuns.Run(2, 2, (_, cancellation) =>
        {
            bothAtOnce.SignalAndWait(cancellation);
            using Network network = new(TinyRuns.Options(hidden: [2048]));
            using TrainingSession session = new(network, TinyRuns.Samples(), new TrainingOptions(), threads: 2);
            return (Processors.Allowed(), session.Workers);
        });
        Assert.Equal(2, outcomes.SelectMany(static outcome => outcome.Result.Processors).Distinct().Count());
        Assert.All(outcomes, static outcome => Assert.Equal(1, outcome.Result.Workers));
    });

    [Fact]
    public void Numbers_out_of_range_are_refused()
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        Assert.Throws<ArgumentOutOfRangeException>("count", () => IndependentRuns.Run(-1, 1, static (_, _) => 0, cancellation));
        Assert.Throws<ArgumentOutOfRangeException>("threads", () => IndependentRuns.Run(1, 0, static (_, _) => 0, cancellation));
        Assert.Throws<ArgumentOutOfRangeException>("threads", () => IndependentRuns.Run(1, 1025, static (_, _) => 0, cancellation));
        Assert.Throws<ArgumentNullException>("run", () => IndependentRuns.Run<int>(1, 1, null!, cancellation));
    }

    private static string Train(int index) =>
        TinyRuns.Hash(TinyRuns.Options() with { Seed = (ulong)index }, threads: 1, samples: 4 + (3 * (index % 2)));
}
