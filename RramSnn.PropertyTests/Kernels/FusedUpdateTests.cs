using FsCheck.Xunit;
using RramSnn.Kernels.Conductance;
using RramSnn.Kernels.Crossbar;
using RramSnn.PropertyTests.Support;
using Xunit;

namespace RramSnn.PropertyTests.Kernels;

/// <summary>Update and coming product in one pass: the bits, the counters and the currents of two passes.</summary>
[Properties(Arbitrary = [typeof(FusedCase)], MaxTest = 30)]
public sealed class FusedUpdateTests
{
    [Property]
    public bool Every_width_gives_the_bits_of_two_passes(FusedCase c)
    {
        float[] expected = c.Again().InTwoPasses().Result;
        bool isEqual = BitwiseAssert.AreEqual(expected, c.Again().Fused().Result);
        foreach (int width in Widths.InBits)
        {
            isEqual &= BitwiseAssert.AreEqual(expected, c.Again().FusedAt(width).Result);
        }

        return isEqual;
    }

    /// <summary>Seeds with every word line listed whose kernels take the array for one in memory, of which narrow vectors take some panels side by side.</summary>
    [Theory]
    [InlineData(5, 2)]
    [InlineData(7, 4)]
    [InlineData(16, 7)]
    public void Panels_side_by_side_get_the_bits_of_two_passes(int rows, int panels)
    {
        for (int device = 0; device < DeviceCase.All.Length; device++)
        {
            foreach (int seed in new[] { 5, 20, 25 })
            {
                FusedCase c = new(new(device, IsStochastic: false, NoiseKind.None, rows, panels, seed), IsPair: false);
                Assert.True(Every_width_gives_the_bits_of_two_passes(c), $"{c}");
            }
        }
    }

    [Property]
    public bool Panels_may_be_updated_separately(FusedCase c)
    {
        float[] whole = c.Again().Fused().Result;
        CrossbarLayout layout = c.Array.Layout;
        for (int panel = layout.PanelCount - 1; panel >= 0; panel--)
        {
            Range cells = (panel * layout.PanelLength)..((panel + 1) * layout.PanelLength);
            Range columns = (panel * CrossbarLayout.PanelWidth)..((panel + 1) * CrossbarLayout.PanelWidth);
            PulseCounters counters = new(c.Array.Pulses.AsSpan()[columns], c.Array.Writes.AsSpan()[columns], new float[CrossbarLayout.PanelWidth]);
            c.Fused(
                c.Array.State.AsSpan()[cells], c.Active, c.Array.Wish.AsSpan()[columns], panel, counters, c.Plus.AsSpan()[cells], c.Current.AsSpan()[columns]);
        }

        return BitwiseAssert.AreEqual(whole, c.Result);
    }

    [Property]
    public bool Without_traces_it_is_the_product_and_without_inputs_the_update(FusedCase c)
    {
        FusedCase product = c.Again();
        Array.Clear(product.Array.Trace);
        FusedCase update = c.Again();
        Array.Clear(update.Input);
        product.Fused();
        update.Fused();
        FusedCase alone = c.Again();
        if (c.IsPair)
        {
            alone.UpdatePlus();
        }

        alone.Array.Update();
        FusedCase expected = product.Again();
        Array.Clear(expected.Array.Trace);
        expected.InTwoPasses();
        return BitwiseAssert.AreEqual(c.Array.Result, product.Array.Result)
            && BitwiseAssert.AreEqual(expected.Current, product.Current)
            && BitwiseAssert.AreEqual(c.Plus, product.Plus)
            && BitwiseAssert.AreEqual(alone.Result, update.Result);
    }

    [Property]
    public bool Rows_that_only_have_an_input_are_nothing_to_a_plain_update(FusedCase c)
    {
        UpdateCase array = c.Array.Again();
        array.Update(array.State, c.Active, array.Wish, 0, array.Counters);
        return BitwiseAssert.AreEqual(c.Array.Again().Update().Result, array.Result);
    }

    [Property]
    public bool A_rule_of_gain_zero_leaves_the_product(FusedCase c)
    {
        float[] before = c.Array.Result;
        float[] expected = (float[])c.Current.Clone();
        CrossbarKernels.Accumulate(c.Array.State, 0.25f, c.Input.AsSpan(0, c.Array.Rows), expected);
        ConductanceKernels.UpdateAndAccumulate<SoftBounds, PolarityGain, StochasticPulses, NoNoise>(
            new SoftBounds(0.1, 0.1),
            new PolarityGain(0, 0),
            default,
            c.Array.State,
            c.Active,
            c.Array.Wish,
            c.Array.Stream,
            0,
            c.Array.Counters,
            0.25f,
            c.Current);
        return BitwiseAssert.AreEqual(before, c.Array.Result) && BitwiseAssert.AreEqual(expected, c.Current);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public void The_kernel_never_leaves_its_spans(bool guardAfter, bool isPair)
    {
        for (int rows = 1; rows <= 20; rows++)
        {
            FusedCase c = new(new UpdateCase(rows % DeviceCase.All.Length, rows % 2 == 0, (NoiseKind)(rows % 3), rows, 1 + (rows % 3), rows), isPair);
            using GuardedBuffer<float> state = new(c.Array.State, guardAfter);
            using GuardedBuffer<float> plus = new(c.Plus, guardAfter);
            using GuardedBuffer<float> wish = new(c.Array.Wish, guardAfter);
            using GuardedBuffer<float> current = new(c.Current, guardAfter);
            using GuardedBuffer<int> list = new(c.Input.Length, guardAfter);
            using GuardedBuffer<float> values = new(c.Input.Length, guardAfter);
            using GuardedBuffer<float> inputs = new(c.Input.Length, guardAfter);
            ActiveRows active = ActiveRows.FromTraceAndInput(c.Array.Trace, c.Input, rows, list.Span, values.Span, inputs.Span);
            c.Fused(state.Span, active, wish.Span, 0, c.Array.Counters, plus.Span, current.Span);
            FusedCase expected = c.Again().Fused();
            BitwiseAssert.Equal(expected.Array.State, state.Span, $"{c}");
            BitwiseAssert.Equal(expected.Plus, plus.Span, $"{c}");
            BitwiseAssert.Equal(expected.Current, current.Span, $"{c}");
        }
    }
}
