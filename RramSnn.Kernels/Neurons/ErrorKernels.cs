using System.Numerics;
using System.Runtime.InteropServices;
using RramSnn.Kernels.Simd;

namespace RramSnn.Kernels.Neurons;

/// <summary>Errors as events: few values instead of real numbers.</summary>
public static class ErrorKernels
{
    /// <summary>xⱼ ← sign(xⱼ)·size where |xⱼ| &gt; threshold, +0 elsewhere and for NaN.</summary>
    /// <param name="values">The errors; a multiple of 16 long. Replaced in place.</param>
    /// <param name="threshold">Errors up to this size are dropped; 0 or more.</param>
    /// <param name="size">Size of an event; finite, 0 or more.</param>
    /// <returns>Number of events.</returns>
    /// <remarks>Ternary errors as in Payvand, Fouda, Kurdahi, Eltawil, Neftci, AICAS 2020 (arXiv 1910.06152). Each value is treated by itself.</remarks>
    /// <exception cref="ArgumentException">The length is no multiple of 16.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative or not finite.</exception>
    public static int Ternary(Span<float> values, float threshold, float size)
    {
        KernelThrow.IfNotMultiple(values.Length, KernelThrow.LaneBlock, nameof(values));
        ThrowUnlessSize(threshold, nameof(threshold));
        ThrowUnlessSize(size, nameof(size));
        int count = 0;
        scoped TernaryKernel kernel = default;
        kernel.Values = ref MemoryMarshal.GetReference(values);
        kernel.Length = (nuint)values.Length;
        kernel.Threshold = threshold;
        kernel.Size = size;
        kernel.Count = ref count;
        VectorDispatch.Run(ref kernel);
        return count;
    }

    private static void ThrowUnlessSize(float value, string argument)
    {
        if (!(value >= 0f && float.IsFinite(value)))
        {
            KernelThrow.OutOfRange(value, "0 or more, and finite", argument);
        }
    }

    internal ref struct TernaryKernel : IVectorKernel
    {
        internal ref float Values;
        internal nuint Length;
        internal float Threshold;
        internal float Size;
        internal ref int Count;

        public readonly void Run<TLanes>()
            where TLanes : struct, ILanes<TLanes>
        {
            ref float values = ref Values;
            TLanes threshold = TLanes.Broadcast(Threshold);
            TLanes size = TLanes.Broadcast(Size);
            TLanes sign = TLanes.BroadcastInteger(0x8000_0000u);
            int count = 0;
            for (nuint i = 0; i < Length; i += (nuint)TLanes.Count)
            {
                TLanes value = TLanes.Load(in values, i);
                TLanes events = TLanes.KeepWhereGreater(TLanes.Abs(value), threshold, size | (value & sign), out uint bits);
                TLanes.Store(events, ref values, i);
                count += BitOperations.PopCount(bits);
            }

            Count += count;
        }
    }
}
