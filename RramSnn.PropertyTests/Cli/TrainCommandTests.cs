using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using RramSnn.Cli;
using RramSnn.Cli.Reports;
using RramSnn.Cli.Runs;
using RramSnn.Cli.Settings;
using RramSnn.Data;
using RramSnn.Model.Layers;
using Xunit;

namespace RramSnn.PropertyTests.Cli;

public sealed class TrainCommandTests(SmallRuns runs) : IClassFixture<SmallRuns>
{
    private static readonly string[] SummaryKeys =
    [
        "test_accuracy", "train_accuracy", "held_out_accuracy", "device", "method", "cell", "pulse_mode", "hidden", "steps", "learning_rate",
        "weight_range", "seed", "epochs", "samples", "threads", "threads_asked", "vector_width_bits", "samples_per_second", "synapse_updates", "pulses", "reads",
        "writes_per_device_mean", "adc_saturated_share", "dac_saturated_share", "devices", "extra_devices", "wall_seconds", "state_sha256", "version", "out", "rerun",
    ];

    [Fact]
    public void A_run_writes_its_six_files_and_no_temporary_ones()
    {
        string folder = runs.NewPath("run");
        ProgramRun.Of(runs.Train(folder)).Succeeded();
        string[] names = [.. Directory.GetFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal)!];
        Assert.Equal(["config.json", "device.json", "learning-curve.png", "metrics.csv", "model.safetensors", "summary.json"], names);
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], File.ReadAllBytes(Path.Combine(folder, "learning-curve.png"))[..4]);
    }

    [Fact]
    public void The_json_result_has_the_stable_keys_and_equals_the_summary_file()
    {
        string folder = runs.NewPath("run");
        string output = ProgramRun.Of(runs.Train(folder)).Succeeded().Output;
        JsonElement summary = SmallRuns.Json(output);
        Assert.Equal(SummaryKeys, summary.EnumerateObject().Select(static property => property.Name));
        Assert.Equal(output.TrimEnd(), File.ReadAllText(Path.Combine(folder, "summary.json")).TrimEnd());
        Assert.Equal(0, summary.GetProperty("reads").GetInt64());
        Assert.Equal(100, summary.GetProperty("samples").GetInt32());
        Assert.Equal(64.0 * 32 * 2 * 100 * (8 - 2), summary.GetProperty("synapse_updates").GetDouble());
        Assert.Equal(64, summary.GetProperty("state_sha256").GetString()!.Length);
        Assert.Equal(folder, summary.GetProperty("out").GetString());
        Assert.Equal($"rramsnn train --config {Path.Combine(folder, "config.json")}", summary.GetProperty("rerun").GetString());
    }

    [Fact]
    public void A_small_run_learns()
    {
        JsonElement summary = SmallRuns.Json(ProgramRun.Of(runs.Train(runs.NewPath("run"), "--steps", "30")).Succeeded().Output);
        Assert.True(summary.GetProperty("test_accuracy").GetDouble() > 0.7);
    }

    [Fact]
    public void Metrics_have_one_row_per_interval_and_epoch_end()
    {
        string folder = runs.NewPath("run");
        ProgramRun.Of(runs.Train(folder)).Succeeded();
        string[] lines = File.ReadAllLines(Path.Combine(folder, "metrics.csv"));
        Assert.Equal("sample,epoch,online_accuracy,held_out_accuracy,samples_per_second,pulses,writes_per_device_mean,seconds", lines[0]);
        string[][] rows = [.. lines[1..].Select(static line => line.Split(','))];
        Assert.Equal(["30", "60", "90", "100", "130", "160", "190", "200"], rows.Select(static row => row[0]));
        Assert.Equal(["1", "1", "1", "1", "2", "2", "2", "2"], rows.Select(static row => row[1]));
        Assert.All(rows, static row => Assert.Equal(row[0] is not ("100" or "200"), row[3].Length == 0));
        Assert.All(rows, static row => Assert.InRange(Number(row[2]), 0, 1));

        // The intervals of the last epoch, with their 3, 3, 3 and 1 probes, add up to its online accuracy.
        double correct = (3 * (Number(rows[4][2]) + Number(rows[5][2]) + Number(rows[6][2]))) + Number(rows[7][2]);
        JsonElement summary = SmallRuns.JsonFile(folder, "summary.json");
        Assert.Equal(summary.GetProperty("train_accuracy").GetDouble(), correct / 10, 9);
        Assert.Equal(summary.GetProperty("held_out_accuracy").GetDouble(), Number(rows[7][3]));
        Assert.Equal(summary.GetProperty("pulses").GetDouble(), Number(rows[7][5]));
        Assert.Equal(summary.GetProperty("writes_per_device_mean").GetDouble(), Number(rows[7][6]));
    }

    [Fact]
    public void What_an_interval_does_not_know_is_an_empty_cell()
    {
        // Samples 0, 10, 20, ... of an epoch are probes: every second interval of five has none.
        string folder = runs.NewPath("run");
        ProgramRun.Of(runs.Train(folder, "--log-every", "5", "--epochs", "1")).Succeeded();
        string[] cells = [.. File.ReadAllLines(Path.Combine(folder, "metrics.csv"))[1..].Select(static line => line.Split(',')[2])];
        Assert.Equal(20, cells.Length);
        Assert.All(cells.Index(), static cell => Assert.Equal(cell.Index % 2 == 1, cell.Item.Length == 0));
    }

    [Fact]
    public void Without_the_test_its_accuracy_is_null()
    {
        JsonElement summary = SmallRuns.Json(ProgramRun.Of(runs.Train(runs.NewPath("run"), "--no-test")).Succeeded().Output);
        Assert.Equal(JsonValueKind.Null, summary.GetProperty("test_accuracy").ValueKind);
    }

    [Fact]
    public void Held_out_images_change_nothing_but_are_measured()
    {
        // The same 100 images are learned, with and without a look at the other 20.
        JsonElement first = SmallRuns.Json(ProgramRun.Of(runs.Train(runs.NewPath("run"), "--samples", "100", "--held-out", "0")).Succeeded().Output);
        JsonElement second = SmallRuns.Json(ProgramRun.Of(runs.Train(runs.NewPath("run"))).Succeeded().Output);
        Assert.Equal(first.GetProperty("state_sha256").GetString(), second.GetProperty("state_sha256").GetString());
        Assert.Equal(JsonValueKind.Null, first.GetProperty("held_out_accuracy").ValueKind);
        Assert.Equal(JsonValueKind.Number, second.GetProperty("held_out_accuracy").ValueKind);
    }

    [Fact]
    public void The_table_names_result_files_and_rerun_command()
    {
        string folder = runs.NewPath("run");
        string[] arguments = [.. runs.Train(folder).Where(static argument => argument != "--json")];
        ProgramRun run = ProgramRun.Of(arguments).Succeeded();
        Assert.Contains("test accuracy", run.Output, StringComparison.Ordinal);
        Assert.Contains("online training accuracy", run.Output, StringComparison.Ordinal);
        Assert.Contains(Path.Combine(folder, "model.safetensors"), run.Output, StringComparison.Ordinal);
        Assert.Contains($"rramsnn train --config {Path.Combine(folder, "config.json")}", run.Output, StringComparison.Ordinal);
        Assert.Equal("", run.Error);
    }

    [Fact]
    public void A_used_folder_is_refused_unless_overwritten()
    {
        string folder = runs.NewPath("run");
        ProgramRun.Of(runs.Train(folder)).Succeeded();
        string[] before = SmallRuns.Metrics(folder);
        Assert.Contains("holds a run already", ProgramRun.Of(runs.Train(folder, "--seed", "2")).Refused(), StringComparison.Ordinal);
        Assert.Equal(before, SmallRuns.Metrics(folder));
        ProgramRun.Of(runs.Train(folder, "--seed", "2", "--overwrite")).Succeeded();
        Assert.Equal(2, SmallRuns.JsonFile(folder, "summary.json").GetProperty("seed").GetInt32());
    }

    [Fact]
    public void A_picture_that_cannot_be_written_does_not_hide_the_result()
    {
        string folder = runs.NewPath("run");
        Directory.CreateDirectory(Path.Combine(folder, "learning-curve.png.tmp"));
        ProgramRun run = ProgramRun.Of([.. runs.Train(folder).Where(static argument => argument != "--json")]).Succeeded();
        Assert.StartsWith($"rramsnn: warning: {Path.Combine(folder, "learning-curve.png")} was not drawn: ", run.Error, StringComparison.Ordinal);
        Assert.Equal(1, run.Error.Count(static character => character == '\n'));
        Assert.Contains("test accuracy", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("learning-curve.png", run.Output, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(folder, "summary.json")));
    }

    [Fact]
    public void A_default_folder_is_never_one_that_exists()
    {
        string path = runs.NewPath("run");
        foreach (string expected in new[] { path, path + "-2", path + "-3" })
        {
            RunFolder folder = RunFolder.New(path);
            Assert.Equal(expected, folder.Path);
            folder.Create(overwrite: false);
        }
    }

    [Fact]
    public void A_folder_is_taken_once()
    {
        RunFolder folder = new(runs.NewPath("run"));
        folder.Create(overwrite: false);
        Assert.Throws<IOException>(() => folder.Create(overwrite: false));
        folder.Create(overwrite: true);
    }

    [Theory]
    [InlineData("runs/a_b-1.5,x=y:z", "runs/a_b-1.5,x=y:z")]
    [InlineData("", "''")]
    [InlineData("a b", "'a b'")]
    [InlineData("$HOME/`x`\"", "'$HOME/`x`\"'")]
    [InlineData("it's", @"'it'\''s'")]
    [InlineData("é", "'é'")]
    public void A_path_is_quoted_for_a_shell(string path, string word) => Assert.Equal(word, Commandline.Quote(path));

    [Theory]
    [InlineData(RunStatus.Training)]
    [InlineData(RunStatus.MeasuringHeldOut)]
    [InlineData(RunStatus.MeasuringTest)]
    public void The_live_line_fits_into_80_columns(string activity)
    {
        RunStatus status = new(activity, 1, 7_000_000, 100, 100, OnlineAccuracy: 1, HeldOutAccuracy: 1, SamplesPerSecond: 99_999);
        RunStatus slow = status with { SamplesPerSecond = 20 };
        Assert.InRange(ProgressDisplay.LiveBarWidth + 1 + ProgressDisplay.LiveText(status).Length, 1, 80);
        Assert.InRange(ProgressDisplay.LiveBarWidth + 1 + ProgressDisplay.LiveText(slow).Length, 1, 80);
    }

    [Fact]
    public void Each_part_of_the_data_has_spikes_of_its_own()
    {
        TrainSettings settings = TrainOptions.ReadConfig("""{"held_out": 20}""", "test") with { Data = runs.Data };
        RunData data = RunData.Load(settings);
        LabeledImages heldOut = ImageDataSet.Load(runs.Data).Train.Slice(SmallRuns.TrainCount - 20, 20);
        ulong[] actual = Raster(Assert.IsType<PoissonEncoder>(data.HeldOut));
        Assert.Equal(Raster(Encoder(RandomPurpose.HeldOutSpikes)), actual);
        Assert.NotEqual(Raster(Encoder(RandomPurpose.TestSpikes)), actual);
        Assert.NotEqual(Raster(Encoder(RandomPurpose.TrainingSpikes)), actual);

        PoissonEncoder Encoder(RandomPurpose purpose) => new(heldOut, heldOut.ClassCount, settings.Rate, settings.Seed, purpose);

        static ulong[] Raster(PoissonEncoder encoder)
        {
            ulong[] raster = new ulong[8];
            encoder.Encode(sample: 3, firstStep: 0, endStep: 8, raster, wordsPerStep: 1);
            return raster;
        }
    }

    [Fact]
    public async Task A_closed_terminal_ends_a_run_like_an_interruption()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no SIGHUP to send.");
        using SignalInterrupt interrupt = new();
        using Process kill = Process.Start("kill", ["-HUP", $"{Environment.ProcessId}"]);
        TaskCompletionSource<bool> cancelled = new();
        await using CancellationTokenRegistration registration = interrupt.Token.Register(() => cancelled.TrySetResult(true));
        // A signal that is lost ends the wait; a machine that is busy with other tests does not.
        Assert.True(await cancelled.Task.WaitAsync(TimeSpan.FromMinutes(5), TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Progress_goes_to_the_error_stream_in_plain_lines()
    {
        string[] arguments = [.. runs.Train(runs.NewPath("run")).Where(static argument => argument != "--quiet")];
        ProgramRun run = ProgramRun.Of(arguments).Succeeded();
        Assert.Equal(JsonValueKind.Object, SmallRuns.Json(run.Output).ValueKind);
        Assert.Contains("measuring test images  200/200 samples  epoch 2/2", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', run.Error);
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
