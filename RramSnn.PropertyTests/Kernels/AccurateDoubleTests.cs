using RramSnn.Kernels.Conductance;
using RramSnn.PropertyTests.Support;
using Xunit;

namespace RramSnn.PropertyTests.Kernels;

public sealed class AccurateDoubleTests
{
    private static readonly double[] Arguments = [.. Enumerable.Range(-60, 70).Select(static power => Math.ScaleB(1.2345, power)).Where(static x => x < 100)];

    [Fact]
    public void Exponentials_keep_their_digits_near_zero()
    {
        foreach (double x in Arguments)
        {
            Assert.Equal(1, -AccurateDouble.ExpM1(-x) / DoubleFunctions.OneMinusExp2Negative(x / Math.Log(2)), 1e-12);
            Assert.Equal(1, AccurateDouble.ExpM1(x) * Math.Exp(-x) / DoubleFunctions.OneMinusExp2Negative(x / Math.Log(2)), 1e-12);
            Assert.Equal(AccurateDouble.ExpM1(x), x * AccurateDouble.RelativeExpM1(x), AccurateDouble.ExpM1(x) * 1e-15);
        }

        Assert.Equal(1, AccurateDouble.RelativeExpM1(0));
        Assert.Equal(-1, AccurateDouble.ExpM1(double.NegativeInfinity));
    }

    [Fact]
    public void Logarithms_keep_their_digits_near_zero()
    {
        foreach (double x in Arguments)
        {
            Assert.Equal(1, AccurateDouble.LogP1(x) / DoubleFunctions.LogOnePlus(x), 1e-14);
            Assert.Equal(x, AccurateDouble.ExpM1(AccurateDouble.LogP1(x)), x * 1e-13);
            if (x < 1)
            {
                Assert.Equal(-x, AccurateDouble.ExpM1(AccurateDouble.LogP1(-x)), x * 1e-13);
            }
        }

        Assert.Equal(1, AccurateDouble.RelativeLogP1(0));
        Assert.Equal(double.PositiveInfinity, AccurateDouble.RelativeLogP1(-1));
        Assert.Equal(double.PositiveInfinity, AccurateDouble.LogP1(double.PositiveInfinity));
    }
}
