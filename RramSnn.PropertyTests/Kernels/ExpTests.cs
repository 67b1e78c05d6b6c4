using RramSnn.Kernels.Simd;
using RramSnn.PropertyTests.Support;
using Xunit;
using Exp = RramSnn.Kernels.Simd.ElementaryKernels.ExpFunction;

namespace RramSnn.PropertyTests.Kernels;

public sealed class ExpTests
{
    [Fact]
    public void The_error_stays_within_its_bound_over_the_whole_float_range()
    {
        (double positive, float atPositive) = ElementaryCase.WorstUlp<Exp>(0, Bits(float.PositiveInfinity), Math.Exp);
        (double negative, float atNegative) = ElementaryCase.WorstUlp<Exp>(Bits(-0f), Bits(float.NegativeInfinity), Math.Exp);
        TestContext.Current.TestOutputHelper?.WriteLine($"exp: {positive} ulp at {atPositive:R}, {negative} ulp at {atNegative:R}");
        Assert.True(Math.Max(positive, negative) <= ElementaryBounds.ExpUlp, $"exp: {positive} ulp at {atPositive:R}, {negative} ulp at {atNegative:R}");
    }

    [Fact]
    public void The_error_stays_within_its_bound_where_results_are_neither_one_nor_infinite()
    {
        (double positive, float atPositive) = ElementaryCase.WorstUlp<Exp>(Bits(0.25f), Bits(89f), Math.Exp);
        (double negative, float atNegative) = ElementaryCase.WorstUlp<Exp>(Bits(-0.25f), Bits(-104f), Math.Exp);
        Assert.True(Math.Max(positive, negative) <= ElementaryBounds.ExpUlp, $"exp: {positive} ulp at {atPositive:R}, {negative} ulp at {atNegative:R}");
    }

    [Theory]
    [InlineData(0f, 1f)]
    [InlineData(float.Epsilon, 1f)]
    [InlineData(float.PositiveInfinity, float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity, 0f)]
    [InlineData(float.MaxValue, float.PositiveInfinity)]
    [InlineData(float.MinValue, 0f)]
    [InlineData(88.72284f, float.PositiveInfinity)]
    [InlineData(-103.97285f, 0f)]
    [InlineData(-103.27893f, float.Epsilon)]
    [InlineData(float.NaN, float.NaN)]
    public void Special_arguments_have_their_special_values(float x, float expected) =>
        Assert.Equal(expected, ElementaryCase.Map<Exp>(x));

    [Fact]
    public void Every_width_gives_the_same_bits()
    {
        float[] x = [.. Numbers.Between(-110f, 95f, 2048, 1), .. Numbers.Between(-1f, 1f, 512, 2), float.NaN, float.PositiveInfinity, 0f];
        float[] expected = ElementaryCase.Map<Exp>(32, x);
        foreach (int width in Widths.InBits)
        {
            BitwiseAssert.Equal(expected, ElementaryCase.Map<Exp>(width, x), $"exp, {width} bits");
        }
    }

    [Fact]
    public void The_facade_runs_the_kernel_also_in_place()
    {
        float[] x = Numbers.Between(-110f, 95f, 160, 3);
        float[] expected = ElementaryCase.Map<Exp>(32, x);
        float[] y = new float[160];
        ElementaryKernels.Exp(x, y);
        BitwiseAssert.Equal(expected, y, "exp");
        ElementaryKernels.Exp(x, x);
        BitwiseAssert.Equal(expected, x, "exp in place");
    }

    private static uint Bits(float value) => BitConverter.SingleToUInt32Bits(value);
}
