using RramSnn.Kernels.Simd;
using RramSnn.PropertyTests.Support;
using Xunit;

namespace RramSnn.PropertyTests.Kernels;

public sealed class Exp2MinusOneTests
{
    [Fact]
    public void Growth_stays_within_its_relative_error()
    {
        (double worst, float at) = ElementaryCase.WorstRelative<Growth>(Bits(1.2e-38f), Bits(126f), static t => Math.Exp(t * Math.Log(2)) * DoubleFunctions.OneMinusExp2Negative(t));
        TestContext.Current.TestOutputHelper?.WriteLine($"2^t - 1: {worst:R} at {at:R}");
        Assert.True(worst <= ElementaryBounds.Exp2MinusOne, $"{worst:R} at {at:R}");
    }

    [Fact]
    public void Decay_has_the_bits_of_the_share()
    {
        float[] y = [0f, float.Epsilon, 0.5f, 1.5f, 126f, 1e30f, float.PositiveInfinity, .. Numbers.Between(0f, 1f, 4000, 1), .. Numbers.Between(0f, 130f, 4000, 2)];
        float[] expected = [.. ElementaryCase.Map<ElementaryCase.ShareFunction<AnySteps>>(32, y)];
        foreach (int width in Widths.InBits)
        {
            float[] actual = ElementaryCase.Map<Growth>(width, [.. y.Select(static value => -value)]);
            Assert.Equal(expected, actual.Select(static value => -value));
        }
    }

    [Fact]
    public void The_ratio_is_that_of_the_result()
    {
        foreach (float t in Numbers.Between(-0.5f, 0.5f, 2000, 3))
        {
            Assert.Equal(1, (double)ElementaryCase.Map<Growth>(t) / t / ElementaryCase.Map<Ratio>(t), 1.3e-7);
        }

        Assert.Equal(Math.Log(2), ElementaryCase.Map<Ratio>(0f), 1e-7);
    }

    [Fact]
    public void The_power_keeps_its_relative_error_where_it_is_small()
    {
        foreach (float t in Numbers.Between(-126f, 126f, 4000, 4))
        {
            Assert.Equal(1, ElementaryCase.Map<Exp2>(t) * Math.Exp(-t * Math.Log(2)), 1.3e-7);
        }
    }

    private static uint Bits(float value) => BitConverter.SingleToUInt32Bits(value);

    private readonly struct Growth : ElementaryKernels.ILaneFunction
    {
        public static TLanes Invoke<TLanes>(TLanes x)
            where TLanes : struct, ILanes<TLanes> => ElementaryLanes.Exp2MinusOne(x, out _, out _);
    }

    private readonly struct Ratio : ElementaryKernels.ILaneFunction
    {
        public static TLanes Invoke<TLanes>(TLanes x)
            where TLanes : struct, ILanes<TLanes>
        {
            ElementaryLanes.Exp2MinusOne(x, out TLanes ratio, out _);
            return ratio;
        }
    }

    private readonly struct Exp2 : ElementaryKernels.ILaneFunction
    {
        public static TLanes Invoke<TLanes>(TLanes x)
            where TLanes : struct, ILanes<TLanes>
        {
            ElementaryLanes.Exp2MinusOne(x, out _, out TLanes exp2);
            return exp2;
        }
    }
}
