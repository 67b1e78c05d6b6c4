using RramSnn.Bench.Roofline;
using RramSnn.Bench.Roofline.Cases;

namespace RramSnn.Bench.Results;

/// <summary>What a kernel shall reach: a bound on one figure of some rows of a result.</summary>
/// <param name="Kernel">What is asked of whom, as a reader's line.</param>
/// <param name="Bound">The figure asked for.</param>
/// <param name="Unit">What stands behind the figure.</param>
/// <param name="Applies">The rows that it is asked of.</param>
/// <param name="Value">The figure of a row.</param>
/// <param name="IsMost">Whether the bound is the most that the figure may be, not the least.</param>
/// <param name="VectorWidth">The one vector width that an absolute speed is asked of; 0 for ratios, which all widths shall reach.</param>
internal sealed record Target(
    string Kernel, double Bound, string Unit, Func<RooflineRow, bool> Applies, Func<RooflineRow, double?> Value, bool IsMost = false, int VectorWidth = 0)
{
    private const string SoftBounds = "soft-bounds";
    private const string Exponential = "exponential";

    /// <summary>All targets, kernel by kernel.</summary>
    internal static IReadOnlyList<Target> All { get; } =
    [
        Ratio("dense product in L1 or L2, to OpenBLAS", 1.3, "openblas", static row => IsDense(row) && IsAt(row, "L1", "L2")),
        Ratio("dense product in L3, to OpenBLAS", 1, "openblas", static row => IsDense(row) && IsAt(row, "L3")),
        Ratio("dense product from memory, to OpenBLAS", 1.2, "openblas", static row => IsDense(row) && IsAt(row, "DRAM")),
        Share("dense product in L3", 90, static row => IsDense(row) && IsAt(row, "L3")),
        Share("dense product from memory", 85, static row => IsDense(row) && IsAt(row, "DRAM")),
        Share("batched product in cache, B = 128", 75, static row => Is(row, "batched-product", "single", batch: 128) && !IsLarge(row)),
        Share("batched product in cache, B = 32", 60, static row => Is(row, "batched-product", "single", batch: 32) && !IsLarge(row)),
        Ratio("batched product, to OpenBLAS", 0.9, "openblas", static row => row is { Kernel: "batched-product", Variant: "single" }),
        Ratio("spike-driven product of 5 % of the rows, to the dense one", 10, "own-dense", static row => Is(row, "spike-product", "single", density: 0.05)),
        Ratio("spike-driven product of 50 % of the rows, to the dense one", 1, "own-dense", static row => Is(row, "spike-product", "single", density: 0.5)),
        new("neuron step, up to 4096 neurons", 0.16, " ns", static row => row is { Kernel: "neuron-step", Cols: <= 4096 }, static row => row.NsPerSynapse, IsMost: true, VectorWidth: 512),
        new("neuron step, 1048576 neurons", 0.2, " ns", static row => row is { Kernel: "neuron-step", Cols: > 4096 }, static row => row.NsPerSynapse, IsMost: true, VectorWidth: 512),
        Ratio("neuron step, to the loop", 40, "scalar", static row => row.Kernel == "neuron-step" && row.Cols <= 4096),
        Ratio("exponential update in cache, to C++", 0.85, "c++", static row => IsUpdate(row, Exponential) && !IsLarge(row)),
        Ratio("exponential update in cache, to the loop", 40, "scalar", static row => IsUpdate(row, Exponential) && !IsLarge(row)),
        Ratio("exponential update in cache, to TensorPrimitives", 6, "tensor-primitives", static row => IsUpdate(row, Exponential) && !IsLarge(row)),
        Speed("exponential update in cache", 11, static row => IsUpdate(row, Exponential) && !IsLarge(row)),
        Share("exponential update from memory", 85, static row => IsUpdate(row, Exponential) && IsLarge(row)),
        Share("soft-bounds update in L3", 85, static row => IsUpdate(row, SoftBounds) && IsAt(row, "L3")),
        new("update of a pair, to half the speed of one array", 0.9, "x", static row => row.Rival == "own-single", static row => 2 * row.Speedup),
        Speed("update with normal noise", 3.4, static row => row is { Variant: "soft-bounds-noise" or "exponential-noise" or "ideal-linear-noise", Threads: 1 }),
        Speed("whole pulses by log", 2.3, static row => IsUpdate(row, "exponential-pulsed-log") && !IsLarge(row)),
        Speed("whole pulses by log1p", 3, static row => IsUpdate(row, "exponential-pulsed-log1p") && !IsLarge(row)),
        Ratio("fused update and product of 64 MiB, to the update alone", 0.91, "update-alone", static row => IsLargeFused(row)),
        Ratio("fused update and product of 64 MiB, to two passes", 1.8, "two-passes", static row => IsLargeFused(row)),
        Share("batched update in cache, B = 128", 80, static row => row is { Kernel: "batched-update", Batch: 128 } && !IsLarge(row)),
        Ratio("two threads, to one: update, fused, noise", 1.8, "one-thread", static row => row.Kernel is "conductance-update" or "fused-update"),
        Ratio("update of 5 % of the rows, per cell, to all rows", 0.85, "own-all-rows", static row => row is { Kernel: "conductance-update", Density: 0.05 }),
        new("training of 784-512, balanced pair, one thread", 4000, " samples/s", static row => row is { Kernel: "training", Variant: "balanced-pair", Threads: 1 }, PerformanceTables.SamplesPerSecond, VectorWidth: 512),
        new("online step of 784-512-256, ideal", 8, " us", static row => Is(row, "online-step", "ideal", density: 0.1), StepTime, IsMost: true, VectorWidth: 512),
        new("online step of 784-512-256, balanced pair", 15, " us", static row => Is(row, "online-step", "balanced-pair", density: 0.1), StepTime, IsMost: true, VectorWidth: 512),
    ];

    /// <summary>The row that is furthest from the bound, if the target is asked of any.</summary>
    internal RooflineRow? Worst(IReadOnlyList<RooflineRow> rows)
    {
        IEnumerable<RooflineRow> asked = rows.Where(row => (VectorWidth == 0 || row.Isa == $"{VectorWidth}") && Applies(row) && Value(row) is not null);
        return IsMost ? asked.MaxBy(Value) : asked.MinBy(Value);
    }

    /// <summary>Whether a figure keeps the bound, to the digits that tables have.</summary>
    internal bool IsKeptBy(double value) => IsMost ? value <= Bound * 1.0005 : value >= Bound * 0.9995;

    // Against several rivals of a name, such as OpenBLAS's core types, the best of them was saved.
    private static Target Ratio(string kernel, double bound, string rival, Func<RooflineRow, bool> applies) => new(
        kernel, bound, "x", row => row.Rival is { } name && name.StartsWith(rival, StringComparison.Ordinal) && applies(row), static row => row.Speedup);

    private static Target Share(string kernel, double bound, Func<RooflineRow, bool> applies) =>
        new(kernel, bound, " % of the ceiling", applies, static row => 100 * row.FractionOfCeiling);

    private static Target Speed(string kernel, double bound, Func<RooflineRow, bool> applies) =>
        new(kernel, bound, " Gsyn/s", applies, static row => row.GsynPerS, VectorWidth: 512);

    private static double? StepTime(RooflineRow row) => row.NsPerSynapse * OnlineStepCase.Cells / 1000;

    private static bool Is(RooflineRow row, string kernel, string variant, int batch = 1, double density = 1) =>
        row.Kernel == kernel && row.Variant == variant && row.Batch == batch && row.Density == density && row.Threads == 1;

    private static bool IsDense(RooflineRow row) => Is(row, "dense-product", "single");

    private static bool IsUpdate(RooflineRow row, string variant) => Is(row, "conductance-update", variant);

    private static bool IsLargeFused(RooflineRow row) => row is { Kernel: "fused-update", Threads: 1, Variant: SoftBounds or Exponential } && IsLarge(row);

    private static bool IsLarge(RooflineRow row) => (long)row.Rows * row.Cols >= 4096L * 4096;

    private static bool IsAt(RooflineRow row, params ReadOnlySpan<string> levels)
    {
        foreach (string level in levels)
        {
            if (row.Ceiling?.StartsWith(level, StringComparison.Ordinal) == true)
            {
                return true;
            }
        }

        return false;
    }
}
