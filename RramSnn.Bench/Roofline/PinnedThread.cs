using RramSnn.Kernels.Threading;

namespace RramSnn.Bench.Roofline;

/// <summary>Keeps the calling thread on the one processor that is measured, where the system offers that, until disposed.</summary>
/// <remarks>Threads and processes started meanwhile inherit the pin.</remarks>
internal sealed class PinnedThread : IDisposable
{
    // One for a whole pass: kernels and rivals, also those in processes of their own, meet on one core and its caches.
    private static int _measured = Thread.GetCurrentProcessorId();

    private readonly int[] _before;

    private PinnedThread(int[] before) => _before = before;

    /// <summary>Pins the calling thread; does nothing where that is not possible.</summary>
    internal static PinnedThread Start()
    {
        int[] before = Processors.Allowed();
        return new PinnedThread(before.Contains(_measured) && Processors.TryBind([_measured]) ? before : []);
    }

    /// <summary>Measures on the next of the processors from now on.</summary>
    internal static void MoveOn()
    {
        int[] allowed = Processors.Allowed();
        if (allowed.Length > 0)
        {
            _measured = allowed[(Array.IndexOf(allowed, _measured) + 1) % allowed.Length];
        }
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
