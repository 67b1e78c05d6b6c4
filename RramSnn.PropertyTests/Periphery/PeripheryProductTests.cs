using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using RramSnn.Kernels.Crossbar;
using RramSnn.Model.Periphery;
using RramSnn.PropertyTests.Support;
using Xunit;

namespace RramSnn.PropertyTests.Periphery;

/// <summary>A layer on tiles, with states and inputs drawn from a seed.</summary>
public sealed record ProductCase(int Rows, int Columns, int ArrayRows, bool IsPair, int Seed)
{
    internal CrossbarLayout Layout => new(Rows, Columns);

    internal TileGrid Grid => new(Layout, ArrayRows, 64);

    internal float[] Plus => States(Seed);

    internal float[] Minus => States(Seed + 1);

    internal float[] Input => Numbers.Sparse(0f, 1f, 0.3, Rows, Seed + 2);

    internal ulong[] Spikes => Numbers.Spikes(0.3, (Rows + 63) / 64, Seed + 3);

    internal float[] SpikesAsNumbers => [.. Enumerable.Range(0, Rows).Select(row => (float)((Spikes[row / 64] >> (row % 64)) & 1))];

    internal float[] Compute(PeripheryProduct product, float[] input)
    {
        float[] current = Numbers.Between(5f, 6f, Layout.PaddedColumns, 1);
        if (IsPair)
        {
            product.Compute(Plus, Minus, input, current);
        }
        else
        {
            product.Compute(Plus, 0.5f, input, current);
        }

        return current;
    }

    internal float[] ComputeSpikes(PeripheryProduct product)
    {
        float[] current = new float[Layout.PaddedColumns];
        if (IsPair)
        {
            product.ComputeSpikes(Plus, Minus, Spikes, current);
        }
        else
        {
            product.ComputeSpikes(Plus, 0.5f, Spikes, current);
        }

        return current;
    }

    /// <summary>The generator FsCheck uses for this type: partial tiles and panels.</summary>
    public static Arbitrary<ProductCase> Generator()
    {
        Gen<ProductCase> cases =
            from rows in Gen.Elements(1, 50, 64, 65, 128, 200)
            from columns in Gen.Elements(1, 127, 128, 150)
            from arrayRows in Gen.Elements(64, 128, 512)
            from isPair in Gen.Elements(true, false)
            from seed in Gen.Choose(0, 1 << 20)
            select new ProductCase(rows, columns, arrayRows, isPair, seed);
        return Arb.From(cases);
    }

    private float[] States(int seed)
    {
        float[] stored = new float[Layout.Length];
        Layout.FromRowMajor(Numbers.Between(0f, 1f, Rows * Columns, seed), stored);
        return stored;
    }
}

/// <summary>The product of a layer with its periphery.</summary>
[Properties(Arbitrary = [typeof(ProductCase)], MaxTest = 30)]
public sealed class PeripheryProductTests
{
    /// <summary>Every number between the converters, in double precision.</summary>
    [Property]
    public bool Each_tile_is_converted_on_its_own(ProductCase c)
    {
        PeripheryOptions options = new()
        {
            InputConverter = new InputConverter(3),
            Nonlinearity = 2f,
            OutputConverter = new OutputConverter(6, range: 9f),
            Offset = 0.25f,
        };
        float[] actual = c.Compute(new PeripheryProduct(c.Grid, options), c.Input);
        double[] amplitudes = [.. c.Input.Select(static x => Math.Sinh(2 * Math.Round(x * 7.0) / 7) / Math.Sinh(2))];
        double step = 9 * 1.25 / 31;
        for (int column = 0; column < c.Columns; column++)
        {
            (double sum, double slack) = (0, 0);
            for (int first = 0; first < c.Rows; first += c.ArrayRows)
            {
                foreach ((double current, double sign) in Currents(c, amplitudes, first, column))
                {
                    // Where float and double stand on different sides of a code's border, they differ by one step.
                    double codes = current / step;
                    sum += sign * step * Math.Clamp(Math.Round(codes), -31, 31);
                    slack += Math.Abs(Math.Abs(codes - Math.Truncate(codes)) - 0.5) < 1e-3 ? step : 1e-5;
                }
            }

            if (Math.Abs(sum - actual[column]) > slack)
            {
                return false;
            }
        }

        return true;
    }

    [Property]
    public bool An_ideal_periphery_on_one_array_is_the_plain_product(ProductCase c)
    {
        ProductCase one = c with { ArrayRows = 512 };
        float[] actual = one.Compute(new PeripheryProduct(one.Grid, new PeripheryOptions()), one.Input);
        float[] plus = new float[one.Layout.PaddedColumns];
        float[] minus = new float[one.Layout.PaddedColumns];
        CrossbarKernels.Accumulate(one.Plus, c.IsPair ? 0f : 0.5f, one.Input, plus);
        if (c.IsPair)
        {
            CrossbarKernels.Accumulate(one.Minus, 0f, one.Input, minus);
        }

        float[] expected = [.. plus.Zip(minus, static (a, b) => a - b)];
        return BitwiseAssert.AreEqual(expected.AsSpan(0, c.Columns), actual.AsSpan(0, c.Columns));
    }

    /// <summary>Also through a converter and the law of the devices: 0 and 1 are fixed points of both.</summary>
    [Property]
    public bool Spikes_are_inputs_of_zero_and_one(ProductCase c)
    {
        PeripheryOptions options = new()
        {
            InputConverter = new InputConverter(4),
            Nonlinearity = 5f,
            OutputConverter = new OutputConverter(7),
            Offset = 0.1f,
        };
        PeripheryProduct product = new(c.Grid, options);
        return BitwiseAssert.AreEqual(c.Compute(product, c.SpikesAsNumbers), c.ComputeSpikes(product));
    }

    [Property]
    public bool Padding_columns_become_zero(ProductCase c)
    {
        float[] current = c.Compute(new PeripheryProduct(c.Grid, new PeripheryOptions { Offset = 0.5f }), c.Input);
        return current.AsSpan(c.Columns).IndexOfAnyExcept(0f) < 0;
    }

    [Property]
    public bool An_automatic_range_never_saturates_a_quarter_of_the_input(ProductCase c, bool isSigned)
    {
        // A quarter of the rows of an array through fully-on devices carries no more than half of them at mid-range.
        PeripheryProduct product = new(c.Grid, new PeripheryOptions { OutputConverter = new OutputConverter(8, isSigned: isSigned || !c.IsPair), Offset = isSigned ? 0f : 0.5f });
        _ = c.Compute(product, [.. Enumerable.Range(0, c.Rows).Select(static row => row % 4 == 3 ? 1f : 0f)]);
        int arrays = c.IsPair ? 2 : 1;
        return product.SaturatedOutputs == 0 && product.OutputConversions == (long)c.Columns * c.Grid.RowTiles * arrays;
    }

    [Theory, InlineData(64, 0), InlineData(65, 10)]
    public void An_automatic_range_is_half_the_word_lines_through_devices_at_mid_range(int activeRows, int saturated)
    {
        CrossbarLayout layout = new(128, 10);
        PeripheryProduct product = new(new TileGrid(layout, 128, 64), new PeripheryOptions { OutputConverter = new OutputConverter(8, isSigned: false), Offset = 0.5f });
        float[] middle = [.. Enumerable.Repeat(0.5f, layout.Length)];
        float[] current = new float[layout.PaddedColumns];
        product.Compute(middle, new float[layout.Length], [.. Enumerable.Range(0, 128).Select(row => row < activeRows ? 1f : 0f)], current);
        Assert.Equal(saturated, product.SaturatedOutputs);
    }

    [Fact]
    public void Saturated_values_are_counted_until_reset()
    {
        ProductCase c = new(130, 5, 64, IsPair: true, Seed: 3);
        PeripheryOptions options = new() { InputConverter = new InputConverter(4, range: 0.5f), OutputConverter = new OutputConverter(4, range: 1f) };
        PeripheryProduct product = new(c.Grid, options);
        float[] input = [.. Enumerable.Range(0, 130).Select(static row => row < 128 ? 0.6f : 0f)];
        _ = c.Compute(product, input);
        _ = c.Compute(product, input);

        // Two full tiles carry some 16 devices' current each, the third nothing.
        Assert.Equal((2 * 130, 2 * 128), (product.InputConversions, product.SaturatedInputs));
        Assert.Equal((2 * 5 * 3 * 2, 2 * 5 * 2 * 2), (product.OutputConversions, product.SaturatedOutputs));
        product.ResetCounts();
        Assert.Equal((0, 0, 0, 0), (product.InputConversions, product.SaturatedInputs, product.OutputConversions, product.SaturatedOutputs));
    }

    [Fact]
    public void Nothing_is_allocated()
    {
        Allocations.SkipUnlessOptimized();
        ProductCase c = new(200, 150, 64, IsPair: true, Seed: 4);
        PeripheryOptions options = new() { InputConverter = new InputConverter(4), OutputConverter = new OutputConverter(7), Nonlinearity = 1f };
        PeripheryProduct product = new(c.Grid, options);
        (float[] plus, float[] minus, float[] input, ulong[] spikes) = (c.Plus, c.Minus, c.Input, c.Spikes);
        float[] current = new float[c.Layout.PaddedColumns];
        long bytes = Allocations.Of(() =>
        {
            product.Compute(plus, minus, input, current);
            product.Compute(plus, 0.5f, input, current);
            product.ComputeSpikes(plus, minus, spikes, current);
            product.ComputeSpikes(plus, 0.5f, spikes, current);
        });
        Assert.Equal(0, bytes);
    }

    [Fact]
    public void Bad_arguments_are_refused()
    {
        ProductCase c = new(70, 5, 64, IsPair: true, Seed: 5);
        PeripheryProduct product = new(c.Grid, new PeripheryOptions());
        float[] current = new float[128];
        Rejected.Length("plus", 1, 70 * 128, () => product.Compute(new float[1], c.Minus, c.Input, current));
        Rejected.Length("minus", 1, 70 * 128, () => product.Compute(c.Plus, new float[1], c.Input, current));
        Rejected.Length("state", 1, 70 * 128, () => product.Compute(new float[1], 0f, c.Input, current));
        Rejected.Length("input", 71, 70, () => product.Compute(c.Plus, c.Minus, new float[71], current));
        Rejected.Length("current", 64, 128, () => product.Compute(c.Plus, c.Minus, c.Input, new float[64]));
        Rejected.Length("spikes", 1, 2, () => product.ComputeSpikes(c.Plus, c.Minus, new ulong[1], current));
        Rejected.Overlap("current", () => Overlapping(new float[70 * 128]));
        Rejected.OutOfRange("bits", 17, () => new InputConverter(17));
        Rejected.OutOfRange("bits", 1, () => new OutputConverter(1));
        Rejected.OutOfRange("range", 0f, () => new InputConverter(4, 0f));
        Rejected.OutOfRange("range", float.NaN, () => new OutputConverter(4, float.NaN));
        Rejected.OutOfRange("Nonlinearity", 81f, () => new PeripheryOptions { Nonlinearity = 81f });
        Rejected.OutOfRange("Offset", -0.1f, () => new PeripheryOptions { Offset = -0.1f });

        void Overlapping(float[] states) => product.Compute(states, c.Minus, c.Input, states.AsSpan(0, 128));
    }

    private static IEnumerable<(double Current, double Sign)> Currents(ProductCase c, double[] amplitudes, int first, int column)
    {
        double Sum(float[] states, double added) => Enumerable.Range(first, Math.Min(c.ArrayRows, c.Rows - first))
            .Sum(row => amplitudes[row] * (states[c.Layout.IndexOf(row, column)] + added));
        return c.IsPair ? [(Sum(c.Plus, 0.25), 1), (Sum(c.Minus, 0.25), -1)] : [(Sum(c.Plus, -0.5), 1)];
    }
}
