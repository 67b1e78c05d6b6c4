using RramSnn.Kernels.Conductance;
using RramSnn.PropertyTests.Support;
using Xunit;

namespace RramSnn.PropertyTests.Kernels;

public sealed class SoftBoundsTests
{
    private static readonly float[] States = [0f, 1e-4f, .. Numbers.Between(0f, 1f, 50, 1), 1f];

    [Theory]
    [InlineData(0.003, 0.03)]
    [InlineData(3.06 / 64, 35.3 / 64)]
    [InlineData(1e-6, 1e-5)]
    [InlineData(5, 20)]
    public void The_closed_form_holds(double potentiation, double depression)
    {
        DeviceCase device = DeviceCase.Of("device", new SoftBounds(potentiation, depression));
        foreach (float state in States)
        {
            foreach (float count in new[] { 0.01f, 0.5f, 1f, 2f, 7.3f, 50f, 1000f, 100_000f })
            {
                double up = 1 - ((1 - (double)state) * Math.Exp(-potentiation * count));
                double down = state * Math.Exp(-depression * count);
                Assert.Equal(up, device.Pulse(state, count), 1e-6);
                Assert.Equal(down, device.Pulse(state, -count), 1e-6);
            }
        }
    }

    [Fact]
    public void Small_changes_are_accurate_and_not_only_small()
    {
        // From zero the state is the share itself: its relative error stays small where 1 - exp(-x) would cancel.
        DeviceCase device = DeviceCase.Of("device", new SoftBounds(1e-4, 1e-4));
        foreach (float count in new[] { 1e-6f, 1e-3f, 0.1f, 1f })
        {
            double exact = 1e-4 * count * (1 - (1e-4 * count / 2));
            Assert.InRange((device.Pulse(0f, count) / exact) - 1, -4e-7, 4e-7);
        }
    }

    [Fact]
    public void Equal_rates_make_the_device_symmetric_under_exchange_of_the_bounds()
    {
        DeviceCase device = DeviceCase.Of("device", new SoftBounds(0.02, 0.02));
        foreach (float state in States)
        {
            Assert.Equal(1f - device.Pulse(state, 3f), device.Pulse(1f - state, -3f), 2e-7f);
        }
    }

    /// <summary>Steps scaled by the slope at the start tend to those of the ideal device, with an error of half the dose.</summary>
    [Theory]
    [InlineData(1e-2)]
    [InlineData(1e-3)]
    [InlineData(1e-4)]
    public void Small_doses_of_scaled_pulses_approach_the_ideal_device(double dose)
    {
        const int Pulses = 16;
        double rate = dose / Pulses;
        DeviceCase soft = DeviceCase.Of("soft", new SoftBounds(rate, rate));
        foreach (float state in new[] { 0.1f, 0.25f, 0.5f, 0.75f, 0.9f })
        {
            DeviceCase up = DeviceCase.Of("up", new ConstantStep(rate * (1 - state)));
            DeviceCase down = DeviceCase.Of("down", new ConstantStep(rate * state));
            double tolerance = (dose * dose / 2) + 1.2e-7;
            Assert.Equal(up.Pulse(state, Pulses), soft.Pulse(state, Pulses), tolerance);
            Assert.Equal(down.Pulse(state, -Pulses), soft.Pulse(state, -Pulses), tolerance);
        }
    }

    [Theory]
    [InlineData(0, 1, "potentiationRate", 0)]
    [InlineData(-1, 1, "potentiationRate", -1)]
    [InlineData(101, 1, "potentiationRate", 101)]
    [InlineData(1, double.NaN, "depressionRate", double.NaN)]
    [InlineData(1, double.PositiveInfinity, "depressionRate", double.PositiveInfinity)]
    public void Rates_must_be_in_their_range(double potentiation, double depression, string argument, double actual) =>
        Rejected.OutOfRange(argument, actual, () => new SoftBounds(potentiation, depression));
}
