using System.Text.Json;
using FsCheck.Xunit;
using RramSnn.Cli.Sweeps;
using RramSnn.Model.Devices;
using Xunit;

namespace RramSnn.PropertyTests.Cli;

public sealed class SweepCommandTests(SmallRuns runs) : IClassFixture<SmallRuns>
{
    private static readonly string[] Alphas = ["--x", "alpha-potentiation=0,2,40", "--y", "alpha-depression=1,5", "--seeds", "1", "--learning-rate", "0.02", "--no-tuning"];

    [Fact]
    public void A_sweep_draws_a_map_per_method()
    {
        string folder = runs.NewPath("sweep");
        JsonElement sweep = SmallRuns.Json(ProgramRun.Of(runs.Study("sweep", folder, Alphas)).Succeeded().Output);
        Assert.Equal(12, sweep.GetProperty("points").GetArrayLength());
        Assert.Equal(0, sweep.GetProperty("missing").GetInt32());
        Assert.Equal(
            [
                "config.json", "heat-map-balanced-pair.png", "heat-map-balanced-pair.svg", "heat-map-naive.png", "heat-map-naive.svg", "plan.json", "points.csv", "sweep.json",
            ],
            Directory.GetFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        string[] rows = File.ReadAllLines(Path.Combine(folder, "points.csv"));
        Assert.StartsWith("alpha_potentiation,alpha_depression,method,device,", rows[0], StringComparison.Ordinal);
        Assert.Equal(["0,1,naive,alpha-0-1", "0,1,balanced-pair,alpha-0-1", "2,1,naive,alpha-2-1"], rows[1..4].Select(static row => string.Join(',', row.Split(',')[..4])));
        Assert.Contains("test accuracy in %", ProgramRun.Of([.. runs.Study("sweep", folder, Alphas).Where(static argument => argument != "--json")]).Succeeded().Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Parts_joined_are_the_whole()
    {
        string whole = runs.NewPath("whole");
        string first = runs.NewPath("first");
        string second = runs.NewPath("second");
        string joined = runs.NewPath("joined");
        ProgramRun.Of(runs.Study("sweep", whole, Alphas)).Succeeded();
        ProgramRun.Of(runs.Study("sweep", first, [.. Alphas, "--shard", "1/2"])).Succeeded();
        ProgramRun.Of(runs.Study("sweep", second, [.. Alphas, "--shard", "2/2", "--threads", "1"])).Succeeded();
        Assert.Equal(7, File.ReadAllLines(Path.Combine(first, "points.csv")).Length);

        JsonElement half = SmallRuns.Json(ProgramRun.Of("sweep", "merge", first, "--out", joined, "--json").Succeeded().Output);
        Assert.Equal(6, half.GetProperty("missing").GetInt32());
        JsonElement all = SmallRuns.Json(ProgramRun.Of("sweep", "merge", first, second, "--out", joined, "--json").Succeeded().Output);
        Assert.Equal(0, all.GetProperty("missing").GetInt32());
        Assert.Equal(SmallRuns.Rows(whole, "points.csv", timeColumns: 1), SmallRuns.Rows(joined, "points.csv", timeColumns: 1));
        Assert.Equal(File.ReadAllText(Path.Combine(whole, "heat-map-naive.svg")), File.ReadAllText(Path.Combine(joined, "heat-map-naive.svg")));

        string other = runs.NewPath("other");
        ProgramRun.Of(runs.Study("sweep", other, [.. Alphas, "--steps", "6"])).Succeeded();
        Assert.Contains("holds another plan (its arms[0].settings.steps is 6, asked for is 5)", ProgramRun.Of("sweep", "merge", first, other, "--out", joined).Refused(), StringComparison.Ordinal);
        Assert.EndsWith(": holds no sweep.", ProgramRun.Of("sweep", "merge", runs.NewPath("nothing"), "--out", joined).Refused(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public void An_interrupted_sweep_has_its_points_on_disk_and_goes_on_to_the_same_result(int interruptAt)
    {
        string whole = runs.NewPath("whole");
        string parts = runs.NewPath("parts");
        ProgramRun.Of(runs.Study("sweep", whole, Alphas)).Succeeded();
        ProgramRun interrupted = ProgramRun.UntilRuns(interruptAt, runs.Study("sweep", parts, [.. Alphas, "--threads", "1"]));
        Assert.Equal(3, interrupted.ExitCode);
        Assert.Contains($"resume: rramsnn sweep --config {Path.Combine(parts, "config.json")} --out {parts}", interrupted.Error, StringComparison.Ordinal);

        // Without tuning and with one seed a run makes a point.
        string[] rows = SmallRuns.Rows(parts, "points.csv", timeColumns: 1);
        Assert.Equal(SmallRuns.Rows(whole, "points.csv", timeColumns: 1)[..(1 + interruptAt)], rows);
        ProgramRun.Of("sweep", "--config", Path.Combine(parts, "config.json"), "--out", parts, "--quiet").Succeeded();
        Assert.Equal(SmallRuns.Rows(whole, "points.csv", timeColumns: 1), SmallRuns.Rows(parts, "points.csv", timeColumns: 1));
    }

    [Fact]
    public void Options_make_axes_too()
    {
        string folder = runs.NewPath("sweep");
        string[] axes = ["--x", "learning-rate=0.01:1:3:log", "--y", "steps=4:6:2", "--methods", "ideal", "--no-tuning", "--seeds", "1", "--device", "epiram"];
        JsonElement sweep = SmallRuns.Json(ProgramRun.Of([.. runs.Study("sweep", folder, axes).Where(static argument => argument is not "5")
            .Where(static argument => argument is not "--steps")]).Succeeded().Output);
        JsonElement[] points = [.. sweep.GetProperty("points").EnumerateArray()];
        Assert.Equal([0.01, 0.1, 1, 0.01, 0.1, 1], points.Select(static point => point.GetProperty("x").GetDouble()));
        Assert.Equal([4, 4, 4, 6, 6, 6], points.Select(static point => point.GetProperty("y").GetDouble()));
        Assert.All(points, static point => Assert.Equal(point.GetProperty("x").GetDouble(), point.GetProperty("arm").GetProperty("learning_rate").GetDouble()));
        Assert.All(points, static point => Assert.Equal("epiram", point.GetProperty("arm").GetProperty("device").GetString()));
    }

    [Fact]
    public void The_map_over_labels_has_their_range()
    {
        string folder = runs.NewPath("sweep");
        JsonElement sweep = SmallRuns.Json(ProgramRun.Of(runs.Study("sweep", folder, "--neurosim", "--methods", "ideal", "--no-tuning", "--seeds", "1")).Succeeded().Output);
        Assert.Equal(49, sweep.GetProperty("points").GetArrayLength());
        Assert.Equal(6, sweep.GetProperty("points")[48].GetProperty("x").GetDouble());
        Assert.Equal(-6, sweep.GetProperty("points")[48].GetProperty("y").GetDouble());
    }

    [Property(MaxTest = 100)]
    public void A_made_up_device_lies_where_its_axes_say(ushort up, ushort down)
    {
        double potentiation = 12.0 * up / ushort.MaxValue;
        double depression = 12.0 * down / ushort.MaxValue;
        Device device = SweepDevice.Create(SweepDevice.AlphaPotentiation, potentiation, SweepDevice.AlphaDepression, depression);
        Assert.Equal(potentiation, SweepDevice.ValueOf(SweepDevice.AlphaPotentiation, device)!.Value, 1e-6);
        Assert.Equal(depression, SweepDevice.ValueOf(SweepDevice.AlphaDepression, device)!.Value, 1e-6);

        // N pulses span the range, whatever the nonlinearity.
        Assert.Equal(1, device.Law.After(0, device.PulsesPerRange), 1e-9);
        Assert.Equal(0, device.Law.After(1, -device.PulsesPerRange), 1e-9);
    }

    [Fact]
    public void No_nonlinearity_is_linear_and_much_of_it_is_soft_bounds()
    {
        Device linear = SweepDevice.Create(SweepDevice.AlphaDepression, 0, SweepDevice.AlphaPotentiation, 0);
        Device soft = SweepDevice.Create(SweepDevice.AlphaDepression, 40, SweepDevice.AlphaPotentiation, 20);
        DeviceLaw bounds = DeviceModels.SoftBounds.Create(20 / 64.0, 40 / 64.0);
        foreach (double state in new[] { 0.1, 0.5, 0.9 })
        {
            Assert.Equal(1 / 64.0, linear.Law.PotentiationSlope(state), 1e-12);
            Assert.Equal(1 / 64.0, linear.Law.DepressionSlope(state), 1e-12);
            Assert.Equal(bounds.After(state, 3), soft.Law.After(state, 3), 1e-7);
            Assert.Equal(bounds.After(state, -3), soft.Law.After(state, -3), 1e-7);
        }
    }

    [Theory]
    [InlineData("--x", "nix=1,2", "x is 'nix=1,2'; expected OPTION=first:last:count[:log] or OPTION=v,v,... with one of alpha-potentiation")]
    [InlineData("--x", "cell=1,2", "x is 'cell=1,2'; expected OPTION=")]
    [InlineData("--x", "alpha-potentiation", "x is 'alpha-potentiation'; expected OPTION=")]
    [InlineData("--x", "alpha-potentiation=1,x", "x is 'alpha-potentiation=1,x'; expected numbers.")]
    [InlineData("--x", "alpha-potentiation=1,1", "x is 'alpha-potentiation=1,1'; expected every value once.")]
    [InlineData("--x", "alpha-potentiation=1:2", "x is 'alpha-potentiation=1:2'; expected first:last:count")]
    [InlineData("--x", "alpha-potentiation=1:2:1", "x is 'alpha-potentiation=1:2:1'; expected first:last:count")]
    [InlineData("--x", "alpha-potentiation=0:2:3:log", "x is 'alpha-potentiation=0:2:3:log'; expected positive ends")]
    [InlineData("--x", "alpha-potentiation=-1,2", "alpha-potentiation is -1; expected 0 to 4")]
    [InlineData("--x", "alpha-depression=1,2", "x and y are both alpha-depression")]
    [InlineData("--x", "gain=1,2", "x and y are gain and alpha-depression; expected two options, or")]
    [InlineData("--x", "label-potentiation=1,2", "x and y are label-potentiation and alpha-depression")]
    [InlineData("--shard", "0/2", "shard is '0/2'; expected i/n")]
    [InlineData("--shard", "2", "shard is '2'; expected i/n")]
    [InlineData("--device", "epiram", "--device cannot go with axes that make up devices.")]
    [InlineData("--neurosim", "true", "--neurosim chooses both axes")]
    public void A_bad_option_is_refused_before_anything_is_written(string option, string value, string message)
    {
        string folder = runs.NewPath("sweep");
        string[] standard = ["--x", "alpha-potentiation=0,2", "--y", "alpha-depression=1,5"];
        string[] kept = [.. standard.Chunk(2).Where(pair => pair[0] != option).SelectMany(static pair => pair)];
        Assert.StartsWith(message, ProgramRun.Of(runs.Study("sweep", folder, [.. kept, option, value])).Refused(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public void One_axis_alone_is_refused() =>
        Assert.StartsWith("--x and --y go together", ProgramRun.Of("sweep", "--x", "gain=1,2").Refused(), StringComparison.Ordinal);
}
