using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace RramSnn.Kernels.Memory;

/// <summary>Asks for memory before it is needed: a kernel that computes much per line keeps too few loads in flight by itself.</summary>
internal static class Prefetch
{
    // A common second-level cache. Beyond it the hints gain from a tenth (third level) to the double (memory); within it they cost a few percent.
    private const long CachedBytes = 1 << 20;

    // A common third-level cache.
    private const long SharedCacheBytes = 24 << 20;

    /// <summary>Floats of a line of the caches.</summary>
    internal const nuint LineFloats = 16;

    /// <summary>Whether that many floats do not stay close to the core.</summary>
    internal static bool IsWorthwhile(long touched) => touched * sizeof(float) > CachedBytes;

    /// <summary>Whether so little of that many floats stays close to the core that hints gain even for a kernel that only reads, row after row.</summary>
    internal static bool IsWorthwhileForReading(long touched) => touched * sizeof(float) > 2 * CachedBytes;

    /// <summary>Whether that many floats come from memory at every pass.</summary>
    internal static bool IsBeyondCaches(long touched) => touched * sizeof(float) > SharedCacheBytes;

    /// <summary>Hints at all lines of four wide bundles that start with a line.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void FourBundles(ref float start, nuint offset)
    {
        Line(ref start, offset);
        Line(ref start, offset + LineFloats);
        Line(ref start, offset + (2 * LineFloats));
        Line(ref start, offset + (3 * LineFloats));
    }

    /// <summary>Hints at all lines of a row of a panel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Row(ref float start, nuint offset)
    {
        // Eight lines hold the 128 columns. Written out, since the JIT would leave a loop a loop.
        ref float row = ref Unsafe.Add(ref start, offset);
        Line(ref row, 0);
        Line(ref row, LineFloats);
        Line(ref row, 2 * LineFloats);
        Line(ref row, 3 * LineFloats);
        Line(ref row, 4 * LineFloats);
        Line(ref row, 5 * LineFloats);
        Line(ref row, 6 * LineFloats);
        Line(ref row, 7 * LineFloats);
    }

    /// <summary>Hints at the line of an element; of no effect on results, and never a fault.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static unsafe void Line(ref float start, nuint offset)
    {
#pragma warning disable RS0030 // a hint has no portable form
        if (Sse.IsSupported)
        {
            Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.Add(ref start, offset)));
        }
#pragma warning restore RS0030
    }
}
