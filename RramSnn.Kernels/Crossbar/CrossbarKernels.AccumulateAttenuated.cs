namespace RramSnn.Kernels.Crossbar;

public static partial class CrossbarKernels
{
    /// <summary>
    /// As <see cref="AccumulateSpikes(ReadOnlySpan{float}, float, in ActiveRows, Span{float})"/> for devices behind wires, which leave a share f of each
    /// of them: currentⱼ += Σ fᵢⱼ · (uᵢⱼ - reference).
    /// </summary>
    /// <param name="state">Normalised states u of the panels.</param>
    /// <param name="attenuation">f, as long.</param>
    /// <param name="reference">State of the fixed reference, which loses the same share; -Gmin/(Gmax - Gmin) gives the devices' whole currents.</param>
    /// <param name="active">The word lines that spiked.</param>
    /// <param name="current">Sums per bit line, in units of the state; padded to whole panels.</param>
    /// <exception cref="ArgumentException">A length does not fit, the reference is not finite, or <paramref name="current"/> overlaps an operand.</exception>
    public static void AccumulateSpikes(
        ReadOnlySpan<float> state, ReadOnlySpan<float> attenuation, float reference, in ActiveRows active, Span<float> current)
    {
        CheckAttenuated(state, attenuation, reference, active, current);
        CheckList(active, current);
        Spiking(new AttenuatedCell(in First(state), in First(attenuation), reference), active, current);
    }

    /// <summary>
    /// As <see cref="AccumulateActive(ReadOnlySpan{float}, float, in ActiveRows, Span{float})"/> for devices behind wires, which leave a share f of each
    /// of them: currentⱼ += Σ xᵢ · fᵢⱼ · (uᵢⱼ - reference), with the last product rounded first.
    /// </summary>
    /// <param name="state">Normalised states u of the panels.</param>
    /// <param name="attenuation">f, as long.</param>
    /// <param name="reference">State of the fixed reference, which loses the same share; -Gmin/(Gmax - Gmin) gives the devices' whole currents.</param>
    /// <param name="active">The word lines whose input is not zero, with x as their <see cref="ActiveRows.Values"/>.</param>
    /// <param name="current">Sums per bit line, in units of the state; padded to whole panels.</param>
    /// <exception cref="ArgumentException">
    /// A length does not fit, the active word lines have no values, the reference is not finite, or <paramref name="current"/> overlaps an operand.
    /// </exception>
    public static void AccumulateActive(
        ReadOnlySpan<float> state, ReadOnlySpan<float> attenuation, float reference, in ActiveRows active, Span<float> current)
    {
        CheckAttenuated(state, attenuation, reference, active, current);
        CheckValues(active, current);
        Listed(new AttenuatedCell(in First(state), in First(attenuation), reference), active, current);
    }

    private static void CheckAttenuated(
        ReadOnlySpan<float> state, ReadOnlySpan<float> attenuation, float reference, in ActiveRows active, Span<float> current)
    {
        Check(state, nameof(state), active.RowCount, current);
        Check(attenuation, nameof(attenuation), active.RowCount, current);
        KernelThrow.IfNotFinite(reference, nameof(reference));
    }
}
