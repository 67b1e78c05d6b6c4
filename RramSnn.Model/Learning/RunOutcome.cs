using System.Runtime.ExceptionServices;

namespace RramSnn.Model.Learning;

/// <summary>How one of several independent runs ended.</summary>
public enum RunEnd
{
    /// <summary>It returned a result.</summary>
    Done,

    /// <summary>It threw.</summary>
    Failed,

    /// <summary>It was cancelled before it began or while it ran.</summary>
    Cancelled,
}

/// <summary>What became of one of several independent runs.</summary>
/// <typeparam name="T">Result of a run.</typeparam>
public sealed class RunOutcome<T>
{
    private readonly T? _result;

    private RunOutcome(int index, RunEnd end, T? result, Exception? failure)
    {
        Index = index;
        End = end;
        _result = result;
        Failure = failure;
    }

    /// <summary>Number of the run, from 0.</summary>
    public int Index { get; }

    /// <summary>How the run ended.</summary>
    public RunEnd End { get; }

    /// <summary>What the run threw; null if it returned or never began.</summary>
    public Exception? Failure { get; }

    /// <summary>What the run returned.</summary>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    /// <exception cref="Exception">Whatever the run threw.</exception>
    public T Result
    {
        get
        {
            if (Failure is not null)
            {
                ExceptionDispatchInfo.Throw(Failure);
            }

            return End == RunEnd.Done ? _result! : throw new OperationCanceledException($"Run {Index} was cancelled before it began.");
        }
    }

    internal static RunOutcome<T> Done(int index, T result) => new(index, RunEnd.Done, result, failure: null);

    internal static RunOutcome<T> Failed(int index, Exception failure) => new(index, RunEnd.Failed, default, failure);

    internal static RunOutcome<T> Cancelled(int index, Exception? failure = null) => new(index, RunEnd.Cancelled, default, failure);
}
