namespace RramSnn.Kernels.Crossbar;

public static partial class CrossbarKernels
{
    /// <summary>
    /// As <see cref="AccumulateSpikes(ReadOnlySpan{float}, float, ActiveRows, Span{float})"/> for devices behind wires: currentⱼ += Σ wᵢⱼ with
    /// w = f·(u + offset) - (offset + reference), one fused multiply-add.
    /// </summary>
    /// <param name="devices">The devices of the panels.</param>
    /// <param name="reference">State of the fixed reference, which no wire attenuates.</param>
    /// <param name="active">The word lines that spiked.</param>
    /// <param name="current">Sums per bit line, in units of the state; padded to whole panels.</param>
    /// <exception cref="ArgumentException">A length does not fit, the reference is not finite, or <paramref name="current"/> overlaps an operand.</exception>
    public static void AccumulateSpikes(AttenuatedStates devices, float reference, ActiveRows active, Span<float> current)
    {
        AttenuatedCell cell = Check(devices, reference, active, current);
        active.Check();
        Spiking(cell, active, current);
    }

    /// <summary>
    /// As <see cref="AccumulateActive(ReadOnlySpan{float}, float, ActiveRows, Span{float})"/> for devices behind wires: currentⱼ += Σ xᵢ wᵢⱼ with
    /// w = f·(u + offset) - (offset + reference), one fused multiply-add.
    /// </summary>
    /// <param name="devices">The devices of the panels.</param>
    /// <param name="reference">State of the fixed reference, which no wire attenuates.</param>
    /// <param name="active">The word lines whose input is not zero, with x as their <see cref="ActiveRows.Values"/>.</param>
    /// <param name="current">Sums per bit line, in units of the state; padded to whole panels.</param>
    /// <exception cref="ArgumentException">
    /// A length does not fit, the active word lines have no values, the reference is not finite, or <paramref name="current"/> overlaps an operand.
    /// </exception>
    public static void AccumulateActive(AttenuatedStates devices, float reference, ActiveRows active, Span<float> current)
    {
        AttenuatedCell cell = Check(devices, reference, active, current);
        CheckValues(active, current);
        Listed(cell, active, current);
    }

    private static AttenuatedCell Check(AttenuatedStates devices, float reference, ActiveRows active, Span<float> current)
    {
        Check(devices.States, nameof(devices), active.RowCount, current);
        KernelThrow.IfNotFinite(reference, nameof(reference));
        KernelThrow.IfOverlap(devices.Attenuations, (ReadOnlySpan<float>)current, nameof(current));
        return new AttenuatedCell(in First(devices.States), in First(devices.Attenuations), devices.Offset, reference);
    }
}
