using System.Globalization;
using RramSnn.Kernels.Simd;
using RramSnn.PropertyTests.Support;
using Xunit;

namespace RramSnn.PropertyTests.Kernels;

public sealed class DispatchTests
{
    /// <summary>A tier run that silently got another tier would test nothing, so it states what it expects.</summary>
    [Fact]
    public void The_process_uses_the_width_that_the_environment_expects()
    {
        string? expected = Environment.GetEnvironmentVariable("RRAMSNN_EXPECT_WIDTH");
        if (!string.IsNullOrEmpty(expected))
        {
            Assert.Equal(expected, VectorDispatch.WidthInBits.ToString(CultureInfo.InvariantCulture));
        }

        Assert.True(Widths.InBits.Contains(VectorDispatch.WidthInBits));
    }
}
