using System.Runtime.InteropServices;

namespace RramSnn.Kernels.Simd;

/// <summary>Elementary functions over padded spans.</summary>
public static class ElementaryKernels
{
    /// <summary>yᵢ = exp(xᵢ), within 1.27 ulp; see <see cref="ElementaryLanes.Exp{TLanes}"/>.</summary>
    /// <param name="x">Arguments; the length is a multiple of 16.</param>
    /// <param name="y">Results, as long as <paramref name="x"/>; may be the same span.</param>
    /// <exception cref="ArgumentException">The lengths differ or are no multiple of 16, or the spans overlap without being equal.</exception>
    public static void Exp(ReadOnlySpan<float> x, Span<float> y) => Map<ExpFunction>(x, y);

    /// <summary>yᵢ = ln(xᵢ), within 0.84 ulp; see <see cref="ElementaryLanes.Log{TLanes}"/>.</summary>
    /// <param name="x">Arguments; the length is a multiple of 16.</param>
    /// <param name="y">Results, as long as <paramref name="x"/>; may be the same span.</param>
    /// <exception cref="ArgumentException">The lengths differ or are no multiple of 16, or the spans overlap without being equal.</exception>
    public static void Log(ReadOnlySpan<float> x, Span<float> y) => Map<LogFunction>(x, y);

    private static void Map<TFunction>(ReadOnlySpan<float> x, Span<float> y)
        where TFunction : struct, ILaneFunction
    {
        KernelThrow.IfNotMultiple(x.Length, KernelThrow.LaneBlock, nameof(x));
        KernelThrow.IfLengthDiffers(y.Length, x.Length, nameof(y));
        KernelThrow.IfPartialOverlap(x, y, nameof(y));
        MapKernel<TFunction> kernel = default;
        kernel.X = ref MemoryMarshal.GetReference(x);
        kernel.Y = ref MemoryMarshal.GetReference(y);
        kernel.Length = (nuint)x.Length;
        VectorDispatch.Run(ref kernel);
    }

    internal interface ILaneFunction
    {
        static abstract TLanes Invoke<TLanes>(TLanes x)
            where TLanes : struct, ILanes<TLanes>;
    }

    internal readonly struct ExpFunction : ILaneFunction
    {
        public static TLanes Invoke<TLanes>(TLanes x)
            where TLanes : struct, ILanes<TLanes> => ElementaryLanes.Exp(x);
    }

    internal readonly struct LogFunction : ILaneFunction
    {
        public static TLanes Invoke<TLanes>(TLanes x)
            where TLanes : struct, ILanes<TLanes> => ElementaryLanes.Log(x);
    }

    internal ref struct MapKernel<TFunction> : IVectorKernel
        where TFunction : struct, ILaneFunction
    {
        internal ref readonly float X;
        internal ref float Y;
        internal nuint Length;

        public readonly void Run<TLanes>()
            where TLanes : struct, ILanes<TLanes>
        {
            for (nuint i = 0; i < Length; i += (nuint)TLanes.Count)
            {
                TLanes.Store(TFunction.Invoke(TLanes.Load(in X, i)), ref Y, i);
            }
        }
    }
}
