using RramSnn.Kernels.Threading;
using RramSnn.Model.Layers;
using RramSnn.Model.Learning;

namespace RramSnn.PropertyTests.Model;

/// <summary>
/// Passes spikes on and notes what each thread that asks for them has allocated since its tenth call: every worker of a
/// session asks once per sample, so that its whole work lies between two calls.
/// </summary>
internal sealed class MeteredSpikes(ISpikeSource source) : ISpikeSource
{
    private const int WarmUpCalls = 10;
    private const int MaximumThreads = 8;

    private readonly int[] _threads = new int[MaximumThreads];
    private readonly int[] _calls = new int[MaximumThreads];
    private readonly long[] _start = new long[MaximumThreads];
    private readonly long[] _latest = new long[MaximumThreads];

    /// <summary>Trains for two epochs and returns what each worker allocated meanwhile.</summary>
    internal static long[] Train(ISpikeSource source, NetworkOptions options, int threads, WorkerPlacement placement = WorkerPlacement.Free)
    {
        MeteredSpikes samples = new(source);
        using Network network = new(options);
        using TrainingSession session = new(network, samples, new TrainingOptions { Epochs = 2 }, TinyRuns.Exactly(threads, placement));
        while (session.Advance(7) > 0)
        {
        }

        return [.. samples.Bytes];
    }

    /// <summary>Bytes that each thread allocated after its first calls.</summary>
    private IEnumerable<long> Bytes => Enumerable.Range(0, MaximumThreads).Where(i => _calls[i] > WarmUpCalls).Select(i => _latest[i] - _start[i]);

    public int Count => source.Count;

    public int Inputs => source.Inputs;

    public int Classes => source.Classes;

    public int Label(int sample) => source.Label(sample);

    public void Encode(int sample, int firstStep, int endStep, Span<ulong> raster, int wordsPerStep)
    {
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        int slot = SlotOf(Environment.CurrentManagedThreadId);
        if (_calls[slot]++ == WarmUpCalls)
        {
            _start[slot] = allocated;
        }

        _latest[slot] = allocated;
        source.Encode(sample, firstStep, endStep, raster, wordsPerStep);
    }

    private int SlotOf(int thread)
    {
        for (int i = 0; ; i++)
        {
            int owner = Interlocked.CompareExchange(ref _threads[i], thread, 0);
            if (owner == 0 || owner == thread)
            {
                return i;
            }
        }
    }
}
