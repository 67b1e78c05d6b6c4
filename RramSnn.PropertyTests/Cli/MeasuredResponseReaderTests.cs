using System.Globalization;
using FsCheck.Xunit;
using RramSnn.Cli.Measurements;
using RramSnn.Model.Devices;
using RramSnn.Model.Devices.Fitting;
using RramSnn.PropertyTests.Model.Fitting;
using Xunit;

namespace RramSnn.PropertyTests.Cli;

public class MeasuredResponseReaderTests
{
    private const string Plain = "pulse,direction,conductance_siemens\n";

    [Property]
    public void What_device_response_writes_is_read_again(int seed, byte devices, byte pulses, byte cycles, bool asCurrents, bool alternates)
    {
        SyntheticResponse synthetic = new()
        {
            Device = DevicePresets.TiOx3V.WithVariability(new() { StepNoise = 0.3, ReadNoise = 0.01 }),
            Seed = (ulong)seed,
            Devices = 1 + (devices % 3),
            Pulses = 1 + (pulses % 40),
            Cycles = 1 + (cycles % 3),
            Alternates = alternates,
        };
        MeasuredResponse written = synthetic.Measure("x.csv");
        string[] arguments =
        [
            "device", "response", "tiox-3v", "--step-noise", "0.3", "--read-noise", "0.01", "--seed", $"{synthetic.Seed}", "--devices", $"{synthetic.Devices}",
            "--up", $"{synthetic.Pulses}", "--down", $"{synthetic.Pulses}", "--cycles", $"{synthetic.Cycles}",
            .. alternates ? ["--alternate"] : Array.Empty<string>(), .. asCurrents ? ["--read-voltage", "-0.25"] : Array.Empty<string>(),
        ];
        MeasuredResponse read = Read(ProgramRun.Of(arguments).Succeeded().Output, out List<FitWarning> warnings);
        Assert.Empty(warnings);
        Assert.Equal(written.Traces.Count, read.Traces.Count);
        foreach ((MeasuredTrace expected, MeasuredTrace actual) in written.Traces.Zip(read.Traces))
        {
            Assert.Equal(expected.Device, actual.Device);
            Assert.Equal(expected.Readings.Select(static reading => (reading.Pulse, reading.IsPotentiation)), actual.Readings.Select(static reading => (reading.Pulse, reading.IsPotentiation)));

            // G V / V rounds twice.
            Assert.All(expected.Readings.Zip(actual.Readings), pair => Assert.Equal(pair.First.Siemens, pair.Second.Siemens, pair.First.Siemens * (asCurrents ? 1e-15 : 0)));
        }
    }

    [Fact]
    public void Names_may_be_quoted() =>
        Assert.Equal("chip 1, \"A\"", Read("device,pulse,direction,conductance_siemens\n\"chip 1, \"\"A\"\"\",1,up,1e-6\n").Traces[0].Device);

    [Theory]
    [InlineData("conductance_siemens", 1)]
    [InlineData("conductance_S", 1)]
    [InlineData("Conductance (mS)", 1e-3)]
    [InlineData("conductance_us", 1e-6)]
    [InlineData("conductance [µS]", 1e-6)]
    [InlineData("conductance_\u03bcs", 1e-6)]
    [InlineData("CONDUCTANCE_MICROSIEMENS", 1e-6)]
    [InlineData("conductance_ns", 1e-9)]
    [InlineData("conductance_nanosiemens", 1e-9)]
    public void Conductances_have_prefixes(string header, double factor) =>
        Assert.Equal(0.004 * factor, First($"pulse,direction,{header}\n1,up,0.004\n"), 1e-17 * factor);

    [Theory]
    [InlineData("resistance_ohm", "2e5", 5e-6)]
    [InlineData("resistance_kohm", "200", 5e-6)]
    [InlineData("resistance_kiloohm", "200", 5e-6)]
    [InlineData("Resistance (k\u2126)", "200", 5e-6)]
    [InlineData("resistance_megaohm", "0.2", 5e-6)]
    [InlineData("resistance_gohm", "2e-4", 5e-6)]
    [InlineData("current_ampere", "5e-7", 5e-6)]
    [InlineData("current_ua", "0.5", 5e-6)]
    [InlineData("current_na", "500", 5e-6)]
    [InlineData("current_nanoamps", "500", 5e-6)]
    public void Resistances_and_currents_become_conductances(string header, string value, double siemens) =>
        Assert.Equal(siemens, First($"pulse,direction,{header}\n1,up,{value}\n", readVolts: 0.1), siemens * 1e-14);

    [Theory]
    [InlineData("read_volts", "0.2", "1e-6")]
    [InlineData("read_voltage_mv", "200", "1e-6")]
    [InlineData("Read (V)", "-0.2", "-1e-6")]
    public void The_column_of_the_read_voltage_wins(string header, string volts, string current) =>
        Assert.Equal(5e-6, First($"pulse,direction,current_a,{header}\n1,up,{current},{volts}\n", readVolts: 77), 1e-19);

    [Theory]
    [InlineData("up", true), InlineData("UP", true), InlineData("+1", true), InlineData("1", true), InlineData("ltp", true), InlineData("Potentiation", true), InlineData("set", true)]
    [InlineData("down", false), InlineData("-1", false), InlineData("LTD", false), InlineData("depression", false), InlineData("reset", false)]
    public void Directions_have_many_names(string text, bool isPotentiation) =>
        Assert.Equal(isPotentiation, Read($"{Plain}1,{text},1e-6\n").Traces[0].Readings[0].IsPotentiation);

    [Fact]
    public void Two_columns_are_two_ramps_one_after_the_other()
    {
        MeasuredResponse response = Read("ltp_us,ltd_us\n1,5\n2,3\n3,\n");
        (double, bool, double, int)[] expected = [(0, true, 1e-6, 2), (1, true, 2e-6, 3), (2, true, 3e-6, 4), (0, false, 5e-6, 2), (1, false, 3e-6, 3)];
        Assert.Equal(expected, Assert.Single(response.Traces).Readings.Select(static reading => (reading.Pulse, reading.IsPotentiation, Math.Round(reading.Siemens, 12), reading.Line)));
    }

    [Fact]
    public void Devices_and_traces_are_kept_apart_and_cycles_follow_each_other()
    {
        MeasuredResponse response = Read("cycle,device,trace,pulse,direction,conductance_siemens\n1,a,x,1,up,1e-6\n1,b,x,1,up,2e-6\n1,a,y,1,up,3e-6\n2,a,x,2,down,4e-6\n1,a,x,2,up,5e-6\n");
        Assert.Equal(["a x: 1E-06 5E-06 4E-06", "b x: 2E-06", "a y: 3E-06"], response.Traces.Select(static trace =>
            $"{trace.Device} {trace.Name}: {string.Join(' ', trace.Readings.Select(static reading => reading.Siemens.ToString(CultureInfo.InvariantCulture)))}"));
        Assert.Equal(["a", "b"], response.Devices);
    }

    [Fact]
    public void Comments_blank_lines_quotes_and_byte_order_marks_are_no_matter()
    {
        MeasuredResponse response = Read("\ufeff# made today\npulse , direction,\"conductance_siemens\",temperature\r\n\r\n1, up ,1e-6,300\r\n# pause\r\n2,\"down\",2e-6,301\r\n", out List<FitWarning> warnings);
        Assert.Equal([1e-6, 2e-6], response.Traces[0].Readings.Select(static reading => reading.Siemens));
        Assert.Equal(6, response.Traces[0].Readings[1].Line);
        Assert.Contains("'temperature'", Assert.Single(warnings).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "x.csv: is empty; expected a header")]
    [InlineData("1,2,3\n4,5,6\n", "x.csv: line 1: is no header, only numbers")]
    [InlineData("pulse;direction;conductance_us\n1;up;2\n", "x.csv: line 1: columns are separated by ';'; expected commas")]
    [InlineData("pulse\tdirection\tconductance_us\n", "x.csv: line 1: columns are separated by a tab")]
    [InlineData("pulse,direction\n", "x.csv: line 1: has no column with a conductance")]
    [InlineData("pulse,conductance_us\n", "x.csv: line 1: has no column direction")]
    [InlineData("direction,conductance_us\n", "x.csv: line 1: has no column pulse")]
    [InlineData("ltp_us\n", "x.csv: line 1: has no column ltd_siemens")]
    [InlineData("ltp_us,ltd_us,direction\n", "x.csv: line 1: has a column direction beside ltp and ltd")]
    [InlineData("ltp_us,ltd_us,current_a\n", "x.csv: line 1: has both ltp/ltd columns and a column with all readings")]
    [InlineData("pulse,direction,conductance\n", "x.csv: line 1: column 'conductance' has no unit that is known")]
    [InlineData("pulse,direction,conductance_ua\n", "x.csv: line 1: column 'conductance_ua' has a unit of another quantity; expected siemens.")]
    [InlineData("pulse,direction,resistance_MOhm\n", "x.csv: line 1: column 'resistance_MOhm' may mean milliohm or megaohm")]
    [InlineData("pulse,direction,conductance_us,resistance_ohm\n", "x.csv: line 1: column 'resistance_ohm' is a second one of its kind")]
    [InlineData("pulse,pulse,direction,conductance_us\n", "x.csv: line 1: column 'pulse' is a second one of its kind")]
    [InlineData(Plain + "1,up,-1e-6\n", "x.csv: line 2: conductance_siemens is '-1e-6'; expected a number above 0.")]
    [InlineData(Plain + "1,up,1e-6\n2,up,0\n", "x.csv: line 3: conductance_siemens is '0'; expected a number above 0.")]
    [InlineData(Plain + "1,up,nan\n", "x.csv: line 2: has 'nan' in column 3; expected a number.")]
    [InlineData(Plain + "1,up,\n", "x.csv: line 2: has '' in column 3; expected a number.")]
    [InlineData(Plain + "1,up,\"1,5\"\n", "x.csv: line 2: has '1,5' in column 3; expected a number with a decimal point.")]
    [InlineData(Plain + "1,up,35\n", "x.csv: line 2: conductance_siemens is '35', that is 35 S; expected 1E-12 to 1 S; is the unit right? For example, microsiemens would be conductance_us")]
    [InlineData(Plain + "one,up,1e-6\n", "x.csv: line 2: has 'one' in column 1; expected a number.")]
    [InlineData(Plain + "1,left,1e-6\n", "x.csv: line 2: direction is 'left'; expected up or down")]
    [InlineData(Plain + "1,up\n", "x.csv: line 2: has 2 fields; expected 3 as in the header.")]
    [InlineData(Plain + "1,up,1e-6,7\n", "x.csv: line 2: has 4 fields; expected 3 as in the header.")]
    [InlineData(Plain + "-1,up,1e-6\n", "x.csv: line 2: pulse is -1; expected a number from 0 to 1e12.")]
    [InlineData(Plain + "1,up,1e-6\n1,up,1e-6\n", "x.csv: line 3: pulse 1 appears twice in a row")]
    [InlineData(Plain, "x.csv: has no readings.")]
    [InlineData("pulse,direction,current_na\n1,up,5\n", "x.csv: line 2: is a current without a read voltage")]
    [InlineData("pulse,direction,current_na,read_v\n1,up,5,0\n", "x.csv: line 2: read_v is 0; expected the voltage")]
    [InlineData("pulse,direction,current_na,read_v\n1,up,5,-1\n", "x.csv: line 2: current_na is '5'; expected a current in the direction of the read voltage, not 0.")]
    public void A_bad_file_is_refused_with_line_and_reason(string text, string message) =>
        Assert.StartsWith(message, Assert.Throws<InvalidDataException>(() => Read(text)).Message, StringComparison.Ordinal);

    private static double First(string text, double? readVolts = null) => Read(text, out _, readVolts).Traces[0].Readings[0].Siemens;

    private static MeasuredResponse Read(string text) => Read(text, out _);

    private static MeasuredResponse Read(string text, out List<FitWarning> warnings, double? readVolts = null)
    {
        warnings = [];

        // As from a file, where a byte order mark is taken off.
        using MemoryStream bytes = new([.. System.Text.Encoding.UTF8.GetBytes(text)]);
        using StreamReader reader = new(bytes);
        return MeasuredResponseReader.Read(reader, "x.csv", readVolts, warnings);
    }
}
