using RramSnn.Kernels.Conductance;
using RramSnn.PropertyTests.Support;
using Xunit;

namespace RramSnn.PropertyTests.Kernels;

public sealed class LinearStepTests
{
    /// <summary>The definition, pulse by pulse, is the closed form for any number of pulses: while no bound is met, and beyond.</summary>
    [Theory]
    [InlineData(0.01, 0.5, 0.02, 1)]
    [InlineData(1e-3, 1, 1e-3, -2)]
    [InlineData(1e-6, -1000, 5e-4, -30)]
    [InlineData(0.3, 0.999, 1, 1)]
    [InlineData(1 / 64.0, 0, 1 / 512.0, 1e-12)]
    public void Single_steps_are_those_of_the_definition(double up, double upSlope, double down, double downSlope)
    {
        LinearStep device = new(up, upSlope, down, downSlope);
        foreach (double start in new[] { 0, 0.2, 0.5, 0.77, 1 })
        {
            double high = start;
            double low = start;
            for (int n = 1; n <= 200; n++)
            {
                high = Math.Min(1, high + (up * (1 - (upSlope * high))));
                low = Math.Max(0, low - (down * (1 - (downSlope * (1 - low)))));
                Assert.Equal(high, device.After(start, n), 1e-12);
                Assert.Equal(low, device.After(start, -n), 1e-12);
            }
        }
    }

    /// <summary>w ← w ± s± (1 - γ± w/b±) with bounds ±0.6, in units of the range: what aihwkit's LinearStep gives, noise off.</summary>
    [Fact]
    public void Soft_bounds_of_aihwkit_end_where_aihwkit_ends()
    {
        // At the lower bound the factor 1 - w/b is 2: the first step is twice the nominal one.
        LinearStep device = new(2 * 0.001 / 1.2, 1, 2 * 0.001 / 1.2, 1);
        double after500 = device.After(0.5, 500);
        double after1000 = device.After(after500, 500);
        Assert.Equal(0.339422, ToWeight(after500), 1e-6);
        Assert.Equal(0.486832, ToWeight(after1000), 1e-6);
        Assert.Equal(-0.395009, ToWeight(device.After(after1000, -1000)), 1e-6);
    }

    /// <summary>Slopes up and down with bounds of different size, as aihwkit states them, against its rule pulse by pulse.</summary>
    [Theory]
    [InlineData(0.115, 0.509, 0.002, 1.172, -0.828)]
    [InlineData(0.415, 0.734, 2.82e-4, 1.171, -0.829)]
    [InlineData(0.05, 0.05, 0.005, 1, -1)]
    public void Steps_of_aihwkit_map_to_the_range(double gammaUp, double gammaDown, double step, double largest, double smallest)
    {
        double range = largest - smallest;
        double firstUp = 1 - (gammaUp * smallest / largest);
        double firstDown = 1 - (gammaDown * largest / smallest);
        LinearStep device = new(step * firstUp / range, 1 - ((1 - gammaUp) / firstUp), step * firstDown / range, 1 - ((1 - gammaDown) / firstDown));
        double weight = 0;
        double state = -smallest / range;
        foreach (int direction in Enumerable.Repeat(1, 400).Concat(Enumerable.Repeat(-1, 900)))
        {
            double share = direction > 0 ? gammaUp * weight / largest : gammaDown * weight / smallest;
            weight = Math.Clamp(weight + (direction * step * (1 - share)), smallest, largest);
            state = device.After(state, direction);
            Assert.Equal((weight - smallest) / range, state, 1e-12);
        }
    }

    [Theory]
    [InlineData(2, 4.99, 97, 100)]
    [InlineData(1.42, -1.18, 32, 32)]
    [InlineData(-45, 12, 50, 60)]
    [InlineData(0, -0.01, 64, 64)]
    public void Curves_are_those_of_NeuroSim(double up, double down, double upPulses, double downPulses)
    {
        LinearStep device = LinearStep.FromCurves(up, 1 / upPulses, down, 1 / downPulses);
        for (int n = 0; n <= 100; n++)
        {
            Assert.Equal(n >= upPulses ? 1 : Curve(up, n / upPulses), device.After(0, n), 1e-12);
            Assert.Equal(n >= downPulses ? 0 : 1 - Curve(down, n / downPulses), device.After(1, -n), 1e-12);
        }
    }

    /// <summary>Labels of one sign: depression walks the potentiation curve backwards.</summary>
    [Fact]
    public void Opposite_curvatures_retrace_one_path()
    {
        LinearStep device = LinearStep.FromCurves(1.7, 1 / 64.0, -1.7, 1 / 64.0);
        foreach (double state in new[] { 0, 0.1, 0.5, 0.9 })
        {
            Assert.Equal(device.PotentiationSlope(state), device.DepressionSlope(state), 1e-14);
            Assert.Equal(state, device.After(device.After(state, 2.5), -2.5), 1e-14);
        }
    }

    [Fact]
    public void Soft_bounds_and_constant_steps_are_special_cases()
    {
        LinearStep soft = new(1 - Math.Exp(-0.03), 1, 1 - Math.Exp(-0.4), 1);
        LinearStep constant = new(1 / 64.0, 0, 1 / 32.0, 0);
        DeviceCase lanes = DeviceCase.Of("constant", constant);
        foreach (double state in new[] { 0, 0.125, 0.5, 0.75, 1 })
        {
            foreach (double pulses in new[] { 0.4, 3, 17.5, 200 })
            {
                Assert.Equal(new SoftBounds(0.03, 0.4).After(state, pulses), soft.After(state, pulses), 1e-14);
                Assert.Equal(new SoftBounds(0.03, 0.4).After(state, -pulses), soft.After(state, -pulses), 1e-14);
                Assert.Equal((float)Math.Min(1, state + (pulses / 64)), lanes.Pulse((float)state, (float)pulses), 6e-8f);
                Assert.Equal((float)Math.Max(0, state - (pulses / 32)), lanes.Pulse((float)state, (float)-pulses), 6e-8f);
            }
        }
    }

    [Theory]
    [InlineData(0, 0, 1, 0, "potentiationStep", 0)]
    [InlineData(1.5, 0, 1, 0, "potentiationStep", 1.5)]
    [InlineData(1, 1.1, 1, 0, "potentiationSlope", 1.1)]
    [InlineData(1, 0, -1, 0, "depressionStep", -1)]
    [InlineData(1, 0, 1, -1001, "depressionSlope", -1001)]
    [InlineData(1, 0, 1, double.NaN, "depressionSlope", double.NaN)]
    public void Parameters_must_be_in_their_range(double up, double upSlope, double down, double downSlope, string argument, double actual) =>
        Rejected.OutOfRange(argument, actual, () => new LinearStep(up, upSlope, down, downSlope));

    [Theory]
    [InlineData(101, 1, 1, 1, "potentiationCurvature", 101)]
    [InlineData(1, 0, 1, 1, "potentiationShare", 0)]
    [InlineData(1, 1, double.NaN, 1, "depressionCurvature", double.NaN)]
    [InlineData(1, 1, 1, 1.01, "depressionShare", 1.01)]
    public void Curves_must_be_in_their_range(double up, double upShare, double down, double downShare, string argument, double actual) =>
        Rejected.OutOfRange(argument, actual, () => LinearStep.FromCurves(up, upShare, down, downShare));

    private static double ToWeight(double state) => 1.2 * (state - 0.5);

    private static double Curve(double curvature, double share) =>
        curvature == 0 ? share : (1 - Math.Exp(-curvature * share)) / (1 - Math.Exp(-curvature));
}
