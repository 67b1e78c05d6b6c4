using RramSnn.PropertyTests.Support;
using Xunit;

namespace RramSnn.PropertyTests.Kernels;

/// <summary>Rows are written in bands: no number of them may show in the result.</summary>
public sealed class RowBandTests
{
    private const int Rows = 12;

    public static TheoryData<int> ActiveRows => [.. Enumerable.Range(0, 10)];

    [Theory]
    [MemberData(nameof(ActiveRows))]
    public void Every_number_of_active_rows_gives_the_bits_of_the_scalar_rule(int active)
    {
        foreach (int device in new[] { 1, 4, 7, 9 })
        {
            foreach (NoiseKind noise in new[] { NoiseKind.None, NoiseKind.Step, NoiseKind.Pulse })
            {
                for (int seed = 0; seed < 6; seed++)
                {
                    Check(new UpdateCase(device, IsStochastic: false, noise, Rows, 1, seed), active);
                    Check(new UpdateCase(device, IsStochastic: true, noise, Rows, 1, seed), active);
                }
            }
        }
    }

    /// <summary>A band takes the quickest form that all its rows allow, so rows of very different traces stand together.</summary>
    private static void Check(UpdateCase c, int active)
    {
        UpdateCase expected = WithTraces(c.Again(), active).UpdateByReference();
        BitwiseAssert.Equal(expected.Result, WithTraces(c.Again(), active).Update().Result, $"{active} rows, {c}");
        foreach (int width in Widths.InBits)
        {
            BitwiseAssert.Equal(expected.Result, WithTraces(c.Again(), active).UpdateAt(width).Result, $"{active} rows, {c}, {width} bits");
        }
    }

    private static UpdateCase WithTraces(UpdateCase c, int active)
    {
        Array.Clear(c.Trace);
        int[] rows = [.. Enumerable.Range(0, Rows).OrderBy(row => (row * 7) % Rows).Take(active)];
        foreach (int row in rows)
        {
            c.Trace[row] = MathF.Pow(10f, -(row * 5 % 4)) * (1 + (row / 10f));
        }

        return c;
    }
}
