using RramSnn.Kernels.Conductance;
using RramSnn.PropertyTests.Support;
using Xunit;

namespace RramSnn.PropertyTests.Kernels;

public sealed class ExponentialTests
{
    private static readonly float[] States = [0f, 1e-4f, .. Numbers.Between(0f, 1f, 50, 1), 1f];

    /// <summary>The bound is the sum of the roundings, as a share of the step, and two of the state itself.</summary>
    [Theory]
    [InlineData(0.01, 3, 0.005, 3)]
    [InlineData(1e-4, 0.5, 1e-3, 12)]
    [InlineData(0.5, 20, 0.02, 20)]
    [InlineData(1, 1e-3, 1, 1e-6)]
    public void The_closed_form_holds(double potentiationStep, double potentiationDamping, double depressionStep, double depressionDamping)
    {
        DeviceCase device = DeviceCase.Of("device", new Exponential(potentiationStep, potentiationDamping, depressionStep, depressionDamping));
        foreach (float state in States)
        {
            foreach (float count in new[] { 1e-6f, 0.01f, 0.5f, 1f, 2f, 7.3f, 50f, 1000f, 100_000f, 1e30f })
            {
                double up = Step(potentiationStep, potentiationDamping, state, count);
                double down = Step(depressionStep, depressionDamping, 1 - (double)state, count);
                Assert.Equal(Math.Min(state + up, 1), device.Pulse(state, count), (device.Accuracy * up) + Math.ScaleB(1, -24));
                Assert.Equal(Math.Max(state - down, 0), device.Pulse(state, -count), (device.Accuracy * down) + Math.ScaleB(1, -24));
            }
        }
    }

    [Fact]
    public void Small_changes_are_accurate_and_not_only_small()
    {
        DeviceCase device = DeviceCase.Of("device", new Exponential(1e-4, 5, 1e-4, 5));
        foreach (float count in new[] { 1e-30f, 1e-6f, 1e-3f, 0.1f, 1f, 10f, 1000f })
        {
            double exact = Step(1e-4, 5, 0, count);
            Assert.InRange((device.Pulse(0f, count) / exact) - 1, -device.Accuracy, device.Accuracy);
        }
    }

    /// <summary>Δu = α exp(-β u) per event is the limit of small steps; the curvature is half of αβ.</summary>
    [Theory]
    [InlineData(1e-3, 3)]
    [InlineData(1e-4, 8)]
    public void Small_steps_are_those_of_the_papers(double step, double damping)
    {
        DeviceCase device = DeviceCase.Of("device", new Exponential(step, damping, step, damping));
        foreach (float state in States.Where(static state => state <= 0.9f))
        {
            double expected = step * Math.Exp(-damping * state);
            double tolerance = (expected * ((expected * damping / 2) + device.Accuracy)) + Math.ScaleB(1, -24);
            Assert.Equal(state + expected, device.Pulse(state, 1f), tolerance);
            Assert.Equal(1 - (double)state - expected, device.Pulse(1 - state, -1f), tolerance + Math.ScaleB(1, -24));
        }
    }

    [Theory]
    [InlineData(0.01, 3)]
    [InlineData(0.1, 5)]
    public void A_wished_first_step_has_its_parameter(double wished, double damping)
    {
        double step = (Math.Exp(damping * wished) - 1) / damping;
        DeviceCase device = DeviceCase.Of("device", new Exponential(step, damping, step, damping));
        Assert.Equal(wished, device.Pulse(0f, 1f), device.Accuracy * wished);
        Assert.Equal(1 - wished, device.Pulse(1f, -1f), 1e-7);
    }

    [Fact]
    public void Equal_parameters_make_the_device_symmetric_under_exchange_of_the_bounds()
    {
        DeviceCase device = DeviceCase.Of("device", new Exponential(0.01, 4, 0.01, 4));
        foreach (float state in States)
        {
            Assert.Equal(1f - device.Pulse(state, 3f), device.Pulse(1f - state, -3f), 3e-7f);
        }
    }

    [Fact]
    public void Without_damping_the_device_tends_to_the_ideal_one()
    {
        DeviceCase device = DeviceCase.Of("device", new Exponential(1 / 64.0, 1e-6, 1 / 64.0, 1e-6));
        DeviceCase ideal = DeviceCase.Of("ideal", new ConstantStep(1 / 64.0));
        foreach (float state in States)
        {
            Assert.Equal(ideal.Pulse(state, 9.5f), device.Pulse(state, 9.5f), 1e-6f);
            Assert.Equal(ideal.Pulse(state, -9.5f), device.Pulse(state, -9.5f), 1e-6f);
        }
    }

    [Theory]
    [InlineData(0, 1, 1, 1, "potentiationStep", 0)]
    [InlineData(1.5, 1, 1, 1, "potentiationStep", 1.5)]
    [InlineData(1, 0, 1, 1, "potentiationDamping", 0)]
    [InlineData(1, 20.5, 1, 1, "potentiationDamping", 20.5)]
    [InlineData(1, 1, -1, 1, "depressionStep", -1)]
    [InlineData(1, 1, double.NaN, 1, "depressionStep", double.NaN)]
    [InlineData(1, 1, 1, -0.5, "depressionDamping", -0.5)]
    [InlineData(1, 1, 1, double.PositiveInfinity, "depressionDamping", double.PositiveInfinity)]
    public void Parameters_must_be_in_their_range(
        double potentiationStep, double potentiationDamping, double depressionStep, double depressionDamping, string argument, double actual) =>
        Rejected.OutOfRange(argument, actual, () => new Exponential(potentiationStep, potentiationDamping, depressionStep, depressionDamping));

    private static double Step(double step, double damping, double travelled, double count) =>
        DoubleFunctions.LogOnePlus(count * step * damping * Math.Exp(-damping * travelled)) / damping;
}
