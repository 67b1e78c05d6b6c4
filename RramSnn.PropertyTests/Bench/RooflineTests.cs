using System.Text.Json;
using RramSnn.Bench.Roofline;
using RramSnn.Kernels.Simd;
using Xunit;

namespace RramSnn.PropertyTests.Bench;

public sealed class RooflineTests
{
    private static readonly string[] Keys =
    [
        "kernel", "variant", "rows", "cols", "batch", "density", "threads", "isa", "ns_per_synapse", "gsyn_per_s", "gflop_per_s", "gb_per_s",
        "ceiling", "ceiling_value", "fraction_of_ceiling", "rival", "rival_ns_per_synapse", "speedup",
    ];

    [Fact]
    public void A_run_prints_one_array_of_rows_with_the_stable_keys()
    {
        BenchRun run = BenchRun.Of("roofline", "--kernel", "dense-product", "--size", "128x128", "--threads", "1", "--json");
        Assert.True(run.ExitCode == 0, run.Error);
        using JsonDocument document = JsonDocument.Parse(run.Output);
        JsonElement[] rows = [.. document.RootElement.EnumerateArray()];
        Assert.NotEmpty(rows);
        Assert.All(rows, static row => Assert.Equal(Keys, row.EnumerateObject().Select(static property => property.Name)));
        Assert.All(rows, static row =>
        {
            Assert.Equal("dense-product", row.GetProperty("kernel").GetString());
            Assert.Equal(128, row.GetProperty("rows").GetInt32());
            Assert.Equal(128, row.GetProperty("cols").GetInt32());
            Assert.Equal(1, row.GetProperty("threads").GetInt32());
            Assert.Equal($"{VectorDispatch.WidthInBits}", row.GetProperty("isa").GetString());
            Assert.True(row.GetProperty("ns_per_synapse").GetDouble() > 0);
            Assert.True(row.GetProperty("ceiling_value").GetDouble() > 0);

            // Times are never gated, but their ratio must be the one that is stated.
            double speedup = row.GetProperty("rival_ns_per_synapse").GetDouble() / row.GetProperty("ns_per_synapse").GetDouble();
            Assert.Equal(speedup, row.GetProperty("speedup").GetDouble(), tolerance: 0.01 * speedup);
        });
        Assert.Contains(rows, static row => row.GetProperty("rival").GetString() == "scalar");
        Assert.Contains(rows, static row => row.GetProperty("rival").GetString() == "tensor-primitives");
    }

    [Theory]
    [InlineData("--kernel", "nix", "kernel is 'nix'; expected one of ")]
    [InlineData("--size", "128", "size is '128'; expected word lines x bit lines such as 784x512, each 1 to 32768, an array of at most 1 GiB.")]
    [InlineData("--size", "0x128", "size is '0x128'; expected ")]
    [InlineData("--size", "-1x128", "size is '-1x128'; expected ")]
    [InlineData("--size", "99999999999x1", "size is '99999999999x1'; expected ")]
    [InlineData("--size", "32768x32768", "size is '32768x32768'; expected ")]
    [InlineData("--threads", "0", "threads is 0; expected 1 to ")]
    [InlineData("--threads", "1025", "threads is 1025; expected 1 to ")]
    [InlineData("--minutes", "0", "minutes is 0; expected 1 to 60.")]
    [InlineData("--minutes", "61", "minutes is 61; expected 1 to 60.")]
    [InlineData("--threads", "two", "threads is 'two'; expected a whole number.")]
    [InlineData("--plot", "roofline.jpg", "plot is 'roofline.jpg'; expected a file name that ends in .png or .svg.")]
    [InlineData("--plot", "/nowhere/roofline.png", "plot is '/nowhere/roofline.png'; expected a file in a folder that exists.")]
    [InlineData("--foo", "1", "Unrecognized command or argument '--foo'; expected what --help shows.")]
    public void Bad_input_is_one_line_and_exit_code_2(string option, string value, string message) =>
        Assert.StartsWith(message, BenchRun.Of("roofline", option, value).Refused(), StringComparison.Ordinal);

    [Fact]
    public void Results_of_a_part_are_not_saved() =>
        Assert.Equal(
            "save is set; expected a run of everything, without kernel, size and threads.",
            BenchRun.Of("roofline", "--save", "--kernel", "dense-product").Refused());

    [Fact]
    public void A_combination_without_a_case_is_refused() =>
        Assert.StartsWith(
            "size 8x8, kernel training leave no case; expected for example size 784x512 and threads 1",
            BenchRun.Of("roofline", "--kernel", "training", "--size", "8x8").Refused(),
            StringComparison.Ordinal);

    [Fact]
    public void A_picture_needs_a_case_with_a_roof_and_a_file_name()
    {
        string folder = Directory.CreateTempSubdirectory("roofline").FullName;
        string picture = Path.Combine(folder, "roofline.svg");
        Assert.Equal($"plot is '{picture}'; expected a case that has a roof, on one thread.", BenchRun.Of("roofline", "--kernel", "training", "--plot", picture).Refused());
        Assert.False(File.Exists(picture));
        Directory.CreateDirectory(picture);
        Assert.Equal($"plot is '{picture}'; expected a file in a folder that exists.", BenchRun.Of("roofline", "--plot", picture).Refused());
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void Help_names_our_commands()
    {
        BenchRun run = BenchRun.Of("--help");
        Assert.Equal(0, run.ExitCode);
        Assert.All((string[])["roofline", "docs", "--filter", "--tiers", "--disassembly"], name => Assert.Contains(name, run.Output, StringComparison.Ordinal));
    }

    [Fact]
    public void What_BenchmarkDotNet_does_not_know_is_bad_input() =>
        Assert.Equal("Option 'nope' is unknown. Expected options of BenchmarkDotNet; --list flat --help shows them.", BenchRun.Of("--nope").Refused());

    [Fact]
    public void Of_two_passes_the_better_time_of_each_counts_and_every_allocation()
    {
        CaseFactory factory = CaseCatalogue.Families.First(static family => family.Kernel == "dense-product").Cases(new CasePlan((16, 128), Threads: 1)).First();
        using RooflineCase measured = factory.Create();
        MeasuredCase first = new("dense-product", measured.Variant, measured.Shape, measured.Work, 30, 8, [("scalar", 400), ("openblas-zen", 50)], "30 ns");
        MeasuredCase second = first with { Nanoseconds = 40, AllocatedBytes = 0, Rivals = [("scalar", 500), ("openblas-haswell", 45)], Remark = "40 ns" };
        foreach (MeasuredCase best in new[] { MeasuredCase.Best(first, second), MeasuredCase.Best(second, first) })
        {
            Assert.Equal((30, 8, "30 ns"), (best.Nanoseconds, best.AllocatedBytes, best.Remark));
            Assert.Equal([("scalar", 400), ("openblas-haswell", 45)], best.Rivals);
        }
    }

    [Fact]
    public void Every_kernel_runs_at_odd_sizes()
    {
        foreach (CaseFamily family in CaseCatalogue.Families)
        {
            foreach (CaseFactory factory in family.Cases(new CasePlan((3, 5), Threads: null)))
            {
                using RooflineCase measured = factory.Create();
                measured.Run();
                Assert.Equal(family.HasCeiling, measured.Work.HasCeiling);
            }
        }
    }

    [Fact]
    public void Kernel_names_are_distinct() =>
        Assert.Distinct(CaseCatalogue.Families.Select(static family => family.Kernel));
}
