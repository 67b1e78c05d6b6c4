using RramSnn.Kernels.Simd;
using RramSnn.PropertyTests.Support;
using Xunit;
using Share = RramSnn.PropertyTests.Kernels.ElementaryCase.ShareFunction<RramSnn.Kernels.Simd.AnySteps>;

namespace RramSnn.PropertyTests.Kernels;

public sealed class OneMinusExp2NegativeTests
{
    [Fact]
    public void The_relative_error_stays_within_its_bound_over_the_whole_range()
    {
        (double worst, float at) = ElementaryCase.WorstRelative<Share>(Bits(1.2e-38f), Bits(float.PositiveInfinity), DoubleFunctions.OneMinusExp2Negative);
        TestContext.Current.TestOutputHelper?.WriteLine($"1 - 2^-y: {worst:R} at {at:R}");
        Assert.True(worst <= ElementaryBounds.OneMinusExp2Negative, $"{worst:R} at {at:R}");
    }

    [Fact]
    public void The_result_is_a_share_and_zero_only_for_zero()
    {
        Assert.Equal(0u, Bits(ElementaryCase.Map<Share>(0f)));
        foreach (float[] y in ElementaryCase.Samples(Bits(1e-37f), Bits(float.PositiveInfinity)))
        {
            foreach (float share in ElementaryCase.Map<Share>(VectorDispatch.WidthInBits, y))
            {
                Assert.InRange(share, float.Epsilon, 1f);
            }
        }
    }

    [Theory]
    [InlineData(1e-30f)]
    [InlineData(1e-6f)]
    [InlineData(0.003f)]
    [InlineData(0.03125f)]
    [InlineData(0.25f)]
    [InlineData(0.499f)]
    [InlineData(0.5f)]
    [InlineData(0.7f)]
    [InlineData(1f)]
    [InlineData(1.5f)]
    [InlineData(2.5f)]
    [InlineData(3.5f)]
    [InlineData(10.5f)]
    [InlineData(23.5f)]
    [InlineData(24.5f)]
    [InlineData(126f)]
    public void From_one_float_to_the_next_the_result_falls_by_no_more_than_an_ulp(float around)
    {
        int count = Effort.Of(200_000, 2_000);
        float[] y = new float[count];
        for (int i = 0; i < count; i++)
        {
            y[i] = BitConverter.UInt32BitsToSingle((uint)(Bits(around) + i - (count / 2)));
        }

        float[] shares = ElementaryCase.Map<Share>(VectorDispatch.WidthInBits, y);
        for (int i = 1; i < count; i++)
        {
            bool isFine = shares[i] >= shares[i - 1] || UlpDistance.Between(shares[i], shares[i - 1]) == 1;
            Assert.True(isFine, $"{shares[i - 1]:R} at {y[i - 1]:R}, then {shares[i]:R} at {y[i]:R}");
        }
    }

    [Fact]
    public void The_short_forms_have_the_same_bits_up_to_their_limits()
    {
        CheckForm<SmallSteps>(ElementaryLanes.MediumExponent);
        CheckForm<MediumSteps>(ElementaryLanes.MediumExponent);
    }

    [Fact]
    public void There_is_no_step_where_the_next_form_begins()
    {
        float below = ElementaryCase.Map<Share>(ElementaryLanes.MediumExponent);
        float above = ElementaryCase.Map<Share>(MathF.BitIncrement(ElementaryLanes.MediumExponent));
        Assert.InRange(UlpDistance.Between(below, above), 0, 2);
    }

    [Fact]
    public void Every_width_gives_the_same_bits()
    {
        float[] y = [.. Numbers.Between(0f, 1f, 1024, 1), .. Numbers.Between(0f, 40f, 1024, 2), 0f, 0.5f, 1e10f, float.PositiveInfinity];
        float[] expected = ElementaryCase.Map<Share>(32, y);
        foreach (int width in Widths.InBits)
        {
            BitwiseAssert.Equal(expected, ElementaryCase.Map<Share>(width, y), $"1 - 2^-y, {width} bits");
        }
    }

    private static void CheckForm<TSteps>(float limit)
        where TSteps : struct, IStepSize
    {
        float[] y =
        [
            .. Numbers.Between(0f, limit, 4000, 1), .. Numbers.Between(0f, 0.03f, 1000, 2),
            0f, float.Epsilon, 1e-38f, 1e-20f, MathF.BitDecrement(limit), limit,
        ];
        float[] expected = ElementaryCase.Map<Share>(32, y);
        foreach (int width in Widths.InBits)
        {
            BitwiseAssert.Equal(expected, ElementaryCase.Map<ElementaryCase.ShareFunction<TSteps>>(width, y), $"1 - 2^-y up to {limit}, {width} bits");
        }
    }

    private static uint Bits(float value) => BitConverter.SingleToUInt32Bits(value);
}
