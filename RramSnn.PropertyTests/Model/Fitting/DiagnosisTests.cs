using RramSnn.Model.Devices.Fitting;
using Xunit;

namespace RramSnn.PropertyTests.Model.Fitting;

/// <summary>What is wrong with a measurement is said, with the place.</summary>
public class DiagnosisTests
{
    private static (double Pulse, double Siemens)[] Good { get; } =
    [
        .. Enumerable.Range(1, 20).Select(static i => ((double)i, 1e-6 * (1 + (0.1 * i)))),
        .. Enumerable.Range(1, 20).Select(static i => (-20.0 - i, 1e-6 * (3 - (0.1 * i)))),
    ];

    [Fact]
    public void A_good_measurement_has_no_warnings() => Assert.Empty(Codes(Good));

    [Theory]
    [InlineData(double.NaN, "conductance is NaN S; expected a positive number.")]
    [InlineData(0, "conductance is 0 S; expected a positive number.")]
    [InlineData(-1e-6, "conductance is -1E-06 S; expected a positive number.")]
    [InlineData(double.PositiveInfinity, "conductance is Infinity S; expected a positive number.")]
    public void A_reading_that_is_no_conductance_is_refused(double siemens, string reason) => Refused($"bare.csv: line 5: {reason}", With(3, (4, siemens)));

    [Theory, InlineData(35.0), InlineData(1e-13)]
    public void A_wrong_unit_is_suspected(double siemens) => Assert.Contains("is the unit in the header right", Refused(null, With(3, (4, siemens))), StringComparison.Ordinal);

    [Fact]
    public void A_pulse_number_twice_is_refused() => Assert.StartsWith("bare.csv: line 6: pulse 4 appears twice", Refused(null, With(4, (4, 1.5e-6))), StringComparison.Ordinal);

    [Fact]
    public void Falling_pulse_numbers_are_refused() =>
        Assert.StartsWith("bare.csv: line 3: pulse numbers fall (9, 8, 7)", Refused(null, [.. Enumerable.Range(1, 9).Select(static i => (10.0 - i, 1e-6 * i))]), StringComparison.Ordinal);

    [Fact]
    public void Too_few_readings_are_refused() => Refused("bare.csv: has 7 readings; expected at least 8.", Good[..7]);

    [Fact]
    public void One_direction_only_is_refused() => Refused("bare.csv: has 0 depression (down) steps; expected at least 3 in each direction.", Good[..20]);

    [Fact]
    public void Readings_that_never_change_are_refused() =>
        Assert.Contains("expected a conductance that changes", Refused(null, [.. Good.Select(static item => (item.Pulse, 1e-6))]), StringComparison.Ordinal);

    [Fact]
    public void Ramps_that_do_not_join_are_told_with_the_jump()
    {
        FitWarning warning = Assert.Single(Warnings([.. Good.Select(static item => item.Pulse > 0 ? item : (item.Pulse, item.Siemens + 1e-6))]), static item => item.Code == "ramps_do_not_join");
        Assert.Contains("at line 22", warning.Message, StringComparison.Ordinal);
        Assert.Contains("32 % of the range", warning.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_steep_first_step_is_no_gap()
    {
        (double, double)[] steep = [.. Good[..20], .. Enumerable.Range(1, 20).Select(static i => (-20.0 - i, 1e-6 * (1 + (2 * Math.Exp(-0.7 * i)))))];
        Assert.DoesNotContain("ramps_do_not_join", Codes(steep));
    }

    [Fact]
    public void Missing_pulses_are_told()
    {
        FitWarning warning = Assert.Single(Warnings([.. Good[..9], .. Good[12..]]), static item => item.Code == "missing_pulses");
        Assert.StartsWith("line 11: pulse numbers jump from 9 to 13 (1 such gap(s))", warning.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Unequal_ramps_are_told() => Assert.Equal(["unequal_pulse_counts", "unequal_ranges"], Codes(Good[..32]).Order());

    [Fact]
    public void Swapped_directions_are_refused() =>
        Assert.StartsWith("bare.csv: 100 % of the steps go against their direction", Refused(null, [.. Good.Select(static item => (-item.Pulse, item.Siemens))]), StringComparison.Ordinal);

    [Fact]
    public void A_reading_far_from_its_neighbours_is_told()
    {
        FitWarning warning = Assert.Single(Warnings(With(9, (10, 20e-6))), static item => item.Code == "outlying_readings");
        Assert.StartsWith("line 11: 2E-05 S lies far from the readings before and behind it (1 such", warning.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_unit_that_changes_is_suspected()
    {
        FitWarning warning = Assert.Single(Warnings([.. Good.Select(static item => (item.Pulse, item.Siemens * (item.Pulse > 0 ? 1 : 1e3)))]), static item => item.Code == "unit_change");
        Assert.StartsWith("line 22: the conductance changes by a factor of 967 from one reading to the next (1 such", warning.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Steps_that_drown_in_noise_are_told()
    {
        Random random = new(1);
        Assert.Contains("noisy_steps", Codes([.. Good.Select(item => (item.Pulse, item.Siemens + (2e-6 * random.NextDouble())))]));
    }

    [Fact]
    public void A_drifting_baseline_is_told()
    {
        MeasuredTrace[] cycles = [.. Enumerable.Range(0, 6).Select(cycle => new MeasuredTrace("1", $"{cycle}", [.. Good.Select(item => new PulseReading(Math.Abs(item.Pulse), item.Pulse > 0, item.Siemens + (2e-7 * cycle)))]))];
        Assert.Contains("drifting_baseline", Codes(new MeasuredResponse("drift.csv", cycles)));
    }

    [Fact]
    public void A_fit_warns_of_a_range_that_it_does_not_see()
    {
        SyntheticResponse synthetic = new() { Device = FitCase.Device("soft-bounds", new() { ReadNoise = 0.002 }), Pulses = 10, StartState = 0.3 };
        DeviceFit fit = FitCase.Fit(synthetic.Measure("short.csv"), new() { Models = [RramSnn.Model.Devices.DeviceModels.SoftBounds] });
        Assert.Contains(fit.Warnings, static warning => warning.Code is "range_extrapolated" or "parameter_at_bound");
    }

    [Fact]
    public void Models_with_more_numbers_than_readings_are_skipped()
    {
        DeviceFit fit = FitCase.Fit(FitCase.Of([.. Good[..4], .. Good[20..24]]), new());
        Assert.Contains(fit.Skipped, static item => item.Model == "exponential" && item.Reason.StartsWith("8 readings for 4 parameters", StringComparison.Ordinal));
        Assert.Contains(fit.Models, static item => item.Model.Name == "ideal-linear");
    }

    private static (double, double)[] With(int index, (double, double) reading)
    {
        (double, double)[] copy = [.. Good];
        copy[index] = reading;
        return copy;
    }

    private static List<FitWarning> Warnings(params (double, double)[] readings)
    {
        MeasuredResponse response = FitCase.Of(readings);
        return ResponseDiagnosis.Check(response, ResponseNoise.Of(response));
    }

    private static IEnumerable<string> Codes(params (double, double)[] readings) => Warnings(readings).Select(static warning => warning.Code);

    private static IEnumerable<string> Codes(MeasuredResponse response) => ResponseDiagnosis.Check(response, ResponseNoise.Of(response)).Select(static warning => warning.Code);

    private static string Refused(string? message, (double, double)[] readings)
    {
        InvalidDataException exception = Assert.Throws<InvalidDataException>(() => FitCase.Fit(FitCase.Of(readings), new()));
        Assert.Equal(message ?? exception.Message, exception.Message);
        return exception.Message;
    }
}
