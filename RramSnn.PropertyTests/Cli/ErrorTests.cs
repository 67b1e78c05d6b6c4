using System.Text.Json;
using RramSnn.Cli;
using RramSnn.Kernels.Simd;
using RramSnn.PropertyTests.Data;
using Xunit;

namespace RramSnn.PropertyTests.Cli;

public sealed class ErrorTests(SmallRuns runs) : IClassFixture<SmallRuns>
{
    [Theory]
    [InlineData("--epochs", "abc", "epochs is 'abc'; expected a whole number.")]
    [InlineData("--epochs", "0", "epochs is 0; expected 1 to 1000000.")]
    [InlineData("--epochs", "99999999999", "epochs is '99999999999'; expected a whole number.")]
    [InlineData("--hidden", "0", "hidden is 0; expected 1 to 1048576 neurons per layer.")]
    [InlineData("--hidden", "32,", "hidden is '32,'; expected whole numbers with commas between them.")]
    [InlineData("--device", "nix", "device is 'nix'; expected a device file or one of ideal, tiox-")]
    [InlineData("--device", "nix.json", "nix.json: device file not found")]
    [InlineData("--device", "{}", "device: key 'name' is missing.")]
    [InlineData("--method", "nix", "method is 'nix'; expected one of ideal, exact-inversion, linearized-inversion, naive, polarity-scaled, push-pull, balanced-pair, tandem-pair, symmetry-point, dynamics-matched, voltage-paired, sign, error-triggered, one-sided-reset, stochastic-pulse, mixed-precision, tiki-taka, tiki-taka-v2, tiki-taka-chopped, agad.")]
    [InlineData("--cell", "nix", "cell is 'nix'; expected one of pair, reference.")]
    [InlineData("--cell", "reference", "cell is reference; the method balanced-pair expects cell pair.")]
    [InlineData("--pulses", "1", "pulses is '1'; expected one of continuous, pulsed.")]
    [InlineData("--pulses-per-range", "0", "pulses_per_range is 0; expected 1 to 1e9.")]
    [InlineData("--learning-rate", "nan", "learning_rate is NaN; expected 0 to 1000.")]
    [InlineData("--learning-rate-schedule", "cosine", "learning_rate_schedule is 'cosine'; expected one of linear, constant.")]
    [InlineData("--weight-range", "0", "weight_range is 0; expected 0.001 to 1000.")]
    [InlineData("--burn-in", "30", "burn_in is 30; expected 0 to 29 (steps - 1).")]
    [InlineData("--rate", "1.5", "rate is 1.5; expected more than 0 and at most 1.")]
    [InlineData("--membrane-decay", "1", "membrane_decay is 1; expected 0 or more and less than 1.")]
    [InlineData("--reset-strength", "-1", "reset_strength is -1; expected 0 to 1000.")]
    [InlineData("--surrogate-half-width", "0", "surrogate_half_width is 0; expected more than 0 and at most 1000.")]
    [InlineData("--samples", "0", "samples is 0; expected 1 or more.")]
    [InlineData("--samples", "121", "samples is 121; expected 1 to 120 (there are 120 training images).")]
    [InlineData("--held-out", "-1", "held_out is -1; expected 0 or more.")]
    [InlineData("--held-out", "120", "held_out is 120; expected less than the 120 training images.")]
    [InlineData("--log-every", "0", "log_every is 0; expected 1 or more.")]
    [InlineData("--seed", "-1", "seed is '-1'; expected a whole number, 0 or more.")]
    [InlineData("--threads", "0", "threads is 0; expected 1 to 1024.")]
    [InlineData("--variability", "some", "variability is 'some'; expected one of none, device.")]
    [InlineData("--spread", "11", "spread is 11; expected 0 to 10.")]
    [InlineData("--spread", "nan", "spread is NaN; expected 0 to 10.")]
    [InlineData("--spread-distribution", "uniform", "spread_distribution is 'uniform'; expected one of gaussian, log-normal.")]
    [InlineData("--range-spread", "-0.1", "range_spread is -0.1; expected 0 to 1.")]
    [InlineData("--step-noise", "101", "step_noise is 101; expected 0 to 100.")]
    [InlineData("--pulse-noise", "2", "pulse_noise is 2; expected 0 to 1.")]
    [InlineData("--states", "1", "states is 1; expected at least 2, or 0 for any state.")]
    [InlineData("--states", "2.5", "states is '2.5'; expected a whole number.")]
    [InlineData("--stuck-at-minimum", "2", "stuck_at_minimum is 2; expected 0 to 1.")]
    [InlineData("--stuck-at-maximum", "x", "stuck_at_maximum is 'x'; expected a number.")]
    [InlineData("--stuck-at-state", "-1", "stuck_at_state is -1; expected 0 to 1.")]
    [InlineData("--stuck-state", "1.5", "stuck_state is 1.5; expected 0 to 1.")]
    [InlineData("--read-noise", "1.5", "read_noise is 1.5; expected 0 to 1.")]
    [InlineData("--drift-exponent", "2", "drift_exponent is 2; expected 0 to 1.")]
    [InlineData("--drift-start-seconds", "0", "drift_start_seconds is 0; expected a time above 0 in seconds.")]
    [InlineData("--endurance-writes", "0.5", "endurance_writes is 0.5; expected 1 to 1e15, or 0 for unlimited.")]
    [InlineData("--array-size", "100", "array_size is 100; expected 64 to 512, a multiple of 64.")]
    [InlineData("--array-size", "1024", "array_size is 1024; expected 64 to 512, a multiple of 64.")]
    [InlineData("--adc-bits", "17", "adc_bits is 17; expected 1 to 16.")]
    [InlineData("--adc-bits", "0", "adc_bits is 0; expected 1 to 16.")]
    [InlineData("--adc-range", "5", "adc_range is 5; expected no range where there are no adc_bits.")]
    [InlineData("--adc-range", "0", "adc_range is 0; expected 1e-6 to 1e6.")]
    [InlineData("--dac-bits", "x", "dac_bits is 'x'; expected a whole number.")]
    [InlineData("--dac-bits", "17", "dac_bits is 17; expected 1 to 16.")]
    [InlineData("--dac-range", "1", "dac_range is 1; expected no range where there are no dac_bits.")]
    [InlineData("--dac-range", "-1", "dac_range is -1; expected 1e-6 to 1e6.")]
    [InlineData("--sinh", "81", "sinh is 81; expected 0 to 80.")]
    [InlineData("--wire-resistance", "-1", "wire_resistance is -1; expected 0, or 1e-12 to 1e15 ohm.")]
    [InlineData("--driver-resistance", "nan", "driver_resistance is NaN; expected 0, or 1e-12 to 1e15 ohm.")]
    [InlineData("--sense-resistance", "1e16", "sense_resistance is 10000000000000000; expected 0, or 1e-12 to 1e15 ohm.")]
    [InlineData("--wire-model", "slow", "wire_model is 'slow'; expected one of quick, exact.")]
    [InlineData("--wire-refresh", "0", "wire_refresh is 0; expected 1 to 1000000000 samples.")]
    [InlineData("--input", "frames", "input is 'frames'; expected one of spikes, amplitude.")]
    [InlineData("--foo", "1", "Unrecognized command or argument '--foo'; expected what --help shows.")]
    public void A_bad_option_is_refused_before_anything_is_written(string option, string value, string message)
    {
        string folder = runs.NewPath("run");
        Assert.StartsWith(message, ProgramRun.Of("train", "--data", runs.Data, "--out", folder, option, value).Refused(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public void Options_that_do_not_go_together_are_refused()
    {
        Assert.Equal("adc_bits is 1; expected 2 to 16.", Refused("--adc-bits", "1", "--cell", "reference", "--method", "naive"));
        Assert.Equal("wire_model is exact; expected quick where arrays have no array_size.", Refused("--wire-model", "exact", "--wire-resistance", "1"));

        string Refused(params string[] options) => ProgramRun.Of(runs.Train(runs.NewPath("run"), options)).Refused();
    }

    [Fact]
    public void A_missing_data_folder_is_refused()
    {
        string folder = runs.NewPath("run");
        string data = runs.NewPath("nothing");
        Assert.Equal($"{data}: folder not found", ProgramRun.Of("train", "--data", data, "--out", folder).Refused());
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public void A_malformed_data_file_is_refused()
    {
        using DataSetFolder data = new();
        data.Write(DataSetFolder.TrainImages, [1, 2, 3]);
        string folder = runs.NewPath("run");
        Assert.Contains(DataSetFolder.TrainImages, ProgramRun.Of("train", "--data", data.FullName, "--out", folder).Refused(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public void A_file_in_the_place_of_the_folder_is_refused()
    {
        string file = runs.WriteFile("file", "x");
        Assert.Equal($"{file}: is a file, expected a folder", ProgramRun.Of("train", "--data", runs.Data, "--out", file).Refused());
        Assert.Equal("x", File.ReadAllText(file));
    }

    [Theory]
    [InlineData("eval")]
    [InlineData("frobnicate")]
    [InlineData("train", "--epochs")]
    [InlineData("train", "--epochs", "1", "--epochs", "2")]
    [InlineData("train", "extra")]
    [InlineData("train", "--out", "")]
    [InlineData("train", "@file")]
    [InlineData("train", "--config", "/nowhere/config.json")]
    [InlineData("train", "--resume", "/nowhere")]
    [InlineData("eval", "/nowhere")]
    public void Wrong_usage_is_one_line(params string[] arguments) => ProgramRun.Of(arguments).Refused();

    [Fact]
    public void A_file_that_is_no_checkpoint_is_refused()
    {
        string file = runs.WriteFile("model.safetensors", "this is text");
        Assert.StartsWith(file, ProgramRun.Of("eval", file).Refused(), StringComparison.Ordinal);
    }

    [Fact]
    public void Eval_refuses_a_number_of_threads_as_train_does()
    {
        string folder = runs.NewPath("run");
        ProgramRun.Of(runs.Train(folder)).Succeeded();
        Assert.Equal("threads is 0; expected 1 to 1024.", ProgramRun.Of("eval", folder, "--threads", "0").Refused());
    }

    [Fact]
    public void A_defect_is_told_from_bad_input()
    {
        Assert.Equal((1, "rramsnn: defect: InvalidOperationException: broken"), RunThatThrows(new InvalidOperationException("broken")));
        Assert.Equal((1, "rramsnn: defect: ArgumentNullException: Value cannot be null."), RunThatThrows(new ArgumentNullException("x", (string?)null)));
        Assert.Equal((2, "rramsnn: error: broken"), RunThatThrows(new ArgumentException("broken")));
    }

    [Fact]
    public void Too_little_memory_is_one_line()
    {
        (int exitCode, string error) = RunThatThrows(new InsufficientMemoryException("x"));
        Assert.Equal(2, exitCode);
        Assert.StartsWith("rramsnn: error: not enough memory", error, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error);
    }

    [Theory]
    [InlineData]
    [InlineData("--help")]
    [InlineData("train", "--help")]
    [InlineData("eval", "--help")]
    [InlineData("info", "--help")]
    public void Help_is_no_error(params string[] arguments)
    {
        ProgramRun run = ProgramRun.Of(arguments).Succeeded();
        Assert.Contains("Usage:", run.Output, StringComparison.Ordinal);
        Assert.Equal("", run.Error);
    }

    [Fact]
    public void Info_names_width_and_data()
    {
        JsonElement info = SmallRuns.Json(ProgramRun.Of("info", "--json").Succeeded().Output);
        Assert.Equal(VectorDispatch.WidthInBits, info.GetProperty("vector_width_bits").GetInt32());
        Assert.Equal(Environment.ProcessorCount, info.GetProperty("processors").GetInt32());
        Assert.Equal(App.Version, info.GetProperty("version").GetString());
        Assert.Contains("vector width", ProgramRun.Of("info").Succeeded().Output, StringComparison.Ordinal);
    }

    private (int ExitCode, string Error) RunThatThrows(Exception exception)
    {
        using StringWriter error = new();
        Host host = new(TextWriter.Null, error, CancellationToken.None) { ChunkDone = _ => throw exception };
        int exitCode = App.Run(runs.Train(runs.NewPath("run")), host);
        return (exitCode, error.ToString().TrimEnd());
    }
}
