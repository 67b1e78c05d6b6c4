using RramSnn.Kernels.Simd;

namespace RramSnn.PropertyTests.Support;

/// <summary>Sizes of tests: without hardware fused multiply-adds every float operation is some hundred times slower.</summary>
internal static class Effort
{
    internal static bool IsReduced => VectorDispatch.WidthInBits < 256;

    internal static int Of(int full, int reduced) => IsReduced ? reduced : full;
}
