using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using RramSnn.Kernels.Periphery;
using RramSnn.PropertyTests.Support;
using Xunit;

namespace RramSnn.PropertyTests.Periphery;

/// <summary>Values and a quantiser.</summary>
public sealed record QuantiseCase(int HighestCode, bool IsSigned, float Range, int Seed)
{
    internal const int Length = 64;

    internal float[] Values { get; } = Numbers.Sparse(-1.5f * Range, 1.5f * Range, 0.1, Length, Seed);

    internal double Step => (double)Range / HighestCode;

    internal double Lowest => IsSigned ? -(double)Range : 0;

    internal float[] Quantise(out int saturated) => Quantise(Values, out saturated);

    internal float[] Quantise(float[] values, out int saturated)
    {
        float[] result = new float[values.Length];
        saturated = PeripheryKernels.Quantise(values, result, Range, HighestCode, IsSigned);
        return result;
    }

    /// <summary>The generator FsCheck uses for this type.</summary>
    public static Arbitrary<QuantiseCase> Generator()
    {
        Gen<QuantiseCase> cases =
            from highest in Gen.Elements(1, 2, 3, 7, 127, 255, 1023, 32767, 65535)
            from isSigned in Gen.Elements(true, false)
            from range in Gen.Elements(1f, 0.3f, 128f, 1e-7f, 3e6f)
            from seed in Gen.Choose(0, 1 << 20)
            select new QuantiseCase(highest, isSigned, range, seed);
        return Arb.From(cases);
    }
}

/// <summary>Mid-tread uniform quantisation.</summary>
[Properties(Arbitrary = [typeof(QuantiseCase)], MaxTest = 50)]
public sealed class QuantiseTests
{
    [Property]
    public bool Every_width_gives_the_bits_and_the_count_of_the_scalar_rule(QuantiseCase c)
    {
        float[] expected = c.Quantise(out int expectedCount);
        bool isEqual = true;
        foreach (int width in Widths.InBits)
        {
            float[] actual = new float[QuantiseCase.Length];
            int count = 0;
            Widths.Run(width, new QuantiseKernel
            {
                X = ref c.Values[0],
                Y = ref actual[0],
                Length = QuantiseCase.Length,
                Range = c.Range,
                HighestCode = c.HighestCode,
                LowestCode = c.IsSigned ? -c.HighestCode : 0,
                Saturated = ref count,
            });
            isEqual &= BitwiseAssert.AreEqual(expected, actual) && count == expectedCount;
        }

        return isEqual;
    }

    /// <summary>Half a step, and what scaling, division and multiplication round off: 2⁻²⁴ of the value each.</summary>
    [Property]
    public bool Values_within_the_range_move_by_half_a_step_at_most(QuantiseCase c) =>
        c.Values.Zip(c.Quantise(out _)).All(pair =>
        {
            double inside = Math.Clamp(pair.First, c.Lowest, c.Range);
            return Math.Abs(pair.Second - inside) <= (0.5 * c.Step) + (4 * Math.ScaleB(c.Range, -24));
        });

    [Property]
    public bool Only_values_beyond_half_a_step_count_as_saturated(QuantiseCase c)
    {
        _ = c.Quantise(out int saturated);
        double margin = 2 * Math.ScaleB(c.Range, -23);
        int Beyond(double slack) => c.Values.Count(x => x > c.Range + (0.5 * c.Step) + slack || x < c.Lowest - (0.5 * c.Step) - slack);
        return saturated >= Beyond(margin) && saturated <= Beyond(-margin);
    }

    [Property]
    public bool Quantising_twice_changes_nothing_more(QuantiseCase c)
    {
        float[] once = c.Quantise(out _);
        return BitwiseAssert.AreEqual(once, c.Quantise(once, out int saturated)) && saturated == 0;
    }

    [Property]
    public bool Signed_codes_are_symmetric(QuantiseCase c)
    {
        QuantiseCase signed = c with { IsSigned = true };
        float[] positive = signed.Quantise(out _);
        float[] negative = signed.Quantise([.. signed.Values.Select(static x => -x)], out _);
        return positive.Zip(negative).All(static pair => pair.First == -pair.Second);
    }

    [Property]
    public bool Order_is_kept(QuantiseCase c)
    {
        float[] ordered = c.Quantise([.. c.Values.Order()], out _);
        return ordered.Zip(ordered.Skip(1)).All(static pair => pair.First <= pair.Second);
    }

    [Property]
    public bool Zero_and_the_ends_of_the_range_are_exact(QuantiseCase c)
    {
        float[] ends = new float[16];
        (ends[0], ends[1]) = (c.Range, c.IsSigned ? -c.Range : 0f);
        return BitwiseAssert.AreEqual(ends, c.Quantise(ends, out int saturated)) && saturated == 0;
    }

    [Fact]
    public void Infinity_saturates_and_NaN_stays()
    {
        float[] x = new float[16];
        (x[0], x[1], x[2]) = (float.PositiveInfinity, float.NegativeInfinity, float.NaN);
        float[] y = new float[16];
        Assert.Equal(2, PeripheryKernels.Quantise(x, y, 2f, 7, isSigned: true));
        Assert.Equal([2f, -2f, float.NaN, 0f], y[..4]);
    }

    [Fact]
    public void Ties_go_to_the_even_code()
    {
        float[] x = new float[16];
        (x[0], x[1], x[2], x[3]) = (0.5f, 1.5f, 2.5f, -2.5f);
        PeripheryKernels.Quantise(x, x, 4f, 4, isSigned: true);
        Assert.Equal([0f, 2f, 2f, -2f], x[..4]);
    }

    [Fact]
    public void Bad_arguments_are_refused()
    {
        float[] x = new float[32];
        Rejected.Length("x", 17, 16, () => PeripheryKernels.Quantise(x.AsSpan(0, 17), x.AsSpan(0, 17), 1f, 1, true));
        Rejected.Length("y", 16, 32, () => PeripheryKernels.Quantise(x, x.AsSpan(0, 16), 1f, 1, true));
        Rejected.Overlap("y", () => PeripheryKernels.Quantise(x.AsSpan(0, 16), x.AsSpan(1, 16), 1f, 1, true));
        Rejected.OutOfRange("range", 0f, () => PeripheryKernels.Quantise(x, x, 0f, 1, true));
        Rejected.OutOfRange("range", float.NaN, () => PeripheryKernels.Quantise(x, x, float.NaN, 1, true));
        Rejected.OutOfRange("highestCode", 0, () => PeripheryKernels.Quantise(x, x, 1f, 0, true));
        Rejected.OutOfRange("highestCode", 65536, () => PeripheryKernels.Quantise(x, x, 1f, 65536, true));
    }
}
