using RramSnn.Kernels.Simd;
using RramSnn.PropertyTests.Support;
using Xunit;
using Log = RramSnn.Kernels.Simd.ElementaryKernels.LogFunction;

namespace RramSnn.PropertyTests.Kernels;

public sealed class LogTests
{
    // An exhaustive run over all positive floats found 0.832, at x = 1.4120755.
    private const double LargestErrorInUlp = 0.84;

    private const uint SmallestNormalBits = 0x0080_0000;
    private const uint NormalCount = 0x7F00_0000;

    [Fact]
    public void The_error_stays_within_its_bound_for_all_positive_floats()
    {
        (double error, float at) = ElementaryCase.WorstUlp<Log>(1, Bits(float.PositiveInfinity), Math.Log);
        TestContext.Current.TestOutputHelper?.WriteLine($"log: {error} ulp at {at:R}");
        Assert.True(error <= LargestErrorInUlp, $"log: {error} ulp at {at:R}");
    }

    [Fact]
    public void The_error_stays_within_its_bound_around_one()
    {
        (double error, float at) = ElementaryCase.WorstUlp<Log>(Bits(0.5f), Bits(2f), Math.Log);
        Assert.True(error <= LargestErrorInUlp, $"log: {error} ulp at {at:R}");
    }

    [Theory]
    [InlineData(1f, 0f)]
    [InlineData(0f, float.NegativeInfinity)]
    [InlineData(float.PositiveInfinity, float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity, float.NaN)]
    [InlineData(-1f, float.NaN)]
    [InlineData(-float.Epsilon, float.NaN)]
    [InlineData(float.NaN, float.NaN)]
    [InlineData(float.Epsilon, -103.27893f)]
    [InlineData(float.MaxValue, 88.72284f)]
    public void Special_arguments_have_their_special_values(float x, float expected) =>
        Assert.Equal(expected, ElementaryCase.Map<Log>(x));

    [Fact]
    public void Both_zeros_have_the_same_logarithm() => Assert.Equal(float.NegativeInfinity, ElementaryCase.Map<Log>(-0f));

    [Fact]
    public void Every_width_gives_the_same_bits()
    {
        float[] x =
        [
            .. Numbers.Between(0f, 4f, 1024, 1), .. Numbers.Between(0f, 1e30f, 512, 2), .. Numbers.Between(0f, 1e-38f, 512, 3),
            .. Numbers.AnyBits(4096, 5).Select(BitConverter.UInt32BitsToSingle),
        ];
        float[] expected = ElementaryCase.Map<Log>(32, x);
        foreach (int width in Widths.InBits)
        {
            BitwiseAssert.Equal(expected, ElementaryCase.Map<Log>(width, x), $"log, {width} bits");
        }
    }

    [Fact]
    public void A_special_argument_has_its_value_and_changes_no_bits_of_its_neighbours()
    {
        float[] x = [.. Numbers.AnyBits(1024, 6).Select(static bits => BitConverter.UInt32BitsToSingle(SmallestNormalBits + (bits % NormalCount)))];
        (uint Bits, float Value)[] specials =
        [
            (0x0000_0000, float.NegativeInfinity), (0x8000_0000, float.NegativeInfinity), (0x0000_0001, -103.27893f), (0x007F_FFFF, -87.33655f),
            (0x7F80_0000, float.PositiveInfinity), (0x7F80_0001, float.NaN), (0x7FFF_FFFF, float.NaN), (0x8000_0001, float.NaN), (0x8080_0000, float.NaN),
            (0xFF7F_FFFF, float.NaN), (0xFF80_0000, float.NaN), (0xFFC0_0001, float.NaN), (0xFFFF_FFFF, float.NaN),
        ];
        foreach (int width in Widths.InBits)
        {
            float[] expected = ElementaryCase.Map<Log>(width, x);
            for (int i = 0; i < x.Length; i += 3)
            {
                // One at a time, each in every lane.
                float[] mixed = (float[])x.Clone();
                float[] wanted = (float[])expected.Clone();
                (uint bits, float value) = specials[i % specials.Length];
                mixed[i] = BitConverter.UInt32BitsToSingle(bits);
                wanted[i] = value;
                BitwiseAssert.Equal(wanted, ElementaryCase.Map<Log>(width, mixed), $"log beside {bits:X8}, {width} bits");
            }
        }
    }

    [Fact]
    public void Log_undoes_exp()
    {
        float[] x = Numbers.Between(-80f, 80f, 1600, 4);
        float[] y = new float[x.Length];
        ElementaryKernels.Exp(x, y);
        ElementaryKernels.Log(y, y);
        for (int i = 0; i < x.Length; i++)
        {
            // An ulp of exp(x) moves its logarithm by at most 2⁻²³.
            Assert.True(Math.Abs(y[i] - x[i]) <= 1.3e-7 + UlpDistance.Spacing(x[i]), $"log(exp({x[i]:R})) = {y[i]:R}");
        }
    }

    private static uint Bits(float value) => BitConverter.SingleToUInt32Bits(value);
}
