using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace RramSnn.Kernels.Memory;

/// <summary>Where vectors start matters: a 512-bit access that straddles two cache lines costs double.</summary>
internal static class Alignment
{
    /// <summary>The first element of a span of stack or native memory that starts a cache line; lies within the first 16.</summary>
    internal static unsafe ref float FirstLine(Span<float> memory)
    {
        ref float start = ref MemoryMarshal.GetReference(memory);
        nuint past = (nuint)Unsafe.AsPointer(ref start) / sizeof(float) % KernelThrow.LaneBlock;
        return ref Unsafe.Add(ref start, (KernelThrow.LaneBlock - past) % KernelThrow.LaneBlock);
    }
}
