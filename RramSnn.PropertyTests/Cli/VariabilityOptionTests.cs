using System.Text.Json;
using RramSnn.Cli.Settings;
using RramSnn.Model.Devices;
using RramSnn.Model.Devices.Files;
using Xunit;

namespace RramSnn.PropertyTests.Cli;

/// <summary>Imperfect devices from the command line.</summary>
public sealed class VariabilityOptionTests(SmallRuns runs) : IClassFixture<SmallRuns>
{
    private static readonly string[] Everything =
    [
        "--spread", "0.3", "--spread-distribution", "log-normal", "--range-spread", "0.1", "--pulse-noise", "0.02", "--states", "64",
        "--stuck-at-minimum", "0.05", "--stuck-at-maximum", "0.05", "--stuck-at-state", "0.05", "--stuck-state", "0.4", "--read-noise", "0.02",
        "--endurance-writes", "500",
    ];

    public static TheoryData<string, string> EachAlone() => new()
    {
        { "--spread", "0.3" },
        { "--range-spread", "0.1" },
        { "--step-noise", "0.5" },
        { "--pulse-noise", "0.02" },
        { "--states", "16" },
        { "--stuck-at-minimum", "0.1" },
        { "--stuck-at-maximum", "0.1" },
        { "--stuck-at-state", "0.1" },
        { "--read-noise", "0.1" },
        { "--endurance-writes", "100" },
    };

    [Theory, MemberData(nameof(EachAlone))]
    public void Each_option_changes_the_run_and_its_zero_does_not(string option, string value)
    {
        string plain = Hash();
        Assert.NotEqual(plain, Hash(option, value));
        Assert.Equal(plain, Hash(option, "0"));
    }

    [Fact]
    public void Neutral_values_are_the_run_without_them() =>
        Assert.Equal(Hash(), Hash("--variability", "none", "--spread", "0", "--spread-distribution", "log-normal", "--stuck-state", "0.3", "--drift-exponent", "0.1", "--drift-start-seconds", "60"));

    [Fact]
    public void The_variability_of_a_device_is_taken_if_asked_for()
    {
        Device device = new("mine", "", "", 1e-6, 1e-4, 64, DevicePresets.TiOx3V.Law) { Variability = new DeviceVariability { States = 16, PulseNoise = 0.01 } };
        string file = runs.WriteFile("mine.json", DeviceFile.ToJson(device));
        string[] own = ["--device", file, "--variability", "device"];
        string imperfect = Hash(own);
        Assert.NotEqual(Hash("--device", file), imperfect);
        Assert.Equal(imperfect, Hash("--device", file, "--states", "16", "--pulse-noise", "0.01"));
        Assert.Equal(Hash("--device", file), Hash([.. own, "--states", "0", "--pulse-noise", "0"]));

        // One kind of noise takes the place of the other.
        Assert.Equal(Hash("--device", file, "--states", "16", "--step-noise", "0.2"), Hash([.. own, "--step-noise", "0.2"]));
    }

    [Fact]
    public void A_spread_is_one_of_every_parameter_per_pulse()
    {
        TrainSettings settings = TrainOptions.ReadConfig("""{"device": "tiox-3v", "spread": 0.25}""", "test");
        Assert.Equal(
            new Dictionary<string, double> { ["potentiation_rate_per_pulse"] = 0.25, ["depression_rate_per_pulse"] = 0.25 },
            settings.ToNetworkOptions(1, 2).Variability.Spread);
    }

    [Fact]
    public void Threads_interruptions_and_the_configuration_give_the_same_run()
    {
        string whole = runs.NewPath("run");
        string parts = runs.NewPath("run");
        string rerun = runs.NewPath("run");
        ProgramRun.Of(runs.Train(whole, Everything)).Succeeded();
        Assert.Equal(3, ProgramRun.Until(50, runs.Train(parts, Everything)).ExitCode);
        ProgramRun.Of("train", "--resume", parts, "--threads", "2", "--quiet").Succeeded();
        ProgramRun.Of("train", "--config", Path.Combine(whole, "config.json"), "--out", rerun, "--quiet").Succeeded();
        Assert.Equal(Summary(whole), Summary(parts));
        Assert.Equal(Summary(whole), Summary(rerun));
        Assert.Equal(0.3, SmallRuns.JsonFile(whole, "config.json").GetProperty("spread").GetDouble());

        static string Summary(string folder) => SmallRuns.JsonFile(folder, "summary.json").GetProperty("state_sha256").GetString()!;
    }

    [Fact]
    public void Noise_of_both_kinds_is_refused() => Assert.StartsWith(
        "pulse_noise is 0.1; expected 0 beside step noise", ProgramRun.Of(runs.Train(runs.NewPath("run"), "--step-noise", "0.1", "--pulse-noise", "0.1")).Refused(), StringComparison.Ordinal);

    [Fact]
    public void Networks_forget_as_their_devices_drift()
    {
        // With a threshold of 0 it hardly matters by how much all weights have shrunk.
        string folder = runs.NewPath("run");
        ProgramRun.Of(runs.Train(folder, "--drift-exponent", "0.5", "--drift-start-seconds", "10", "--steps", "30", "--threshold", "0.1")).Succeeded();
        JsonElement measured = SmallRuns.Json(ProgramRun.Of("eval", folder, "--retention-seconds", "0,10,1e12", "--json", "--quiet").Succeeded().Output);
        double fresh = measured.GetProperty("test_accuracy").GetDouble();
        Assert.Equal(SmallRuns.JsonFile(folder, "summary.json").GetProperty("test_accuracy").GetDouble(), fresh);
        (double, double)[] aged =
        [
            .. measured.GetProperty("retention").EnumerateArray()
                .Select(static one => (one.GetProperty("seconds").GetDouble(), one.GetProperty("test_accuracy").GetDouble())),
        ];
        Assert.Equal([(0, fresh), (10, fresh)], aged[..2]);
        Assert.Equal(1e12, aged[2].Item1);
        Assert.True(aged[2].Item2 < fresh - 0.3, $"{aged[2].Item2} after {fresh}");
        Assert.Contains("test accuracy after 1 Ms", ProgramRun.Of("eval", folder, "--retention-seconds", "1e6").Succeeded().Output, StringComparison.Ordinal);
        Assert.Equal("retention_seconds is -1; expected 0 or more seconds.", ProgramRun.Of("eval", folder, "--retention-seconds", "-1").Refused());
        Assert.Equal("retention_seconds is '1,x'; expected numbers with commas between them.", ProgramRun.Of("eval", folder, "--retention-seconds", "1,x").Refused());
    }

    [Fact]
    public void Devices_that_do_not_drift_are_not_aged()
    {
        string folder = runs.NewPath("run");
        ProgramRun.Of(runs.Train(folder)).Succeeded();
        Assert.StartsWith("retention_seconds is given, but the devices of ", ProgramRun.Of("eval", folder, "--retention-seconds", "1").Refused(), StringComparison.Ordinal);
    }

    private string Hash(params string[] more) =>
        SmallRuns.Json(ProgramRun.Of(runs.Train(runs.NewPath("run"), [.. more, "--no-test", "--epochs", "1"])).Succeeded().Output).GetProperty("state_sha256").GetString()!;
}
