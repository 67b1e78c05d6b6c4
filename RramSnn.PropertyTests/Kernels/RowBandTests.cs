using RramSnn.PropertyTests.Support;
using Xunit;

namespace RramSnn.PropertyTests.Kernels;

/// <summary>Rows are written in bands of four and blocks of sixteen: no number of them, and no mixture of traces, may show in the result.</summary>
public sealed class RowBandTests
{
    private const int Rows = 40;
    private const float Tiny = 1e-4f;
    private const float Large = 3f;

    // Soft bounds, constant, exponential, linear and logistic steps, a power law, and single pulses.
    private static readonly int[] Devices = [1, 4, 7, 9, 13, 19, 22, 25];

    private static readonly bool[] Stochastic = [false, true];

    public static TheoryData<int> ActiveRows => [.. Enumerable.Range(0, 23), 31, 32, 33, 40];

    /// <summary>Active rows by the size of their traces: whole blocks, bands, and what is left behind them, of different forms next to each other.</summary>
    public static TheoryData<string> Mixtures => new(
        new string('t', 16) + new string('L', 16) + "tttttttt",
        new string('L', 16) + new string('t', 16) + "LLLLLLLL",
        "ttttLLLLttttLLLL" + "LLLLttttttttLLLL" + "ttttL",
        "tttttttttttttttL" + "Lttttttttttttttt" + "ttL",
        "LLLt" + "tttt" + "tt");

    [Theory]
    [MemberData(nameof(ActiveRows))]
    public void Every_number_of_active_rows_gives_the_bits_of_the_scalar_rule(int active)
    {
        foreach (UpdateCase c in Cases(seeds: 2))
        {
            Check(c, Traces(active), $"{active} rows, {c}");
        }
    }

    [Theory]
    [MemberData(nameof(Mixtures))]
    public void Rows_of_different_forms_give_the_bits_of_the_scalar_rule(string mixture)
    {
        foreach (UpdateCase c in Cases(seeds: 2))
        {
            Check(c, Traces(mixture), $"{mixture}, {c}");
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
        for (int seed = 0; seed < 3; seed++)
        {
            UpdateCase c = new(device, IsStochastic: false, NoiseKind.None, Rows, 1, seed);
            float largestRate = c.Wish.Max(wish => Math.Abs(c.Device.Rate(wish * (wish < 0 ? c.Gain.ForDecrease : c.Gain.ForIncrease))));
            foreach (float limit in new[] { c.Device.SmallLimit, c.Device.MediumLimit })
            {
                int bits = BitConverter.SingleToInt32Bits(limit / largestRate);

                // Every band has traces up to a number of steps below or above the limit.
                for (int shift = -4; shift <= 8; shift++)
                {
                    float[] traces = [.. Enumerable.Range(0, Rows).Select(row => BitConverter.Int32BitsToSingle(bits + (row % 4) - 3 + (row / 4 % 3 * shift)))];
                    Check(c, traces, $"limit {limit}, shifted by {shift}, {c}");
                }
            }
        }
    }

    /// <summary>The pass that multiplies, over one array and over both of a pair, whose blocks take turns.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Fused_passes_of_every_mixture_give_the_bits_of_two_passes(bool isPair)
    {
        foreach (float[] traces in Mixtures.Select(static row => Traces(row.Data)).Append(Traces(33)).Append(Traces(5)))
        {
            foreach (UpdateCase c in Cases(seeds: 1))
            {
                FusedCase expected = With(c, traces, isPair).InTwoPasses();
                BitwiseAssert.Equal(expected.Result, With(c, traces, isPair).Fused().Result, $"{c}");
                foreach (int width in Widths.InBits)
                {
                    BitwiseAssert.Equal(expected.Result, With(c, traces, isPair).FusedAt(width).Result, $"{c}, {width} bits");
                }
            }
        }
    }

    [Fact]
    public void Coincident_pulses_of_every_mixture_give_the_bits_of_the_reference()
    {
        foreach (float[] traces in Mixtures.Select(static row => Traces(row.Data)).Append(Traces(33)))
        {
            foreach (UpdateCase c in Cases(seeds: 1).Where(static c => c.IsStochastic))
            {
                float[] expected = CoincidenceReference.Update(WithTraces(c.Again(), traces), 9).Result;
                foreach (int width in Widths.InBits)
                {
                    CoincidenceAtWidth call = new() { Case = WithTraces(c.Again(), traces), StreamLength = 9, Width = width };
                    c.Device.Run(call, isStochastic: true, c.Noise);
                    BitwiseAssert.Equal(expected, call.Case.Result, $"{c}, {width} bits");
                }
            }
        }
    }

    private static IEnumerable<UpdateCase> Cases(int seeds) =>
        from device in Devices
        from noise in Enum.GetValues<NoiseKind>()
        from seed in Enumerable.Range(0, seeds)
        from isStochastic in Stochastic
        select new UpdateCase(device, isStochastic, noise, Rows, 1, seed);

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

    private static float[] Traces(string mixture) => [.. mixture.Select(static (size, row) => (size == 't' ? Tiny : Large) * (1 + (row / 64f)))];

    private static FusedCase With(UpdateCase c, float[] traces, bool isPair) => new(WithTraces(c.Again(), traces), isPair);

    private static UpdateCase WithTraces(UpdateCase c, float[] traces)
    {
        Array.Clear(c.Trace);
        traces.CopyTo(c.Trace, 0);
        return c;
    }
}
