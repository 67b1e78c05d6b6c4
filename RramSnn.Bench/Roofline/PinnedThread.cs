using RramSnn.Kernels.Threading;

namespace RramSnn.Bench.Roofline;

/// <summary>Keeps the calling thread on the processor it runs on, where the system offers that, until disposed.</summary>
/// <remarks>Threads and processes started meanwhile inherit the pin.</remarks>
internal sealed class PinnedThread : IDisposable
{
    private readonly int[] _before;

    private PinnedThread(int[] before) => _before = before;

    /// <summary>Pins the calling thread; does nothing where that is not possible.</summary>
    internal static PinnedThread Here()
    {
        int[] before = Processors.Allowed();
        return new PinnedThread(before.Length > 0 && Processors.TryBind([Thread.GetCurrentProcessorId()]) ? before : []);
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
