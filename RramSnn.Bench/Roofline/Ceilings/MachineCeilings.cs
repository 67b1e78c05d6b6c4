using System.Runtime.InteropServices;
using RramSnn.Kernels.Memory;
using RramSnn.Kernels.Simd;

namespace RramSnn.Bench.Roofline.Ceilings;

/// <summary>What one core of this machine can do at most, measured in the same run as the kernels.</summary>
/// <remarks>Measured when first asked for; <see cref="Refresh"/> measures again and keeps the better figures, since neighbours only ever slow a machine down.</remarks>
internal sealed class MachineCeilings
{
    private const int Batches = 8;

    // A pass through memory takes long, and the levels are measured many times in a run.
    private const int MemoryBatches = 2;
    private const int PeakRounds = 20_000;

    // Some memories deliver half as much again to several streams as to one, some third-level caches a tenth more; a core follows about four.
    private const nuint SideBySide = 4;

    private readonly Dictionary<(MemoryLevel Level, Traffic Traffic), double> _streams = [];
    private double _peak;

    /// <summary>Ceilings that all benchmarks of this process share.</summary>
    internal static MachineCeilings Shared { get; } = new();

    /// <summary>Fused multiply-adds at the running vector width, in GFLOP/s.</summary>
    internal double Peak => _peak > 0 ? _peak : _peak = MeasurePeak();

    /// <summary>Everything measured so far, in GB/s.</summary>
    internal IEnumerable<(MemoryLevel Level, Traffic Traffic, double Value)> Streams =>
        _streams.Select(static pair => (pair.Key.Level, pair.Key.Traffic, pair.Value));

    /// <summary>A stream through a level, in GB/s, both directions counted.</summary>
    internal double Stream(MemoryLevel level, Traffic traffic)
    {
        Require(level);
        return _streams[(level, traffic)];
    }

    /// <summary>Measures a level, if that was not done yet.</summary>
    internal void Require(MemoryLevel level)
    {
        if (!_streams.ContainsKey((level, Traffic.Read)))
        {
            Measure(level);
        }
    }

    /// <summary>The ceiling that binds some work: whichever of the arithmetic and the stream takes longer.</summary>
    internal Ceiling Of(Work work, int threads = 1)
    {
        MemoryLevel level = MemoryLevel.Of(work.Footprint);
        double stream = threads * Stream(level, work.Traffic);
        double peak = threads * Peak;
        return work.Bytes / stream >= work.Flops / peak
            ? new Ceiling($"{level.Name} {NameOf(work.Traffic)}", "GB/s", stream, work.Bytes)
            : new Ceiling("FMA peak", "GFLOP/s", peak, work.Flops);
    }

    /// <summary>Measures the usual levels, or measures them again.</summary>
    internal void Refresh()
    {
        _peak = Math.Max(_peak, MeasurePeak());
        foreach (MemoryLevel level in MemoryLevel.Usual.Union(_streams.Keys.Select(static key => key.Level)).ToArray())
        {
            Measure(level);
        }
    }

    /// <summary>How tables and JSON spell a stream.</summary>
    internal static string NameOf(Traffic traffic) => traffic == Traffic.InPlace ? "in-place" : traffic.ToString().ToLowerInvariant();

    private static double MeasurePeak()
    {
        int width = VectorDispatch.WidthInBits / 32;
        float[] values = new float[16];
        TimedCall timed = new(() =>
        {
            PeakKernel kernel = default;
            kernel.Values = ref values[0];
            kernel.Rounds = PeakRounds;
            VectorDispatch.Run(ref kernel);
        });
        return 2.0 * PeakKernel.Chains * width * PeakRounds / Best(timed, Batches);
    }

    private void Measure(MemoryLevel level)
    {
        using Operands operands = new();
        Field<float> block = operands.Reserve<float>("block", level.MeasuredBytes / sizeof(float));
        operands.Allocate();
        operands.Span(block).Fill(1f);
        foreach (Traffic traffic in Enum.GetValues<Traffic>())
        {
            foreach (nuint parts in (nuint[])[1, SideBySide])
            {
                TimedCall timed = new(() =>
                {
                    StreamKernel kernel = default;
                    kernel.Block = ref MemoryMarshal.GetReference(operands.Span(block));
                    kernel.Length = (nuint)block.Length;
                    kernel.Parts = parts;
                    kernel.Traffic = traffic;
                    VectorDispatch.Run(ref kernel);
                });
                double bytes = (double)level.MeasuredBytes * (traffic == Traffic.InPlace ? 2 : 1);
                _streams[(level, traffic)] = Math.Max(_streams.GetValueOrDefault((level, traffic)), bytes / Best(timed, level.IsMemory ? MemoryBatches : Batches));
            }
        }
    }

    private static double Best(TimedCall timed, int batches)
    {
        using PinnedThread pin = PinnedThread.Start();
        double best = double.PositiveInfinity;
        for (int batch = 0; batch < batches; batch++)
        {
            best = Math.Min(best, timed.Batch());
        }

        return best;
    }
}
