using System.Runtime.InteropServices;
using RramSnn.Kernels.Simd;

namespace RramSnn.Kernels.Crossbar;

public static partial class CrossbarKernels
{
    /// <summary>Spike-driven product on pairs: currentⱼ += Σ (u⁺ᵢⱼ - u⁻ᵢⱼ) over the active word lines i, ascending.</summary>
    /// <param name="plus">Normalised states u⁺ of the panels.</param>
    /// <param name="minus">Normalised states u⁻ of the panels.</param>
    /// <param name="active">The word lines that spiked.</param>
    /// <param name="current">Sums per bit line, in units of the state; padded to whole panels.</param>
    /// <remarks>Equals the dense product with inputs 0 and 1 bit for bit: adding 0·w changes no finite sum (but turns a start value of -0 into +0).</remarks>
    /// <exception cref="ArgumentException">A length does not fit or <paramref name="current"/> overlaps an operand.</exception>
    public static void AccumulateSpikes(ReadOnlySpan<float> plus, ReadOnlySpan<float> minus, in ActiveRows active, Span<float> current)
    {
        Check(plus, nameof(plus), active.RowCount, current);
        Check(minus, nameof(minus), active.RowCount, current);
        CheckList(active, current);
        Spiking(new PairCell(in First(plus), in First(minus)), active, current);
    }

    /// <summary>Spike-driven product on single devices: currentⱼ += Σ (uᵢⱼ - reference) over the active word lines i, ascending.</summary>
    /// <param name="state">Normalised states u of the panels.</param>
    /// <param name="reference">State of the fixed reference; 0 gives the plain matrix product.</param>
    /// <param name="active">The word lines that spiked.</param>
    /// <param name="current">Sums per bit line, in units of the state; padded to whole panels.</param>
    /// <remarks>Equals the dense product with inputs 0 and 1 bit for bit: adding 0·w changes no finite sum (but turns a start value of -0 into +0).</remarks>
    /// <exception cref="ArgumentException">A length does not fit, the reference is not finite, or <paramref name="current"/> overlaps an operand.</exception>
    public static void AccumulateSpikes(ReadOnlySpan<float> state, float reference, in ActiveRows active, Span<float> current)
    {
        Check(state, nameof(state), active.RowCount, current);
        KernelThrow.IfNotFinite(reference, nameof(reference));
        CheckList(active, current);
        if (reference == 0f)
        {
            Spiking(new PlainCell(in First(state)), active, current);
        }
        else
        {
            Spiking(new ReferenceCell(in First(state), reference), active, current);
        }
    }

    private static void CheckList(in ActiveRows active, ReadOnlySpan<float> current)
    {
        active.Check();
        active.CheckApart(current, nameof(current));
    }

    private static void Spiking<TCell>(TCell cell, in ActiveRows active, Span<float> current)
        where TCell : struct, ISynapseCell, allows ref struct
    {
        AccumulateKernel<TCell, SpikingRows> kernel = default;
        kernel.Cell = cell;
        kernel.Inputs = new SpikingRows(in MemoryMarshal.GetReference(active.Rows), (nuint)active.Count);
        kernel.Rows = (nuint)active.RowCount;
        kernel.Current = ref MemoryMarshal.GetReference(current);
        kernel.PaddedColumns = (nuint)current.Length;
        VectorDispatch.Run(ref kernel);
    }
}
