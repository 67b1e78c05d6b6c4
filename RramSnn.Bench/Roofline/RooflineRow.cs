using RramSnn.Bench.Roofline.Cases;
using RramSnn.Cli.Settings;

namespace RramSnn.Bench.Roofline;

/// <summary>One line of <c>roofline --json</c>: a kernel against one rival, or alone where it has none. The keys are the names in snake_case and stay as they are; what does not apply is null.</summary>
internal sealed record RooflineRow
{
    /// <summary>Kernel.</summary>
    public required string Kernel { get; init; }

    /// <summary>Form of the kernel.</summary>
    public required string Variant { get; init; }

    /// <summary>Word lines; 1 for neurons and elements.</summary>
    public required int Rows { get; init; }

    /// <summary>Bit lines, neurons or elements.</summary>
    public required int Cols { get; init; }

    /// <summary>Samples per call.</summary>
    public required int Batch { get; init; }

    /// <summary>Share of word lines that take part.</summary>
    public required double Density { get; init; }

    /// <summary>Workers.</summary>
    public required int Threads { get; init; }

    /// <summary>Running vector width in bits.</summary>
    public required string Isa { get; init; }

    /// <summary>Time per synapse touched.</summary>
    public required double NsPerSynapse { get; init; }

    /// <summary>10⁹ synapses touched per second.</summary>
    public required double GsynPerS { get; init; }

    /// <summary>10⁹ float operations per second.</summary>
    public double? GflopPerS { get; init; }

    /// <summary>10⁹ bytes per second, both directions.</summary>
    public double? GbPerS { get; init; }

    /// <summary>The ceiling that binds.</summary>
    public string? Ceiling { get; init; }

    /// <summary>Its value in GB/s, or in GFLOP/s if it is the FMA peak.</summary>
    public double? CeilingValue { get; init; }

    /// <summary>Share of it that is reached.</summary>
    public double? FractionOfCeiling { get; init; }

    /// <summary>What is compared with.</summary>
    public string? Rival { get; init; }

    /// <summary>Time of the rival for the same work, per the same number of synapses.</summary>
    public double? RivalNsPerSynapse { get; init; }

    /// <summary>Time of the rival over time of the kernel.</summary>
    public double? Speedup { get; init; }

    /// <summary>The extents as tables write them: of whole networks the layers.</summary>
    internal string SizeText
    {
        get
        {
            string size = Kernel switch
            {
                "training" or "independent-runs" => $"{Rows}-{Cols}",
                "online-step" => $"{Rows}-{Cols}-{OnlineStepCase.Second}",
                _ => Rows == 1 ? $"{Cols}" : $"{Rows} x {Cols}",
            };
            return Batch == 1 ? size : $"{size}, batch {Batch}";
        }
    }

    /// <summary>The array of all rows.</summary>
    internal static string ToJson(IReadOnlyList<RooflineRow> rows) =>
        rows.Count == 0 ? "[]" : $"[\n{string.Join(",\n", rows.Select(static row => "  " + SettingsJson.WriteCompact(row)))}\n]";

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <exception cref="System.Text.Json.JsonException">The text is something else.</exception>
    internal static IReadOnlyList<RooflineRow> FromJson(string text) => SettingsJson.Read<List<RooflineRow>>(text);
}
