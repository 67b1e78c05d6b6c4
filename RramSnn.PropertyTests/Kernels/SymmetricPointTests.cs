using RramSnn.Kernels.Conductance;
using RramSnn.Kernels.Crossbar;
using RramSnn.Kernels.Random;
using RramSnn.PropertyTests.Support;
using Xunit;

namespace RramSnn.PropertyTests.Kernels;

/// <summary>
/// Balanced random pulses do not leave a device where it is: they drive it to the state where both polarities do the same.
/// </summary>
public sealed class SymmetricPointTests
{
    private static int Panels => Effort.Of(8, 1);

    /// <summary>Rates per pulse; TiOx has rates of 3.06 and 35.3 per range, here on 1000 and on 64 levels.</summary>
    public static TheoryData<double, double> Rates => new()
    {
        { 0.003, 0.03 },
        { 3.06 / 1000, 35.3 / 1000 },
        { 3.06 / 64, 35.3 / 64 },
        { 0.02, 0.02 },
    };

    [Theory]
    [MemberData(nameof(Rates))]
    public void A_single_device_settles_where_both_polarities_are_equally_strong(double potentiation, double depression)
    {
        (float[] plus, _) = Settle(potentiation, depression);
        Near(FixedPoint(potentiation, depression), plus);
    }

    [Theory]
    [MemberData(nameof(Rates))]
    public void A_push_pull_pair_settles_at_weight_zero_and_twice_the_symmetric_point(double potentiation, double depression)
    {
        (float[] plus, float[] minus) = Settle(potentiation, depression);
        Near(0, [.. plus.Zip(minus, static (p, m) => p - m)]);
        Near(2 * FixedPoint(potentiation, depression), [.. plus.Zip(minus, static (p, m) => p + m)]);
    }

    [Theory]
    [InlineData(0.003, 0.03, 0.1818)]
    [InlineData(3.06, 35.3, 0.1595)]
    public void For_small_pulses_the_sum_of_a_pair_is_twice_the_share_of_the_potentiation_rate(double potentiation, double depression, double sum)
    {
        Assert.Equal(sum, 2 * potentiation / (potentiation + depression), 1e-4);
        double scale = 1e-5 / (potentiation + depression);
        Assert.Equal(sum, 2 * FixedPoint(potentiation * scale, depression * scale), 1e-4);
    }

    [Fact]
    public void The_ideal_device_has_no_symmetric_point()
    {
        DeviceCase device = DeviceCase.Of("ideal", new ConstantStep(1 / 1024.0));
        foreach (float start in new[] { 0.2f, 0.5f, 0.8f })
        {
            Assert.Equal(start, device.Pulse(device.Pulse(start, 1f), -1f), 1e-7f);
        }
    }

    /// <summary>Exact for pulses of any size: E[u] with (1 - u)(1 - exp(-a_P)) = u(1 - exp(-a_D)).</summary>
    private static double FixedPoint(double potentiation, double depression)
    {
        double up = 1 - Math.Exp(-potentiation);
        double down = 1 - Math.Exp(-depression);
        return up / (up + down);
    }

    /// <summary>Pairs from a state far from the fixed point through several relaxation times of random pulses of either sign.</summary>
    private static (float[] Plus, float[] Minus) Settle(double potentiation, double depression)
    {
        int steps = (int)Math.Ceiling(24 / (potentiation + depression));
        SoftBounds device = new(potentiation, depression);
        int columns = Panels * CrossbarLayout.PanelWidth;
        float[] plus = new float[columns];
        float[] minus = new float[columns];
        plus.AsSpan().Fill(0.5f);
        minus.AsSpan().Fill(0.5f);
        float[] trace = new float[16];
        trace[0] = 1f;
        ActiveRows active = ActiveRows.FromTrace(trace, 1, new int[16], new float[16]);
        float[] wish = new float[columns];
        PulseCounters counters = new(new float[columns], new float[columns], new float[columns]);
        for (int step = 0; step < steps; step++)
        {
            RandomStream stream = new(seed: 2024, purpose: 1, step: (ulong)step);
            RandomKernels.Uniform(wish, stream);
            foreach (ref float value in wish.AsSpan())
            {
                value = value < 0.5f ? -1f : 1f;
            }

            ConductanceKernels.Update<SoftBounds, PolarityGain, ContinuousPulses, NoNoise>(device, new(1, 1), default, plus, active, wish, stream, 0, counters);
            ConductanceKernels.Update<SoftBounds, PolarityGain, ContinuousPulses, NoNoise>(device, new(-1, -1), default, minus, active, wish, stream, 0, counters);
        }

        return (plus, minus);
    }

    /// <summary>Within five standard errors, and what is left of the start: e⁻¹² of at most one.</summary>
    private static void Near(double expected, float[] values)
    {
        double limit = (Statistics.Limit * Statistics.StandardError(values)) + 1e-5;
        Assert.InRange(Statistics.Mean(values) - expected, -limit, limit);
        Assert.InRange(limit, 0, 0.1);
    }
}
