using RramSnn.Kernels.Conductance;
using RramSnn.PropertyTests.Support;
using Xunit;

namespace RramSnn.PropertyTests.Kernels;

public sealed class PowerStepTests
{
    /// <summary>The closed form solves its differential equation: against Runge and Kutta's fourth order, 2000 steps to ten pulses.</summary>
    [Theory]
    [InlineData(0.02, 2, 0.05, 0.5)]
    [InlineData(0.05, 1, 0.015, 0)]
    [InlineData(0.1, 1.0000001, 0.1, 0.9999999)]
    [InlineData(0.3, 20, 0.02, 0.8)]
    public void The_closed_form_solves_the_equation(double up, double upPower, double down, double downPower)
    {
        PowerStep device = new(up, upPower, down, downPower);
        foreach (double start in new[] { 0, 0.3, 0.55, 0.8 })
        {
            Assert.Equal(Integrate(u => up * Math.Pow(1 - u, upPower), start), device.After(start, 10), 1e-9);
            Assert.Equal(1 - Integrate(v => down * Math.Pow(1 - v, downPower), start), device.After(1 - start, -10), 1e-9);
        }
    }

    /// <summary>(1 - u)^(1 - γ) grows, or falls, in proportion to the pulses.</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(0.5)]
    [InlineData(3.7)]
    public void A_power_of_the_distance_is_linear_in_the_pulses(double power)
    {
        PowerStep device = new(0.01, power, 0.01, power);
        foreach (double pulses in new[] { 0.1, 1, 20, 55 })
        {
            double expected = Math.Pow(0.9, 1 - power) + ((power - 1) * 0.01 * pulses);
            Assert.Equal(expected, Math.Pow(1 - device.After(0.1, pulses), 1 - power), 1e-12);
            Assert.Equal(expected, Math.Pow(device.After(0.9, -pulses), 1 - power), 1e-12);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.5)]
    [InlineData(0.97)]
    public void Small_powers_reach_the_bound_in_a_finite_number_of_pulses(double power)
    {
        PowerStep device = new(0.02, power, 0.02, power);
        DeviceCase lanes = DeviceCase.Of("device", device);
        double pulses = Math.Pow(0.75, 1 - power) / ((1 - power) * 0.02);
        Assert.Equal(pulses, device.PulsesBetween(0.25, 1), pulses * 1e-12);
        Assert.Equal(1, device.After(0.25, pulses * 1.0001));
        Assert.True(device.After(0.25, pulses / 2) < 1);
        Assert.Equal(1f, lanes.Pulse(0.25f, (float)(pulses * 1.0001)));
        Assert.Equal(0f, lanes.Pulse(0.75f, -(float)(pulses * 1.0001)));
    }

    [Fact]
    public void Soft_bounds_and_constant_steps_are_special_cases()
    {
        PowerStep device = new(0.03, 1, 0.02, 0);
        SoftBounds soft = new(0.03, 1);
        ConstantStep constant = new(0.02);
        foreach (double state in new[] { 0, 0.1, 0.5, 0.9, 1 })
        {
            foreach (double pulses in new[] { 0.3, 1, 25, 60 })
            {
                Assert.Equal(soft.After(state, pulses), device.After(state, pulses), 1e-8);
                Assert.Equal(constant.After(state, -pulses), device.After(state, -pulses), 1e-14);
            }
        }
    }

    [Fact]
    public void Small_changes_are_accurate_and_not_only_small()
    {
        DeviceCase device = DeviceCase.Of("device", new PowerStep(1e-4, 2.5, 1e-4, 0.3));
        foreach (float count in new[] { 1e-30f, 1e-6f, 1e-3f, 0.1f, 1f })
        {
            double expected = 1 - Math.Pow(1 + (1.5 * 1e-4 * count), -1 / 1.5);
            double exact = 1e-4 * count < 1e-8 ? 1e-4 * count : expected;
            Assert.InRange((device.Pulse(0f, count) / exact) - 1, -4e-6, 4e-6);
        }
    }

    [Theory]
    [InlineData(0, 1, 1, 1, "potentiationStep", 0)]
    [InlineData(1, -0.1, 1, 1, "potentiationPower", -0.1)]
    [InlineData(1, 1, 1.1, 1, "depressionStep", 1.1)]
    [InlineData(1, 1, 1, 21, "depressionPower", 21)]
    [InlineData(1, double.NaN, 1, 1, "potentiationPower", double.NaN)]
    public void Parameters_must_be_in_their_range(double up, double upPower, double down, double downPower, string argument, double actual) =>
        Rejected.OutOfRange(argument, actual, () => new PowerStep(up, upPower, down, downPower));

    private static double Integrate(Func<double, double> slope, double state)
    {
        const int Steps = 2000;
        const double H = 10.0 / Steps;
        for (int i = 0; i < Steps; i++)
        {
            double k1 = slope(state);
            double k2 = slope(state + (H / 2 * k1));
            double k3 = slope(state + (H / 2 * k2));
            double k4 = slope(state + (H * k3));
            state += H / 6 * (k1 + (2 * k2) + (2 * k3) + k4);
        }

        return state;
    }
}
