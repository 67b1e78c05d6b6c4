using System.Globalization;
using RramSnn.Bench.Roofline.Ceilings;

namespace RramSnn.Bench.Roofline;

/// <summary>What was measured of one case.</summary>
/// <param name="Kernel">Name of the kernel.</param>
/// <param name="Variant">Form of the kernel.</param>
/// <param name="Shape">Extents.</param>
/// <param name="Work">What a call has to do.</param>
/// <param name="Nanoseconds">Best time per call.</param>
/// <param name="AllocatedBytes">Managed bytes that ten calls allocated; must be 0.</param>
/// <param name="Rivals">Best time per call of each rival.</param>
/// <param name="Remark">The result in its users' words, if they have some.</param>
internal sealed record MeasuredCase(
    string Kernel,
    string Variant,
    CaseShape Shape,
    Work Work,
    double Nanoseconds,
    long AllocatedBytes,
    IReadOnlyList<(string Name, double Nanoseconds)> Rivals,
    string? Remark)
{
    /// <summary>The best of two measurements of the same case, for the kernel and for each rival.</summary>
    internal static MeasuredCase Best(MeasuredCase first, MeasuredCase second)
    {
        MeasuredCase quicker = second.Nanoseconds < first.Nanoseconds ? second : first;
        return quicker with
        {
            AllocatedBytes = Math.Max(first.AllocatedBytes, second.AllocatedBytes),
            Rivals = [.. first.Rivals.Zip(second.Rivals, static (a, b) => b.Nanoseconds < a.Nanoseconds ? b : a)],
        };
    }

    /// <summary>Rows as scripts get them: one per rival, or one without a rival.</summary>
    internal IEnumerable<RooflineRow> ToRows(MachineCeilings ceilings, string isa)
    {
        Ceiling? ceiling = Work.HasCeiling ? ceilings.Of(Work, Shape.Threads) : null;
        RooflineRow row = new()
        {
            Kernel = Kernel,
            Variant = Variant,
            Rows = Shape.Rows,
            Cols = Shape.Columns,
            Batch = Shape.Batch,
            Density = Shape.Density,
            Threads = Shape.Threads,
            Isa = isa,
            NsPerSynapse = Round(Nanoseconds / Work.Synapses),
            GsynPerS = Round(Work.Synapses / Nanoseconds),
            GflopPerS = ceiling is null ? null : Round(Work.Flops / Nanoseconds),
            GbPerS = ceiling is null ? null : Round(Work.Bytes / Nanoseconds),
            Ceiling = ceiling?.Name,
            CeilingValue = ceiling is null ? null : Round(ceiling.Value),
            FractionOfCeiling = ceiling is null ? null : Round(ceiling.Fraction(Nanoseconds)),
        };
        return Rivals.Count == 0
            ? [row]
            : Rivals.Select(rival => row with
            {
                Rival = rival.Name,
                RivalNsPerSynapse = Round(rival.Nanoseconds / Work.Synapses),
                Speedup = Round(rival.Nanoseconds / Nanoseconds),
            });
    }

    // Four digits: the clock and the machine give no more.
    private static double Round(double value) =>
        double.IsFinite(value) && value != 0 ? double.Parse(value.ToString("G4", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) : 0;
}
