using FsCheck.Xunit;
using RramSnn.Kernels.Simd;
using RramSnn.PropertyTests.Support;
using Xunit;
using LogOnePlus = RramSnn.PropertyTests.Kernels.ElementaryCase.LogOnePlusFunction<RramSnn.Kernels.Simd.AnySteps>;

namespace RramSnn.PropertyTests.Kernels;

/// <summary>sum + scale · log(1 + z).</summary>
public sealed class LogOnePlusTests
{
    private const float SmallEnd = 1f / 256;

    [Fact]
    public void The_relative_error_stays_within_its_bound_over_the_whole_range()
    {
        (double small, float atSmall) = ElementaryCase.WorstRelative<LogOnePlus>(Bits(1.2e-38f), Bits(SmallEnd), DoubleFunctions.LogOnePlus);
        (double beyond, float atBeyond) = ElementaryCase.WorstRelative<LogOnePlus>(Bits(SmallEnd) + 1, Bits(1e30f), DoubleFunctions.LogOnePlus);
        Assert.True(small <= ElementaryBounds.LogOnePlus, $"{small:R} at {atSmall:R}");
        Assert.True(beyond <= ElementaryBounds.LogOnePlusBeyondSmall, $"{beyond:R} at {atBeyond:R}");
    }

    [Fact]
    public void Larger_arguments_count_as_the_largest() =>
        BitwiseAssert.Equal(
            ElementaryCase.Map<LogOnePlus>(32, [1e30f, 1e30f, 1e30f]),
            ElementaryCase.Map<LogOnePlus>(32, [1.1e30f, float.MaxValue, float.PositiveInfinity]),
            "log(1 + z)");

    [Property(MaxTest = 200)]
    public bool At_zero_the_sum_keeps_its_bits(float sum, float scale) =>
        !float.IsFinite(scale) || float.IsNaN(sum) || (Agrees<SmallSteps>(sum, scale) && Agrees<MediumSteps>(sum, scale) && Agrees<AnySteps>(sum, scale));

    /// <summary>The limits leave room for a rounded product, so arguments may lie a little beyond them.</summary>
    [Fact]
    public void The_short_forms_have_the_same_bits_up_to_their_limits_and_a_rounding_further()
    {
        CheckForm<SmallSteps>(ElementaryLanes.SmallLogArgument);
        CheckForm<MediumSteps>(ElementaryLanes.MediumLogArgument);
    }

    [Theory]
    [InlineData(1f / 256)]
    [InlineData(0.414213562f)]
    [InlineData(1.828427125f)]
    [InlineData(4.656854249f)]
    [InlineData(1e6f)]
    public void Where_the_next_form_or_power_begins_the_result_does_not_fall_by_more_than_two_ulp(float around)
    {
        float[] z = [.. Enumerable.Range(-2000, 4000).Select(i => BitConverter.UInt32BitsToSingle((uint)(Bits(around) + i)))];
        float[] log = ElementaryCase.Map<LogOnePlus>(32, z);
        for (int i = 1; i < z.Length; i++)
        {
            bool isFine = log[i] >= log[i - 1] || UlpDistance.Between(log[i], log[i - 1]) <= 2;
            Assert.True(isFine, $"{log[i - 1]:R} at {z[i - 1]:R}, then {log[i]:R} at {z[i]:R}");
        }
    }

    [Fact]
    public void Every_width_gives_the_same_bits()
    {
        float[] z = [.. Numbers.Between(0f, 0.01f, 1024, 1), .. Numbers.Between(0f, 1f, 1024, 2), .. Numbers.Between(0f, 1e5f, 1024, 3), 0f, 1e30f, float.PositiveInfinity];
        float[] expected = ElementaryCase.Map<LogOnePlus>(32, z);
        foreach (int width in Widths.InBits)
        {
            BitwiseAssert.Equal(expected, ElementaryCase.Map<LogOnePlus>(width, z), $"log(1 + z), {width} bits");
        }
    }

    private static void CheckForm<TSteps>(float limit)
        where TSteps : struct, IStepSize
    {
        float[] z =
        [
            .. Numbers.Between(0f, limit, 4000, 1), .. Numbers.Between(0f, SmallEnd, 1000, 2), 0f, float.Epsilon, 1e-38f, 1e-20f,
            .. Enumerable.Range(-20, 40).Select(i => BitConverter.UInt32BitsToSingle((uint)(Bits(limit) + i))),
        ];
        float[] expected = ElementaryCase.Map<LogOnePlus>(32, z);
        foreach (int width in Widths.InBits)
        {
            float[] actual = ElementaryCase.Map<ElementaryCase.LogOnePlusFunction<TSteps>>(width, z);
            BitwiseAssert.Equal(expected, actual, $"log(1 + z) up to {limit}, {width} bits");
        }
    }

    private static bool Agrees<TSteps>(float sum, float scale)
        where TSteps : struct, IStepSize
    {
        float result = 0f;
        LanesScalar s = LanesScalar.Broadcast(scale);
        LanesScalar next = ElementaryLanes.AddScaledLogOnePlus<LanesScalar, TSteps>(
            LanesScalar.Broadcast(sum), x: LanesScalar.Broadcast(0f), rate: LanesScalar.Broadcast(1f), s, linear: s, square: s);
        LanesScalar.Store(next, ref result, 0);
        return result == sum;
    }

    private static uint Bits(float value) => BitConverter.SingleToUInt32Bits(value);
}
