using System.Reflection;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using RramSnn.Model.Devices;
using RramSnn.Model.Devices.Files;
using RramSnn.PropertyTests.Data;
using RramSnn.PropertyTests.Support;
using Xunit;

namespace RramSnn.PropertyTests.Model;

public sealed class DeviceFileTests
{
    private const string Good = """
        {
          "name": "mine",
          "model": "soft-bounds",
          "g_min_siemens": 1e-6,
          "g_max_siemens": 1e-5,
          "pulses_per_range": 64,
          "parameters": {"potentiation_rate_per_pulse": 0.05, "depression_rate_per_pulse": 0.5}
        }
        """;

    [Property(MaxTest = 1000)]
    public Property Every_device_survives_the_way_through_a_file()
    {
        return Prop.ForAll(AnyDevice.Arbitrary, static device =>
        {
            foreach (string text in new[] { DeviceFile.ToJson(device), DeviceFile.ToCompactJson(device) })
            {
                AssertSame(device, DeviceFile.Parse(text, "test"));
            }
        });
    }

    [Fact]
    public void A_written_file_is_read_back_and_replaces_the_old_one()
    {
        using TemporaryFolder folder = new();
        string path = Path.Combine(folder.FullName, "device.json");
        DeviceFile.Write(DevicePresets.Ideal, path);
        DeviceFile.Write(DevicePresets.TiOx3V, path);
        AssertSame(DevicePresets.TiOx3V, DeviceFile.Read(path));
        Assert.Equal([path], Directory.GetFiles(folder.FullName));
        Assert.EndsWith("}\n", File.ReadAllText(path), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_left_out_is_perfect_or_unknown()
    {
        Device device = DeviceFile.Parse(Good, "test");
        Assert.Equal("mine", device.Name);
        Assert.Equal(["soft-bounds", "", ""], [device.Law.Model.Name, device.Description, device.Source]);
        Assert.Equal([1e-6, 1e-5, 64], [device.MinimumSiemens, device.MaximumSiemens, device.PulsesPerRange]);
        Assert.Equal([0.05, 0.5], device.Law.Values.ToArray());
        Assert.True(device.Variability.IsNone);
        Assert.Null(device.PulseConditions);
    }

    [Fact]
    public void A_file_may_say_everything()
    {
        Device device = DeviceFile.Parse(
            With("""
                "$schema": "device.schema.json", "description": "d", "source": "s", "note": "n",
                "variability": {"step_noise": 0.3, "states": 64, "distribution": "log-normal", "spread": {"depression_rate_per_pulse": 0.25}},
                "pulse_conditions": {"potentiation_volts": 3, "depression_seconds": 1e-6}
                """),
            "test");
        Assert.Equal((0.3, 64, SpreadDistribution.LogNormal), (device.Variability.StepNoise, device.Variability.States, device.Variability.Distribution));
        Assert.Equal(0.25, device.Variability.Spread["depression_rate_per_pulse"]);
        Assert.Equal(new PulseConditions(3, double.NaN, double.NaN, 1e-6), device.PulseConditions);
    }

    [Theory]
    [InlineData(""" "g_max_us": 100 """, "key 'g_max_us' is unknown; expected g_max_siemens, a number of siemens.")]
    [InlineData(""" "G_MIN_nS": 100 """, "key 'G_MIN_nS' is unknown; expected g_min_siemens, a number of siemens.")]
    [InlineData(""" "pulse_conditions": {"potentiation_ms": 1} """, "key 'pulse_conditions.potentiation_ms' is unknown; expected potentiation_seconds, a number of seconds.")]
    [InlineData(""" "pulse_conditions": {"depression_mV": 1} """, "key 'pulse_conditions.depression_mV' is unknown; expected depression_volts, a number of volts.")]
    [InlineData(""" "paramters": {} """, "key 'paramters' is unknown; expected parameters (or another of $schema, name, ")]
    [InlineData(""" "Name": "x" """, "key 'Name' is unknown; expected name (or another of ")]
    [InlineData(""" "pulses": 64 """, "key 'pulses' is unknown; expected pulses_per_range (or another of ")]
    [InlineData(""" "colour": "red" """, "key 'colour' is unknown; expected $schema, name, ")]
    [InlineData(""" "a\nb": 1 """, "key 'a b' is unknown; expected $schema")]
    [InlineData(""" "variability": {"step_nois": 1} """, "key 'variability.step_nois' is unknown; expected step_noise (or another of step_noise, pulse_noise, ")]
    [InlineData(""" "variability": {"spread": {"depression_rate": 1}} """, "key 'variability.spread.depression_rate' is unknown; expected depression_rate_per_pulse (or another of ")]
    [InlineData(""" "name": "twice" """, "key 'name' is there twice; expected it once.")]
    [InlineData(""" "variability": {"states": 2, "states": 2} """, "key 'variability.states' is there twice; expected it once.")]
    [InlineData(""" "variability": 3 """, "variability is a JSON number; expected an object.")]
    [InlineData(""" "variability": {"states": 2.5} """, "variability.states is 2.5; expected a whole number, 0 or more.")]
    [InlineData(""" "variability": {"states": 1} """, "variability.states is 1; expected at least 2, or 0 for any state.")]
    [InlineData(""" "variability": {"states": 1e99} """, "variability.states is 1E+99; expected a whole number, 0 or more.")]
    [InlineData(""" "variability": {"step_noise": -0.1} """, "variability.step_noise is -0.1; expected 0 to 100.")]
    [InlineData(""" "variability": {"step_noise": 1, "pulse_noise": 0.5} """, "variability.pulse_noise is 0.5; expected 0 beside step noise")]
    [InlineData(""" "variability": {"read_noise": "1 %"} """, "variability.read_noise is a JSON string; expected a number.")]
    [InlineData(""" "variability": {"drift_start_seconds": 0} """, "variability.drift_start_seconds is 0; expected a time above 0 in seconds.")]
    [InlineData(""" "variability": {"distribution": "uniform"} """, "variability.distribution is 'uniform'; expected one of gaussian, log-normal.")]
    [InlineData(""" "variability": {"spread": {"depression_rate_per_pulse": 11}} """, "variability.spread.depression_rate_per_pulse is 11; expected 0 to 10.")]
    [InlineData(""" "variability": {"spread": [1]} """, "variability.spread is a JSON array; expected an object.")]
    [InlineData(""" "variability": {"stuck_at_minimum": 0.6, "stuck_at_maximum": 0.6} """, "stuck")]
    [InlineData(""" "pulse_conditions": {"potentiation_volts": 1e999} """, "pulse_conditions.potentiation_volts is Infinity; expected a finite number of volts.")]
    [InlineData(""" "pulse_conditions": {"depression_seconds": 0} """, "pulse_conditions.depression_seconds is 0; expected a time above 0 in seconds.")]
    [InlineData(""" "pulse_conditions": {"depression_volts": null} """, "pulse_conditions.depression_volts is a JSON null; expected a number.")]
    [InlineData(""" "description": "two\nlines" """, "description is 'two lines'; expected one line of text.")]
    [InlineData(""" "source": 3 """, "source is a JSON number; expected a string.")]
    [InlineData(""" "$schema": 3 """, "$schema is a JSON number; expected a string.")]
    [InlineData(""" "source": "\ud800" """, "is no valid JSON (half of a surrogate pair in a key or string).")]
    public void A_key_too_many_or_wrong_is_refused(string more, string message) => AssertRefused(With(more), message);

    [Theory]
    [InlineData("\"mine\"", "\"\"", "name is ''; expected 1 to 64 letters, digits and")]
    [InlineData("\"mine\"", "\"../x\"", "name is '../x'; expected 1 to 64 letters")]
    [InlineData("\"mine\"", "\"--help\"", "name is '--help'; expected 1 to 64 letters")]
    [InlineData("\"mine\"", "7", "name is a JSON number; expected a string.")]
    [InlineData("soft-bounds", "unobtainium", "model is 'unobtainium'; expected one of ideal-linear, ")]
    [InlineData("\"g_max_siemens\": 1e-5", "\"g_max_siemens\": 1e-6", "g_max_siemens is 1E-06; expected a conductance above Gmin, in siemens.")]
    [InlineData("\"g_max_siemens\": 1e-5", "\"g_max_siemens\": 1e999", "g_max_siemens is Infinity; expected a conductance above Gmin, in siemens.")]
    [InlineData("\"g_max_siemens\": 1e-5", "\"g_max_siemens\": NaN", "is no valid JSON: g_max_siemens is NaN; expected a JSON value (line 5, byte 20).")]
    [InlineData("\"g_max_siemens\": 1e-5", "\"g_max_siemens\": -Infinity", "is no valid JSON: g_max_siemens is -Infinity; expected a JSON value (line 5, byte ")]
    [InlineData("\"g_max_siemens\": 1e-5", "\"g_max_siemens\": 10", "g_max_siemens is 10; expected at most 1, in siemens: 1 uS is 1e-6.")]
    [InlineData("\"g_max_siemens\": 1e-5", "\"g_max_siemens\": \"NaN\"", "g_max_siemens is a JSON string; expected a number.")]
    [InlineData("\"g_max_siemens\": 1e-5,", "", "key 'g_max_siemens' is missing.")]
    [InlineData("\"g_max_siemens\"", "\"g_max_us\"", "key 'g_max_us' is unknown; expected g_max_siemens, a number of siemens.")]
    [InlineData("\"g_min_siemens\": 1e-6", "\"g_min_siemens\": 0", "g_min_siemens is 0; expected a positive conductance in siemens.")]
    [InlineData("64", "0.5", "pulses_per_range is 0.5; expected 1 to 1e9.")]
    [InlineData("0.05", "-0.05", "parameters.potentiation_rate_per_pulse is -0.05; expected more than 0 and at most 100.")]
    [InlineData("0.05", "1e999", "parameters.potentiation_rate_per_pulse is Infinity; expected more than 0 and at most 100.")]
    [InlineData("0.05", "[0.05]", "parameters.potentiation_rate_per_pulse is a JSON array; expected a number.")]
    [InlineData(", \"depression_rate_per_pulse\": 0.5", "", "key 'parameters.depression_rate_per_pulse' is missing.")]
    [InlineData("depression_rate_per_pulse", "depression_rate", "key 'parameters.depression_rate' is unknown; expected depression_rate_per_pulse (or another of potentiation_rate_per_pulse, depression_rate_per_pulse).")]
    [InlineData("64,", "64, // levels", "is no valid JSON (line 6, byte 27).")]
    [InlineData("0.5}", "0.5,}", "is no valid JSON (line 7, ")]
    [InlineData("\"parameters\": {", "\"parameters\": 3, \"p\": {", "key 'p' is unknown")]
    public void A_changed_file_is_refused(string from, string to, string message)
    {
        Assert.Contains(from, Good, StringComparison.Ordinal);
        AssertRefused(Good.Replace(from, to, StringComparison.Ordinal), message);
    }

    [Fact]
    public void A_file_cut_off_anywhere_is_refused()
    {
        for (int length = 0; length < Good.Length; length++)
        {
            AssertRefused(Good[..length], "is no valid JSON (line ");
        }
    }

    [Theory, InlineData("[]"), InlineData("3"), InlineData("null"), InlineData("\"soft-bounds\"")]
    public void What_is_no_object_is_refused(string text) => AssertRefused(text, "; expected an object.");

    [Fact]
    public void A_byte_order_mark_is_skipped_and_other_encodings_are_refused()
    {
        using TemporaryFolder folder = new();
        string path = Path.Combine(folder.FullName, "device.json");
        File.WriteAllText(path, Good, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        Assert.Equal("mine", DeviceFile.Read(path).Name);
        File.WriteAllText(path, Good, Encoding.Unicode);
        Assert.Equal($"{path}: is no UTF-8 text.", Assert.Throws<InvalidDataException>(() => DeviceFile.Read(path)).Message);
    }

    [Fact]
    public void A_file_that_is_missing_or_huge_is_refused()
    {
        using TemporaryFolder folder = new();
        string path = Path.Combine(folder.FullName, "device.json");
        Assert.Equal($"{path}: device file not found", Assert.Throws<FileNotFoundException>(() => DeviceFile.Read(path)).Message);
        File.WriteAllText(path, new string(' ', (1 << 20) + 1));
        Assert.Contains("expected a device file of at most 1048576.", Assert.Throws<InvalidDataException>(() => DeviceFile.Read(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_number_of_the_variability_and_the_pulses_has_a_key()
    {
        IEnumerable<string> properties = typeof(DeviceVariability).GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(static property => property.CanWrite)
            .Select(static property => SnakeCase(property.Name));
        Assert.Equal(properties.Order(StringComparer.Ordinal), DeviceKeys.OfVariability.Order(StringComparer.Ordinal));
        Assert.Equal(
            typeof(PulseConditions).GetConstructors()[0].GetParameters().Select(static parameter => SnakeCase(parameter.Name!)),
            PulseConditionKey.All.Select(static key => key.Key));
    }

    [Fact]
    public void Every_parameter_has_a_key_of_its_own_in_snake_case()
    {
        foreach (DeviceModel model in DeviceModels.All)
        {
            string[] keys = [.. model.Parameters.Select(static parameter => parameter.Key)];
            Assert.Equal(keys.Distinct(), keys);
            Assert.All(keys, static key => Assert.Matches("^[a-z0-9]+(_[a-z0-9]+)*$", key));
        }
    }

    /// <summary>If this fails, the models have changed: rramsnn device schema &gt; schemas/device.schema.json.</summary>
    [Fact]
    public void The_schema_of_the_repository_is_that_of_the_models()
    {
        string? schema = Repository.Find("schemas/device.schema.json");
        Assert.SkipWhen(schema is null, "the tests run outside the repository");
        Assert.Equal(DeviceSchema.ToJson() + "\n", File.ReadAllText(schema));
    }

    private static string SnakeCase(string name) => System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(name);

    private static string With(string more) => Good.TrimEnd()[..^1] + "," + more + "}";

    private static void AssertRefused(string text, string message)
    {
        InvalidDataException exception = Assert.Throws<InvalidDataException>(() => DeviceFile.Parse(text, "my.json"));
        Assert.StartsWith("my.json: ", exception.Message, StringComparison.Ordinal);
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', exception.Message);
    }

    private static void AssertSame(Device expected, Device actual)
    {
        Assert.Equal(
            (expected.Name, expected.Description, expected.Source, expected.Note, expected.MinimumSiemens, expected.MaximumSiemens, expected.PulsesPerRange),
            (actual.Name, actual.Description, actual.Source, actual.Note, actual.MinimumSiemens, actual.MaximumSiemens, actual.PulsesPerRange));
        Assert.Same(expected.Law.Model, actual.Law.Model);
        Assert.Equal(expected.Law.Values.ToArray(), actual.Law.Values.ToArray());
        Assert.Equal(expected.Variability.Spread.OrderBy(static item => item.Key), actual.Variability.Spread.OrderBy(static item => item.Key));
        Assert.Equal(expected.Variability with { Spread = actual.Variability.Spread }, actual.Variability);
        Assert.Equal(expected.PulseConditions, actual.PulseConditions);
        Assert.Equal(expected.VoltageCurves, actual.VoltageCurves);
        Assert.Equal(DeviceFile.ToCompactJson(expected), DeviceFile.ToCompactJson(actual));
    }
}
