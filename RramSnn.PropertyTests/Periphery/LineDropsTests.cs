using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using RramSnn.Kernels.Periphery;
using RramSnn.Model.Periphery;
using RramSnn.PropertyTests.Support;
using Xunit;

namespace RramSnn.PropertyTests.Periphery;

/// <summary>Lines side by side, the last ones without devices.</summary>
public sealed record LineCase(int Positions, int UsedLines, LineConstants Constants, bool IsFromLast, int Seed)
{
    internal int Lines => (UsedLines + 15) / 16 * 16;

    internal float[] Conductance => Padded(Numbers.Sparse(1e-6f, 1e-3f, 0.1, Positions * Lines, Seed));

    internal float[] Crossing => Padded(Numbers.Between(0f, 0.9f, Positions * Lines, Seed + 1));

    internal float[] Drops()
    {
        float[] drops = Numbers.Between(5f, 6f, Positions * Lines, 1);
        WireKernels.LineDrops(Conductance, Crossing, Lines, Constants, IsFromLast, drops, new float[WireKernels.ScratchLength(Positions, Lines)]);
        return drops;
    }

    internal float[] DropsAt(int width)
    {
        float[] drops = new float[Positions * Lines];
        float[] scratch = new float[WireKernels.ScratchLength(Positions, Lines)];
        Widths.Run(width, new LineDropsKernel
        {
            Conductance = ref Conductance[0],
            CrossingDrops = ref Crossing[0],
            Drops = ref drops[0],
            Scratch = ref scratch[0],
            Positions = Positions,
            Lines = (nuint)Lines,
            Segment = Constants.Segment,
            LeadConductance = 1f / Constants.Lead,
            IsBothEnded = Constants.IsBothEnded,
            IsFromLast = IsFromLast,
        });
        return drops;
    }

    /// <summary>The generator FsCheck uses for this type.</summary>
    public static Arbitrary<LineCase> Generator()
    {
        Gen<LineCase> cases =
            from positions in Gen.Elements(1, 2, 3, 17, 64)
            from lines in Gen.Elements(1, 16, 30)
            from segment in Gen.Elements(0f, 0.1f, 5f, 100f)
            from circuit in Gen.Elements(0.5f, 100f)
            from isBothEnded in Gen.Elements(true, false)
            from isFromLast in Gen.Elements(true, false)
            from seed in Gen.Choose(0, 1 << 20)
            select new LineCase(positions, lines, new(segment, segment + circuit, isBothEnded), isFromLast, seed);
        return Arb.From(cases);
    }

    private float[] Padded(float[] values)
    {
        for (int k = 0; k < values.Length; k++)
        {
            values[k] = k % Lines < UsedLines ? values[k] : 0f;
        }

        return values;
    }
}

/// <summary>Drops along lines.</summary>
[Properties(Arbitrary = [typeof(LineCase)], MaxTest = 50)]
public sealed class LineDropsTests
{
    [Property]
    public bool Every_width_gives_the_bits_of_the_scalar_rule(LineCase c)
    {
        float[] expected = c.Drops();
        bool isEqual = true;
        foreach (int width in Widths.InBits)
        {
            isEqual &= BitwiseAssert.AreEqual(expected, c.DropsAt(width));
        }

        return isEqual;
    }

    /// <summary>Nothing is subtracted but the given drops from 1, so each position adds a few relative roundings.</summary>
    [Property]
    public bool Every_drop_is_that_of_a_ladder_in_double_precision(LineCase c)
    {
        float[] actual = c.Drops();
        Ladder ladder = new(new LineResistance(c.Constants.Segment, c.Constants.Lead, c.Constants.IsBothEnded), c.Positions);
        for (int line = 0; line < c.UsedLines; line++)
        {
            int At(int k) => ((c.IsFromLast ? c.Positions - 1 - k : k) * c.Lines) + line;
            double[] expected = new double[c.Positions];
            ladder.Load([.. Enumerable.Range(0, c.Positions).Select(k => (double)c.Conductance[At(k)])]);
            ladder.Drops([.. Enumerable.Range(0, c.Positions).Select(k => 1.0 - c.Crossing[At(k)])], expected);
            double bound = (c.Positions + 2) * 8 * Math.ScaleB(1, -24);
            if (Enumerable.Range(0, c.Positions).Any(k => Math.Abs(actual[At(k)] - expected[k]) > bound * expected[k]))
            {
                return false;
            }
        }

        return true;
    }

    [Property]
    public bool Lines_without_devices_stay_at_zero(LineCase c)
    {
        float[] drops = c.Drops();
        return Enumerable.Range(0, drops.Length).All(k => k % c.Lines < c.UsedLines || BitConverter.SingleToUInt32Bits(drops[k]) == 0);
    }

    [Fact]
    public void An_ideal_line_has_no_drops()
    {
        LineCase c = new(5, 16, default, IsFromLast: false, Seed: 1);
        Assert.All(c.Drops(), static drop => Assert.Equal(0f, drop));
    }

    [Fact]
    public void Bad_arguments_are_refused()
    {
        float[] values = new float[64];
        float[] drops = new float[64];
        float[] scratch = new float[96];
        LineConstants wires = new(1f, 1f, IsBothEnded: false);
        Rejected.OutOfRange("lines", 0, () => WireKernels.LineDrops(values, values, 0, wires, false, drops, scratch));
        Rejected.Length("lines", 24, 16, () => KernelCall(24));
        Rejected.Length("crossingDrops", 48, 64, () => WireKernels.LineDrops(values, values.AsSpan(0, 48), 16, wires, false, drops, scratch));
        Rejected.Length("drops", 48, 64, () => WireKernels.LineDrops(values, values, 16, wires, false, drops.AsSpan(0, 48), scratch));
        Rejected.Length("scratch", 95, 96, () => WireKernels.LineDrops(values, values, 16, wires, false, drops, scratch.AsSpan(1)));
        Rejected.Overlap("drops", () => WireKernels.LineDrops(values, values, 16, wires, false, values, scratch));
        Rejected.Overlap("scratch", () => WireKernels.LineDrops(values.AsSpan(0, 16), values.AsSpan(0, 16), 16, wires, false, drops.AsSpan(0, 16), values));
        Rejected.OutOfRange("constants", -1f, () => WireKernels.LineDrops(values, values, 16, new(-1f, 1f, false), false, drops, scratch));
        Rejected.OutOfRange("constants", 0f, () => WireKernels.LineDrops(values, values, 16, new(1f, 0f, false), false, drops, scratch));

        void KernelCall(int lines) => WireKernels.LineDrops(values, values, lines, wires, false, drops, scratch);
    }
}
