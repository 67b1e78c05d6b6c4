using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using RramSnn.Kernels.Crossbar;
using RramSnn.Kernels.Simd;

namespace RramSnn.Kernels.Conductance;

/// <summary>Digital memory beside an array: one number χ per synapse that gathers wished changes until they are worth a whole pulse.</summary>
public static class AccumulatorKernels
{
    /// <summary>χᵢⱼ ← χᵢⱼ + traceᵢ · wishⱼ for every active word line, one fused multiply-add each.</summary>
    /// <param name="sum">χ of a run of whole panels (<see cref="CrossbarLayout"/>).</param>
    /// <param name="active">Word lines whose trace is not zero; others are not touched.</param>
    /// <param name="wish">Wished change per unit trace of each bit line of these panels; NaN makes NaN of its column.</param>
    /// <exception cref="ArgumentException">A length does not fit, or spans overlap.</exception>
    public static void AddOuterProduct(Span<float> sum, in ActiveRows active, ReadOnlySpan<float> wish)
    {
        KernelThrow.IfNotMultiple(wish.Length, CrossbarLayout.PanelWidth, nameof(wish));
        KernelThrow.IfLengthDiffers(sum.Length, (long)active.RowCount * wish.Length, nameof(sum));
        KernelThrow.IfLengthDiffers(active.Values.Length, active.Count, nameof(active));
        KernelThrow.IfOverlap(wish, sum, nameof(sum));
        active.CheckApart(sum, nameof(sum));
        active.Check();
        OuterProductKernel kernel = default;
        kernel.Sum = ref MemoryMarshal.GetReference(sum);
        kernel.List = new(active);
        kernel.PanelLength = (nuint)active.RowCount * CrossbarLayout.PanelWidth;
        kernel.Wish = ref MemoryMarshal.GetReference(wish);
        kernel.PaddedColumns = (nuint)wish.Length;
        VectorDispatch.Run(ref kernel);
    }

    /// <summary>Takes the whole pulses out: p = ⌊|χ|/ε⌋ with the sign of χ, χ ← χ - p ε, with ε = ε₊ for χ ≥ 0 and ε₋ below.</summary>
    /// <param name="sum">χ; afterwards |χ| &lt; ε but for rounding.</param>
    /// <param name="forIncrease">ε₊, the change that one pulse up makes: positive and finite.</param>
    /// <param name="forDecrease">ε₋, the size of the change that one pulse down makes: positive and finite.</param>
    /// <param name="pulses">Receives p; as long as <paramref name="sum"/>, a multiple of 16. NaN leads to NaN.</param>
    /// <exception cref="ArgumentException">A length does not fit, or spans overlap.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A step is not positive and finite.</exception>
    public static void TakeWholePulses(Span<float> sum, float forIncrease, float forDecrease, Span<float> pulses)
    {
        KernelThrow.IfNotMultiple(sum.Length, KernelThrow.LaneBlock, nameof(sum));
        KernelThrow.IfLengthDiffers(pulses.Length, sum.Length, nameof(pulses));
        KernelThrow.IfOverlap<float, float>(sum, pulses, nameof(pulses));
        KernelThrow.IfOutside(forIncrease, 1e-30f, 1e30f, nameof(forIncrease));
        KernelThrow.IfOutside(forDecrease, 1e-30f, 1e30f, nameof(forDecrease));
        WholePulsesKernel kernel = default;
        kernel.Sum = ref MemoryMarshal.GetReference(sum);
        kernel.Pulses = ref MemoryMarshal.GetReference(pulses);
        kernel.Length = (nuint)sum.Length;
        kernel.ForIncrease = forIncrease;
        kernel.ForDecrease = forDecrease;
        VectorDispatch.Run(ref kernel);
    }

    internal ref struct OuterProductKernel : IVectorKernel
    {
        internal ref float Sum;
        internal RowList List;
        internal nuint PanelLength;
        internal ref readonly float Wish;
        internal nuint PaddedColumns;

        public readonly void Run<TLanes>()
            where TLanes : struct, ILanes<TLanes>
        {
            const int Width = CrossbarLayout.PanelWidth;
            nuint start = 0;
            for (nuint column = 0; column < PaddedColumns; column += Width, start += PanelLength)
            {
                for (nuint k = 0; k < List.Count; k++)
                {
                    Row<TLanes>(start + List.Offset(k), column, List.Trace(k));
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private readonly void Row<TLanes>(nuint first, nuint column, float value)
            where TLanes : struct, ILanes<TLanes>
        {
            TLanes trace = TLanes.Broadcast(value);
            for (nuint c = 0; c < CrossbarLayout.PanelWidth; c += (nuint)TLanes.Count)
            {
                TLanes sum = TLanes.FusedMultiplyAdd(trace, TLanes.Load(in Wish, column + c), TLanes.Load(in Sum, first + c));
                TLanes.Store(sum, ref Sum, first + c);
            }
        }
    }

    internal ref struct WholePulsesKernel : IVectorKernel
    {
        internal ref float Sum;
        internal ref float Pulses;
        internal nuint Length;
        internal float ForIncrease;
        internal float ForDecrease;

        public readonly void Run<TLanes>()
            where TLanes : struct, ILanes<TLanes>
        {
            TLanes zero = TLanes.Broadcast(0f);
            TLanes up = TLanes.Broadcast(ForIncrease);
            TLanes down = TLanes.Broadcast(ForDecrease);
            TLanes perStepUp = TLanes.Broadcast(1f / ForIncrease);
            TLanes perStepDown = TLanes.Broadcast(1f / ForDecrease);
            for (nuint i = 0; i < Length; i += (nuint)TLanes.Count)
            {
                TLanes sum = TLanes.Load(in Sum, i);
                TLanes isDown = TLanes.GreaterThan(zero, sum);
                TLanes count = TLanes.Floor(TLanes.Abs(sum) * TLanes.Select(isDown, perStepDown, perStepUp));
                TLanes pulses = TLanes.Select(isDown, zero - count, count);
                TLanes.Store(TLanes.FusedMultiplyAdd(zero - pulses, TLanes.Select(isDown, down, up), sum), ref Sum, i);
                TLanes.Store(pulses, ref Pulses, i);
            }
        }
    }
}
