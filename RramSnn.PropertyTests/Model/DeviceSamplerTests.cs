using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using RramSnn.Model.Devices;
using RramSnn.PropertyTests.Support;
using Xunit;

namespace RramSnn.PropertyTests.Model;

public sealed class DeviceSamplerTests
{
    private const int Million = 1_000_000;
    private const string Up = "potentiation_rate_per_pulse";
    private const string Down = "depression_rate_per_pulse";

    /// <summary>Mean and standard deviation of a million devices, to five standard errors and the 8e-5 by which the kernels' normal draws are too narrow.</summary>
    [Theory]
    [InlineData(SpreadDistribution.Gaussian, 0.02)]
    [InlineData(SpreadDistribution.Gaussian, 0.2)]
    [InlineData(SpreadDistribution.LogNormal, 0.05)]
    [InlineData(SpreadDistribution.LogNormal, 0.7)]
    public void A_million_devices_have_the_moments_asked_for(SpreadDistribution distribution, double deviation)
    {
        DeviceSampler sampler = new(Device(new() { Distribution = distribution, Spread = new Dictionary<string, double> { [Up] = deviation } }), seed: 5);
        double[] ratios = new double[Million];
        double[] values = new double[DeviceSampler.BlockLength * 2];
        for (int i = 0; i < Million; i++)
        {
            if (i % DeviceSampler.BlockLength == 0)
            {
                sampler.Parameters((uint)(i / DeviceSampler.BlockLength), values);
            }

            ratios[i] = values[2 * (i % DeviceSampler.BlockLength)] / 0.05;
            Assert.Equal(0.5, values[(2 * (i % DeviceSampler.BlockLength)) + 1]);
        }

        // A log-normal variable has heavy tails: its kurtosis sets the error of its deviation.
        double variance = deviation * deviation;
        double w = 1 + variance;
        double excess = distribution == SpreadDistribution.Gaussian ? 0 : Math.Pow(w, 4) + (2 * Math.Pow(w, 3)) + (3 * w * w) - 6;
        double mean = ratios.Average();
        double measured = Math.Sqrt(ratios.Average(ratio => (ratio - mean) * (ratio - mean)));
        Assert.Equal(1, mean, 5 * deviation / 1e3);
        Assert.Equal(deviation, measured, deviation * ((5 * Math.Sqrt((2 + excess) / Million) / 2) + (distribution == SpreadDistribution.Gaussian ? 1e-4 : 4e-3)));
    }

    [Fact]
    public void Draws_of_parameters_arrays_and_seeds_are_independent()
    {
        Device device = Device(new() { MinimumSpread = 0.1, MaximumSpread = 0.1, Spread = new Dictionary<string, double> { [Up] = 0.1, [Down] = 0.1 } });
        double[][] columns = [.. Columns(new(device, 1)), .. Columns(new(device, 1, array: 1)), .. Columns(new(device, 2))];
        for (int a = 0; a < columns.Length; a++)
        {
            for (int b = 0; b < a; b++)
            {
                // 64,000 pairs: five standard errors of a correlation are 0.02.
                Assert.InRange(Correlation(columns[a], columns[b]), -0.02, 0.02);
            }
        }

        static double[][] Columns(DeviceSampler sampler)
        {
            const int Blocks = 1000;
            double[][] columns = [.. Enumerable.Range(0, 4).Select(static _ => new double[Blocks * DeviceSampler.BlockLength])];
            double[] values = new double[DeviceSampler.BlockLength * 2];
            for (int block = 0; block < Blocks; block++)
            {
                int first = block * DeviceSampler.BlockLength;
                sampler.Parameters((uint)block, values);
                sampler.Ranges((uint)block, columns[2].AsSpan(first, DeviceSampler.BlockLength), columns[3].AsSpan(first, DeviceSampler.BlockLength));
                for (int place = 0; place < DeviceSampler.BlockLength; place++)
                {
                    columns[0][first + place] = values[2 * place];
                    columns[1][first + place] = values[(2 * place) + 1];
                }
            }

            return columns;
        }
    }

    [Property]
    public void A_device_is_the_same_alone_and_in_its_block(ushort index, uint seed, byte array)
    {
        Device device = Device(new() { MinimumSpread = 0.1, MaximumSpread = 0.2, Spread = new Dictionary<string, double> { [Up] = 0.3, [Down] = 0.4 } });
        DeviceSampler sampler = new(device, seed, array);
        double[] values = new double[DeviceSampler.BlockLength * 2];
        sampler.Parameters((uint)(index / DeviceSampler.BlockLength), values);
        SampledDevice one = sampler[index];
        Assert.Equal(values.AsSpan(2 * (index % DeviceSampler.BlockLength), 2), one.Law.Values);
        Assert.Equal(one, new DeviceSampler(device, seed, array)[index] with { Law = one.Law });
    }

    [Property]
    public void The_spread_of_one_parameter_leaves_the_others_alone(ushort index)
    {
        DeviceSampler one = new(Device(new() { Spread = new Dictionary<string, double> { [Down] = 0.1 } }), seed: 3);
        DeviceSampler both = new(Device(new() { Spread = new Dictionary<string, double> { [Up] = 0.1, [Down] = 0.1 } }), seed: 3);
        Assert.Equal(one[index].Law.Values[1], both[index].Law.Values[1]);
        Assert.Equal(0.05, one[index].Law.Values[0]);
        Assert.NotEqual(0.05, both[index].Law.Values[0]);
    }

    [Fact]
    public void Without_variability_every_device_is_the_nominal_one()
    {
        Device device = Device(DeviceVariability.None);
        SampledDevice sampled = new DeviceSampler(device, seed: 3)[12345];
        Assert.Equal(device.Law.Values, sampled.Law.Values);
        Assert.Equal(SampledDevice.Nominal(device) with { Law = sampled.Law }, sampled);
    }

    [Property(MaxTest = 50)]
    public void Whatever_the_spread_parameters_and_ranges_stay_possible(ushort block)
    {
        Device device = Device(new() { MinimumSpread = 1, MaximumSpread = 1, Spread = new Dictionary<string, double> { [Up] = 10, [Down] = 10 } });
        DeviceSampler sampler = new(device, seed: 3);
        double[] values = new double[DeviceSampler.BlockLength * 2];
        double[] low = new double[DeviceSampler.BlockLength];
        double[] high = new double[DeviceSampler.BlockLength];
        sampler.Parameters(block, values);
        sampler.Ranges(block, low, high);
        for (int i = 0; i < DeviceSampler.BlockLength; i++)
        {
            Assert.InRange(values[2 * i], 0.05e-3, 100);
            Assert.InRange(values[(2 * i) + 1], 0.5e-3, 100);
            Assert.True(device.ToSiemens(low[i]) > -1e-21);
            Assert.True(high[i] - low[i] > DeviceSampler.LeastRange - 1e-12);
        }
    }

    [Property(MaxTest = 300)]
    public Property Whatever_the_spread_every_drawn_device_is_one(ushort index) =>
        Prop.ForAll(AnyDevice.Arbitrary, device =>
        {
            IEnumerable<DeviceParameter> spreading = device.Law.Model.Parameters.Where(parameter => parameter.IsPerPulse && !device.Law.Model.IsStatistical);
            DeviceVariability variability = new() { Spread = spreading.ToDictionary(static parameter => parameter.Key, static _ => 10.0) };
            SampledDevice sampled = new DeviceSampler(device.WithVariability(variability), seed: 1)[index];
            return sampled.Law.After(0.5, 1) is >= 0.5 and <= 1 && sampled.Law.After(0.5, -1) is >= 0 and <= 0.5;
        });

    [Fact]
    public void Stuck_devices_have_their_shares()
    {
        DeviceSampler sampler = new(Device(new() { StuckAtMinimum = 0.1, StuckAtMaximum = 0.2, StuckAtState = 0.05, StuckState = 0.25 }), seed: 9);
        double[] states = new double[Million];
        for (int first = 0; first < Million; first += DeviceSampler.BlockLength)
        {
            sampler.StuckStates((uint)(first / DeviceSampler.BlockLength), states.AsSpan(first, DeviceSampler.BlockLength));
        }

        Check(0.1, static state => state == 0);
        Check(0.2, static state => state == 1);
        Check(0.05, static state => state == 0.25);
        Check(0.65, double.IsNaN);

        void Check(double share, Func<double, bool> isMember) => Assert.Equal(share, states.Count(isMember) / (double)Million, Statistics.Limit * Math.Sqrt(share * (1 - share) / Million));
    }

    [Fact]
    public void A_million_ranges_have_the_moments_asked_for()
    {
        // Gmin is far enough above 0 S that nothing is cut off.
        Device device = new("test", "", "", 1e-5, 2e-5, 64, DeviceModels.SoftBounds.Create(0.05, 0.5)) { Variability = new() { MinimumSpread = 0.05, MaximumSpread = 0.03 } };
        DeviceSampler sampler = new(device, seed: 6);
        double[] low = new double[Million];
        double[] high = new double[Million];
        for (int first = 0; first < Million; first += DeviceSampler.BlockLength)
        {
            sampler.Ranges((uint)(first / DeviceSampler.BlockLength), low.AsSpan(first, DeviceSampler.BlockLength), high.AsSpan(first, DeviceSampler.BlockLength));
        }

        Check(low, 0, 0.05);
        Check(high, 1, 0.03);
        Assert.Equal(0, Correlation(low, high), Statistics.Limit / Math.Sqrt(Million));

        static void Check(double[] values, double mean, double deviation)
        {
            Assert.Equal(mean, values.Average(), Statistics.Limit * deviation / Math.Sqrt(Million));
            double measured = Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));

            // The kernels' normal draws are 8e-5 too narrow.
            Assert.Equal(deviation, measured, deviation * ((Statistics.Limit / Math.Sqrt(2.0 * Million)) + 1e-4));
        }
    }

    [Theory, InlineData(-1L), InlineData(1L << 38)]
    public void An_impossible_index_is_refused(long index) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new DeviceSampler(DevicePresets.Ideal, 1)[index]);

    private static double Correlation(double[] a, double[] b)
    {
        double meanA = a.Average();
        double meanB = b.Average();
        double covariance = a.Zip(b, (x, y) => (x - meanA) * (y - meanB)).Average();
        return covariance / Math.Sqrt(a.Average(x => (x - meanA) * (x - meanA)) * b.Average(y => (y - meanB) * (y - meanB)));
    }

    private static Device Device(DeviceVariability variability) =>
        new("test", "", "", 1e-6, 1e-5, 64, DeviceModels.SoftBounds.Create(0.05, 0.5)) { Variability = variability };
}
