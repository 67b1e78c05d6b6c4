using FsCheck.Xunit;
using RramSnn.Kernels.Conductance;
using RramSnn.Kernels.Crossbar;
using RramSnn.PropertyTests.Support;
using Xunit;

namespace RramSnn.PropertyTests.Kernels;

/// <summary>The update of a whole array, for every device model, both kinds of pulse counts, and with noise.</summary>
[Properties(Arbitrary = [typeof(UpdateCase)], MaxTest = 40)]
public sealed class UpdateTests
{
    [Property(MaxTest = 30)]
    public bool Every_width_gives_the_bits_of_the_scalar_rule_and_its_counters(UpdateCase c)
    {
        float[] expected = c.Again().UpdateByReference().Result;
        bool isEqual = BitwiseAssert.AreEqual(expected, c.Again().Update().Result);
        foreach (int width in Widths.InBits)
        {
            isEqual &= BitwiseAssert.AreEqual(expected, c.Again().UpdateAt(width).Result);
        }

        return isEqual;
    }

    /// <summary>
    /// Seeds with every word line listed whose kernels take the array for one in memory, of which narrow vectors take some panels side by side. Steps are small
    /// in all panels, in some and in none.
    /// </summary>
    [Theory]
    [InlineData(1, 1)]
    [InlineData(5, 2)]
    [InlineData(7, 3)]
    [InlineData(16, 4)]
    [InlineData(21, 7)]
    public void Panels_side_by_side_get_the_bits_of_the_scalar_rule(int rows, int panels)
    {
        for (int device = 0; device < DeviceCase.All.Length; device++)
        {
            foreach (int seed in new[] { 0, 5, 20, 25, 40, 45, 60, 65 })
            {
                UpdateCase c = new(device, IsStochastic: false, NoiseKind.None, rows, panels, seed);
                Assert.True(Every_width_gives_the_bits_of_the_scalar_rule_and_its_counters(c), $"{c}");
            }
        }
    }

    [Property]
    public bool Panels_may_be_updated_separately(UpdateCase c)
    {
        float[] whole = c.Again().Update().Result;
        for (int panel = c.Panels - 1; panel >= 0; panel--)
        {
            Range cells = (panel * c.Layout.PanelLength)..((panel + 1) * c.Layout.PanelLength);
            Range columns = (panel * CrossbarLayout.PanelWidth)..((panel + 1) * CrossbarLayout.PanelWidth);
            PulseCounters counters = new(c.Pulses.AsSpan()[columns], c.Writes.AsSpan()[columns], new float[CrossbarLayout.PanelWidth]);
            c.Update(c.State.AsSpan()[cells], c.Active, c.Wish.AsSpan()[columns], panel, counters);
        }

        return BitwiseAssert.AreEqual(whole, c.Result);
    }

    [Property]
    public bool Inactive_rows_and_columns_without_a_wish_keep_every_bit(UpdateCase c)
    {
        UpdateCase after = c.Again().Update();
        bool isKept = true;
        for (int row = 0; row < c.Rows; row++)
        {
            for (int column = 0; column < c.Wish.Length; column++)
            {
                int cell = c.Layout.IndexOf(row, column);
                isKept &= (c.Trace[row] != 0 && c.Wish[column] != 0) || BitwiseAssert.AreEqual([c.State[cell]], [after.State[cell]]);
            }
        }

        return isKept;
    }

    [Property]
    public bool States_stay_in_their_range_and_move_with_the_sign_of_the_pulses(UpdateCase c)
    {
        UpdateCase after = c.Again().Update();
        bool isFine = true;
        for (int cell = 0; cell < c.State.Length; cell++)
        {
            float wish = c.Wish[(cell / c.Layout.PanelLength * CrossbarLayout.PanelWidth) + (cell % CrossbarLayout.PanelWidth)];
            float direction = wish * (wish < 0 ? c.Gain.ForDecrease : c.Gain.ForIncrease);
            isFine &= after.State[cell] is >= 0f and <= 1f;
            isFine &= c.Noise != NoiseKind.None || (after.State[cell] - c.State[cell]) * direction >= 0;
        }

        return isFine;
    }

    [Property]
    public bool Without_an_active_row_nothing_happens(UpdateCase c)
    {
        UpdateCase after = c.Again();
        Array.Clear(after.Trace);
        return BitwiseAssert.AreEqual(c.Result, after.Update().Result);
    }

    [Property]
    public bool Gains_of_zero_leave_the_array_alone(UpdateCase c)
    {
        float[] before = c.Result;
        float[] state = (float[])c.State.Clone();
        ConductanceKernels.Update<SoftBounds, PolarityGain, StochasticPulses, NoNoise>(
            new SoftBounds(0.1, 0.1), new PolarityGain(0, -0.0), default, state, c.Active, c.Wish, c.Stream, 0, new(c.Pulses, c.Writes, new float[c.Wish.Length]));
        return BitwiseAssert.AreEqual(c.State, state) && BitwiseAssert.AreEqual(before, c.Result);
    }

    [Property]
    public bool A_gain_of_zero_for_one_polarity_spares_its_columns(UpdateCase c)
    {
        UpdateCase after = c.Again();
        ConductanceKernels.Update<ConstantStep, PolarityGain, ContinuousPulses, NoNoise>(
            new ConstantStep(0.01), new PolarityGain(1, 0), default, after.State, c.Active, c.Wish, c.Stream, 0, new(after.Pulses, after.Writes, new float[c.Wish.Length]));
        return Enumerable.Range(0, c.Wish.Length).All(column => c.Wish[column] > 0
            || ((after.Pulses[column], after.Writes[column]) == (c.Pulses[column], c.Writes[column])
                && Enumerable.Range(0, c.Rows).All(row => after.State[c.Layout.IndexOf(row, column)] == c.State[c.Layout.IndexOf(row, column)])));
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public void The_kernel_never_leaves_its_spans(bool guardAfter, bool isStochastic)
    {
        for (int rows = 1; rows <= 20; rows++)
        {
            UpdateCase c = new(rows % DeviceCase.All.Length, isStochastic, (NoiseKind)(rows % 3), rows, 1 + (rows % 3), rows);
            using GuardedBuffer<float> state = new(c.State, guardAfter);
            using GuardedBuffer<float> wish = new(c.Wish, guardAfter);
            using GuardedBuffer<float> pulses = new(c.Pulses, guardAfter);
            using GuardedBuffer<float> writes = new(c.Writes, guardAfter);
            using GuardedBuffer<int> list = new(c.Trace.Length, guardAfter);
            using GuardedBuffer<float> values = new(c.Trace.Length, guardAfter);
            ActiveRows active = ActiveRows.FromTrace(c.Trace, rows, list.Span, values.Span);
            c.Update(state.Span, active, wish.Span, 0, new PulseCounters(pulses.Span, writes.Span, new float[c.Wish.Length]));
            BitwiseAssert.Equal(c.Update().State, state.Span, $"{c}");
        }
    }
}
