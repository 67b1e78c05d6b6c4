using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace RramSnn.Kernels.Simd;

/// <summary>A kernel with its operands bound, ready to run on any vector width.</summary>
internal interface IVectorKernel
{
    /// <summary>Runs the kernel with bundles of type <typeparamref name="TLanes"/>.</summary>
    void Run<TLanes>()
        where TLanes : struct, ILanes<TLanes>;
}

/// <summary>The one place that knows which vector width this process uses.</summary>
public static class VectorDispatch
{
    /// <summary>Widest vector that this process may use, in bits: 512, 256, 128, or 32 for the scalar rule.</summary>
    /// <remarks>
    /// Follows the hardware and the runtime's switches (<c>DOTNET_EnableAVX512=0</c>, <c>DOTNET_EnableAVX2=0</c>,
    /// <c>DOTNET_EnableHWIntrinsic=0</c>). The width changes speed, never results.
    /// </remarks>
    public static int WidthInBits
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : Vector128.IsHardwareAccelerated ? 128 : 32;
    }

    /// <summary>Runs a kernel on the widest accelerated vectors. The tests are constants to the JIT, which keeps one branch.</summary>
    /// <remarks>
    /// Callers set the fields of a local one by one. An initialiser, or a kernel by value, is a copy in wide moves of what was just stored in narrow
    /// ones, which the processor cannot forward: 14 ns of a step of 512 neurons.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Run<TKernel>(scoped ref TKernel kernel)
        where TKernel : struct, IVectorKernel, allows ref struct
    {
        if (Vector512.IsHardwareAccelerated)
        {
            kernel.Run<Lanes512>();
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            kernel.Run<Lanes256>();
        }
        else if (Vector128.IsHardwareAccelerated)
        {
            kernel.Run<Lanes128>();
        }
        else
        {
            kernel.Run<LanesScalar>();
        }
    }
}
