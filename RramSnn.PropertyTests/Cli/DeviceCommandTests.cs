using System.Text;
using System.Text.Json;
using RramSnn.Cli.Reports;
using RramSnn.Model.Devices;
using RramSnn.Model.Devices.Files;
using RramSnn.PropertyTests.Support;
using Xunit;

namespace RramSnn.PropertyTests.Cli;

public sealed class DeviceCommandTests(SmallRuns runs) : IClassFixture<SmallRuns>
{
    private static readonly string[] PictureNames =
        ["pulse-response", "normalised-response", "step-size", "variability-tiox-3v", "variability-epiram", "variability-tiox-3v-4"];

    public static TheoryData<string> Names => [.. DevicePresets.All.Select(static device => device.Name)];

    [Fact]
    public void List_names_every_preset_with_its_figures()
    {
        string table = ProgramRun.Of("device", "list").Succeeded().Output;
        JsonElement[] list = [.. SmallRuns.Json(ProgramRun.Of("device", "list", "--json").Succeeded().Output).EnumerateArray()];
        Assert.Equal(DevicePresets.All.Select(static device => device.Name), list.Select(static device => device.GetProperty("name").GetString()));
        Assert.All(DevicePresets.All, device => Assert.Contains($" {device.Name} ", table, StringComparison.Ordinal));
        JsonElement tiox = list.Single(static device => device.GetProperty("name").GetString() == "tiox-3v");
        Assert.Equal(0.5 * Math.Tanh(3.06 / 4), tiox.GetProperty("potentiation_nonlinearity").GetDouble(), 1e-9);
        Assert.Equal(674e-9, tiox.GetProperty("g_max_siemens").GetDouble());
        Assert.Equal(
            [
                "name", "description", "model", "g_min_siemens", "g_max_siemens", "pulses_per_range", "on_off_ratio", "states", "potentiation_nonlinearity",
                "depression_nonlinearity", "asymmetric_nonlinearity", "potentiation_label", "depression_label", "symmetry_point", "mid_range_asymmetry", "cycle_noise",
            ],
            tiox.EnumerateObject().Select(static property => property.Name));
    }

    [Theory, MemberData(nameof(Names))]
    public void Show_writes_a_table_and_a_file_that_is_the_device(string name)
    {
        string table = ProgramRun.Of("device", "show", name).Succeeded().Output;
        Device device = DevicePresets.Get(name);
        Assert.Contains(Format.Quantity(device.MaximumSiemens, "S"), table, StringComparison.Ordinal);
        Assert.All(device.Law.Model.Parameters, parameter => Assert.Contains($"│ {parameter.Symbol} ", table, StringComparison.Ordinal));
        string file = runs.WriteFile("my.json", ProgramRun.Of("device", "show", name, "--json").Succeeded().Output);
        Assert.Equal(DeviceFile.ToCompactJson(device), DeviceFile.ToCompactJson(DeviceFile.Read(file)));
        Assert.Equal(table, ProgramRun.Of("device", "show", file).Succeeded().Output);
    }

    [Fact]
    public void Show_tells_variability_and_pulses_with_their_units()
    {
        string table = ProgramRun.Of("device", "show", "ag-a-si").Succeeded().Output;
        foreach (string text in new[] { "3.50 % of the range per pulse", "3.2 V, 300 µs", "-2.8 V, 300 µs", "3.077 nS", "38.46 nS", "per pulse: share of the ramp" })
        {
            Assert.Contains(text, table, StringComparison.Ordinal);
        }

        Assert.Contains("25.00 % from device to device, Gaussian", ProgramRun.Of("device", "show", "tiox-3v").Succeeded().Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_presets_in_the_documentation_are_those_of_the_program()
    {
        string? document = Repository.Find(Path.Combine("docs", "device-models.md"));
        Assert.SkipWhen(document is null, "no checkout");
        string table = ProgramRun.Of("device", "list", "--markdown").Succeeded().Output;
        Assert.Equal(DevicePresets.All.Count + 2, table.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Contains(table, File.ReadAllText(document), StringComparison.Ordinal);
    }

    [Fact]
    public void Schema_writes_the_schema() => Assert.Equal(DeviceSchema.ToJson() + "\n", ProgramRun.Of("device", "schema").Succeeded().Output);

    [Fact]
    public void Plot_draws_each_picture_as_png_and_svg()
    {
        string folder = runs.NewPath("pictures");
        string file = runs.WriteFile("my.json", DeviceFile.ToJson(DevicePresets.TiOx3V));
        string output = ProgramRun.Of("device", "plot", "ideal", "tiox-3v", "epiram", file, "--out", folder).Succeeded().Output;
        string[] names =
        [
            .. PictureNames.SelectMany(static name => new[] { name + ".png", name + ".svg" }),
        ];
        Assert.Equal(names.Select(name => Path.Combine(folder, name)), output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(names.Order(StringComparer.Ordinal), Directory.GetFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        foreach (string name in names)
        {
            byte[] content = File.ReadAllBytes(Path.Combine(folder, name));
            Assert.True(content.Length > 5000, name);
            Assert.StartsWith(name.EndsWith("png", StringComparison.Ordinal) ? "PNG" : "<?xml", Encoding.Latin1.GetString(content, 0, 5).TrimStart('\u0089'), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Plot_draws_every_preset_but_not_too_many_at_once()
    {
        string[] names = [.. DevicePresets.All.Select(static device => device.Name)];
        foreach (string[] some in names.Chunk(10))
        {
            ProgramRun.Of(["device", "plot", .. some, "--out", runs.NewPath("pictures")]).Succeeded();
        }

        Assert.Equal("devices are 11; expected 1 to 10 in one picture.", ProgramRun.Of(["device", "plot", .. names[..11], "--out", runs.NewPath("pictures")]).Refused());
    }

    [Theory]
    [InlineData("device is 'nix'; expected a device file or one of ideal, ", "device", "show", "nix")]
    [InlineData("/nowhere/x.json: device file not found", "device", "show", "/nowhere/x.json")]
    [InlineData("Required argument missing for command: 'show'.", "device", "show")]
    [InlineData("Option '--out' is required.", "device", "plot", "ideal")]
    [InlineData("device is 'nix'; expected a device file", "device", "plot", "ideal", "nix", "--out", "/nowhere")]
    [InlineData("start_state is 1.5; expected 0 to 1.", "device", "response", "ideal", "--start-state", "1.5")]
    [InlineData("start is 0.001; expected 1E-06 to 0.0001 siemens, the range of ideal.", "device", "response", "ideal", "--start", "1e-3")]
    [InlineData("start_state cannot go with start", "device", "response", "ideal", "--start", "1e-5", "--start-state", "0")]
    [InlineData("up is -1; expected 0 or more.", "device", "response", "ideal", "--up", "-1")]
    [InlineData("down is -1; expected 0 or more.", "device", "response", "ideal", "--down", "-1")]
    [InlineData("cycles is 0; expected 1 or more.", "device", "response", "ideal", "--cycles", "0")]
    [InlineData("markdown cannot go with json: both say what to write.", "device", "list", "--json", "--markdown")]
    [InlineData("up is 'x'; expected a whole number.", "device", "response", "ideal", "--up", "x")]
    public void Bad_usage_is_one_line(string message, params string[] arguments) =>
        Assert.StartsWith(message, ProgramRun.Of(arguments).Refused(), StringComparison.Ordinal);

    [Theory]
    [InlineData("device")]
    [InlineData("device", "--help")]
    [InlineData("device", "list", "--help")]
    [InlineData("device", "show", "--help")]
    [InlineData("device", "plot", "--help")]
    [InlineData("device", "response", "--help")]
    [InlineData("device", "schema", "--help")]
    public void Help_is_no_error(params string[] arguments)
    {
        ProgramRun run = ProgramRun.Of(arguments);
        Assert.Contains("Usage:", run.Output, StringComparison.Ordinal);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
    }

    [Theory]
    [InlineData(3.3e-8, "33 nS")]
    [InlineData(1e-6, "1 µS")]
    [InlineData(999e-9, "999 nS")]
    [InlineData(0.0, "0 S")]
    [InlineData(-2.5, "-2.5 S")]
    [InlineData(1e-3, "1 mS")]
    [InlineData(1.5e4, "15 kS")]
    [InlineData(2e-18, "0.002 fS")]
    public void Quantities_get_prefixes(double value, string text) => Assert.Equal(text, Format.Quantity(value, "S"));
}
