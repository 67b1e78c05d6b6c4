using FsCheck.Xunit;
using RramSnn.Kernels.Conductance;
using RramSnn.PropertyTests.Support;
using Xunit;

namespace RramSnn.PropertyTests.Kernels;

/// <summary>The digital memory of wished changes.</summary>
[Properties(Arbitrary = [typeof(UpdateCase)], MaxTest = 40)]
public sealed class AccumulatorTests
{
    [Property]
    public bool Sums_are_one_fused_multiply_add_per_synapse_at_every_width(UpdateCase c)
    {
        float[] expected = (float[])c.State.Clone();
        for (int row = 0; row < c.Rows; row++)
        {
            for (int column = 0; column < c.Wish.Length && c.Trace[row] != 0; column++)
            {
                ref float sum = ref expected[c.Layout.IndexOf(row, column)];
                sum = MathF.FusedMultiplyAdd(c.Trace[row], c.Wish[column], sum);
            }
        }

        float[] actual = (float[])c.State.Clone();
        AccumulatorKernels.AddOuterProduct(actual, c.Active, c.Wish);
        bool isEqual = BitwiseAssert.AreEqual(expected, actual);
        foreach (int width in Widths.InBits)
        {
            actual = (float[])c.State.Clone();
            Widths.Run(width, new AccumulatorKernels.OuterProductKernel
            {
                Sum = ref actual[0],
                List = new(c.Active),
                PanelLength = (nuint)c.Layout.PanelLength,
                Wish = ref c.Wish[0],
                PaddedColumns = (nuint)c.Wish.Length,
            });
            isEqual &= BitwiseAssert.AreEqual(expected, actual);
        }

        return isEqual;
    }

    [Property]
    public bool What_is_not_a_whole_pulse_stays_at_every_width(int seed)
    {
        const float Up = 0.03f;
        const float Down = 0.2f;
        float[] before = Numbers.Sparse(-1f, 1f, 0.3, 64, seed);
        foreach (int width in Widths.InBits)
        {
            float[] sum = (float[])before.Clone();
            float[] pulses = new float[64];
            Widths.Run(width, new AccumulatorKernels.WholePulsesKernel { Sum = ref sum[0], Pulses = ref pulses[0], Length = 64, ForIncrease = Up, ForDecrease = Down });
            float[] facade = (float[])before.Clone();
            float[] facadePulses = new float[64];
            AccumulatorKernels.TakeWholePulses(facade, Up, Down, facadePulses);
            if (!BitwiseAssert.AreEqual(facade, sum) || !BitwiseAssert.AreEqual(facadePulses, pulses))
            {
                return false;
            }

            for (int i = 0; i < 64; i++)
            {
                float step = before[i] < 0 ? Down : Up;
                bool isRight = pulses[i] % 1 == 0
                    && pulses[i] * before[i] >= 0
                    && Math.Abs(sum[i]) <= step * (1 + 1e-5)
                    && Math.Abs(sum[i] + (pulses[i] * step) - before[i]) <= 1e-6;
                if (!isRight)
                {
                    return false;
                }
            }
        }

        return true;
    }

    [Fact]
    public void Bad_arguments_are_refused()
    {
        float[] sum = new float[64];
        Rejected.OutOfRange("forIncrease", 0f, () => AccumulatorKernels.TakeWholePulses(sum, 0f, 1f, new float[64]));
        Rejected.OutOfRange("forDecrease", float.NaN, () => AccumulatorKernels.TakeWholePulses(sum, 1f, float.NaN, new float[64]));
        Rejected.Length("pulses", 63, 64, () => AccumulatorKernels.TakeWholePulses(sum, 1f, 1f, new float[63]));
        Rejected.Length("sum", 60, 16, () => AccumulatorKernels.TakeWholePulses(new float[60], 1f, 1f, new float[60]));
        Rejected.Overlap("pulses", () => AccumulatorKernels.TakeWholePulses(sum, 1f, 1f, sum));
        UpdateCase c = new(0, IsStochastic: false, NoiseKind.None, 3, 1, Seed: 1);
        Rejected.Length("sum", 100, 384, () => AccumulatorKernels.AddOuterProduct(new float[100], c.Active, c.Wish));
        Rejected.Length("wish", 100, 128, () => AccumulatorKernels.AddOuterProduct(c.State, c.Active, c.Wish.AsSpan(0, 100)));
        Rejected.Overlap("sum", () => AccumulatorKernels.AddOuterProduct(c.State, c.Active, c.State.AsSpan(0, 128)));
    }

    [Fact]
    public void Accumulators_allocate_nothing()
    {
        Allocations.SkipUnlessOptimized();
        float[] sum = new float[64];
        float[] pulses = new float[64];
        long bytes = Allocations.Of(() => AccumulatorKernels.TakeWholePulses(sum, 1f, 1f, pulses));
        Assert.Equal(0, bytes);
    }
}
