using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace RramSnn.Kernels.Simd;

/// <summary>Constants shared by the lane types, and what each vector width has an instruction of its own for.</summary>
internal static class LaneBits
{
    /// <summary>Element k is 1 &lt;&lt; k.</summary>
    internal static ReadOnlySpan<uint> OfLane =>
    [
        1u << 0, 1u << 1, 1u << 2, 1u << 3, 1u << 4, 1u << 5, 1u << 6, 1u << 7,
        1u << 8, 1u << 9, 1u << 10, 1u << 11, 1u << 12, 1u << 13, 1u << 14, 1u << 15,
    ];

    // The JIT takes one instruction for a selection only where it sees the mask being made; otherwise three bitwise ones, unless the processor has
    // them in one.
#pragma warning disable RS0030 // no portable form
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<float> Blend(Vector512<float> mask, Vector512<float> ifTrue, Vector512<float> ifFalse) =>
        Vector512.ConditionalSelect(mask, ifTrue, ifFalse);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<float> Blend(Vector256<float> mask, Vector256<float> ifTrue, Vector256<float> ifFalse) =>
        Avx.IsSupported && !Avx512F.VL.IsSupported ? Avx.BlendVariable(ifFalse, ifTrue, mask) : Vector256.ConditionalSelect(mask, ifTrue, ifFalse);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector128<float> Blend(Vector128<float> mask, Vector128<float> ifTrue, Vector128<float> ifFalse) =>
        Avx.IsSupported && !Avx512F.VL.IsSupported ? Sse41.BlendVariable(ifFalse, ifTrue, mask) : Vector128.ConditionalSelect(mask, ifTrue, ifFalse);
#pragma warning restore RS0030
}
