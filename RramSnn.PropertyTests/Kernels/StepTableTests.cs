using RramSnn.Kernels.Conductance;
using RramSnn.Model.Devices;
using RramSnn.PropertyTests.Support;
using Xunit;

namespace RramSnn.PropertyTests.Kernels;

public sealed class StepTableTests
{
    private static readonly double[] Nodes = [.. Enumerable.Range(0, 16).Select(static i => i / 15.0)];

    private static readonly double[] Up = [.. Nodes.Select(static u => 0.01 + (0.02 * Math.Sin(9 * u) * Math.Sin(9 * u)))];

    private static readonly double[] Down = [.. Nodes.Select(static u => 0.03 * u)];

    [Fact]
    public void Steps_are_those_of_the_nodes_and_linear_in_between()
    {
        StepTable device = new(Up, Down);
        for (int i = 0; i < 16; i++)
        {
            Assert.Equal(Up[i], device.PotentiationSlope(Nodes[i]), 1e-9);
            Assert.Equal(Down[i], device.DepressionSlope(Nodes[i]), 1e-9);
            if (i < 15)
            {
                Assert.Equal((0.7 * Up[i]) + (0.3 * Up[i + 1]), device.PotentiationSlope(Nodes[i] + (0.3 / 15)), 1e-9);
            }
        }
    }

    [Fact]
    public void Pulses_are_applied_one_by_one()
    {
        StepTable device = new(Up, Down);
        DeviceCase lanes = DeviceCase.Of("device", device);
        foreach (double start in new[] { 0, 0.21, 0.5, 1 })
        {
            double up = start;
            double down = start;
            for (int n = 1; n <= 40; n++)
            {
                up = Math.Min(1, up + At(Up, up));
                down = Math.Max(0, down - At(Down, down));
                Assert.Equal(up, device.After(start, n), 1e-8);
                Assert.Equal(up, lanes.Pulse((float)start, n), 3e-6);
                Assert.Equal(down, lanes.Pulse((float)start, -n), 3e-6);
            }
        }
    }

    /// <summary>A table of a straight line is the linear step, pulse by pulse.</summary>
    [Fact]
    public void A_line_of_steps_is_the_linear_step()
    {
        StepTable device = new([.. Nodes.Select(static u => 0.05 * (1 - (0.8 * u)))], [.. Nodes.Select(static u => 0.02 * (1 + (2 * (1 - u))))]);
        LinearStep linear = new(0.05, 0.8, 0.02, -2);
        foreach (double start in new[] { 0, 0.3, 0.9, 1 })
        {
            Assert.Equal(linear.After(start, 12), device.After(start, 12), 1e-7);
            Assert.Equal(linear.After(start, -12), device.After(start, -12), 1e-7);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public void Resampling_keeps_a_line_also_where_nothing_was_measured(int seed)
    {
        double[] states = [.. Numbers.Between(0.2f, 0.6f, 30, seed).Select(static u => (double)u)];
        double[] nodes = StepCurve.Resample(states, [.. states.Select(static u => 0.05 - (0.03 * u))]);
        Assert.All(Nodes.Zip(nodes), static pair => Assert.Equal(0.05 - (0.03 * pair.First), pair.Second, 1e-9));
    }

    [Fact]
    public void Resampling_gives_the_nodes_that_the_steps_came_from()
    {
        double[] states = [.. Numbers.Between(0f, 1f, 4000, 3).Select(static u => (double)u), 0, 1];
        double[] nodes = StepCurve.Resample(states, [.. states.Select(static u => At(Up, u))]);
        Assert.All(Up.Zip(nodes), static pair => Assert.Equal(pair.First, pair.Second, 1e-6));
    }

    /// <summary>Noise of 0.01 on 200 steps for each node: an error of 0.001 or so is left.</summary>
    [Fact]
    public void Resampling_averages_noise()
    {
        double[] states = [.. Numbers.Between(0f, 1f, 3200, 4).Select(static u => (double)u)];
        float[] noise = Numbers.Between(-0.0173f, 0.0173f, states.Length, 5);
        double[] nodes = StepCurve.Resample(states, [.. states.Select((u, i) => At(Up, u) + noise[i])]);
        double[] errors = [.. Up.Zip(nodes, static (expected, actual) => actual - expected)];
        Assert.True(Math.Sqrt(errors.Average(static error => error * error)) < 0.0015);
    }

    [Fact]
    public void Steps_against_the_direction_become_none() =>
        Assert.Equal(0, StepCurve.Resample([0, 0.5, 1], [0.02, 0.01, -0.005])[15]);

    [Fact]
    public void Impossible_measurements_are_refused()
    {
        Assert.Throws<ArgumentException>("steps", () => StepCurve.Resample([0, 1], [0.1]));
        Assert.Throws<ArgumentOutOfRangeException>("states", () => StepCurve.Resample([0, 1.5], [0.1, 0.1]));
        Assert.Throws<ArgumentOutOfRangeException>("steps", () => StepCurve.Resample([0, 1], [0.1, double.NaN]));
        Assert.Throws<ArgumentOutOfRangeException>("states", () => StepCurve.Resample([0.3, 0.3], [0.1, 0.2]));
        Assert.Throws<ArgumentOutOfRangeException>("states", () => StepCurve.Resample([], []));
    }

    [Fact]
    public void Impossible_tables_are_refused()
    {
        Assert.Throws<ArgumentException>("potentiationSteps", static () => new StepTable(new double[16], Down));
        Assert.Throws<ArgumentException>("depressionSteps", static () => new StepTable(Up, Down.AsSpan(1)));
        Rejected.OutOfRange("depressionSteps", 1.5, static () => new StepTable(Up, [.. Down.AsSpan(1), 1.5]));
        Rejected.OutOfRange("potentiationSteps", -0.1, static () => new StepTable([-0.1, .. Up.AsSpan(1)], Down));
    }

    private static double At(double[] steps, double state)
    {
        int node = Math.Min((int)(state * 15), 14);
        double right = (state * 15) - node;
        return ((1 - right) * steps[node]) + (right * steps[node + 1]);
    }
}
