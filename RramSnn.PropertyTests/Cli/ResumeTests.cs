using System.Text.Json;
using System.Text.RegularExpressions;
using FsCheck.Xunit;
using RramSnn.Model.Checkpoints;
using RramSnn.Model.Layers;
using Xunit;

namespace RramSnn.PropertyTests.Cli;

public sealed class ResumeTests(SmallRuns runs) : IClassFixture<SmallRuns>
{
    private static readonly string[] SameKeys = ["state_sha256", "test_accuracy", "train_accuracy", "held_out_accuracy", "pulses", "writes_per_device_mean", "reads"];

    [Property(MaxTest = 12)]
    public void A_run_interrupted_twice_ends_like_one_that_was_not(byte first, byte second, bool pulsed)
    {
        string[] options = ["--pulses", pulsed ? "pulsed" : "continuous", "--log-every", "7", "--seed", $"{first}"];
        string whole = runs.NewPath("whole");
        string parts = runs.NewPath("parts");
        ProgramRun.Of(runs.Train(whole, options)).Succeeded();
        AssertInterrupted(ProgramRun.Until(1 + (first % 190), runs.Train(parts, options)));
        ProgramRun again = ProgramRun.Until(second, "train", "--resume", parts, "--quiet", "--json");
        if (again.ExitCode != 0)
        {
            AssertInterrupted(again);
            again = ProgramRun.Of("train", "--resume", parts, "--quiet", "--json", "--threads", "2").Succeeded();
        }

        AssertSame(whole, parts);
    }

    [Fact]
    public void An_interruption_at_an_epoch_end_measures_held_out_images_once()
    {
        string whole = runs.NewPath("whole");
        string parts = runs.NewPath("parts");
        ProgramRun.Of(runs.Train(whole)).Succeeded();
        AssertInterrupted(ProgramRun.Until(100, runs.Train(parts)));
        AssertInterrupted(ProgramRun.Until(200, "train", "--resume", parts, "--quiet"));
        ProgramRun.Of("train", "--resume", parts, "--quiet").Succeeded();
        AssertSame(whole, parts);
    }

    [Fact]
    public void An_interrupted_run_says_how_to_go_on()
    {
        string folder = runs.NewPath("run");
        ProgramRun run = ProgramRun.Until(50, runs.Train(folder));
        Assert.Equal(3, run.ExitCode);
        Assert.Matches($"^rramsnn: interrupted after [5-9][0-9] of 200 samples; resume: rramsnn train --resume {Regex.Escape(folder)}$", run.Error.TrimEnd());
        Assert.Equal("", run.Output);
        Assert.False(File.Exists(Path.Combine(folder, "summary.json")));
    }

    [Fact]
    public void A_finished_run_has_nothing_to_resume()
    {
        string folder = runs.NewPath("run");
        ProgramRun.Of(runs.Train(folder)).Succeeded();
        Assert.Equal($"{folder}: the run is finished; there is nothing to resume.", ProgramRun.Of("train", "--resume", folder).Refused());
    }

    [Theory]
    [InlineData("--epochs", "5")]
    [InlineData("--seed", "2")]
    [InlineData("--out", "elsewhere")]
    [InlineData("--config", "config.json")]
    [InlineData("--overwrite", "true")]
    [InlineData("--log-every", "9")]
    public void What_would_change_the_run_is_refused(string option, string value)
    {
        string folder = runs.NewPath("run");
        AssertInterrupted(ProgramRun.Until(50, runs.Train(folder)));
        string error = ProgramRun.Of("train", "--resume", folder, option, value).Refused();
        Assert.StartsWith($"{option} cannot go with --resume", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_checkpoint_of_another_program_is_refused()
    {
        string folder = runs.NewPath("run");
        AssertInterrupted(ProgramRun.Until(50, runs.Train(folder)));
        string path = Path.Combine(folder, "model.safetensors");
        Dictionary<string, string> metadata = new(Checkpoint.ReadMetadata(path));
        foreach ((string key, string value, string message) in new[]
        {
            ("format_version", "2", "format_version is 2; expected 1"),
            ("position", "x", "metadata position is 'x'; expected a number"),
            ("position", "201", "position is 201; expected 0 to 200"),
            ("config", "{}}", "config: is no valid JSON"),
            ("config", """{"hidden": [33], "data": "/nowhere"}""", "/nowhere: folder not found"),
            ("metrics", "{}", "metadata metrics is no list of measurements"),
            ("metrics", "[null]", "metadata metrics is no list of measurements"),
            ("metrics", """[{"\ud800": 1}]""", "metadata metrics is no list of measurements"),
            ("training_data_sha256", "x", "the training data are not those that the run began with"),
            ("device", "tiox-3v of last year", "the run's device is (tiox-3v of last year); this program's is ({\"name\":\"tiox-3v\","),
        })
        {
            using Network network = new(new() { Inputs = 64, Hidden = [32], Classes = 4 });
            Checkpoint.Save(path, network, new Dictionary<string, string>(metadata) { [key] = value });
            Assert.Contains(message, ProgramRun.Of("train", "--resume", folder).Refused(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Eval_gives_the_accuracy_of_the_training_run()
    {
        string folder = runs.NewPath("run");
        JsonElement trained = SmallRuns.Json(ProgramRun.Of(runs.Train(folder)).Succeeded().Output);
        foreach (string path in new[] { folder, Path.Combine(folder, "model.safetensors") })
        {
            JsonElement measured = SmallRuns.Json(ProgramRun.Of("eval", path, "--json", "--quiet").Succeeded().Output);
            Assert.Equal(trained.GetProperty("test_accuracy").GetDouble(), measured.GetProperty("test_accuracy").GetDouble());
            Assert.Equal(trained.GetProperty("state_sha256").GetString(), measured.GetProperty("state_sha256").GetString());
            Assert.Equal(200, measured.GetProperty("trained_samples").GetInt64());
        }

        Assert.Contains("test accuracy", ProgramRun.Of("eval", folder).Succeeded().Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_killed_in_its_first_epoch_can_be_resumed()
    {
        string whole = runs.NewPath("whole");
        string parts = runs.NewPath("parts");
        ProgramRun.Of(runs.Train(whole)).Succeeded();
        ProgramRun.KilledAt(50, runs.Train(parts));
        ProgramRun.Of("train", "--resume", parts, "--quiet").Succeeded();
        AssertSame(whole, parts);
    }

    [Theory]
    [InlineData("train", "training")]
    [InlineData("t10k", "test")]
    public void A_run_does_not_go_on_with_other_data(string part, string name)
    {
        using SmallRuns own = new();
        string folder = own.NewPath("run");
        AssertInterrupted(ProgramRun.Until(50, own.Train(folder)));
        string images = Path.Combine(own.Data, $"{part}-images-idx3-ubyte");
        byte[] bytes = File.ReadAllBytes(images);
        bytes[^1] ^= 1;
        File.WriteAllBytes(images, bytes);
        string error = ProgramRun.Of("train", "--resume", folder).Refused();
        Assert.Equal($"{Path.Combine(folder, "model.safetensors")}: the {name} data are not those that the run began with.", error);

        // The changed training image is a held-out one: measured, not learned, but part of the result. Put back, the run goes on.
        bytes[^1] ^= 1;
        File.WriteAllBytes(images, bytes);
        ProgramRun.Of("train", "--resume", folder, "--quiet").Succeeded();
    }

    [Fact]
    public void Eval_measures_other_test_images_only_when_told_to()
    {
        using SmallRuns own = new();
        string folder = own.NewPath("run");
        ProgramRun.Of(own.Train(folder)).Succeeded();
        string labels = Path.Combine(own.Data, "t10k-labels-idx1-ubyte");
        byte[] bytes = File.ReadAllBytes(labels);
        bytes[^1] ^= 1;
        File.WriteAllBytes(labels, bytes);
        Assert.Contains("the test data are not those", ProgramRun.Of("eval", folder, "--quiet").Refused(), StringComparison.Ordinal);
        ProgramRun.Of("eval", folder, "--data", own.Data, "--quiet").Succeeded();
    }

    [Fact]
    public void Eval_refuses_another_device()
    {
        string folder = runs.NewPath("run");
        ProgramRun.Of(runs.Train(folder)).Succeeded();
        string path = Path.Combine(folder, "model.safetensors");
        Dictionary<string, string> metadata = new(Checkpoint.ReadMetadata(path)) { ["device"] = "x" };
        using Network network = new(new() { Inputs = 64, Hidden = [32], Classes = 4 });
        Checkpoint.Save(path, network, metadata);
        Assert.Contains("the run's device is (x)", ProgramRun.Of("eval", folder, "--data", runs.Data).Refused(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"\ud800": 1}""")]
    [InlineData("""{"__metadata__": {"\ud800": "x"}}""")]
    [InlineData("""{"__metadata__": {"config": "\ud800"}}""")]
    public void A_header_that_is_no_text_is_refused(string header)
    {
        string path = runs.WriteFile("model.safetensors", $"{(char)header.Length}\0\0\0\0\0\0\0{header}");
        Assert.StartsWith(path, ProgramRun.Of("eval", path).Refused(), StringComparison.Ordinal);
    }

    private static void AssertInterrupted(ProgramRun run) => Assert.True(run.ExitCode == 3, $"exit code {run.ExitCode}: {run.Error}");

    private static void AssertSame(string expected, string actual)
    {
        JsonElement first = SmallRuns.JsonFile(expected, "summary.json");
        JsonElement second = SmallRuns.JsonFile(actual, "summary.json");
        foreach (string key in SameKeys)
        {
            Assert.Equal(first.GetProperty(key).GetRawText(), second.GetProperty(key).GetRawText());
        }

        Assert.Equal(SmallRuns.Metrics(expected), SmallRuns.Metrics(actual));
    }
}
