using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace RramSnn.Kernels.Memory;

/// <summary>Asks for memory before it is needed: a kernel that computes much per line keeps too few loads in flight by itself.</summary>
internal static class Prefetch
{
    // Half of a common last-level cache: what fits is served quickly enough, and there the hints cost a few percent.
    private const int CachedBytes = 16 << 20;

    /// <summary>Whether a matrix is too large for the caches.</summary>
    internal static bool IsWorthwhile(ReadOnlySpan<float> matrix) => matrix.Length > CachedBytes / sizeof(float);

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
