using RramSnn.Kernels.Threading;

namespace RramSnn.Bench.Roofline;

/// <summary>Keeps the calling thread on the one processor of this process's measurements, where the system offers that, until disposed.</summary>
/// <remarks>Threads and processes started meanwhile inherit the pin.</remarks>
internal sealed class PinnedThread : IDisposable
{
    // Chosen once: ceilings, kernels and rivals, also those in processes of their own, meet on one core and its caches.
    private static readonly int Chosen = Thread.GetCurrentProcessorId();

    private readonly int[] _before;

    private PinnedThread(int[] before) => _before = before;

    /// <summary>Pins the calling thread; does nothing where that is not possible.</summary>
    internal static PinnedThread Start()
    {
        int[] before = Processors.Allowed();
        return new PinnedThread(before.Contains(Chosen) && Processors.TryBind([Chosen]) ? before : []);
    }

    /// <summary>Lets the thread run wherever it could before.</summary>
    public void Dispose()
    {
        if (_before.Length > 0)
        {
            _ = Processors.TryBind(_before);
        }
    }
}
