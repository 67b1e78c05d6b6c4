using System.Globalization;

namespace RramSnn.Bench.Roofline;

/// <summary>Extents of what one call works on.</summary>
/// <param name="Rows">Word lines.</param>
/// <param name="Columns">Bit lines, neurons or elements.</param>
/// <param name="Batch">Samples per call.</param>
/// <param name="Density">Share of word lines that take part.</param>
/// <param name="Threads">Workers that share the call.</param>
internal readonly record struct CaseShape(int Rows, int Columns, int Batch = 1, double Density = 1, int Threads = 1)
{
    /// <summary>Word lines that take part in a call.</summary>
    internal int ActiveRows => Math.Max(1, (int)Math.Round(Rows * Density));

    /// <summary>Cells that a call touches.</summary>
    internal double ActiveSynapses => (double)ActiveRows * Columns;

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Rows} x {Columns}");
}
