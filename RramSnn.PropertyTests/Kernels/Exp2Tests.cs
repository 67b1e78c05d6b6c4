using RramSnn.PropertyTests.Support;
using Xunit;
using Exp2 = RramSnn.PropertyTests.Kernels.ElementaryCase.Exp2Function;

namespace RramSnn.PropertyTests.Kernels;

/// <summary>2ˣ of the exponential device.</summary>
public sealed class Exp2Tests
{
    private const float Largest = 125f;

    [Fact]
    public void The_relative_error_stays_within_its_bound_over_the_whole_range()
    {
        (double positive, float atPositive) = ElementaryCase.WorstRelative<Exp2>(Bits(0f), Bits(Largest), Exact);
        (double negative, float atNegative) = ElementaryCase.WorstRelative<Exp2>(Bits(-0f), Bits(-Largest), Exact);
        Assert.True(Math.Max(positive, negative) <= ElementaryBounds.Exp2, $"{positive:R} at {atPositive:R}, {negative:R} at {atNegative:R}");
    }

    /// <summary>Whole parts go into the exponent alone: the same mantissa at every whole distance.</summary>
    [Fact]
    public void A_whole_number_more_doubles_the_result_that_often()
    {
        float[] fractions = [.. Enumerable.Range(-32, 64).Select(static i => i / 64f)];
        float[] first = ElementaryCase.Map<Exp2>(32, fractions);
        for (int whole = -124; whole <= 124; whole++)
        {
            float[] shifted = ElementaryCase.Map<Exp2>(32, [.. fractions.Select(fraction => whole + fraction)]);
            bool isEven = whole % 2 == 0;
            for (int i = isEven ? 0 : 1; i < fractions.Length; i++)
            {
                Assert.Equal(MathF.ScaleB(first[i], whole), shifted[i]);
            }
        }
    }

    [Fact]
    public void Every_width_gives_the_same_bits()
    {
        float[] x = [.. Numbers.Between(-Largest, Largest, 2048, 1), .. Numbers.Between(-1f, 1f, 1024, 2), 0f, -0f, 0.5f, -0.5f, 1.5f, Largest, -Largest];
        float[] expected = ElementaryCase.Map<Exp2>(32, x);
        foreach (int width in Widths.InBits)
        {
            BitwiseAssert.Equal(expected, ElementaryCase.Map<Exp2>(width, x), $"2^x, {width} bits");
        }
    }

    private static double Exact(double x) => Math.Pow(2, x);

    private static uint Bits(float value) => BitConverter.SingleToUInt32Bits(value);
}
