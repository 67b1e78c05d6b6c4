namespace RramSnn.Kernels.Simd;

/// <summary>Constants shared by the lane types.</summary>
internal static class LaneBits
{
    /// <summary>Element k is 1 &lt;&lt; k.</summary>
    internal static ReadOnlySpan<uint> OfLane =>
    [
        1u << 0, 1u << 1, 1u << 2, 1u << 3, 1u << 4, 1u << 5, 1u << 6, 1u << 7,
        1u << 8, 1u << 9, 1u << 10, 1u << 11, 1u << 12, 1u << 13, 1u << 14, 1u << 15,
    ];
}
