using RramSnn.Cli.Runs;
using RramSnn.Data;
using RramSnn.Model.Learning;

namespace RramSnn.Cli.Studies;

/// <summary>Settings to result: finds the record of a run or trains it and keeps its record.</summary>
/// <param name="images">The data set of all runs.</param>
/// <param name="store">Where records are kept.</param>
/// <param name="threads">Most runs at the same time.</param>
/// <param name="host">Interruptions.</param>
/// <param name="progress">Told how far the runs are.</param>
internal sealed class ArmRunner(ImageDataSet images, RunStore store, int threads, Host host, RunsProgress progress)
{
    private int _finished;

    /// <summary>Runs all of them side by side and returns their records in order.</summary>
    /// <exception cref="OperationCanceledException">The program was interrupted; what had finished is kept.</exception>
    internal IReadOnlyList<RunRecord> RunAll(IReadOnlyList<PlannedRun> runs) =>
        ForAll(runs.Count, index => Run(runs[index]));

    /// <summary>Does something once for every index, as many at a time as there are threads.</summary>
    /// <exception cref="OperationCanceledException">The program was interrupted.</exception>
    internal IReadOnlyList<T> ForAll<T>(int count, Func<int, T> body)
    {
        IReadOnlyList<RunOutcome<T>> outcomes = IndependentRuns.Run(count, threads, (index, _) => body(index), host.Interrupt);
        host.Interrupt.ThrowIfCancellationRequested();
        return [.. outcomes.Select(static outcome => outcome.Result)];
    }

    /// <summary>One run, on the present thread; a run that has finished is not repeated.</summary>
    /// <exception cref="OperationCanceledException">The program was interrupted; nothing is kept of this run.</exception>
    internal RunRecord Run(PlannedRun planned)
    {
        host.Interrupt.ThrowIfCancellationRequested();
        if (store.Find(planned) is { } record)
        {
            progress.Skip(planned);
            return record;
        }

        using (TrainRun run = new(new RunState { Settings = planned.Settings }, RunData.Of(images, planned.Settings), folder: null, host))
        {
            if (!run.Run(progress.Begin(planned)))
            {
                throw new OperationCanceledException(host.Interrupt);
            }

            record = RunRecord.Of(planned, run);
        }

        store.Save(record);
        progress.End(planned);
        host.RunDone?.Invoke(Interlocked.Increment(ref _finished));
        return record;
    }
}
