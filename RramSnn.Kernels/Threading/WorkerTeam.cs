using System.Runtime.ExceptionServices;

namespace RramSnn.Kernels.Threading;

/// <summary>A fixed team of workers that run the same method on their own share of the outputs; its threads sleep between runs.</summary>
/// <remarks>
/// In a free team the caller is worker 0. A pinned team has a thread for every worker and the caller sleeps during a run, which
/// costs some 10 us per run: the caller's thread is never bound, because threads that the runtime starts meanwhile could inherit
/// its processors for good. Runs of many short phases want a pinned team: a system may let two free workers share one processor
/// while another one idles, and then every barrier costs two changes of thread.
/// </remarks>
public sealed class WorkerTeam : IDisposable
{
    // One start signal per thread: with a shared one, a quick thread could take a second permit and leave another asleep.
    private readonly Thread[] _threads;
    private readonly SemaphoreSlim[] _start;

    // The last thread to end gives the one permit. No CountdownEvent: it allocates a lock when a wait outlasts its spinning for the first time.
    private readonly SemaphoreSlim _finished = new(0);
    private readonly int[][] _processors;
    private readonly int _firstThreaded;
    private Action<int>? _work;
    private Exception? _failure;
    private int _unbound;
    private int _running;
    private bool _stopping;

    /// <summary>Starts a team.</summary>
    /// <param name="workers">Number of workers, 1 to 1024; 1 starts no thread at all.</param>
    /// <param name="placement">Where the threads run; see <see cref="IsPinned"/> for what came of it.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is out of range.</exception>
    /// <exception cref="OutOfMemoryException">The system refuses a thread; those already started are ended.</exception>
    public WorkerTeam(int workers, WorkerPlacement placement = WorkerPlacement.Free)
        : this(workers, placement, static thread => thread.Start())
    {
    }

    /// <summary>Starts a team whose threads are started by the caller's means, which may fail.</summary>
    internal WorkerTeam(int workers, WorkerPlacement placement, Action<Thread> startThread)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(workers);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(workers, 1024);
        Count = workers;
        Barrier = new SpinBarrier(workers);
        _processors = placement == WorkerPlacement.Pinned && workers > 1 ? ProcessorsFor(workers) : [];
        _firstThreaded = _processors.Length == 0 ? 1 : 0;
        _threads = new Thread[workers - _firstThreaded];
        _start = new SemaphoreSlim[_threads.Length];
        _running = _threads.Length;
        for (int i = 0; i < _threads.Length; i++)
        {
            int worker = i + _firstThreaded;
            _start[i] = new SemaphoreSlim(0);
            _threads[i] = new Thread(() => Serve(worker)) { IsBackground = true, Name = $"RramSnn worker {worker}" };
            try
            {
                startThread(_threads[i]);
            }
            catch
            {
                Stop(i);
                throw;
            }
        }

        WaitForAll();
        IsPinned = _processors.Length > 0 && _unbound == 0;
    }

    /// <summary>Number of workers.</summary>
    public int Count { get; }

    /// <summary>Whether every worker's thread is bound to processors that no other worker of the team uses.</summary>
    /// <remarks>
    /// False for a free team and for a team of one; where the system cannot bind threads or refuses; and where the thread that
    /// made the team may use fewer processors than there are workers.
    /// </remarks>
    public bool IsPinned { get; }

    /// <summary>Where the workers of a run wait for each other.</summary>
    public SpinBarrier Barrier { get; }

    /// <summary>Runs <paramref name="work"/>(worker) on every worker and returns when all are done; allocates nothing.</summary>
    /// <remarks>To be called by one thread at a time, and not from within a run. After a failure every call repeats the failure.</remarks>
    /// <exception cref="ObjectDisposedException">The team was disposed.</exception>
    public void Run(Action<int> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        ObjectDisposedException.ThrowIf(_stopping, this);
        ThrowIfFailed();
        _work = work;
        if (Count == 1)
        {
            Execute(0);
            ThrowIfFailed();
            return;
        }

        _running = _threads.Length;
        ReleaseAll();
        if (_firstThreaded == 1)
        {
            Execute(0);
        }

        WaitForAll();
        ThrowIfFailed();
    }

    /// <summary>Part of <paramref name="total"/> equal pieces that belongs to a worker, as a half-open range.</summary>
    public (int Start, int End) Share(int worker, int total) =>
        ((int)((long)total * worker / Count), (int)((long)total * (worker + 1) / Count));

    /// <summary>Ends the threads. A team that failed cannot be used again.</summary>
    public void Dispose()
    {
        if (_stopping)
        {
            return;
        }

        Stop(_threads.Length);
    }

    private void Stop(int threads)
    {
        _stopping = true;
        _work = null;
        for (int i = 0; i < threads; i++)
        {
            _start[i].Release();
            _threads[i].Join();
        }

        Array.ForEach(_start, static signal => signal?.Dispose());
        _finished.Dispose();
    }

    private static int[][] ProcessorsFor(int workers) =>
        workers <= Processors.AllowedCount && Processors.Allowed() is { Length: > 0 } allowed ? Processors.Divide(allowed, workers, Processors.CoreOf) : [];

    private void ThrowIfFailed()
    {
        if (_failure is not null)
        {
            ExceptionDispatchInfo.Throw(_failure);
        }
    }

    private void ReleaseAll()
    {
        foreach (SemaphoreSlim signal in _start)
        {
            signal.Release();
        }
    }

    private void WaitForAll()
    {
        if (_threads.Length > 0)
        {
            _finished.Wait();
        }
    }

    private void Serve(int worker)
    {
        if (_processors.Length > 0 && !Processors.TryBind(_processors[worker]))
        {
            Interlocked.Increment(ref _unbound);
        }

        SemaphoreSlim start = _start[worker - _firstThreaded];
        while (true)
        {
            if (Interlocked.Decrement(ref _running) == 0)
            {
                _finished.Release();
            }

            start.Wait();
            if (_stopping)
            {
                return;
            }

            Execute(worker);
        }
    }

    private void Execute(int worker)
    {
        try
        {
            _work!(worker);
        }
        catch (Exception exception)
        {
            // The first failure is the cause; what the barrier throws in the others is its echo.
            Interlocked.CompareExchange(ref _failure, exception, null);
            Barrier.Abort();
        }
    }
}
