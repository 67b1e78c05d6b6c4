using System.Globalization;
using System.Numerics;

namespace RramSnn.Bench.Roofline.Ceilings;

/// <summary>A level of the memory hierarchy and the working set that its bandwidth is measured with.</summary>
/// <param name="Name">Name in tables.</param>
/// <param name="MeasuredBytes">Working set of the measurement: inside this level, outside the one before.</param>
/// <param name="Limit">Largest working set that counts as this level.</param>
/// <param name="IsMemory">Whether this level is memory, not a cache.</param>
internal sealed record MemoryLevel(string Name, int MeasuredBytes, double Limit, bool IsMemory)
{
    private const int KiB = 1024;
    private const int MiB = 1024 * KiB;

    /// <summary>The levels that every run measures; the larger ones are measured when a kernel needs them.</summary>
    internal static IEnumerable<MemoryLevel> Usual => All.Take(4);

    /// <summary>The levels of this machine, smallest first. Memory far larger than the last cache is slower than memory of which it holds a part.</summary>
    internal static IReadOnlyList<MemoryLevel> All { get; } =
    [
        Cache("L1", CacheBytes(0) ?? 48 * KiB),
        Cache("L2", CacheBytes(2) ?? MiB),
        // Kernels read 1.5 to 8 MiB from the third level.
        new("L3", (int)Math.Max(4 * MiB, 4 * (CacheBytes(2) ?? MiB)), CacheBytes(3) ?? 32 * MiB, IsMemory: false),
        new("DRAM", 64 * MiB, 96.0 * MiB, IsMemory: true),
        new("DRAM 128 MiB", 128 * MiB, 192.0 * MiB, IsMemory: true),
        new("DRAM 256 MiB", 256 * MiB, double.PositiveInfinity, IsMemory: true),
    ];

    /// <summary>The level that holds a working set.</summary>
    internal static MemoryLevel Of(double bytes) => All.First(level => bytes <= level.Limit);

    // The largest power of two that leaves a quarter of the cache to everything else.
    private static MemoryLevel Cache(string name, double bytes) => new(name, (int)BitOperations.RoundUpToPowerOf2((uint)(0.75 * bytes) + 1) / 2, bytes, IsMemory: false);

    // Linux lists the caches of a processor; index 1 is the instruction cache.
    private static double? CacheBytes(int index)
    {
        string file = $"/sys/devices/system/cpu/cpu0/cache/index{index}/size";
        if (!File.Exists(file))
        {
            return null;
        }

        string text = File.ReadAllText(file).Trim();
        return text.EndsWith('K') && int.TryParse(text[..^1], CultureInfo.InvariantCulture, out int size) ? (double)size * KiB : null;
    }
}
