using FsCheck.Xunit;
using RramSnn.Kernels.Crossbar;
using RramSnn.PropertyTests.Support;
using Xunit;

namespace RramSnn.PropertyTests.Kernels;

/// <summary>The product of listed inputs, also behind wires.</summary>
[Properties(Arbitrary = [typeof(CrossbarCase)], MaxTest = 30)]
public sealed class AccumulateActiveTests
{
    private readonly float[] _states = new float[3 * 128];
    private readonly float[] _current = new float[128];

    [Property]
    public bool Every_width_gives_the_bits_of_the_dense_product(CrossbarCase c)
    {
        float[] expected = c.Accumulate(c.Input);
        bool isEqual = BitwiseAssert.AreEqual(expected, c.AccumulateActive());
        foreach (int width in Widths.InBits)
        {
            isEqual &= BitwiseAssert.AreEqual(expected, c.AccumulateActiveAt(width));
        }

        return isEqual;
    }

    [Property]
    public bool Behind_wires_every_width_gives_the_bits_of_the_scalar_rule(CrossbarCase c, bool isSpiking)
    {
        float[] expected = (float[])c.Start.Clone();
        float[] attenuations = c.Attenuations;
        float[] input = isSpiking ? c.SpikesAsNumbers : c.Input;
        for (int column = 0; column < expected.Length; column++)
        {
            for (int row = 0; row < c.Rows; row++)
            {
                int cell = c.Layout.IndexOf(row, column);
                float weight = attenuations[cell] * (c.Plus[cell] - c.Reference);
                expected[column] = MathF.FusedMultiplyAdd(input[row], weight, expected[column]);
            }
        }

        bool isEqual = BitwiseAssert.AreEqual(expected, c.AccumulateAttenuated(isSpiking));
        foreach (int width in Widths.InBits)
        {
            isEqual &= BitwiseAssert.AreEqual(expected, c.AccumulateAttenuatedAt(width, isSpiking));
        }

        return isEqual;
    }

    [Fact]
    public void Wires_that_take_nothing_leave_the_plain_product()
    {
        CrossbarCase c = new(130, 300, IsPair: false, Seed: 2);
        float[] current = (float[])c.Start.Clone();
        float[] ones = [.. Enumerable.Repeat(1f, c.Plus.Length)];
        CrossbarKernels.AccumulateActive(c.Plus, ones, c.Reference, c.Active(new int[c.PaddedRows], new float[c.PaddedRows]), current);
        Assert.Equal(c.Accumulate(c.Input), current);
    }

    [Fact]
    public void Bad_arguments_are_refused()
    {
        Rejected.Length("plus", 1, 384, () => CrossbarKernels.AccumulateActive(new float[1], _states, Active(), _current));
        Rejected.Length("minus", 1, 384, () => CrossbarKernels.AccumulateActive(_states, new float[1], Active(), _current));
        Rejected.Length("state", 1, 384, () => CrossbarKernels.AccumulateActive(new float[1], 0f, Active(), _current));
        Rejected.Length("state", 128, 384, () => CrossbarKernels.AccumulateActive(new float[128], _states, 0f, Active(), _current));
        Rejected.Length("state", 128, 384, () => CrossbarKernels.AccumulateSpikes(new float[128], _states, 0f, Active(), _current));
        Rejected.Length("attenuation", 1, 384, () => CrossbarKernels.AccumulateActive(_states, new float[1], 0f, Active(), _current));
        Rejected.Length("active", 0, 2, () => CrossbarKernels.AccumulateActive(_states, 0f, ActiveRows.FromSpikes([3], 3, new int[3]), _current));
        Rejected.OutOfRange("reference", float.NaN, () => CrossbarKernels.AccumulateActive(_states, float.NaN, Active(), _current));
        Rejected.OutOfRange("reference", float.NaN, () => CrossbarKernels.AccumulateSpikes(_states, _states, float.NaN, Active(), _current));
        float[] block = new float[3 * 128];
        Rejected.Overlap("current", () => CrossbarKernels.AccumulateActive(block, 0f, Active(), block.AsSpan(0, 128)));
        Rejected.Overlap("current", () => CrossbarKernels.AccumulateSpikes(_states, block, 0f, Active(), block.AsSpan(0, 128)));
    }

    private static ActiveRows Active()
    {
        float[] trace = new float[16];
        trace[1] = 0.5f;
        return ActiveRows.FromTrace(trace, 3, new int[16], new float[16]);
    }
}
