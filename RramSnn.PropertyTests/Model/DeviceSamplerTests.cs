using RramSnn.Kernels.Random;
using RramSnn.Model.Devices;
using RramSnn.Model.Layers;
using RramSnn.PropertyTests.Support;
using Xunit;

namespace RramSnn.PropertyTests.Model;

/// <summary>What differs from device to device: moments over a million devices, ranges and faults.</summary>
public sealed class DeviceSamplerTests
{
    private const int Devices = 1 << 20;

    private static readonly float[] Normals = Draw();

    [Theory]
    [InlineData(SpreadDistribution.Gaussian, 0.02)]
    [InlineData(SpreadDistribution.Gaussian, 0.2)]
    [InlineData(SpreadDistribution.LogNormal, 0.2)]
    [InlineData(SpreadDistribution.LogNormal, 0.8)]
    public void A_parameter_has_its_mean_and_its_relative_deviation(SpreadDistribution distribution, double spread)
    {
        DeviceSampler sampler = Sampler(new() { Distribution = distribution, Spread = new Dictionary<string, double> { ["potentiation_rate_per_pulse"] = spread } });
        double nominal = DevicePresets.TiOx3V.Law.Values[0];
        float[] values = [.. Normals.Select(normal => (float)sampler.Value(0, normal))];
        double error = nominal * spread * Statistics.Limit / Math.Sqrt(Devices);
        Assert.Equal(nominal, Statistics.Mean(values), error + (1e-6 * nominal));

        // The fourth moment of a wide log-normal makes its variance uncertain: (κ - 1)/4 of a normal's two.
        double q = 1 + (spread * spread);
        double kurtosis = distribution == SpreadDistribution.Gaussian ? 3 : (q * q * q * q) + (2 * q * q * q) + (3 * q * q) - 3;
        double uncertainty = nominal * spread * Statistics.Limit * Math.Sqrt((kurtosis - 1) / 4 / Devices);
        Assert.Equal(nominal * spread, Math.Sqrt(Statistics.Variance(values)), uncertainty + (1e-3 * nominal * spread));
        Assert.All(values, static value => Assert.True(value > 0));
    }

    [Fact]
    public void Other_parameters_keep_their_value()
    {
        DeviceSampler sampler = Sampler(new() { Spread = new Dictionary<string, double> { ["potentiation_rate_per_pulse"] = 0.5 } });
        Assert.Equal([0], sampler.VaryingValues);
        Assert.Equal(1u, sampler.VaryingConstants());
        Assert.Equal(DevicePresets.TiOx3V.Law.Values[1], sampler.Value(1, 3.0));
    }

    [Fact]
    public void A_wide_spread_is_cut_off_above_zero_and_at_the_end_of_the_range()
    {
        DeviceSampler sampler = Sampler(new() { Spread = new Dictionary<string, double> { ["depression_rate_per_pulse"] = 10 } });
        double nominal = DevicePresets.TiOx3V.Law.Values[1];
        Assert.Equal(nominal / 100, sampler.Value(1, -4), 1e-12);
        Assert.Equal(nominal * 41, sampler.Value(1, 4), 1e-9);
        Assert.Equal(100, Sampler(new() { Spread = new Dictionary<string, double> { ["depression_rate_per_pulse"] = 10 } }).Value(1, 1e9));
    }

    [Fact]
    public void Ranges_have_their_deviation_and_never_less_than_no_conductance()
    {
        DeviceSampler sampler = Sampler(new() { MinimumSpread = 0.01, MaximumSpread = 0.05 });
        float[] lower = [.. Normals.Select(normal => (float)sampler.Range(normal, 0, 0.5).Lower)];
        float[] upper = [.. Normals.Select(normal => (float)sampler.Range(0, normal, 0.5).Upper)];
        Assert.Equal(0, Statistics.Mean(lower), 0.01 * Statistics.Limit / Math.Sqrt(Devices));
        Assert.Equal(0.01, Math.Sqrt(Statistics.Variance(lower)), 1e-4);
        Assert.Equal(1, Statistics.Mean(upper), (0.05 * Statistics.Limit / Math.Sqrt(Devices)) + 1e-6);
        Assert.Equal(0.05, Math.Sqrt(Statistics.Variance(upper)), 5e-4);
        Assert.Equal(-33.0 / (674 - 33), Sampler(new() { MinimumSpread = 1 }).Range(-4, 0, 0.5).Lower, 1e-12);
        (double low, double high) = Sampler(new() { MinimumSpread = 1, MaximumSpread = 1 }).Range(4, -4, 0.5);
        Assert.Equal(0.01, high - low, 1e-12);
    }

    [Fact]
    public void Faults_come_in_their_shares()
    {
        DeviceSampler sampler = Sampler(new() { StuckAtMinimum = 0.03, StuckAtMaximum = 0.02, StuckAtState = 0.01, StuckState = 0.4 });
        float[] draws = new float[Devices];
        RandomKernels.Uniform(draws, RandomPurposes.DeviceRange(1, 0, RangeDraw.Fault));
        ILookup<(double, double), float> byRange = draws.ToLookup(draw => sampler.Range(0, 0, draw));
        AssertShare(0.03, byRange[(0, 0)].Count());
        AssertShare(0.02, byRange[(1, 1)].Count());
        AssertShare(0.01, byRange[(0.4, 0.4)].Count());
        AssertShare(0.94, byRange[(0, 1)].Count());
    }

    private static void AssertShare(double share, int count) =>
        Assert.Equal(share, count / (double)Devices, Statistics.Limit * Math.Sqrt(share * (1 - share) / Devices));

    private static DeviceSampler Sampler(DeviceVariability variability) => new(DevicePresets.TiOx3V, DevicePresets.TiOx3V.Law, variability);

    private static float[] Draw()
    {
        float[] normals = new float[Devices];
        RandomKernels.Normal<InverseCdfNormal>(normals, RandomPurposes.DeviceSpread(1, 0, 0));
        return normals;
    }
}
