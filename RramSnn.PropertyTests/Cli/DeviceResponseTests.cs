using System.Globalization;
using RramSnn.Model.Devices;
using RramSnn.Model.Devices.Files;
using Xunit;

namespace RramSnn.PropertyTests.Cli;

public sealed class DeviceResponseTests(SmallRuns runs) : IClassFixture<SmallRuns>
{
    private sealed record Row(string Device, int Cycle, int Pulse, string Direction, double Siemens, double State);

    [Fact]
    public void Every_row_is_the_law_applied_once_more()
    {
        Row[] rows = Response("tiox-3v", "--start-state", "0.3", "--up", "5", "--down", "3", "--cycles", "2");
        Assert.Equal(17, rows.Length);
        Assert.Equal([0, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2], rows.Select(static row => row.Cycle));
        Assert.Equal(Enumerable.Range(0, 17), rows.Select(static row => row.Pulse));
        Assert.Equal("UUUUUU" + "DDD" + "UUUUU" + "DDD", string.Concat(rows.Select(static row => row.Direction == "up" ? 'U' : 'D')));
        double state = 0.3;
        foreach ((int index, Row row) in rows.Index())
        {
            if (index > 0)
            {
                state = row.Direction == "up" ? 1 - ((1 - state) * Math.Exp(-3.06 / 64)) : state * Math.Exp(-35.3 / 64);
            }

            Assert.Equal(state, row.State, 1e-12);
            Assert.Equal(33e-9 + (state * 641e-9), row.Siemens, 1e-18);
        }
    }

    [Fact]
    public void Alternating_pulses_reach_the_symmetry_point()
    {
        Row[] rows = Response("tiox-3v", "--start-state", "1", "--up", "400", "--down", "403", "--alternate");
        Assert.Equal("UUDUDUD", string.Concat(rows.Take(7).Select(static row => row.Direction == "up" ? 'U' : 'D')));
        Assert.Equal(["down", "down", "down", "down"], rows[^4..].Select(static row => row.Direction));

        // Between an up and a down step the state is within a step of u* = a_P/(a_P + a_D).
        double point = 3.06 / (3.06 + 35.3);
        Assert.InRange(rows[800].State, point - (35.3 / 64 * point), point);
    }

    [Fact]
    public void The_default_is_a_ramp_over_the_range_and_back_from_Gmin()
    {
        Row[] rows = Response("ideal");
        Assert.Equal(129, rows.Length);
        Assert.Equal((0.0, 1.0, 0.0), (rows[0].State, rows[64].State, rows[128].State));
        Assert.Equal([1e-6, 100e-6], [rows[0].Siemens, rows[64].Siemens]);
    }

    [Fact]
    public void A_start_in_siemens_is_kept_to_the_last_bit_where_it_can_be() =>
        Assert.Equal(50.5e-6, Response("ideal", "--start", "50.5e-6", "--up", "0", "--down", "0").Single().Siemens, 1e-20);

    /// <summary>aihwkit's own soft bounds: dw_min 0.001, bounds +-0.6, from w = 0: 500 up, 500 more up, 1000 down.</summary>
    [Fact]
    public void Soft_bounds_of_aihwkit_give_its_numbers()
    {
        // One step at a bound: dw_min (1 + 1) over the range of 1.2.
        string file = Write(DeviceModels.LinearStep.Create(0.001 * 2 / 1.2, 1, 0.001 * 2 / 1.2, 1));
        Row[] rows = Response(file, "--start-state", "0.5", "--up", "1000", "--down", "1000");
        Assert.Equal(0.339422, (1.2 * rows[500].State) - 0.6, 5e-7);
        Assert.Equal(0.486832, (1.2 * rows[1000].State) - 0.6, 5e-7);
        Assert.Equal(-0.395009, (1.2 * rows[2000].State) - 0.6, 5e-7);
    }

    /// <summary>aihwkit's ExpStep with its default parameters: dw_min 0.001, bounds +-0.6, from w = 0: 500 up, 500 more up, 1000 down.</summary>
    [Fact]
    public void Exponential_steps_of_aihwkit_give_its_numbers()
    {
        string file = Write(DeviceModels.ExponentialStep.Create(0.001 / 1.2, 0.001 / 1.2, 0.00081, 0.36833, 12.44625, 12.78785, 0.244, 0.2425));
        Row[] rows = Response(file, "--start-state", "0.5", "--up", "1000", "--down", "1000");
        Assert.Equal(0.465443, (1.2 * rows[500].State) - 0.6, 5e-7);
        Assert.Equal(0.6, (1.2 * rows[1000].State) - 0.6, 5e-7);
        Assert.Equal(-0.376219, (1.2 * rows[2000].State) - 0.6, 5e-7);
    }

    [Fact]
    public void The_same_seed_gives_the_same_noise_and_another_device_another()
    {
        string[] arguments = ["epiram", "--up", "50", "--down", "50", "--noise", "--seed", "7"];
        Row[] first = Response(arguments);
        Assert.Equal(first, Response(arguments));
        Assert.NotEqual(first, Response([.. arguments[..^1], "8"]));
        Assert.NotEqual(first, Response("epiram", "--up", "50", "--down", "50"));
    }

    [Fact]
    public void Pulse_noise_has_its_size()
    {
        // At mid-range of a fine device the law hardly moves: what is left is the noise of each pulse.
        string file = Write(DeviceModels.ConstantStep.Create(1e-9, 1e-9), new() { PulseNoise = 0.002 });
        Row[] rows = Response(file, "--start-state", "0.5", "--up", "10000", "--down", "0", "--noise");
        double[] steps = [.. rows.Zip(rows.Skip(1), static (a, b) => b.State - a.State)];
        double deviation = Math.Sqrt(steps.Average(static step => step * step));

        // Five standard errors of a deviation over 10,000 draws are 3.5 %.
        Assert.Equal(0.002, deviation, 0.002 * 0.035);
    }

    [Fact]
    public void Step_noise_is_a_share_of_the_step()
    {
        string file = Write(DeviceModels.ConstantStep.Create(1e-5, 1e-5), new() { StepNoise = 0.5 });
        Row[] rows = Response(file, "--up", "10000", "--down", "0", "--noise");
        double[] steps = [.. rows.Zip(rows.Skip(1), static (a, b) => (b.State - a.State) / 1e-5)];
        double deviation = Math.Sqrt(steps.Average(static step => (step - 1) * (step - 1)));
        Assert.Equal(1, steps.Average(), 0.025);
        Assert.Equal(0.5, deviation, 0.5 * 0.035);
    }

    [Fact]
    public void Noise_draws_the_device_of_the_sampler()
    {
        Row[] rows = Response("tiox-3v", "--up", "10", "--down", "10", "--noise", "--seed", "3", "--devices", "3");
        Assert.Equal(["1", "2", "3"], rows.Select(static row => row.Device).Distinct());
        foreach (int i in (int[])[0, 2])
        {
            Row[] own = rows[(21 * i)..(21 * (i + 1))];
            SampledDevice device = new DeviceSampler(DevicePresets.TiOx3V, seed: 3)[i];
            Assert.Equal(device.MinimumSiemens, own[0].Siemens);
            Assert.Equal(device.ToSiemens(1 - Math.Exp(-10 * device.Law.Values[0])), own[10].Siemens, 1e-18);
            Assert.Equal((1 - Math.Exp(-10 * device.Law.Values[0])) * Math.Exp(-10 * device.Law.Values[1]), own[20].State, 1e-12);
        }
    }

    [Fact]
    public void A_stuck_device_stays_where_it_is()
    {
        string file = Write(DeviceModels.ConstantStep.Create(0.1, 0.1), new() { PulseNoise = 0.01, StuckAtState = 1, StuckState = 0.25 });
        Assert.All(Response(file, "--noise"), static row => Assert.Equal(0.25, row.State));
        Assert.NotEqual(0.25, Response(file)[1].State);
    }

    [Fact]
    public void Read_noise_scatters_readings_and_leaves_states_alone()
    {
        string[] arguments = ["ideal", "--start-state", "0.2", "--up", "45", "--down", "45", "--cycles", "44"];
        Row[] exact = Response(arguments);
        Row[] read = Response([.. arguments, "--read-noise", "0.02"]);
        Assert.Equal(exact.Select(static row => row.State), read.Select(static row => row.State));
        double[] errors = [.. exact.Zip(read, static (a, b) => (b.Siemens - a.Siemens) / 99e-6)];
        double deviation = Math.Sqrt(errors.Average(static error => error * error));

        // Five standard errors of a deviation over 3,961 draws are 5.6 %.
        Assert.Equal(0.02, deviation, 0.02 * 0.056);
    }

    [Fact]
    public void A_spread_of_ones_own_needs_no_noise_switch()
    {
        Row[] rows = Response("tiox-3v", "--up", "1", "--down", "0", "--spread", "0.5", "--spread-distribution", "log-normal", "--devices", "200");
        double[] rates = [.. rows.Where(static row => row.Pulse == 1).Select(static row => -Math.Log(1 - row.State))];
        Assert.Equal(200, rates.Distinct().Count());

        // The standard error of a deviation over 200 log-normal draws of spread 0.5 is about 8 %.
        Assert.InRange(Math.Sqrt(rates.Average(rate => Math.Pow((rate * 64 / 3.06) - 1, 2))), 0.35, 0.7);
        Assert.Equal(33e-9, rows[0].Siemens, 1e-20);
    }

    [Theory]
    [InlineData("--cycles", "0", "cycles is 0; expected 1 or more.")]
    [InlineData("--devices", "0", "devices is 0; expected 1 to 1000000.")]
    [InlineData("--up", "-1", "up is -1; expected 0 or more.")]
    [InlineData("--start-state", "2", "start_state is 2; expected 0 to 1.")]
    [InlineData("--read-noise", "2", "read_noise is 2; expected 0 to 1.")]
    [InlineData("--read-voltage", "0", "read_voltage is 0; expected a voltage other than 0.")]
    public void A_bad_number_is_refused(string option, string value, string message) =>
        Assert.Equal(message, ProgramRun.Of("device", "response", "ideal", option, value).Refused());

    [Fact]
    public void The_file_holds_what_standard_output_would()
    {
        string path = runs.NewPath("response.csv");
        Assert.Equal("", ProgramRun.Of("device", "response", "pcmo", "--csv", path).Succeeded().Output);
        Assert.Equal(ProgramRun.Of("device", "response", "pcmo").Succeeded().Output, File.ReadAllText(path));
        Assert.False(File.Exists(path + ".tmp"));
    }

    private Row[] Response(params string[] arguments)
    {
        string[] lines = ProgramRun.Of(["device", "response", .. arguments]).Succeeded().Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        bool hasDevices = arguments.Contains("--devices");
        Assert.Equal((hasDevices ? "device," : "") + "cycle,pulse,direction,conductance_siemens,state", lines[0]);
        return
        [
            .. lines[1..].Select(line =>
            {
                string device = hasDevices ? line[..line.IndexOf(',', StringComparison.Ordinal)] : "";
                string[] cells = line[(hasDevices ? device.Length + 1 : 0)..].Split(',');
                return new Row(
                    device,
                    int.Parse(cells[0], CultureInfo.InvariantCulture),
                    int.Parse(cells[1], CultureInfo.InvariantCulture),
                    cells[2],
                    double.Parse(cells[3], CultureInfo.InvariantCulture),
                    double.Parse(cells[4], CultureInfo.InvariantCulture));
            }),
        ];
    }

    private string Write(DeviceLaw law, DeviceVariability? variability = null)
    {
        string path = runs.NewPath("device.json");
        DeviceFile.Write(new Device("mine", "", "", 1e-6, 1e-4, 1000, law) { Variability = variability ?? DeviceVariability.None }, path);
        return path;
    }
}
