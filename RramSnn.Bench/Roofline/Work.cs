namespace RramSnn.Bench.Roofline;

/// <summary>Which stream over memory bounds a kernel.</summary>
internal enum Traffic
{
    /// <summary>The operand is read once.</summary>
    Read,

    /// <summary>The operand is written once and not read.</summary>
    Write,

    /// <summary>The operand is read and written in place; both directions count as bytes.</summary>
    InPlace,
}

/// <summary>What one call has to do at least, from which its ceiling follows. Neither operations nor bytes: no ceiling is stated.</summary>
/// <param name="Synapses">Cells touched; neurons or elements where there are no synapses.</param>
/// <param name="Flops">Float operations: a fused multiply-add counts 2; add, multiply, min, max, round, scale count 1.</param>
/// <param name="Bytes">Bytes moved at least, both directions.</param>
/// <param name="Footprint">Bytes that the calls of one batch come back to: decides which memory level holds them.</param>
/// <param name="Traffic">Kind of stream.</param>
internal readonly record struct Work(double Synapses, double Flops, double Bytes, double Footprint, Traffic Traffic)
{
    /// <summary>Work of a whole program, whose parts have different ceilings.</summary>
    internal static Work WithoutCeiling(double synapses) => new(synapses, 0, 0, 0, Traffic.Read);

    /// <summary>Whether there is a ceiling to compare with.</summary>
    internal bool HasCeiling => Flops > 0 || Bytes > 0;

    /// <summary>The same work several times over the same memory.</summary>
    internal Work Times(int calls) => this with { Synapses = calls * Synapses, Flops = calls * Flops, Bytes = calls * Bytes };

    /// <summary>Work of a kernel that does the same to each of its cells.</summary>
    internal static Work PerSynapse(double synapses, double flops, double bytes, Traffic traffic, double? footprint = null) =>
        new(synapses, synapses * flops, synapses * bytes, footprint ?? synapses * bytes / (traffic == Traffic.InPlace ? 2 : 1), traffic);
}
