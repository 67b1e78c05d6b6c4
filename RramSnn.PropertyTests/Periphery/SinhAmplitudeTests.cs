using RramSnn.Kernels.Periphery;
using RramSnn.PropertyTests.Support;
using Xunit;

namespace RramSnn.PropertyTests.Periphery;

/// <summary>The devices' current-voltage law.</summary>
public sealed class SinhAmplitudeTests
{
    public static TheoryData<float> Nonlinearities => [1e-4f, 0.3f, 1f, 2f, 5f, 20f, 80f];

    [Theory]
    [MemberData(nameof(Nonlinearities))]
    public void Every_width_gives_the_same_bits(float nonlinearity)
    {
        float[] x = [.. Numbers.Between(-1.1f, 1.1f, 256, 3), .. Numbers.AnyBits(64, 4).Select(BitConverter.UInt32BitsToSingle)];
        float[] expected = Map(x, nonlinearity);
        foreach (int width in Widths.InBits)
        {
            float[] actual = new float[x.Length];
            Widths.Run(width, new SinhKernel { X = ref x[0], Y = ref actual[0], Length = (nuint)x.Length, Nonlinearity = nonlinearity });
            BitwiseAssert.Equal(expected, actual, $"{width} bits");
        }
    }

    /// <summary>The argument a x is rounded once, which sinh multiplies by a x; the rest are a dozen roundings.</summary>
    [Theory]
    [MemberData(nameof(Nonlinearities))]
    public void The_error_stays_within_its_bound_also_near_zero(float nonlinearity)
    {
        float[] x = [.. Numbers.Between(-1f, 1f, 1 << 14, 5), .. Numbers.Between(-1e-4f, 1e-4f, 1 << 10, 6), .. Numbers.Between(0, 1e-30f, 16, 7)];
        float[] y = Map(x, nonlinearity);
        double full = Math.Sinh(nonlinearity);
        double worst = 0;
        for (int i = 0; i < x.Length; i++)
        {
            double argument = (double)nonlinearity * x[i];
            double expected = Math.Sinh(argument) / full;
            double bound = (Math.Abs(argument) + 12) * Math.ScaleB(1, -24);
            double error = expected == 0 ? Math.Abs(y[i]) : Math.Abs((y[i] - expected) / expected);
            worst = Math.Max(worst, Math.Abs(expected) < 1.2e-38 ? 0 : error / bound);
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"a = {nonlinearity}: {worst} of the bound");
        Assert.InRange(worst, 0, 1);
    }

    /// <summary>Spikes do not notice the law.</summary>
    [Theory]
    [MemberData(nameof(Nonlinearities))]
    public void Spikes_are_fixed_points_to_the_bit(float nonlinearity)
    {
        float[] spikes = [.. Enumerable.Range(0, 64).Select(static k => (float)((k / 3) % 2))];
        spikes[5] = -1f;
        BitwiseAssert.Equal(spikes, Map(spikes, nonlinearity), "spikes");
    }

    [Theory]
    [MemberData(nameof(Nonlinearities))]
    public void The_law_is_odd_and_growing_and_bends_downwards(float nonlinearity)
    {
        float[] x = [.. Enumerable.Range(0, 256).Select(static k => k / 256f)];
        float[] y = Map(x, nonlinearity);
        BitwiseAssert.Equal([.. y.Select(static value => -value)], Map([.. x.Select(static value => -value)], nonlinearity), "odd");
        for (int k = 1; k < x.Length; k++)
        {
            Assert.True(y[k] >= y[k - 1], $"{y[k]} after {y[k - 1]}");
            Assert.True(y[k] <= x[k] * (1 + ((nonlinearity + 12) * MathF.ScaleB(1, -23))), $"sinh({x[k]}) gives {y[k]}");
        }
    }

    [Fact]
    public void No_nonlinearity_changes_nothing()
    {
        float[] x = [.. Numbers.AnyBits(64, 8).Select(BitConverter.UInt32BitsToSingle)];
        BitwiseAssert.Equal(x, Map(x, 0f), "linear");
    }

    [Fact]
    public void Bad_arguments_are_refused()
    {
        float[] x = new float[32];
        Rejected.Length("x", 1, 16, () => PeripheryKernels.SinhAmplitude(x.AsSpan(0, 1), x.AsSpan(0, 1), 1f));
        Rejected.Length("y", 16, 32, () => PeripheryKernels.SinhAmplitude(x, x.AsSpan(0, 16), 1f));
        Rejected.Overlap("y", () => PeripheryKernels.SinhAmplitude(x.AsSpan(0, 16), x.AsSpan(8, 16), 1f));
        Rejected.OutOfRange("nonlinearity", -1f, () => PeripheryKernels.SinhAmplitude(x, x, -1f));
        Rejected.OutOfRange("nonlinearity", float.NaN, () => PeripheryKernels.SinhAmplitude(x, x, float.NaN));
    }

    private static float[] Map(float[] x, float nonlinearity)
    {
        float[] y = new float[x.Length];
        PeripheryKernels.SinhAmplitude(x, y, nonlinearity);
        return y;
    }
}
