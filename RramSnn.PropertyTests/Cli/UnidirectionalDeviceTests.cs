using RramSnn.Model.Devices;
using RramSnn.Model.Devices.Files;
using Xunit;

namespace RramSnn.PropertyTests.Cli;

/// <summary>A device without depression on the command line.</summary>
public sealed class UnidirectionalDeviceTests(SmallRuns runs) : IClassFixture<SmallRuns>
{
    private const string Preset = "pcm-nandakumar";

    [Fact]
    public void Train_learns_with_it_and_the_tuning_is_that_of_whole_pulses()
    {
        string folder = runs.NewPath("run");
        ProgramRun.Of(runs.Train(folder, "--device", Preset, "--method", "one-sided-reset")).Succeeded();
        Assert.True(SmallRuns.JsonFile(folder, "summary.json").GetProperty("pulses").GetDouble() > 0);
        Assert.Equal(1, SmallRuns.JsonFile(folder, "config.json").GetProperty("weight_range").GetDouble());
        Assert.Equal(DeviceFile.ToJson(DevicePresets.Get(Preset)), DeviceFile.ToJson(DeviceFile.Read(Path.Combine(folder, "device.json"))));
        ProgramRun.Of("eval", folder, "--json", "--quiet").Succeeded();
    }

    [Fact]
    public void Other_methods_and_other_scatter_are_refused_in_one_line()
    {
        string folder = runs.NewPath("run");
        string[] arguments = [.. runs.Train(folder, "--device", Preset).Where(static argument => argument != "--json")];
        Assert.StartsWith($"device {Preset} is unidirectional; the method balanced-pair expects both polarities.", ProgramRun.Of(arguments).Refused(), StringComparison.Ordinal);
        string text = DeviceFile.ToJson(DevicePresets.Get(Preset)).Replace("\"read_noise\"", "\"step_noise\": 0.3, \"read_noise\"", StringComparison.Ordinal);
        string file = runs.WriteFile("mine.json", text);
        Assert.Equal(
            $"{file}: variability.step_noise is 0.3; expected 0, since the model phase-change has a scatter of its own; read noise and drift may be added to it.",
            ProgramRun.Of("device", "show", file).Refused());
    }

    [Fact]
    public void Responses_follow_the_mean_law_and_scatter_with_noise()
    {
        string[] mean = Response();
        Assert.Equal(33, mean.Length);
        Assert.Equal(mean[16].Split(',')[3], mean[32].Split(',')[3]);
        Assert.Equal(DevicePresets.Get(Preset).Law.After(0, 1), double.Parse(mean[1].Split(',')[4], System.Globalization.CultureInfo.InvariantCulture), 1e-9);
        string[] noisy = Response("--noise");
        Assert.Equal(noisy, Response("--noise"));
        Assert.Equal(17, noisy.Zip(mean).Take(17).Count(static pair => pair.First != pair.Second));
        Assert.NotEqual(noisy, Response("--noise", "--seed", "2"));
        Assert.Equal(mean, Response("--seed", "2"));
    }

    private static string[] Response(params string[] more) =>
        ProgramRun.Of(["device", "response", Preset, .. more]).Succeeded().Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)[1..];
}
