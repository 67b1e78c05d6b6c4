using System.Diagnostics;

namespace RramSnn.Kernels.Threading;

/// <summary>
/// Lets a fixed number of workers wait for each other many times per microsecond-sized phase: they spin, and sleep only if that takes far too long.
/// </summary>
/// <remarks>
/// Every arrival counts up; the last one opens the next phase. Writes made before the barrier are seen by all behind it.
/// A worker that fails calls <see cref="Abort"/>, and the others leave with an <see cref="OperationCanceledException"/>
/// instead of waiting for ever.
/// </remarks>
public sealed class SpinBarrier
{
    // Some 70 us: longer than what one worker does while the others have nothing to do, and about as long as it takes to fall asleep and to be woken.
    private const int PatientPolls = 1300;

    // Past that the partner is slow, or has lost its core to somebody else. A sleeper gets its own core back at once when it is woken; who gave it away by
    // yielding waits for the other's whole time slice, which is a thousand phases. A loss of the core lasts longer than a slow partner's work, and where it
    // happened it will happen again: polling then takes time from the partner. So does polling where all sleep again and again, on a core that they share.
    private const double ShortestLossMilliseconds = 0.5;
    private const int MostShortSleeps = 4;
    private const int ImpatientPolls = 100;
    private const int ImpatientWaits = 32;

    private readonly int _workers;
    private PaddedCounter _arrived;
    private PaddedCounter _phase;
    private PaddedCounter _impatience;
    private PaddedCounter _shortSleeps;
    private PaddedCounter _sleepers;
    private readonly object _gate = new();
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

            // A full fence: either this sees who fell asleep, or they see the new phase.
            Interlocked.Increment(ref _phase.Value);
            if (Volatile.Read(ref _sleepers.Value) > 0)
            {
                WakeAll();
            }

            return;
        }

        bool isPatient = _impatience.Value <= 0;
        int polls = isPatient ? PatientPolls : ImpatientPolls;
        while (Volatile.Read(ref _phase.Value) == phase)
        {
            ThrowIfAborted();
            if (polls-- > 0)
            {
                Thread.SpinWait(1);
            }
            else
            {
                Sleep(phase, isPatient);
            }
        }

        if (!isPatient)
        {
            _impatience.Value--;
        }
        else if (polls >= 0)
        {
            _shortSleeps.Value = 0;
        }
    }

    /// <summary>Releases the workers that wait, now and later, with an exception.</summary>
    public void Abort()
    {
        _aborted = true;
        WakeAll();
    }

    private void Sleep(int phase, bool wasPatient)
    {
        long start = Stopwatch.GetTimestamp();
        lock (_gate)
        {
            Interlocked.Increment(ref _sleepers.Value);
            while (Volatile.Read(ref _phase.Value) == phase && !_aborted)
            {
                Monitor.Wait(_gate);
            }

            Interlocked.Decrement(ref _sleepers.Value);
        }

        bool partnerLostItsCore = Stopwatch.GetElapsedTime(start).TotalMilliseconds > ShortestLossMilliseconds;
        if (partnerLostItsCore || (wasPatient && ++_shortSleeps.Value >= MostShortSleeps))
        {
            _impatience.Value = ImpatientWaits;
            _shortSleeps.Value = 0;
        }
    }

    private void WakeAll()
    {
        lock (_gate)
        {
            Monitor.PulseAll(_gate);
        }
    }

    private void ThrowIfAborted()
    {
        if (_aborted)
        {
            throw new OperationCanceledException("Another worker failed.");
        }
    }

    /// <summary>Two lines wide on either side: the adjacent-line prefetcher must not couple the counters.</summary>
    [System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Explicit, Size = 256)]
    private struct PaddedCounter
    {
        [System.Runtime.InteropServices.FieldOffset(128)]
        internal int Value;
    }
}
