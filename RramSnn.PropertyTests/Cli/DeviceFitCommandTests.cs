using System.Text.Json;
using RramSnn.Cli;
using RramSnn.Model.Devices;
using RramSnn.Model.Devices.Files;
using RramSnn.PropertyTests.Data;
using RramSnn.PropertyTests.Support;
using Xunit;

namespace RramSnn.PropertyTests.Cli;

/// <summary><c>device fit</c> from the command line to the files.</summary>
public sealed class DeviceFitCommandTests : IDisposable
{
    private static readonly string[] Files = ["device.json", "fit.png", "fit.svg", "residuals.png", "residuals.svg", "summary.json"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_fit_writes_a_device_that_train_takes()
    {
        string result = In("result");
        ProgramRun run = ProgramRun.Of("device", "fit", Measure(), "--out", result, "--name", "mine").Succeeded();
        Assert.Contains("soft-bounds", run.Output, StringComparison.Ordinal);
        Assert.Contains("potentiation_rate_per_pulse", run.Output, StringComparison.Ordinal);
        Assert.Equal(Files, Directory.GetFiles(result).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(DeviceModels.Fittable.Count, Directory.GetFiles(Path.Combine(result, "models"), "*.json").Length);
        Device device = DeviceFile.Read(Path.Combine(result, "device.json"));
        Assert.Equal("mine", device.Name);
        Assert.Equal("soft-bounds", device.Law.Model.Name);
        Assert.InRange(device.Law.Values[0] / DevicePresets.TiOx3V.Law.Values[0], 0.9, 1.1);
        Assert.Equal(DeviceFile.ToJson(device), DeviceFile.ToJson(DeviceFile.Read(Path.Combine(result, "models", "soft-bounds.json"))));
        Assert.All(Directory.GetFiles(Path.Combine(result, "models")), static file => DeviceFile.Read(file));
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], File.ReadAllBytes(Path.Combine(result, "fit.png"))[..4]);
        Assert.Contains("</svg>", File.ReadAllText(Path.Combine(result, "residuals.svg")), StringComparison.Ordinal);

        using SmallRuns runs = new();
        ProgramRun.Of([.. runs.Train(In("run")), "--device", Path.Combine(result, "device.json")]).Succeeded();
    }

    [Fact]
    public void The_summary_has_stable_keys_and_is_what_json_prints()
    {
        string result = In("result");
        ProgramRun run = ProgramRun.Of("device", "fit", Measure(), "--out", result, "--model", "ideal-linear", "--model", "soft-bounds", "--json", "--quiet").Succeeded();
        Assert.Equal(File.ReadAllText(Path.Combine(result, "summary.json")).TrimEnd(), run.Output.TrimEnd());
        JsonElement summary = SmallRuns.Json(run.Output);
        string[] keys = ["file", "best", "ties", "readings", "ramps", "traces", "devices", "lowest_siemens", "highest_siemens", "weights", "warnings", "models", "skipped", "version"];
        Assert.Equal(keys, summary.EnumerateObject().Select(static property => property.Name));
        Assert.Equal("soft-bounds", summary.GetProperty("best").GetString());
        Assert.Equal(129, summary.GetProperty("readings").GetInt32());
        JsonElement best = summary.GetProperty("models")[0];
        string[] fitKeys =
        [
            "model", "rank", "rmse_siemens", "rmse_share", "r_squared", "aicc", "delta_aicc", "akaike_weight", "fitted_values", "residual_correlation",
            "g_min_siemens", "g_max_siemens", "range_fitted", "pulses_per_range", "parameters", "read_noise", "step_noise", "pulse_noise", "spread", "minimum_spread", "maximum_spread",
        ];
        Assert.Equal(fitKeys, best.EnumerateObject().Select(static property => property.Name));
        string[] parameterKeys = ["key", "value", "standard_error", "low95", "high95", "fitted", "at_bound"];
        Assert.Equal(parameterKeys, best.GetProperty("parameters")[0].EnumerateObject().Select(static property => property.Name));
        Assert.Equal(2, summary.GetProperty("models").GetArrayLength());
    }

    [Fact]
    public void Results_are_not_overwritten_unasked_and_never_mix()
    {
        string file = Measure();
        string result = In("result");
        ProgramRun.Of("device", "fit", file, "--out", result, "--quiet", "--model", "soft-bounds").Succeeded();
        Assert.StartsWith($"{result}: holds a result already (device.json)", ProgramRun.Of("device", "fit", file, "--out", result).Refused(), StringComparison.Ordinal);
        ProgramRun.Of("device", "fit", file, "--out", result, "--quiet", "--overwrite", "--model", "ideal-linear").Succeeded();
        Assert.Equal(["ideal-linear.json"], Directory.GetFiles(Path.Combine(result, "models")).Select(Path.GetFileName));
    }

    [Fact]
    public void A_refused_file_leaves_nothing_behind()
    {
        string file = In("bad.csv");
        File.WriteAllText(file, "pulse,direction,conductance_siemens\n1,up,1e-6\n2,up,2\n");
        Assert.StartsWith($"{file}: line 3: conductance_siemens is '2'", ProgramRun.Of("device", "fit", file, "--out", In("result")).Refused(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(In("result")));
    }

    [Theory]
    [InlineData("--model", "nonsense", "model is 'nonsense'; expected one of")]
    [InlineData("--read-voltage", "0", "read_voltage is 0; expected a voltage other than 0.")]
    [InlineData("--weights", "heavy", "weights is 'heavy'; expected one of uniform, relative.")]
    [InlineData("--g-min", "-1", "g_min is -1; expected a conductance above 0 and below 1 S.")]
    [InlineData("--g-max", "0", "g_max is 0; expected a conductance above Gmin and at most 1 S.")]
    [InlineData("--pulses-per-range", "0", "pulses_per_range is 0; expected 1 to 1e9.")]
    public void A_bad_option_is_refused(string option, string value, string message) =>
        Assert.StartsWith(message, ProgramRun.Of("device", "fit", Measure(), "--out", In("result"), "--quiet", option, value).Refused(), StringComparison.Ordinal);

    [Fact]
    public void A_missing_file_is_refused() =>
        Assert.Equal($"{In("nothing.csv")}: file not found", ProgramRun.Of("device", "fit", In("nothing.csv"), "--out", In("result")).Refused());

    [Fact]
    public void An_interrupted_fit_ends_with_3_and_writes_nothing()
    {
        using CancellationTokenSource interrupt = new();
        interrupt.Cancel();
        using StringWriter error = new();
        Assert.Equal(3, App.Run(["device", "fit", Measure(), "--out", In("result"), "--quiet"], new Host(TextWriter.Null, error, interrupt.Token)));
        Assert.False(Directory.Exists(In("result")));
    }

    [Fact]
    public void Warnings_are_printed_and_stored()
    {
        string file = In("odd.csv");
        string[] rows = File.ReadAllLines(Measure());
        File.WriteAllLines(file, [.. rows[..30], .. rows[33..]]);
        ProgramRun run = ProgramRun.Of("device", "fit", file, "--out", In("result"), "--quiet", "--json", "--model", "soft-bounds").Succeeded();
        Assert.Contains("rramsnn: warning: line 31: pulse numbers jump from", run.Error, StringComparison.Ordinal);
        Assert.Contains(SmallRuns.Json(run.Output).GetProperty("warnings").EnumerateArray(), static warning => warning.GetProperty("code").GetString() == "missing_pulses");
    }

    [Fact]
    public void Simulated_currents_are_fitted_as_conductances()
    {
        string file = In("currents.csv");
        ProgramRun.Of("device", "response", "tiox-3v", "--read-voltage", "0.1", "--csv", file).Succeeded();
        Assert.StartsWith("cycle,pulse,direction,current_ampere,read_volts,state\n", File.ReadAllText(file), StringComparison.Ordinal);
        JsonElement summary = SmallRuns.Json(ProgramRun.Of("device", "fit", file, "--out", In("result"), "--json", "--quiet", "--model", "soft-bounds").Succeeded().Output);
        Assert.Equal(DevicePresets.TiOx3V.MaximumSiemens, summary.GetProperty("models")[0].GetProperty("g_max_siemens").GetDouble(), 1e-10);
    }

    /// <summary>The shipped measurements are what the commands in their README make, to the last digit, and fit as it says.</summary>
    [Theory, MemberData(nameof(Shipped))]
    public void Shipped_measurements_are_what_their_commands_make(string file, string command, string best)
    {
        string? shipped = Repository.Find(Path.Combine("data", "pulse-response", file));
        Assert.SkipWhen(shipped is null, "outside a checkout");
        string[] words = command.Split(' ');
        Assert.Equal("rramsnn", words[0]);
        ProgramRun run = ProgramRun.Of([.. words[1..^2]]).Succeeded();
        Assert.Equal(("--csv", file), (words[^2], words[^1]));
        Assert.Equal(File.ReadAllText(shipped!), run.Output);
        string[] options = file.StartsWith("alternating", StringComparison.Ordinal) ? ["--g-min", "33e-9", "--g-max", "674e-9"] : [];
        JsonElement summary = SmallRuns.Json(ProgramRun.Of(["device", "fit", shipped!, "--out", In("result"), "--json", "--quiet", .. options]).Succeeded().Output);
        Assert.Equal(best, summary.GetProperty("best").GetString());
    }

    public static TheoryData<string, string, string> Shipped()
    {
        TheoryData<string, string, string> data = [];
        string? readme = Repository.Find(Path.Combine("data", "pulse-response", "README.md"));
        foreach (string line in readme is null ? [] : File.ReadLines(readme).Where(static line => line.StartsWith("    rramsnn device response", StringComparison.Ordinal)))
        {
            data.Add(line.Split(' ')[^1], line.Trim(), "soft-bounds");
        }

        if (data.Count == 0)
        {
            data.Add("none", "", "");
        }

        return data;
    }

    private string In(string name) => Path.Combine(_folder.FullName, name);

    private string Measure()
    {
        string file = In("measured.csv");
        ProgramRun.Of("device", "response", "tiox-3v", "--read-noise", "0.01", "--seed", "3", "--csv", file).Succeeded();
        return file;
    }
}
