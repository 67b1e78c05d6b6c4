using RramSnn.Kernels.Conductance;
using RramSnn.Kernels.Random;
using RramSnn.PropertyTests.Support;
using Xunit;

namespace RramSnn.PropertyTests.Kernels;

/// <summary>The laws of cycle-to-cycle noise, for every kind and every source of normal draws.</summary>
public sealed class CycleNoiseTests
{
    private static readonly uint[] Words = [.. CellWords.Noise(new RandomStream(8, 4, 2), Effort.Of(256, 16), 256)];

    private static readonly uint[] Bits = [0u, 0x8000_0000u, 0x7FFF_FFFFu, uint.MaxValue, .. Words[..60]];

    private static readonly float[] States = [0f, float.Epsilon, 1e-6f, 0.3f, 0.5f, 0.99f, MathF.BitDecrement(1f), 1f];

    private delegate float Noise(float state, float next, float pulses, uint bits);

    [Fact]
    public void Where_nothing_is_written_every_bit_is_kept() => ForAll(static noise =>
    {
        foreach (float state in States)
        {
            Assert.All(Bits, bits => BitwiseAssert.Equal([state], [noise(state, state, 0f, bits)], "state"));
        }
    });

    [Fact]
    public void The_state_stays_in_its_range() => ForAll(static noise =>
    {
        foreach (float state in States)
        {
            foreach (float next in States)
            {
                foreach (float pulses in new[] { 0.5f, 1f, 1e6f, float.MaxValue })
                {
                    Assert.All(Bits, bits => Assert.InRange(noise(state, next, pulses, bits), 0f, 1f));
                }
            }
        }
    });

    [Fact]
    public void Noise_of_size_zero_keeps_every_bit_of_the_prediction()
    {
        StepNoise<InverseCdfNormal> step = new(0);
        PulseNoise<ByteSumNormal> pulse = new(0);
        foreach (float next in States)
        {
            foreach (uint bits in Bits)
            {
                BitwiseAssert.Equal([next], [ScalarNoise.Disturb(step, 0.5f, next, 3f, bits)], "step");
                BitwiseAssert.Equal([next], [ScalarNoise.Disturb(pulse, 0.5f, next, 3f, bits)], "pulse");
                BitwiseAssert.Equal([next], [ScalarNoise.Disturb(default(NoNoise), 0.5f, next, 3f, bits)], "none");
            }
        }
    }

    [Theory]
    [InlineData(0.51f)]
    [InlineData(0.4f)]
    [InlineData(0.5001f)]
    public void Step_noise_has_mean_zero_and_the_deviation_of_its_share_of_the_step(float next)
    {
        CheckMoments(new StepNoise<InverseCdfNormal>(0.4), next, 1f, 0.4 * Math.Abs(next - 0.5f));
        CheckMoments(new StepNoise<ByteSumNormal>(0.4), next, 7f, 0.4 * Math.Abs(next - 0.5f));
    }

    [Theory]
    [InlineData(0.25f)]
    [InlineData(1f)]
    [InlineData(2f)]
    [InlineData(9f)]
    public void Pulse_noise_has_mean_zero_and_a_deviation_that_grows_with_the_root_of_the_pulses(float pulses)
    {
        CheckMoments(new PulseNoise<InverseCdfNormal>(0.01), 0.52f, pulses, 0.01 * Math.Sqrt(pulses));
        CheckMoments(new PulseNoise<ByteSumNormal>(0.01), 0.48f, pulses, 0.01 * Math.Sqrt(pulses));
    }

    [Fact]
    public void Four_pulses_disturb_twice_as_much_as_one_with_the_same_draw()
    {
        PulseNoise<InverseCdfNormal> noise = new(0.01);
        foreach (uint bits in Bits)
        {
            float one = ScalarNoise.Disturb(noise, 0.5f, 0.5f, 1f, bits) - 0.5f;
            float four = ScalarNoise.Disturb(noise, 0.5f, 0.5f, 4f, bits) - 0.5f;
            Assert.Equal(2 * one, four, 2e-7f);
        }
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(100.5)]
    [InlineData(double.NaN)]
    public void Deviations_must_be_in_their_range(double deviation)
    {
        Rejected.OutOfRange("deviation", deviation, () => new StepNoise<InverseCdfNormal>(deviation));
        Rejected.OutOfRange("deviation", deviation, () => new PulseNoise<ByteSumNormal>(deviation));
    }

    [Fact]
    public void A_pulse_deviates_by_no_more_than_the_range() =>
        Rejected.OutOfRange("deviation", 1.5, static () => new PulseNoise<InverseCdfNormal>(1.5));

    private static void ForAll(Action<Noise> law)
    {
        law(static (state, next, pulses, bits) => ScalarNoise.Disturb(default(NoNoise), state, next, pulses, bits));
        law(static (state, next, pulses, bits) => ScalarNoise.Disturb(new StepNoise<InverseCdfNormal>(0.3), state, next, pulses, bits));
        law(static (state, next, pulses, bits) => ScalarNoise.Disturb(new StepNoise<ByteSumNormal>(100), state, next, pulses, bits));
        law(static (state, next, pulses, bits) => ScalarNoise.Disturb(new PulseNoise<InverseCdfNormal>(0.05), state, next, pulses, bits));
        law(static (state, next, pulses, bits) => ScalarNoise.Disturb(new PulseNoise<ByteSumNormal>(1), state, next, pulses, bits));
    }

    /// <summary>Five standard errors, and the error of the draws themselves.</summary>
    private static void CheckMoments<TNoise>(TNoise noise, float next, float pulses, double deviation)
        where TNoise : struct, ICycleNoise
    {
        float[] misses = [.. Words.Select(bits => ScalarNoise.Disturb(noise, 0.5f, next, pulses, bits) - next)];
        double limit = (deviation * Statistics.Limit / Math.Sqrt(misses.Length)) + 1e-7;
        Assert.InRange(Statistics.Mean(misses), -limit, limit);
        Assert.InRange(Math.Sqrt(Statistics.Variance(misses)) - deviation, -limit - (5e-4 * deviation), limit + (5e-4 * deviation));
    }
}
