using RramSnn.Kernels.Simd;
using RramSnn.PropertyTests.Support;
using Xunit;

namespace RramSnn.PropertyTests.Kernels;

public sealed class Log2Tests
{
    [Fact]
    public void The_relative_error_stays_within_its_bound_over_all_normal_floats()
    {
        (double worst, float at) = ElementaryCase.WorstRelative<Log2>(Bits(1.17549435e-38f), Bits(MathF.BitDecrement(1f)), static x => Math.Log(x) / Math.Log(2));
        (double worstAbove, float atAbove) = ElementaryCase.WorstRelative<Log2>(Bits(MathF.BitIncrement(1f)), Bits(float.MaxValue), static x => Math.Log(x) / Math.Log(2));
        TestContext.Current.TestOutputHelper?.WriteLine($"log2: {worst:R} at {at:R}, {worstAbove:R} at {atAbove:R}");
        Assert.True(worst <= ElementaryBounds.Log2 && worstAbove <= ElementaryBounds.Log2, $"{worst:R} at {at:R}, {worstAbove:R} at {atAbove:R}");
    }

    [Fact]
    public void Powers_of_two_are_exact()
    {
        for (int power = -126; power <= 127; power++)
        {
            Assert.Equal(power, ElementaryCase.Map<Log2>(MathF.ScaleB(1f, power)));
        }
    }

    [Fact]
    public void Every_width_gives_the_same_bits()
    {
        float[] x = [.. Numbers.Between(0.001f, 3f, 1024, 1), 1f, 1.17549435e-38f, float.MaxValue];
        foreach (int width in Widths.InBits)
        {
            BitwiseAssert.Equal(ElementaryCase.Map<Log2>(32, x), ElementaryCase.Map<Log2>(width, x), $"log2, {width} bits");
        }
    }

    private static uint Bits(float value) => BitConverter.SingleToUInt32Bits(value);

    private readonly struct Log2 : ElementaryKernels.ILaneFunction
    {
        public static TLanes Invoke<TLanes>(TLanes x)
            where TLanes : struct, ILanes<TLanes> => ElementaryLanes.Log2OfNormal(x);
    }
}
