using RramSnn.Kernels.Conductance;
using RramSnn.PropertyTests.Support;
using Xunit;

namespace RramSnn.PropertyTests.Kernels;

public sealed class ExponentialStepTests
{
    private const double Step = 0.001 / 1.2;

    private static ExponentialStep Default => new(Step, Step, 0.00081, 0.36833, 12.44625, 12.78785, 0.244, 0.2425);

    /// <summary>Numbers that aihwkit's ExpStep with its default parameters, bounds ±0.6 and without noise arrives at.</summary>
    [Fact]
    public void Pulses_end_where_those_of_aihwkit_end()
    {
        double after500 = Default.After(0.5, 500);
        double after1000 = Default.After(after500, 500);
        Assert.Equal(0.465443, ToWeight(after500), 1e-6);
        Assert.Equal(0.6, ToWeight(after1000), 1e-6);
        Assert.Equal(-0.376219, ToWeight(Default.After(after1000, -1000)), 1e-6);
    }

    /// <summary>The rule of aihwkit in its own units, pulse by pulse, also for bounds that are not symmetric.</summary>
    [Theory]
    [InlineData(0.6, -0.6)]
    [InlineData(1.2, -0.4)]
    public void Single_pulses_are_those_of_the_definition(double largest, double smallest)
    {
        double range = largest - smallest;
        double offset = 0.2425 + (0.244 * (largest + smallest) / range);
        ExponentialStep device = new(0.003 / range, 0.002 / range, 0.00081, 0.36833, 12.44625, 12.78785, 0.244, offset);
        double weight = 0;
        double state = -smallest / range;
        foreach (int direction in Enumerable.Repeat(1, 300).Concat(Enumerable.Repeat(-1, 500)))
        {
            double z = (2 * 0.244 * weight / range) + 0.2425;
            double y = direction > 0 ? 1 - (0.00081 * Math.Exp(12.44625 * z)) : 1 - (0.36833 * Math.Exp(-12.78785 * z));
            weight = Math.Clamp(weight + (direction * (direction > 0 ? 0.003 : 0.002) * Math.Max(0, y)), smallest, largest);
            state = device.After(state, direction);
            Assert.Equal((weight - smallest) / range, state, 1e-12);
        }
    }

    /// <summary>The lanes after hundreds of pulses: each errs by a few parts in a million of its step.</summary>
    [Fact]
    public void The_lanes_follow_hundreds_of_pulses()
    {
        DeviceCase device = DeviceCase.Of("device", Default);
        foreach (float count in new[] { 2f, 17.5f, 250f, 999.25f })
        {
            Assert.Equal(Default.After(0.4, count), device.Pulse(0.4f, count), 1e-4);
            Assert.Equal(Default.After(0.9, -count), device.Pulse(0.9f, -count), 1e-4);
        }
    }

    [Fact]
    public void A_fraction_of_a_pulse_is_that_fraction_of_its_step()
    {
        double whole = Default.After(0.3, 7);
        Assert.Equal(whole + (0.25 * Default.PotentiationSlope(whole)), Default.After(0.3, 7.25), 1e-15);
        Assert.Equal(0.3 - (0.25 * Default.DepressionSlope(0.3)), Default.After(0.3, -0.25), 1e-15);
    }

    [Fact]
    public void A_device_whose_steps_end_within_the_range_never_passes_their_end()
    {
        // 1 = 0.3 exp(3 (u - 0.4)) at u = 0.4 + ln(1/0.3)/3.
        ExponentialStep device = new(0.05, 0.05, 0.3, 0.2, 3, 2, 0.5, 0.1);
        double end = 0.4 + (Math.Log(1 / 0.3) / 3);
        Assert.Equal(end, device.After(0.1, 1e6), 1e-12);
        Assert.Equal(0, device.PotentiationSlope(end + 1e-9));
        Assert.Equal(double.PositiveInfinity, device.PulsesBetween(0.1, 0.85));
        Assert.Equal((float)end, DeviceCase.Of("device", device).Pulse(0.1f, 1e9f), 1e-5f);
    }

    [Theory]
    [InlineData(0, 0, "potentiationStep")]
    [InlineData(1, 1.5, "depressionStep")]
    [InlineData(2, 1001, "potentiationAmplitude")]
    [InlineData(3, -1001, "depressionAmplitude")]
    [InlineData(4, -1, "potentiationExponent")]
    [InlineData(5, double.NaN, "depressionExponent")]
    [InlineData(6, 11, "positionScale")]
    [InlineData(7, double.NegativeInfinity, "positionOffset")]
    public void Parameters_must_be_in_their_range(int index, double value, string argument)
    {
        double[] p = [0.1, 0.1, 0.5, 0.5, 1, 1, 1, 0];
        p[index] = value;
        Rejected.OutOfRange(argument, value, () => new ExponentialStep(p[0], p[1], p[2], p[3], p[4], p[5], p[6], p[7]));
    }

    private static double ToWeight(double state) => 1.2 * (state - 0.5);
}
