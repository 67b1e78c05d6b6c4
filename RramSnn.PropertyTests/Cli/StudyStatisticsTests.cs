using FsCheck.Xunit;
using RramSnn.Cli.Settings;
using RramSnn.Cli.Studies;
using RramSnn.Model.Devices;
using RramSnn.Model.Devices.Files;
using Xunit;

namespace RramSnn.PropertyTests.Cli;

public sealed class StudyStatisticsTests
{
    [Fact]
    public void Spread_of_known_values()
    {
        Spread spread = Spread.Of([2, 4, 4, 4, 5, 5, 7, 9]);
        Assert.Equal(5, spread.Mean, 1e-12);
        Assert.Equal(Math.Sqrt(32.0 / 7), spread.StandardDeviation!.Value, 1e-12);
        Assert.Null(Spread.Of([1]).StandardDeviation);
    }

    // Equal sizes and variances: 4 degrees of freedom, whose quantile tables give as 2.776445.
    [Fact]
    public void Interval_of_known_values()
    {
        Drop drop = Drop.Of(Spread.Of([11, 12, 13]), Spread.Of([1, 2, 3]));
        double reach = 2.776445 * Math.Sqrt(2.0 / 3);
        Assert.Equal(10, drop.Difference, 1e-12);
        Assert.Equal(10 - reach, drop.Low!.Value, 1e-5);
        Assert.Equal(10 + reach, drop.High!.Value, 1e-5);
    }

    // One sample without scatter: the other's n - 1 = 2 degrees of freedom, 4.302653.
    [Fact]
    public void Interval_of_unequal_variances()
    {
        Drop drop = Drop.Of(Spread.Of([5, 5, 5, 5]), Spread.Of([1, 2, 3]));
        Assert.Equal(3 - (4.302653 / Math.Sqrt(3)), drop.Low!.Value, 1e-5);
        Assert.Equal(new Drop(4, 4, 4), Drop.Of(Spread.Of([5, 5]), Spread.Of([1, 1])));
        Assert.Equal(new Drop(4, null, null), Drop.Of(Spread.Of([5]), Spread.Of([0, 2])));
    }

    [Property]
    public void The_interval_lies_around_the_difference_and_turns_with_the_sides(byte[] first, byte[] second)
    {
        if (first is { Length: > 1 } && second is { Length: > 1 })
        {
            Spread one = Spread.Of([.. first.Select(static value => (double)value)]);
            Spread two = Spread.Of([.. second.Select(static value => (double)value)]);
            Drop drop = Drop.Of(one, two);
            Drop back = Drop.Of(two, one);
            Assert.InRange(drop.Difference, drop.Low!.Value, drop.High!.Value);
            Assert.Equal(-drop.High.Value, back.Low!.Value, 1e-9);
            Assert.Equal(drop.High.Value - drop.Difference, drop.Difference - drop.Low.Value, 1e-9);
        }
    }

    // (33 + 674)/2 nS is 353.5 nS: 9 V² · 353.5 nS · 1 ms = 3.1815 nJ up, half of it down in half the time.
    [Fact]
    public void Energy_of_known_pulses()
    {
        Device device = new("known", "", "", 33e-9, 674e-9, 64, DevicePresets.TiOx3V.Law) { PulseConditions = new PulseConditions(3, 1e-3, -3, 0.5e-3) };
        TrainSettings settings = Settings(device);
        WriteEnergy energy = WriteEnergy.Of(settings, 1000)!;
        Assert.Equal(3.1815e-6, energy.Most, 1e-12);
        Assert.Equal(3.1815e-6 / 2, energy.Least, 1e-12);
        Assert.Null(WriteEnergy.Of(settings with { PulsesPerRange = 128 }, 1000));
        Assert.Null(WriteEnergy.Of(Settings(DevicePresets.TiOx3V), 1000));
        Assert.Null(WriteEnergy.Of(Settings(DevicePresets.Ideal), 1000));
    }

    private static TrainSettings Settings(Device device) => TrainOptions.ReadArguments([$"--device={DeviceFile.ToCompactJson(device)}", "--method=ideal"]);
}
