using RramSnn.Model.Devices;
using RramSnn.Model.Devices.Fitting;
using Xunit;

namespace RramSnn.PropertyTests.Model.Fitting;

/// <summary>A fit tells reads, writes and devices that scatter from each other.</summary>
public class ScatterTests
{
    private static readonly FitOptions SoftBounds = new() { Models = [DeviceModels.SoftBounds] };

    [Theory]
    [InlineData(0.01, 0, 0)]
    [InlineData(0.005, 0.3, 0)]
    [InlineData(0.01, 1, 0)]
    [InlineData(0.005, 0, 0.01)]
    [InlineData(0, 0.2, 0)]
    [InlineData(0, 0, 0.01)]
    public void Both_kinds_of_write_noise_come_back_beside_read_noise(double read, double step, double pulse)
    {
        Device device = FitCase.Device("soft-bounds", new() { ReadNoise = read, StepNoise = step, PulseNoise = pulse });
        DeviceVariability found = FitCase.Fit(new SyntheticResponse { Device = device, Cycles = 12, Seed = 5 }.Measure("noisy.csv"), SoftBounds).Best.Device.Variability;
        Assert.InRange(found.ReadNoise, 0.8 * read, (1.2 * read) + 0.001);

        // A noise that is clamped at the ends of the range is smaller there than its law says.
        Assert.InRange(found.StepNoise, 0.8 * step, 1.2 * step);
        Assert.InRange(found.PulseNoise, 0.75 * pulse, 1.2 * pulse);
    }

    [Theory, InlineData(1), InlineData(2), InlineData(3)]
    public void Noise_that_stays_in_the_device_does_not_bias_the_parameters(int seed)
    {
        Device device = FitCase.Device("soft-bounds", new() { ReadNoise = 0.005, StepNoise = 0.4 });
        ModelFit found = FitCase.Fit(new SyntheticResponse { Device = device, Cycles = 40, Seed = (ulong)seed }.Measure("noisy.csv"), SoftBounds).Best;
        Assert.InRange(found.Parameters[0].Value / 0.06, 0.95, 1.05);
        Assert.InRange(found.Parameters[1].Value / 0.12, 0.95, 1.05);
        Assert.InRange(found.ResidualCorrelation, -0.15, 0.15);
    }

    [Theory, InlineData(1), InlineData(2)]
    public void The_spread_of_devices_comes_back_and_is_not_taken_for_noise(int seed)
    {
        DeviceVariability true_ = new()
        {
            ReadNoise = 0.01,
            Spread = new Dictionary<string, double> { ["potentiation_rate_per_pulse"] = 0.25, ["depression_rate_per_pulse"] = 0.1 },
            Distribution = SpreadDistribution.LogNormal,
            MaximumSpread = 0.05,
        };
        SyntheticResponse synthetic = new() { Device = FitCase.Device("soft-bounds", true_), Devices = 24, Seed = (ulong)seed };
        DeviceVariability found = FitCase.Fit(synthetic.Measure("devices.csv"), SoftBounds).Best.Device.Variability;

        // The standard deviation of 24 numbers is known to 1/√46 = 15 %.
        Assert.InRange(found.Spread["potentiation_rate_per_pulse"], 0.15, 0.36);
        Assert.InRange(found.Spread["depression_rate_per_pulse"], 0.06, 0.15);
        Assert.InRange(found.MaximumSpread, 0.03, 0.075);
        Assert.InRange(found.MinimumSpread, 0, 0.01);
        Assert.Equal(SpreadDistribution.LogNormal, found.Distribution);
        Assert.InRange(found.ReadNoise, 0.009, 0.011);
        Assert.Equal(0, found.StepNoise);
    }

    [Fact]
    public void Devices_that_are_alike_have_no_spread_beyond_the_errors_of_their_fits()
    {
        SyntheticResponse synthetic = new() { Device = FitCase.Device("soft-bounds", new() { ReadNoise = 0.02 }), Devices = 12, Seed = 4 };
        DeviceVariability found = FitCase.Fit(synthetic.Measure("alike.csv"), SoftBounds).Best.Device.Variability;
        Assert.All(found.Spread.Values, static deviation => Assert.InRange(deviation, 0, 0.03));
        Assert.InRange(found.MaximumSpread, 0, 0.01);
    }

    [Fact]
    public void Two_devices_tell_no_spread()
    {
        SyntheticResponse synthetic = new() { Device = FitCase.Device("soft-bounds", new() { ReadNoise = 0.01, MaximumSpread = 0.1 }), Devices = 2 };
        DeviceVariability found = FitCase.Fit(synthetic.Measure("two.csv"), SoftBounds).Best.Device.Variability;
        Assert.Empty(found.Spread);
        Assert.Equal(0, found.MaximumSpread);
    }
}
