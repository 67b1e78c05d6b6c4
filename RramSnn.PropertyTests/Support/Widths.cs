using RramSnn.Kernels.Simd;
using Xunit;

namespace RramSnn.PropertyTests.Support;

/// <summary>
/// Runs a kernel at a chosen vector width. Every width works on every machine, because the runtime puts wide vectors
/// together from narrow ones where it has to.
/// </summary>
public static class Widths
{
    private static readonly int[] Bits = [512, 256, 128, 32];

    /// <summary>All widths, as theory data.</summary>
    public static TheoryData<int> All => [.. Bits];

    internal static ReadOnlySpan<int> InBits => Bits;

    /// <summary>Lanes of a width.</summary>
    internal static int Lanes(int width) => width / 32;

    internal static void Run<TKernel>(int width, TKernel kernel)
        where TKernel : struct, IVectorKernel, allows ref struct
    {
        switch (width)
        {
            case 512:
                kernel.Run<Lanes512>();
                break;
            case 256:
                kernel.Run<Lanes256>();
                break;
            case 128:
                kernel.Run<Lanes128>();
                break;
            default:
                kernel.Run<LanesScalar>();
                break;
        }
    }
}
