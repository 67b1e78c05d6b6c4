using System.Runtime.InteropServices;
using RramSnn.Kernels.Random;
using RramSnn.Kernels.Simd;
using RramSnn.PropertyTests.Support;
using Xunit;

namespace RramSnn.PropertyTests.Kernels;

public sealed class NormalDrawTests
{
    private const uint SignBit = 0x8000_0000u;

    // Found by a run over all 2²⁴ tails: 1.791·10⁻⁴ at 5DDA32.
    private const double LargestError = 1.8e-4;

    /// <summary>Every 61st tail, and the 4096 outermost ones; the seven bits below take no part.</summary>
    private static uint[] Tails { get; } =
    [
        .. Enumerable.Range(0, 4096).Select(static i => (uint)i << 7),
        .. Enumerable.Range(0, (1 << 24) / 61).Select(static i => ((uint)i * 61 << 7) | 0x55u),
    ];

    [Fact]
    public void The_inverse_of_the_distribution_function_is_met()
    {
        double[] expected = [.. Tails.Select(static bits => -DoubleFunctions.InverseNormal(((bits >> 7) | 0x100u) / 33554432.0))];
        foreach (int width in Widths.InBits)
        {
            float[] draws = Draw<InverseCdfNormal>(Tails, width);
            Assert.InRange(draws.Zip(expected, static (draw, exact) => Math.Abs(draw - exact)).Max(), 0, LargestError);
        }
    }

    [Fact]
    public void The_highest_bit_is_the_sign_and_the_lowest_seven_do_nothing()
    {
        float[] positive = Draw<InverseCdfNormal>(Tails);
        float[] negative = Draw<InverseCdfNormal>([.. Tails.Select(static bits => (bits | SignBit) ^ 0x7Fu)]);
        BitwiseAssert.Equal([.. positive.Select(static value => -value)], negative, "negative draws");
    }

    /// <summary>The tails end where a normal variable lies beyond once in 2¹⁶ draws; none of its probability is lost there.</summary>
    [Fact]
    public void The_tails_end_where_documented()
    {
        Assert.Equal(4.3248f, Draw<InverseCdfNormal>([0u])[0], 1e-4f);
        Assert.All(Draw<InverseCdfNormal>(Tails), static draw => Assert.InRange(draw, -LargestError, 4.325f));
        Assert.Equal(512, Draw<InverseCdfNormal>([.. Enumerable.Range(0, 1024).Select(static i => (uint)i << 7)]).Count(static draw => draw > 4.1695f));
    }

    /// <summary>The tails are an even sample of all draws, and the sign makes odd moments zero.</summary>
    [Fact]
    public void Variance_and_kurtosis_are_nearly_those_of_the_normal_distribution()
    {
        (double variance, double kurtosis) = Moments(Draw<InverseCdfNormal>(Tails.AsSpan(4096).ToArray()), null);
        Assert.InRange(variance, 1 - 5e-4, 1 + 5e-4);
        Assert.InRange(kurtosis, -0.006, 0.006);
    }

    [Fact]
    public void Draws_from_cell_words_have_normal_moments_and_no_correlation()
    {
        int rows = Effort.Of(1024, 64);
        float[] draws = Draw<InverseCdfNormal>(CellWords.Noise(new RandomStream(3, 4, 5), rows, 1024));
        double unit = Statistics.Limit / Math.Sqrt(draws.Length);
        (double variance, double kurtosis) = Moments(draws, null);
        Assert.InRange(Statistics.Mean(draws), -unit, unit);
        Assert.InRange(variance - 1, -(unit * Math.Sqrt(2)) - 5e-4, (unit * Math.Sqrt(2)) + 5e-4);
        Assert.InRange(kurtosis, -(unit * Math.Sqrt(24)) - 0.006, (unit * Math.Sqrt(24)) + 0.006);
        foreach (int distance in new[] { 1, 2, 128, 1024 })
        {
            Assert.InRange(Statistics.Correlation(draws.AsSpan(distance), draws.AsSpan(0, draws.Length - distance)), -unit, unit);
        }
    }

    [Fact]
    public void The_sum_of_bytes_is_scaled_to_variance_one()
    {
        uint[] bits = Numbers.AnyBits(4096, 1);
        float[] expected = [.. bits.Select(static word => (ByteSum(word) - 510f) * 6.76587509e-3f)];
        BitwiseAssert.Equal(expected, Draw<ByteSumNormal>(bits), "sums of bytes");

        float[] draws = Draw<ByteSumNormal>([.. Enumerable.Range(0, 1021).Select(WordOfSum)]);
        (double variance, double kurtosis) = Moments(draws, WaysToSum());
        Assert.Equal(1, variance, 1e-6);
        Assert.Equal(-0.3, kurtosis, 1e-4);
        Assert.Equal(-3.4506f, draws[0], 1e-4f);
        Assert.Equal(-draws[0], draws[^1]);
    }

    [Fact]
    public void Every_width_gives_the_same_bits()
    {
        uint[] bits = [.. Numbers.AnyBits(4096, 2), 0u, SignBit, uint.MaxValue];
        foreach (int width in Widths.InBits)
        {
            BitwiseAssert.Equal(Draw<InverseCdfNormal>(bits, 32), Draw<InverseCdfNormal>(bits, width), $"inverse, {width} bits");
            BitwiseAssert.Equal(Draw<ByteSumNormal>(bits, 32), Draw<ByteSumNormal>(bits, width), $"sum of bytes, {width} bits");
        }
    }

    private static float[] Draw<TNormal>(uint[] bits, int width = 0)
        where TNormal : struct, INormalDraw =>
        ElementaryCase.Map<DrawFunction<TNormal>>(
            width == 0 ? VectorDispatch.WidthInBits : width, MemoryMarshal.Cast<uint, float>(bits.AsSpan()).ToArray());

    private static uint ByteSum(uint word) => (word & 255) + ((word >> 8) & 255) + ((word >> 16) & 255) + (word >> 24);

    private static uint WordOfSum(int sum)
    {
        uint word = 0;
        for (int rest = sum; rest > 0; rest -= 255)
        {
            word = (word << 8) | (uint)Math.Min(rest, 255);
        }

        return word;
    }

    /// <summary>How many of the 2³² words have each sum of bytes.</summary>
    private static double[] WaysToSum()
    {
        double[] pairs = new double[511];
        for (int i = 0; i < 1 << 16; i++)
        {
            pairs[(i & 255) + (i >> 8)]++;
        }

        double[] ways = new double[1021];
        for (int a = 0; a < pairs.Length; a++)
        {
            for (int b = 0; b < pairs.Length; b++)
            {
                ways[a + b] += pairs[a] * pairs[b];
            }
        }

        return ways;
    }

    /// <summary>Second moment about zero, and excess kurtosis.</summary>
    private static (double Variance, double Kurtosis) Moments(float[] values, double[]? weights)
    {
        (double total, double second, double fourth) = (0, 0, 0);
        for (int i = 0; i < values.Length; i++)
        {
            double weight = weights?[i] ?? 1;
            double square = (double)values[i] * values[i];
            (total, second, fourth) = (total + weight, second + (weight * square), fourth + (weight * square * square));
        }

        return (second / total, (fourth * total / second / second) - 3);
    }

    private readonly struct DrawFunction<TNormal> : ElementaryKernels.ILaneFunction
        where TNormal : struct, INormalDraw
    {
        public static TLanes Invoke<TLanes>(TLanes x)
            where TLanes : struct, ILanes<TLanes> => TNormal.Draw(x);
    }
}
