using System.CommandLine;
using System.Reflection;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using RramSnn.Cli;
using RramSnn.Cli.Settings;
using RramSnn.Model.Crossbars;
using RramSnn.Model.Devices;
using RramSnn.Model.Learning;
using RramSnn.Model.Periphery;
using RramSnn.PropertyTests.Support;
using Xunit;

namespace RramSnn.PropertyTests.Cli;

public sealed class ConfigTests(SmallRuns runs) : IClassFixture<SmallRuns>
{
    [Property(MaxTest = 200)]
    public Property Settings_survive_the_way_through_a_file()
    {
        return Prop.ForAll(Arb.From(Settings()), static settings =>
        {
            string text = SettingsJson.Write(settings);
            return SettingsJson.Write(TrainOptions.ReadConfig(text, "test")) == text;
        });
    }

    [Fact]
    public void Every_key_of_a_configuration_is_an_option_and_every_option_of_the_settings_a_key()
    {
        string folder = runs.NewPath("run");
        ProgramRun.Of(runs.Train(folder)).Succeeded();
        IEnumerable<string> keys = SmallRuns.JsonFile(folder, "config.json").EnumerateObject().Select(static property => property.Name);
        Assert.Equal(new TrainOptions().All.Select(OptionFactory.KeyOf), keys);
    }

    [Fact]
    public void The_configuration_of_a_run_reruns_it()
    {
        string first = runs.NewPath("run");
        string second = runs.NewPath("run");
        ProgramRun.Of(runs.Train(first, "--method", "naive", "--pulses", "pulsed", "--seed", "7", "--learning-rate", "0.02")).Succeeded();
        ProgramRun.Of("train", "--config", Path.Combine(first, "config.json"), "--out", second, "--quiet", "--json").Succeeded();
        Assert.Equal(Hash(first), Hash(second));
        Assert.Equal(SmallRuns.Metrics(first), SmallRuns.Metrics(second));
        Assert.Equal(File.ReadAllText(Path.Combine(first, "config.json")), File.ReadAllText(Path.Combine(second, "config.json")));
    }

    [Fact]
    public void The_command_line_wins_over_the_file()
    {
        string config = runs.WriteFile("config.json", """{"seed": 5, "method": "ideal", "hidden": [32], "quiet": true, "no_test": true, "learning_rate": null}""");
        string folder = runs.NewPath("run");
        ProgramRun.Of("train", "--config", config, "--data", runs.Data, "--steps", "8", "--seed", "9", "--out", folder, "--no-test", "false", "--json").Succeeded();
        JsonElement summary = SmallRuns.JsonFile(folder, "summary.json");
        Assert.Equal(9, summary.GetProperty("seed").GetInt32());
        Assert.Equal("ideal", summary.GetProperty("method").GetString());
        Assert.Equal(UpdateMethods.Get("ideal").TuningFor(PulseMode.Continuous).LearningRate, summary.GetProperty("learning_rate").GetDouble());
        Assert.Equal(JsonValueKind.Number, summary.GetProperty("test_accuracy").ValueKind);
    }

    [Theory]
    [InlineData("""{"epoch": 2}""", "key 'epoch' is unknown")]
    [InlineData("""{"config": "x"}""", "key 'config' is unknown")]
    [InlineData("""{"resume": "x"}""", "key 'resume' is unknown")]
    [InlineData("""{"Epochs": 2}""", "key 'Epochs' is unknown")]
    [InlineData("""{"epochs": "2"}""", "epochs is a JSON string; expected a number")]
    [InlineData("""{"epochs": 2.5}""", "epochs is '2.5'; expected a whole number")]
    [InlineData("""{"epochs": true}""", "epochs is a JSON truth value; expected a number")]
    [InlineData("""{"no_test": 1}""", "no_test is a JSON number; expected true or false")]
    [InlineData("""{"device": 3}""", "device is a JSON number; expected the name, file or object of a device")]
    [InlineData("""{"device": {"name": "x", "g_max_us": 3}}""", "device: key 'g_max_us' is unknown; expected g_max_siemens, a number of siemens.")]
    [InlineData("""{"device": "--help"}""", "device is '--help'; expected a device file or one of ideal, tiox-")]
    [InlineData("""{"hidden": {"a": 1}}""", "hidden is a JSON object; expected numbers")]
    [InlineData("""{"hidden": []}""", "hidden")]
    [InlineData("""{"hidden": [32, "x"]}""", "hidden is '32,\"x\"'; expected whole numbers")]
    [InlineData("""{"epochs": 2, "epochs": 3}""", "is no valid JSON (Duplicate property 'epochs'")]
    [InlineData("""{"epochs": 2,}""", "is no valid JSON (line 1, byte 14)")]
    [InlineData("", "is no valid JSON")]
    [InlineData("[]", "is a JSON array; expected an object")]
    [InlineData("""{"\ud800": 1}""", "is no valid JSON (half of a surrogate pair")]
    [InlineData("""{"epochs": 2, "\udc00": 1}""", "is no valid JSON (half of a surrogate pair")]
    [InlineData("""{"device": "\ud800"}""", "is no valid JSON (half of a surrogate pair")]
    public void A_bad_configuration_is_refused_with_its_name_and_key(string text, string message)
    {
        string config = runs.WriteFile("config.json", text);
        string folder = runs.NewPath("run");
        string error = ProgramRun.Of("train", "--config", config, "--data", runs.Data, "--out", folder).Refused();
        Assert.StartsWith(config, error, StringComparison.Ordinal);
        Assert.Contains(message, error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder));
    }

    [Theory]
    [InlineData("""{"surrogate_half_width": 1e999}""", "surrogate_half_width")]
    [InlineData("""{"gain": 1e999}""", "gain")]
    [InlineData("""{"learning_rate": 1e999}""", "learning_rate")]
    public void A_number_without_bounds_is_refused_before_an_old_run_is_removed(string text, string key)
    {
        string folder = runs.NewPath("run");
        ProgramRun.Of(runs.Train(folder)).Succeeded();
        string[] before = Directory.GetFiles(folder);
        string config = runs.WriteFile("config.json", text);
        string error = ProgramRun.Of([.. runs.Train(folder, "--overwrite", "--config", config).Where(static argument => argument != "--json")]).Refused();
        Assert.Contains(key, error, StringComparison.Ordinal);
        Assert.Equal(before, Directory.GetFiles(folder));
    }

    [Fact]
    public void Every_value_of_an_enumeration_is_read_as_it_is_spelled()
    {
        Option<string> option = OptionFactory.OneOf("--option", "", BindingFlags.Default);
        Command command = new("test") { option };
        Assert.Equal(BindingFlags.NonPublic, OptionFactory.ReadEnum<BindingFlags>(App.Parse(command, ["--option", "non-public"]), option));
        Assert.Equal(BindingFlags.Default, OptionFactory.ReadEnum<BindingFlags>(App.Parse(command, []), option));
    }

    private static string? Hash(string folder) => SmallRuns.JsonFile(folder, "summary.json").GetProperty("state_sha256").GetString();

    private static Gen<TrainSettings> Settings()
    {
        return
            from hidden in Gen.NonEmptyListOf(Gen.Choose(1, 2000))
            from steps in Gen.Choose(1, 100)
            from burnIn in Gen.Choose(0, steps - 1)
            from numbers in Gen.Choose(1, 999_999).ArrayOf(16)
            from flags in Gen.Elements(true, false).ArrayOf(6)
            from device in Gen.OneOf(Gen.Elements<Device>([.. DevicePresets.All]), AnyDevice.Drivable).Where(static device => !device.Law.HasMemory)
            from method in Gen.Elements<UpdateMethod>([.. UpdateMethods.All.Where(method => method.CanDrive(device))])
            from variability in Variability()
            from periphery in Periphery()
            select new TrainSettings
            {
                Data = flags[0] ? null : $"/data/numéro {numbers[0]} \"x\"=--y",
                Epochs = numbers[0],
                Hidden = [.. hidden.Take(64)],
                Device = device,
                Method = method.Name,
                Cell = flags[1] && !method.NeedsPair ? SynapseCell.Reference : SynapseCell.Pair,
                Pulses = flags[2] ? PulseMode.Pulsed : PulseMode.Continuous,
                // Pulses sixty times as large stay within the largest rate that a law takes.
                PulsesPerRange = Math.Max(1 + (numbers[1] / 7.0), device.PulsesPerRange / 60),
                LearningRate = numbers[2] / 1e6,
                LearningRateSchedule = flags[3] ? LearningRateSchedule.Constant : LearningRateSchedule.Linear,
                WeightRange = 1e-3f + (numbers[3] / 3e6f),
                Steps = steps,
                BurnIn = burnIn,
                Rate = numbers[4] / 1e6,
                MembraneDecay = numbers[5] / 1e6f,
                SynapseDecay = numbers[6] / 1e6f,
                ResetDecay = numbers[7] / 1e6f,
                ResetStrength = numbers[8] / 1e4f,
                Gain = numbers[9] / 1e4f,
                Threshold = numbers[10] / 1e6f,
                SurrogateHalfWidth = numbers[11] / 1e5f,
                ErrorEvents = flags[3] ? numbers[5] / 1e6 : null,
                ErrorMargin = flags[2] ? numbers[11] / 1e5f : null,
                Updates = flags[1] ? UpdateTiming.Sample : UpdateTiming.Step,
                InitialWeightScale = numbers[12] / 1e5f,
                ReadoutScale = numbers[13] / 1e5f,
                Samples = flags[4] ? null : numbers[14],
                HeldOut = numbers[15],
                NoTest = flags[5],
                Seed = ulong.MaxValue / (ulong)numbers[0],
                Threads = flags[4] ? null : 1 + (numbers[1] % 64),
                LogEvery = numbers[2],
                Input = flags[0] ? InputCoding.Amplitude : InputCoding.Spikes,
                Variability = variability,
                Periphery = method.Name is "tiki-taka" or "tiki-taka-v2" ? new NetworkPeriphery { DacBits = periphery.DacBits, DacRange = periphery.DacRange, Sinh = periphery.Sinh } : periphery,
            };
    }

    private static Gen<NetworkPeriphery> Periphery()
    {
        return
            from numbers in Gen.Choose(1, 999_999).ArrayOf(6)
            from size in Gen.Elements<int?>(null, 64, 192, 512)
            from bits in Gen.Elements<int?>(null, 2, 8, 16).ArrayOf(2)
            from hasRange in Gen.Elements(true, false)
            from model in Gen.Elements(WireModel.Quick, WireModel.Exact)
            select new NetworkPeriphery
            {
                ArraySize = size,
                AdcBits = bits[0],
                AdcRange = hasRange && bits[0] is not null ? numbers[0] / 1e3f : null,
                DacBits = bits[1],
                DacRange = hasRange && bits[1] is not null ? numbers[1] / 1e6f : null,
                Sinh = numbers[2] / 1e5f,
                WireResistance = numbers[3] / 1e3,
                DriverResistance = numbers[4] / 1e3,
                SenseResistance = numbers[5] / 1e3,
                WireModel = size is null ? WireModel.Quick : model,
                WireRefresh = numbers[0],
            };
    }

    private static Gen<VariabilitySettings> Variability()
    {
        return
            from shares in Gen.Choose(-300_000, 999_999).Select(static n => n < 0 ? (double?)null : n / 4e6).ArrayOf(12)
            from isStep in Gen.Elements(true, false)
            from states in Gen.Elements<int?>(null, 0, 2, 64)
            from distribution in Gen.Elements<SpreadDistribution?>(null, SpreadDistribution.Gaussian, SpreadDistribution.LogNormal)
            from source in Gen.Elements(VariabilitySource.None, VariabilitySource.Device)
            select new VariabilitySettings
            {
                Variability = source,
                Spread = shares[0],
                SpreadDistribution = distribution,
                RangeSpread = shares[1],
                StepNoise = isStep ? shares[2] : null,
                PulseNoise = isStep ? null : shares[3],
                States = states,
                StuckAtMinimum = shares[4] ?? 0,
                StuckAtMaximum = shares[5] ?? 0,
                StuckAtState = shares[6] ?? 0,
                StuckState = shares[7],
                ReadNoise = shares[8],
                DriftExponent = shares[9],
                DriftStartSeconds = 1 + shares[10],
                EnduranceWrites = 1 + (1e6 * shares[11]),
            };
    }
}
