using RramSnn.Kernels.Neurons;
using RramSnn.PropertyTests.Support;
using Xunit;

namespace RramSnn.PropertyTests.Kernels;

public sealed class ErrorKernelsTests
{
    [Theory]
    [InlineData(0f, 0.5f)]
    [InlineData(0.1f, 0.1f)]
    [InlineData(0.3f, 0f)]
    [InlineData(9f, 1f)]
    public void Errors_become_events_on_every_width(float threshold, float size)
    {
        foreach (int length in new[] { 0, 16, 32, 48, 128, 144 })
        {
            float[] values = Numbers.Sparse(-1f, 1f, 0.2, length, length + 1);
            if (length > 20)
            {
                (values[3], values[17], values[20]) = (float.NaN, threshold, -threshold);
            }

            float[] expected = [.. values.Select(x => Math.Abs(x) > threshold ? MathF.CopySign(size, x) : 0f)];
            int events = values.Count(x => Math.Abs(x) > threshold);
            float[] facade = (float[])values.Clone();
            Assert.Equal(events, ErrorKernels.Ternary(facade, threshold, size));
            BitwiseAssert.Equal(expected, facade, "facade");
            foreach (int width in Widths.InBits)
            {
                if (length == 0)
                {
                    continue;
                }

                float[] actual = (float[])values.Clone();
                int count = 0;
                Widths.Run(width, new ErrorKernels.TernaryKernel { Values = ref actual[0], Length = (nuint)length, Threshold = threshold, Size = size, Count = ref count });
                Assert.Equal(events, count);
                BitwiseAssert.Equal(expected, actual, $"{width} bits");
            }
        }
    }

    [Theory, InlineData(true), InlineData(false)]
    public void It_never_leaves_its_span(bool guardAfter)
    {
        using GuardedBuffer<float> values = new(Numbers.Between(-1f, 1f, 48, 1), guardAfter);
        ErrorKernels.Ternary(values.Span, 0.5f, 1f);
        Assert.All(values.Span.ToArray(), static value => Assert.True(value is 0f or 1f or -1f));
    }

    [Fact]
    public void Bad_arguments_are_refused()
    {
        Assert.Throws<ArgumentException>("values", () => ErrorKernels.Ternary(new float[15], 0, 1));
        Rejected.OutOfRange("threshold", -1f, () => ErrorKernels.Ternary(new float[16], -1f, 1));
        Rejected.OutOfRange("size", float.NaN, () => ErrorKernels.Ternary(new float[16], 0, float.NaN));
    }
}
