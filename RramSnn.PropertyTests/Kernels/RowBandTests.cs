using RramSnn.PropertyTests.Support;
using Xunit;

namespace RramSnn.PropertyTests.Kernels;

/// <summary>Rows are written in bands: no number of them may show in the result.</summary>
public sealed class RowBandTests
{
    private const int Rows = 24;

    public static TheoryData<int> ActiveRows => [.. Enumerable.Range(0, 23)];

    [Theory]
    [MemberData(nameof(ActiveRows))]
    public void Every_number_of_active_rows_gives_the_bits_of_the_scalar_rule(int active)
    {
        foreach (int device in new[] { 1, 4, 7, 9, 13, 19, 22, 25 })
        {
            foreach (NoiseKind noise in new[] { NoiseKind.None, NoiseKind.Step, NoiseKind.Pulse })
            {
                for (int seed = 0; seed < 6; seed++)
                {
                    UpdateCase continuous = new(device, IsStochastic: false, noise, Rows, 1, seed);
                    UpdateCase whole = new(device, IsStochastic: true, noise, Rows, 1, seed);
                    Check(continuous, Traces(active), $"{active} rows, {continuous}");
                    Check(whole, Traces(active), $"{active} rows, {whole}");
                }
            }
        }
    }

    /// <summary>The kernel classes a band by one product, rounded; the devices next to the limit must not notice.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(9)]
    [InlineData(11)]
    [InlineData(13)]
    [InlineData(19)]
    [InlineData(25)]
    [InlineData(28)]
    public void Rows_at_the_limits_of_the_quick_forms_give_the_bits_of_the_scalar_rule(int device)
    {
        for (int seed = 0; seed < 6; seed++)
        {
            UpdateCase c = new(device, IsStochastic: false, NoiseKind.None, Rows, 1, seed);
            float largestRate = c.Wish.Max(wish => Math.Abs(c.Device.Rate(wish * (wish < 0 ? c.Gain.ForDecrease : c.Gain.ForIncrease))));
            foreach (float limit in new[] { c.Device.SmallLimit, c.Device.MediumLimit })
            {
                int bits = BitConverter.SingleToInt32Bits(limit / largestRate);
                for (int active = 1; active <= Rows; active++)
                {
                    float[] traces = [.. Enumerable.Range(0, Rows).Select(row => row < active ? BitConverter.Int32BitsToSingle(bits + row - (active / 2)) : 0f)];
                    Check(c, traces, $"limit {limit}, {active} rows, {c}");
                }
            }
        }
    }

    private static void Check(UpdateCase c, float[] traces, string what)
    {
        UpdateCase expected = WithTraces(c.Again(), traces).UpdateByReference();
        BitwiseAssert.Equal(expected.Result, WithTraces(c.Again(), traces).Update().Result, what);
        foreach (int width in Widths.InBits)
        {
            BitwiseAssert.Equal(expected.Result, WithTraces(c.Again(), traces).UpdateAt(width).Result, $"{what}, {width} bits");
        }
    }

    /// <summary>A band takes the quickest form that all its rows allow, so rows of very different traces stand together.</summary>
    private static float[] Traces(int active)
    {
        float[] traces = new float[Rows];
        foreach (int row in Enumerable.Range(0, Rows).Select(static row => row * 7 % Rows).Take(active))
        {
            traces[row] = MathF.Pow(10f, -(row * 5 % 4)) * (1 + (row / 10f));
        }

        return traces;
    }

    private static UpdateCase WithTraces(UpdateCase c, float[] traces)
    {
        Array.Clear(c.Trace);
        traces.CopyTo(c.Trace, 0);
        return c;
    }
}
