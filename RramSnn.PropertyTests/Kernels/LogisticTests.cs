using RramSnn.Kernels.Conductance;
using RramSnn.PropertyTests.Support;
using Xunit;

namespace RramSnn.PropertyTests.Kernels;

public sealed class LogisticTests
{
    /// <summary>CrossSim's own form: w' = B + A/(1 + exp(-2 a d) (A/(w - B) - 1)), A = (eᵃ + 1)/(eᵃ - 1), B = -1/(eᵃ - 1) on a range from 0 to 1.</summary>
    [Theory]
    [InlineData(0.1, 0.001)]
    [InlineData(2, 0.01)]
    [InlineData(5, 1 / 64.0)]
    [InlineData(12, 0.3)]
    public void The_update_is_that_of_CrossSim(double a, double share)
    {
        double scale = (Math.Exp(a) + 1) / (Math.Exp(a) - 1);
        double offset = -1 / (Math.Exp(a) - 1);
        Logistic device = new(a, share);
        DeviceCase lanes = DeviceCase.Of("device", device);
        foreach (double state in new[] { 0, 0.1, 0.25, 0.5, 0.875, 1 })
        {
            foreach (double pulses in new[] { 0.01, 1, 3.5, 40, -0.01, -1, -3.5, -40 })
            {
                double expected = offset + (scale / (1 + (Math.Exp(-2 * a * share * pulses) * ((scale / (state - offset)) - 1))));
                expected = Math.Clamp(expected, 0, 1);
                Assert.Equal(expected, device.After(state, pulses), 1e-12);
                Assert.Equal(expected, lanes.Pulse((float)state, (float)pulses), 4e-7);
            }
        }
    }

    [Fact]
    public void Pulses_back_undo_pulses_until_a_bound_is_met()
    {
        Logistic device = new(3, 1 / 64.0);
        foreach (double state in new[] { 0, 0.1, 0.4, 0.7 })
        {
            Assert.Equal(state, device.After(device.After(state, 7.3), -7.3), 1e-13);
            Assert.Equal(device.PotentiationSlope(state), device.DepressionSlope(state));
            Assert.Equal(device.PotentiationSlope(state), device.PotentiationSlope(1 - state), 1e-15);
        }

        Assert.Equal(1, device.After(0, 64), 1e-14);
        Assert.Equal(0.5, device.After(0, 32), 1e-14);
        Assert.Equal(64, device.PulsesBetween(0, 1), 1e-12);
        Assert.Equal(-64, device.PulsesBetween(1, 0), 1e-12);
    }

    /// <summary>A curve that bends little is a line; its steps differ by a²/4 at most.</summary>
    [Theory]
    [InlineData(0.05)]
    [InlineData(1e-3)]
    [InlineData(1e-9)]
    public void Without_nonlinearity_the_device_tends_to_the_ideal_one(double a)
    {
        Logistic device = new(a, 0.01);
        DeviceCase lanes = DeviceCase.Of("device", device);
        foreach (float state in Numbers.Between(0f, 1f, 30, 1))
        {
            Assert.Equal(Math.Min(1, state + 0.125), device.After(state, 12.5), (0.125 * a * a / 4) + 1e-9);
            Assert.Equal(Math.Max(0, state - 0.125), lanes.Pulse(state, -12.5f), (0.125 * a * a / 4) + 3e-7);
        }
    }

    [Theory]
    [InlineData(0, 0.1, "nonlinearity", 0)]
    [InlineData(21, 0.1, "nonlinearity", 21)]
    [InlineData(1, 0, "rangePerPulse", 0)]
    [InlineData(1, double.NaN, "rangePerPulse", double.NaN)]
    public void Parameters_must_be_in_their_range(double a, double share, string argument, double actual) =>
        Rejected.OutOfRange(argument, actual, () => new Logistic(a, share));
}
