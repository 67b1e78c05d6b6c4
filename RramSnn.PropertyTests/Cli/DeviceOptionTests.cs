using System.Text.Json;
using RramSnn.Model.Devices;
using RramSnn.Model.Devices.Files;
using Xunit;

namespace RramSnn.PropertyTests.Cli;

public sealed class DeviceOptionTests(SmallRuns runs) : IClassFixture<SmallRuns>
{
    [Fact]
    public void A_device_file_trains_like_the_preset_it_was_made_from()
    {
        string file = WriteDevice(Renamed("tiox-copy", DevicePresets.TiOx3V));
        string preset = runs.NewPath("run");
        string copy = runs.NewPath("run");
        ProgramRun.Of(runs.Train(preset, "--device", "tiox-3v")).Succeeded();
        ProgramRun.Of(runs.Train(copy, "--device", file)).Succeeded();
        Assert.Equal(Hash(preset), Hash(copy));
        Assert.Equal("tiox-copy", SmallRuns.JsonFile(copy, "summary.json").GetProperty("device").GetString());
        Assert.Equal(JsonValueKind.String, SmallRuns.JsonFile(preset, "config.json").GetProperty("device").ValueKind);
        Assert.Equal(JsonValueKind.Object, SmallRuns.JsonFile(copy, "config.json").GetProperty("device").ValueKind);
    }

    [Fact]
    public void A_run_holds_its_device_as_a_file_that_gives_the_run_again()
    {
        string first = runs.NewPath("run");
        string second = runs.NewPath("run");
        ProgramRun.Of(runs.Train(first, "--pulses-per-range", "300")).Succeeded();
        string file = Path.Combine(first, "device.json");
        Assert.Equal(300, DeviceFile.Read(file).PulsesPerRange);
        ProgramRun.Of(runs.Train(second, "--device", file)).Succeeded();
        Assert.Equal(Hash(first), Hash(second));
    }

    [Fact]
    public void Nothing_after_the_start_needs_the_device_file()
    {
        string file = WriteDevice(Renamed("mine", DevicePresets.TiOx3V.WithPulsesPerRange(100)));
        string whole = runs.NewPath("run");
        string parts = runs.NewPath("run");
        string rerun = runs.NewPath("run");
        ProgramRun.Of(runs.Train(whole, "--device", file)).Succeeded();
        Assert.Equal(3, ProgramRun.Until(50, runs.Train(parts, "--device", file)).ExitCode);
        File.Delete(file);
        ProgramRun.Of("train", "--resume", parts, "--quiet").Succeeded();
        Assert.Equal(Hash(whole), Hash(parts));
        ProgramRun.Of("train", "--config", Path.Combine(whole, "config.json"), "--out", rerun, "--quiet").Succeeded();
        Assert.Equal(Hash(whole), Hash(rerun));
        JsonElement measured = SmallRuns.Json(ProgramRun.Of("eval", whole, "--json", "--quiet").Succeeded().Output);
        Assert.Equal("mine", measured.GetProperty("device").GetString());
        Assert.Equal(Hash(whole), measured.GetProperty("state_sha256").GetString());
    }

    [Fact]
    public void A_configuration_may_name_a_device_file()
    {
        string file = WriteDevice(Renamed("mine", DevicePresets.Ideal));
        string config = runs.WriteFile("config.json", JsonSerializer.Serialize(new Dictionary<string, string> { ["device"] = file }));
        string folder = runs.NewPath("run");
        ProgramRun.Of([.. runs.Train(folder), "--config", config]).Succeeded();
        Assert.Equal("mine", SmallRuns.JsonFile(folder, "summary.json").GetProperty("device").GetString());
    }

    [Fact]
    public void A_preset_wins_over_a_file_of_its_name()
    {
        string file = WriteDevice(Renamed("mine", DevicePresets.Ideal));
        string folder = Path.GetDirectoryName(file)!;
        string shadow = Path.Combine(folder, "ideal");
        File.Copy(file, shadow);
        Assert.Equal("mine", SmallRuns.JsonFile(Train(shadow), "summary.json").GetProperty("device").GetString());
        Assert.Equal("ideal", SmallRuns.JsonFile(Train("IDEAL"), "summary.json").GetProperty("device").GetString());

        string Train(string device)
        {
            string run = runs.NewPath("run");
            ProgramRun.Of(runs.Train(run, "--device", device)).Succeeded();
            return run;
        }
    }

    [Fact]
    public void A_bad_device_file_is_refused_before_anything_is_written()
    {
        string file = runs.WriteFile("device.json", """{"name": "x", "g_max_us": 3}""");
        string folder = runs.NewPath("run");
        Assert.Equal(
            $"{file}: key 'g_max_us' is unknown; expected g_max_siemens, a number of siemens.",
            ProgramRun.Of(runs.Train(folder, "--device", file)).Refused());
        Assert.False(Directory.Exists(folder));
    }

    private static Device Renamed(string name, Device device) =>
        DeviceFile.Parse(DeviceFile.ToJson(device).Replace($"\"{device.Name}\"", $"\"{name}\"", StringComparison.Ordinal), "test");

    private static string? Hash(string folder) => SmallRuns.JsonFile(folder, "summary.json").GetProperty("state_sha256").GetString();

    private string WriteDevice(Device device)
    {
        string path = runs.NewPath("device.json");
        DeviceFile.Write(device, path);
        return path;
    }
}
