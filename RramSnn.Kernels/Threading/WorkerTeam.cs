using System.Runtime.ExceptionServices;

namespace RramSnn.Kernels.Threading;

/// <summary>
/// A fixed team of threads that run the same method on their own share of the outputs. The caller is worker 0; the others
/// sleep between runs.
/// </summary>
public sealed class WorkerTeam : IDisposable
{
    // One start signal per thread: with a shared one, a quick thread could take a second permit and leave another asleep.
    private readonly Thread[] _threads;
    private readonly SemaphoreSlim[] _start;
    private readonly CountdownEvent _finished = new(1);
    private Action<int>? _work;
    private Exception? _failure;
    private bool _stopping;

    /// <summary>Starts a team.</summary>
    /// <param name="workers">Number of workers, 1 to 1024; 1 starts no thread at all.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is out of range.</exception>
    public WorkerTeam(int workers)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(workers);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(workers, 1024);
        Count = workers;
        Barrier = new SpinBarrier(workers);
        _threads = new Thread[workers - 1];
        _start = new SemaphoreSlim[workers - 1];
        for (int i = 0; i < _threads.Length; i++)
        {
            int worker = i + 1;
            _start[i] = new SemaphoreSlim(0);
            _threads[i] = new Thread(() => Serve(worker)) { IsBackground = true, Name = $"RramSnn worker {worker}" };
            _threads[i].Start();
        }
    }

    /// <summary>Number of workers, the caller included.</summary>
    public int Count { get; }

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
        if (Count == 1)
        {
            work(0);
            return;
        }

        _work = work;
        _finished.Reset(_threads.Length);
        ReleaseAll();
        Execute(0);
        _finished.Wait();
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

        _stopping = true;
        _work = null;
        ReleaseAll();
        foreach (Thread thread in _threads)
        {
            thread.Join();
        }

        Array.ForEach(_start, static signal => signal.Dispose());
        _finished.Dispose();
    }

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

    private void Serve(int worker)
    {
        while (true)
        {
            _start[worker - 1].Wait();
            if (_stopping)
            {
                return;
            }

            Execute(worker);
            _finished.Signal();
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
