using System.Globalization;
using System.Text;
using RramSnn.Bench.Roofline;
using RramSnn.Bench.Roofline.Cases;

namespace RramSnn.Bench.Results;

/// <summary>The Markdown tables of the documents.</summary>
internal static class PerformanceTables
{
    /// <summary>docs/performance.md: everything, per processor.</summary>
    internal static string Full(IReadOnlyList<ResultFolder> results)
    {
        StringBuilder text = new();
        foreach (ResultFolder folder in results)
        {
            text.Append(CultureInfo.InvariantCulture, $"### {Version(folder, "cpu")}, {Version(folder, "vector width")} bits\n\n");
            Measured(text, folder);
            Ceilings(text, folder);
            Targets(text, folder);
            foreach (IGrouping<string, RooflineRow> kernel in folder.Rows.GroupBy(static row => row.Kernel))
            {
                Kernel(text, kernel.Key, [.. kernel]);
            }
        }

        return text.ToString();
    }

    /// <summary>README.md: the line of each kernel that says most.</summary>
    internal static string Summary(IReadOnlyList<ResultFolder> results)
    {
        StringBuilder text = new();
        foreach (ResultFolder folder in results)
        {
            text.Append(CultureInfo.InvariantCulture, $"{Version(folder, "cpu")}, {Version(folder, "vector width")}-bit vectors, .NET {Version(folder, "runtime").Split(' ')[^1]}, measured {Version(folder, "date")}:\n\n");
            text.Append("| kernel | size | speed | of this machine's ceiling | against |\n|---|---|---|---|---|\n");
            foreach (IGrouping<string, RooflineRow> kernel in folder.Rows.Where(IsShort).GroupBy(static row => $"{row.Kernel}, {row.Variant}"))
            {
                foreach (IGrouping<string, RooflineRow> group in ByCase(kernel))
                {
                    RooflineRow row = group.First();
                    text.Append(CultureInfo.InvariantCulture, $"| {kernel.Key}{Share(row)}{Threads(row)} | {row.SizeText} | {Speed(row)} | {Fraction(row)} | {Rivals(group)} |\n");
                }
            }

            text.Append('\n');
        }

        return text.ToString();
    }

    private static void Measured(StringBuilder text, ResultFolder folder)
    {
        text.Append(CultureInfo.InvariantCulture, $"{Version(folder, "runtime")}, {Version(folder, "operating system")}, {Version(folder, "date")}.");
        foreach (string name in (string[])["openblas", "openblas core types", "c++"])
        {
            if (folder.Versions.Any(line => line.Name == name))
            {
                text.Append(CultureInfo.InvariantCulture, $" {(name == "c++" ? "C++" : name == "openblas" ? "OpenBLAS" : "OpenBLAS core types")}: {Version(folder, name)}.");
            }
        }

        text.Append("\n\n");
    }

    private static void Ceilings(StringBuilder text, ResultFolder folder)
    {
        text.Append(CultureInfo.InvariantCulture, $"Ceilings of one core: FMA peak {Version(folder, "FMA peak")}; streams in GB/s, both directions counted:\n\n");
        text.Append("| level | read | write | in-place |\n|---|---|---|---|\n");
        foreach (string level in folder.Versions.Where(static line => line.Name.EndsWith(" read", StringComparison.Ordinal)).Select(static line => line.Name[..^" read".Length]))
        {
            string[] values = [.. ((string[])["read", "write", "in-place"]).Select(kind => Version(folder, $"{level} {kind}").Split(' ')[0])];
            text.Append(CultureInfo.InvariantCulture, $"| {level} | {string.Join(" | ", values)} |\n");
        }

        text.Append('\n');
    }

    private static void Targets(StringBuilder text, ResultFolder folder)
    {
        text.Append("Targets, which prototypes of the kernels reached on a machine with 512-bit vectors, and the measured case that is furthest from each; speeds are asked of such machines alone:\n\n");
        text.Append("| target | asked | measured | at | kept |\n|---|---|---|---|---|\n");
        foreach (Target target in Target.All)
        {
            if (target.Worst(folder.Rows) is { } row && target.Value(row) is { } value)
            {
                string bound = $"{(target.IsMost ? "at most" : "at least")} {Number(target.Bound)}{target.Unit}";
                string at = $"{row.Variant}, {row.SizeText}{Threads(row)}";
                text.Append(CultureInfo.InvariantCulture, $"| {target.Kernel} | {bound} | {Number(value, value < 1000 ? "G3" : "F0")} | {at} | {(target.IsKeptBy(value) ? "yes" : "no")} |\n");
            }
        }

        text.Append('\n');
    }

    private static void Kernel(StringBuilder text, string kernel, IReadOnlyList<RooflineRow> rows)
    {
        text.Append(CultureInfo.InvariantCulture, $"#### {kernel}\n\n");
        text.Append("| variant | size | ns/synapse | speed | GFLOP/s | GB/s | of the ceiling | against |\n|---|---|---|---|---|---|---|---|\n");
        foreach (IGrouping<string, RooflineRow> group in ByCase(rows))
        {
            RooflineRow row = group.First();
            text.Append(
                CultureInfo.InvariantCulture,
                $"| {row.Variant}{Share(row)}{Threads(row)} | {row.SizeText} | {Number(row.NsPerSynapse)} | {Speed(row)} | {OrNone(row.GflopPerS)} | {OrNone(row.GbPerS)} | {Fraction(row)} | {Rivals(group)} |\n");
        }

        text.Append('\n');
    }

    // What the README shows of each kernel: the variants that people ask for first.
    private static readonly string[] Headlines =
    [
        "dense-product single", "spike-product single", "batched-product single", "neuron-step leaky-integrate-and-fire",
        "conductance-update soft-bounds", "conductance-update exponential", "conductance-update ideal-linear", "conductance-update soft-bounds-pair",
        "conductance-update soft-bounds-noise", "conductance-update soft-bounds-pulsed", "fused-update soft-bounds", "batched-update soft-bounds",
        "online-step ideal", "online-step balanced-pair", "training balanced-pair", "independent-runs balanced-pair",
    ];

    // At the size of the first layer of MNIST, and of the rest what has no such size.
    private static bool IsShort(RooflineRow row) =>
        Headlines.Contains($"{row.Kernel} {row.Variant}")
        && (row.Threads == 1 || row.Kernel is "training" or "independent-runs")
        && (row is { Rows: 784, Cols: 512 } or { Rows: 1, Cols: 4096 })
        && (row.Density == 1 || row is { Kernel: "spike-product", Density: 0.05 } or { Kernel: "online-step" })
        && (row.Batch is 1 or 128);

    private static IEnumerable<IGrouping<string, RooflineRow>> ByCase(IEnumerable<RooflineRow> rows) =>
        rows.GroupBy(static row => string.Create(CultureInfo.InvariantCulture, $"{row.Variant} {row.Rows} {row.Cols} {row.Batch} {row.Density} {row.Threads}"));

    private static string Rivals(IEnumerable<RooflineRow> rows) =>
        string.Join(", ", rows.Where(static row => row.Rival is not null).Select(static row => $"{row.Rival} {Number(row.Speedup!.Value, "G3")}x"));

    private static string Share(RooflineRow row) => row.Density == 1 ? "" : $", {Number(100 * row.Density)} % of rows";

    private static string Threads(RooflineRow row) => row.Threads == 1 ? "" : $", {row.Threads} threads";

    /// <summary>Training is counted in samples: one of them is 30 steps over all cells.</summary>
    internal static double? SamplesPerSecond(RooflineRow row) => Math.Round(row.GsynPerS * 1e9 / ((double)row.Rows * row.Cols * 30) / 10) * 10;

    private static string Speed(RooflineRow row) => row.Kernel switch
    {
        "training" or "independent-runs" => $"{SamplesPerSecond(row):F0} samples/s",
        "online-step" => $"{Number(row.NsPerSynapse * OnlineStepCase.Cells / 1000)} us per step",
        "neuron-step" => $"{Number(row.GsynPerS)} Gneurons/s",
        "elementary-function" => $"{Number(row.GsynPerS)} Gelements/s",
        _ => $"{Number(row.GsynPerS)} Gsyn/s",
    };

    private static string Fraction(RooflineRow row) => row.FractionOfCeiling is { } fraction ? $"{Number(100 * fraction, "F0")} % of {row.Ceiling}" : "";

    private static string OrNone(double? value) => value is { } number ? Number(number) : "";

    private static string Number(double value, string format = "G4") => value.ToString(format, CultureInfo.InvariantCulture);

    private static string Version(ResultFolder folder, string name) => folder.Versions.FirstOrDefault(line => line.Name == name).Value ?? "unknown";
}
