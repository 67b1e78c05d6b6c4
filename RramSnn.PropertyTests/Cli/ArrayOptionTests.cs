using System.Text.Json;
using Xunit;

namespace RramSnn.PropertyTests.Cli;

/// <summary>Arrays, converters, wires and amplitudes from the command line.</summary>
public sealed class ArrayOptionTests(SmallRuns runs) : IClassFixture<SmallRuns>
{
    private static readonly string[] Everything =
    [
        "--array-size", "64", "--adc-bits", "6", "--adc-range", "12", "--input", "amplitude", "--dac-bits", "3", "--dac-range", "0.4", "--sinh", "2",
        "--wire-resistance", "200", "--driver-resistance", "100", "--sense-resistance", "50", "--wire-refresh", "7", "--read-noise", "0.01",
    ];

    [Theory]
    [InlineData("--adc-bits", "4")]
    [InlineData("--wire-resistance", "1000")]
    [InlineData("--driver-resistance", "10000")]
    [InlineData("--sense-resistance", "10000")]
    [InlineData("--input", "amplitude")]
    public void Each_option_changes_the_run(string option, string value) => Assert.NotEqual(Hash(), Hash(option, value));

    [Theory]
    [InlineData("--sinh", "2")]
    [InlineData("--dac-bits", "2")]
    [InlineData("--dac-range", "0.1", "--dac-bits", "8")]
    public void The_options_of_amplitudes_change_runs_of_amplitudes_only(params string[] options)
    {
        Assert.NotEqual(Hash("--input", "amplitude"), Hash([.. options, "--input", "amplitude"]));
        Assert.Equal(Pulses(), Pulses(options));
    }

    [Fact]
    public void Neutral_values_are_the_run_without_them() => Assert.Equal(
        Hash(),
        Hash("--sinh", "0", "--wire-resistance", "0", "--driver-resistance", "0", "--sense-resistance", "0", "--wire-refresh", "3", "--wire-model", "exact", "--input", "spikes"));

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
        JsonElement summary = SmallRuns.JsonFile(whole, "summary.json");
        foreach (string folder in new[] { parts, rerun })
        {
            foreach (string key in new[] { "state_sha256", "test_accuracy", "adc_saturated_share", "dac_saturated_share", "pulses" })
            {
                Assert.Equal(summary.GetProperty(key).ToString(), SmallRuns.JsonFile(folder, "summary.json").GetProperty(key).ToString());
            }
        }

        JsonElement measured = SmallRuns.Json(ProgramRun.Of("eval", whole, "--json", "--quiet").Succeeded().Output);
        Assert.Equal(summary.GetProperty("test_accuracy").GetDouble(), measured.GetProperty("test_accuracy").GetDouble());
    }

    [Fact]
    public void Saturation_is_reported_where_there_are_converters()
    {
        string folder = runs.NewPath("run");
        string[] arguments = [.. runs.Train(folder, Everything).Where(static argument => argument != "--json")];
        string output = ProgramRun.Of(arguments).Succeeded().Output;
        Assert.Contains("ADC conversions saturated", output, StringComparison.Ordinal);
        Assert.Contains("DAC conversions saturated", output, StringComparison.Ordinal);
        JsonElement summary = SmallRuns.JsonFile(folder, "summary.json");
        Assert.InRange(summary.GetProperty("adc_saturated_share").GetDouble(), 0, 1);

        // White pixels have the amplitude 0.5, beyond a range of 0.4.
        Assert.InRange(summary.GetProperty("dac_saturated_share").GetDouble(), 0.01, 0.5);
        Assert.All(["adc_saturated_share", "dac_saturated_share"], key => Assert.Equal(JsonValueKind.Null, Summary().GetProperty(key).ValueKind));
        Assert.Equal(JsonValueKind.Null, Summary("--dac-bits", "3").GetProperty("dac_saturated_share").ValueKind);
    }

    [Fact]
    public void Amplitudes_are_learned() =>
        Assert.True(SmallRuns.Json(ProgramRun.Of(runs.Train(runs.NewPath("run"), "--input", "amplitude", "--steps", "30")).Succeeded().Output).GetProperty("test_accuracy").GetDouble() > 0.7);

    private string Hash(params string[] more) => Summary(more).GetProperty("state_sha256").GetString()!;

    private double Pulses(params string[] more) => Summary(more).GetProperty("pulses").GetDouble();

    private JsonElement Summary(params string[] more) =>
        SmallRuns.Json(ProgramRun.Of(runs.Train(runs.NewPath("run"), [.. more, "--no-test", "--epochs", "1"])).Succeeded().Output);
}
