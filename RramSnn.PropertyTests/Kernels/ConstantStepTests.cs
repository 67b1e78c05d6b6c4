using RramSnn.Kernels.Conductance;
using RramSnn.PropertyTests.Support;
using Xunit;

namespace RramSnn.PropertyTests.Kernels;

public sealed class ConstantStepTests
{
    [Fact]
    public void Pulses_add_their_step_until_a_bound()
    {
        DeviceCase device = DeviceCase.Of("device", new ConstantStep(1 / 64.0));
        for (int level = 0; level <= 64; level++)
        {
            for (int pulses = -70; pulses <= 70; pulses++)
            {
                Assert.Equal(Math.Clamp(level + pulses, 0, 64) / 64f, device.Pulse(level / 64f, pulses));
            }
        }
    }

    [Fact]
    public void Up_and_down_cancel_exactly_on_a_binary_grid()
    {
        DeviceCase device = DeviceCase.Of("device", new ConstantStep(1 / 256.0));
        float state = 0.5f;
        foreach (int pulses in new[] { 3, -7, 20, -50, 34 })
        {
            state = device.Pulse(state, pulses);
        }

        Assert.Equal(0.5f, state);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-0.1)]
    [InlineData(1.01)]
    [InlineData(double.NaN)]
    public void The_step_must_be_in_its_range(double step) => Rejected.OutOfRange("step", step, () => new ConstantStep(step));
}
