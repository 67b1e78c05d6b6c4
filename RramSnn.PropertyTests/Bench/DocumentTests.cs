using RramSnn.Bench.Results;
using RramSnn.Bench.Roofline;
using RramSnn.PropertyTests.Support;
using Xunit;

namespace RramSnn.PropertyTests.Bench;

public sealed class DocumentTests
{
    [Fact]
    public void The_tables_of_the_documents_are_those_of_the_results()
    {
        string? solution = Repository.Find("RramSnn.sln");
        Assert.SkipWhen(solution is null, "Not inside a checkout.");
        DirectoryInfo repository = new(Path.GetDirectoryName(solution)!);
        IReadOnlyList<ResultFolder> results = ResultFolder.ReadAll(repository);
        Assert.NotEmpty(results);
        foreach (GeneratedText text in GeneratedText.All)
        {
            string document = File.ReadAllText(Path.Combine(repository.FullName, text.File));
            Assert.True(text.Apply(document, results) == document, $"{text.File} differs from benchmarks/; run: dotnet run -c Release --project RramSnn.Bench -- docs");
        }
    }

    [Fact]
    public void Every_target_is_asked_of_a_saved_case()
    {
        string? solution = Repository.Find("RramSnn.sln");
        Assert.SkipWhen(solution is null, "Not inside a checkout.");
        IReadOnlyList<ResultFolder> results = ResultFolder.ReadAll(new(Path.GetDirectoryName(solution)!));
        Assert.All(Target.All, target => Assert.Contains(results, folder => target.Worst(folder.Rows) is not null));
    }

    [Fact]
    public void The_case_furthest_from_a_target_counts()
    {
        RooflineRow row = new() { Kernel = "online-step", Variant = "ideal", Rows = 784, Cols = 512, Batch = 1, Density = 0.1, Threads = 1, Isa = "512", NsPerSynapse = 0.01, GsynPerS = 100 };
        Target most = Target.All.Single(static target => target.Kernel == "online step of 784-512-256, ideal");
        RooflineRow slower = row with { NsPerSynapse = 0.02 };
        Assert.Same(slower, most.Worst([row, slower, row with { NsPerSynapse = 1, Isa = "256" }, row with { NsPerSynapse = 1, Variant = "balanced-pair" }]));
        Assert.Equal([true, true, false], ((double[])[7, 8, 8.1]).Select(most.IsKeptBy));
        Target least = Target.All.Single(static target => target.Kernel == "two threads, to one: update, fused, noise");
        RooflineRow two = row with { Kernel = "fused-update", Rival = "one-thread", Speedup = 1.5 };
        Assert.Same(two, least.Worst([two with { Speedup = 1.9 }, two, two with { Speedup = 1, Rival = "scalar" }]));
        Assert.Equal([false, true, true], ((double[])[1.7, 1.8, 2]).Select(least.IsKeptBy));
    }

    [Fact]
    public void A_changed_result_changes_the_documents()
    {
        string? solution = Repository.Find("RramSnn.sln");
        Assert.SkipWhen(solution is null, "Not inside a checkout.");
        DirectoryInfo repository = new(Path.GetDirectoryName(solution)!);
        IReadOnlyList<ResultFolder> results = ResultFolder.ReadAll(repository);
        ResultFolder[] changed = [.. results.Select(static folder => folder with { Rows = [.. folder.Rows.Select(static row => row with { NsPerSynapse = 12345, GsynPerS = 12345 })] })];
        foreach (GeneratedText text in GeneratedText.All)
        {
            string document = File.ReadAllText(Path.Combine(repository.FullName, text.File));
            Assert.NotEqual(document, text.Apply(document, changed));
        }
    }

    [Fact]
    public void Every_kernel_of_the_catalogue_has_results()
    {
        string? solution = Repository.Find("RramSnn.sln");
        Assert.SkipWhen(solution is null, "Not inside a checkout.");
        foreach (ResultFolder folder in ResultFolder.ReadAll(new DirectoryInfo(Path.GetDirectoryName(solution)!)))
        {
            string[] measured = [.. folder.Rows.Select(static row => row.Kernel).Distinct()];
            Assert.All(CaseCatalogue.Families, family => Assert.Contains(family.Kernel, measured));
        }
    }

    [Fact]
    public void A_document_without_its_comments_is_refused() =>
        Assert.Throws<InvalidDataException>(static () => GeneratedText.All[0].Apply("nothing here", []));

    [Fact]
    public void Rows_survive_being_written()
    {
        RooflineRow row = new()
        {
            Kernel = "k",
            Variant = "v",
            Rows = 1,
            Cols = 2,
            Batch = 3,
            Density = 0.5,
            Threads = 4,
            Isa = "512",
            NsPerSynapse = 0.25,
            GsynPerS = 4,
            Speedup = 1.5,
        };
        Assert.Equal([row, row], RooflineRow.FromJson(RooflineRow.ToJson([row, row])));
        Assert.Empty(RooflineRow.FromJson(RooflineRow.ToJson([])));
    }

    [Fact]
    public void Versions_name_no_folder()
    {
        string? solution = Repository.Find("RramSnn.sln");
        Assert.SkipWhen(solution is null, "Not inside a checkout.");
        foreach (ResultFolder folder in ResultFolder.ReadAll(new DirectoryInfo(Path.GetDirectoryName(solution)!)))
        {
            Assert.All(folder.Versions, static line => Assert.DoesNotMatch(@"(^|[\s=:])[/\\]", line.Value));
        }
    }
}
