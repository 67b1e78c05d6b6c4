namespace RramSnn.Kernels.Threading;

/// <summary>
/// Lets a fixed number of workers wait for each other many times per microsecond-sized phase: they spin, they do not sleep.
/// </summary>
/// <remarks>
/// Every arrival counts up; the last one opens the next phase. Writes made before the barrier are seen by all behind it.
/// A worker that fails calls <see cref="Abort"/>, and the others leave with an <see cref="OperationCanceledException"/>
/// instead of waiting for ever.
/// </remarks>
public sealed class SpinBarrier
{
    // Past this many polls the partner has probably lost its core to somebody else: give ours away meanwhile.
    private const int PollsBeforeYield = 100;

    private readonly int _workers;
    private PaddedCounter _arrived;
    private PaddedCounter _phase;
    private volatile bool _aborted;

    /// <summary>A barrier for the given number of workers.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is not positive.</exception>
    public SpinBarrier(int workers)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(workers);
        _workers = workers;
    }

    /// <summary>Returns when every worker has arrived.</summary>
    /// <exception cref="OperationCanceledException">Another worker failed.</exception>
    public void Wait()
    {
        if (_workers == 1)
        {
            return;
        }

        ThrowIfAborted();
        int phase = Volatile.Read(ref _phase.Value);
        if (Interlocked.Increment(ref _arrived.Value) == _workers)
        {
            Volatile.Write(ref _arrived.Value, 0);
            Volatile.Write(ref _phase.Value, phase + 1);
            return;
        }

        int polls = 0;
        while (Volatile.Read(ref _phase.Value) == phase)
        {
            ThrowIfAborted();
            if (++polls < PollsBeforeYield)
            {
                Thread.SpinWait(1);
            }
            else
            {
                Thread.Yield();
            }
        }
    }

    /// <summary>Releases the workers that wait, now and later, with an exception.</summary>
    public void Abort() => _aborted = true;

    private void ThrowIfAborted()
    {
        if (_aborted)
        {
            throw new OperationCanceledException("Another worker failed.");
        }
    }

    /// <summary>Two lines wide on either side: the adjacent-line prefetcher must not couple the two counters.</summary>
    [System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Explicit, Size = 256)]
    private struct PaddedCounter
    {
        [System.Runtime.InteropServices.FieldOffset(128)]
        internal int Value;
    }
}
