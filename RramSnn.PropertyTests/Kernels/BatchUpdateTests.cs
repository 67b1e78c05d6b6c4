using FsCheck.Xunit;
using RramSnn.Kernels.Conductance;
using RramSnn.Kernels.Crossbar;
using RramSnn.PropertyTests.Support;
using Xunit;

namespace RramSnn.PropertyTests.Kernels;

/// <summary>The update of a mini-batch. Traces have NaN between their rows, so a read beyond a sample would show.</summary>
[Properties(Arbitrary = [typeof(BatchUpdateCase)], MaxTest = 30)]
public sealed class BatchUpdateTests
{
    [Property]
    public bool Every_width_gives_the_bits_of_the_scalar_rule_and_its_counters(BatchUpdateCase c)
    {
        float[] expected = c.Again().UpdateByReference().Array.Result;
        bool isEqual = BitwiseAssert.AreEqual(expected, c.Again().Update().Array.Result);
        foreach (int width in Widths.InBits)
        {
            isEqual &= BitwiseAssert.AreEqual(expected, c.Again().UpdateAt(width).Array.Result);
        }

        return isEqual;
    }

    [Property]
    public bool Panels_may_be_updated_separately(BatchUpdateCase c)
    {
        float[] whole = c.Again().Update().Array.Result;
        for (int panel = c.Array.Panels - 1; panel >= 0; panel--)
        {
            Range cells = (panel * c.Array.Layout.PanelLength)..((panel + 1) * c.Array.Layout.PanelLength);
            Range columns = (panel * CrossbarLayout.PanelWidth)..((panel + 1) * CrossbarLayout.PanelWidth);
            Range wishes = (panel * c.WishLayout.PanelLength)..((panel + 1) * c.WishLayout.PanelLength);
            PulseCounters counters = new(c.Array.Pulses.AsSpan()[columns], c.Array.Writes.AsSpan()[columns], new float[CrossbarLayout.PanelWidth]);
            c.Update(c.Array.State.AsSpan()[cells], c.Traces, c.Wishes.AsSpan()[wishes], panel, counters);
        }

        return BitwiseAssert.AreEqual(whole, c.Array.Result);
    }

    /// <summary>
    /// The two number the pulses by products in another order: three roundings each, and no more share of the step by any law; both
    /// steps err by the law's accuracy.
    /// </summary>
    [Property]
    public bool A_batch_of_one_is_the_online_update_but_for_roundings_of_the_pulses(BatchUpdateCase drawn)
    {
        UpdateCase c = drawn.Array with { IsStochastic = false, Noise = NoiseKind.None };
        UpdateCase online = c.Again().Update();
        BatchUpdateCase batch = new(c.Again(), Batch: 1, Gap: 0);
        batch.Update(batch.Array.State, c.Trace.AsSpan(0, c.Rows), c.Wish, 0, batch.Array.Counters);
        bool isClose = true;
        for (int cell = 0; cell < c.State.Length; cell++)
        {
            double step = Math.Abs((double)online.State[cell] - c.State[cell]);
            double bound = (step * ((2 * c.Device.Accuracy) + (6 * Math.ScaleB(1, -24)))) + Math.ScaleB(1, -23);
            isClose &= Math.Abs((double)online.State[cell] - batch.Array.State[cell]) <= bound;
        }

        return isClose;
    }

    [Property]
    public bool A_wish_of_zero_keeps_every_bit(BatchUpdateCase c)
    {
        float[] before = c.Array.Result;
        Array.Clear(c.Wishes);
        return BitwiseAssert.AreEqual(before, c.Update().Array.Result);
    }

    /// <summary>What is left is the rounding of a product, 10⁻⁷ pulses at most.</summary>
    [Property]
    public bool Samples_of_opposite_wish_cancel_before_a_pulse_is_given(BatchUpdateCase c)
    {
        BatchUpdateCase two = new(c.Array, Batch: 2, c.Gap);
        two.Traces.AsSpan(0, c.Array.Rows).CopyTo(two.Traces.AsSpan(two.Stride));
        for (int column = 0; column < c.Array.Wish.Length; column++)
        {
            two.Wishes[two.WishLayout.IndexOf(1, column)] = -two.Wishes[two.WishLayout.IndexOf(0, column)];
        }

        float[] before = [.. c.Array.State];
        two.Update();
        return before.Zip(two.Array.State).All(static pair => Math.Abs(pair.First - pair.Second) < 1e-4);
    }

    [Property]
    public bool Gains_of_zero_leave_the_array_alone(BatchUpdateCase c)
    {
        float[] before = c.Array.Result;
        ConductanceKernels.UpdateBatch<SoftBounds, PolarityGain, StochasticPulses, NoNoise>(
            new SoftBounds(0.1, 0.1),
            new(0, 0),
            default,
            c.Array.State,
            c.Array.Rows,
            c.Traces,
            c.Stride,
            c.Batch,
            c.Wishes,
            c.Array.Stream,
            0,
            c.Array.Counters);
        return BitwiseAssert.AreEqual(before, c.Array.Result);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_kernel_never_leaves_its_spans(bool guardAfter)
    {
        for (int rows = 1; rows <= 20; rows++)
        {
            UpdateCase array = new(rows % DeviceCase.All.Length, rows % 2 == 0, (NoiseKind)(rows % 3), rows, 1 + (rows % 3), rows);
            BatchUpdateCase c = new(array, 1 + (rows % 7), rows % 4);
            using GuardedBuffer<float> state = new(array.State, guardAfter);
            using GuardedBuffer<float> traces = new(c.Traces, guardAfter);
            using GuardedBuffer<float> wishes = new(c.Wishes, guardAfter);
            using GuardedBuffer<float> pulses = new(array.Pulses, guardAfter);
            using GuardedBuffer<float> writes = new(array.Writes, guardAfter);
            using GuardedBuffer<float> reads = new(array.Writes.Length, guardAfter);
            c.Update(state.Span, traces.Span, wishes.Span, 0, new PulseCounters(pulses.Span, writes.Span, reads.Span));
            BitwiseAssert.Equal(c.Again().Update().Array.State, state.Span, $"{c}");
        }
    }
}
