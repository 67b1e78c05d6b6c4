using System.Runtime.InteropServices;
using RramSnn.Kernels.Crossbar;
using RramSnn.Kernels.Memory;
using RramSnn.PropertyTests.Support;
using Xunit;

namespace RramSnn.PropertyTests.Kernels;

/// <summary>A failure here is an access violation that ends the run: hence a class of its own.</summary>
public sealed class CrossbarGuardTests
{
    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public void Products_never_leave_their_spans(bool guardAfter, bool isPair)
    {
        for (int panels = 1; panels <= 3; panels++)
        {
            for (int rows = 1; rows <= 20; rows++)
            {
                CrossbarCase c = new(rows, panels * CrossbarLayout.PanelWidth, isPair, rows);
                using GuardedBuffer<float> plus = new(c.Plus, guardAfter);
                using GuardedBuffer<float> minus = new(c.Minus, guardAfter);
                using GuardedBuffer<float> input = new(c.Input, guardAfter);
                using GuardedBuffer<float> current = new(c.Start, guardAfter);
                using GuardedBuffer<int> list = new(rows, guardAfter);
                c.Accumulate(plus.Span, minus.Span, input.Span, current.Span);
                BitwiseAssert.Equal(c.Accumulate(c.Input), current.Span, $"dense, {c}");

                c.Start.CopyTo(current.Span);
                c.AccumulateSpikes(plus.Span, minus.Span, ActiveRows.FromSpikes(c.Spikes, rows, list.Span), current.Span);
                BitwiseAssert.Equal(c.AccumulateSpikes(), current.Span, $"spikes, {c}");
            }
        }
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public void Products_of_lists_never_leave_their_spans(bool guardAfter, bool isPair)
    {
        for (int panels = 1; panels <= 3; panels++)
        {
            for (int rows = 1; rows <= 20; rows++)
            {
                CrossbarCase c = new(rows, panels * CrossbarLayout.PanelWidth, isPair, rows);
                int count = c.Input.Count(static input => input != 0f);
                using GuardedBuffer<float> plus = new(c.Plus, guardAfter);
                using GuardedBuffer<float> minus = new(c.Minus, guardAfter);
                using GuardedBuffer<float> attenuation = new(c.Attenuations, guardAfter);
                using GuardedBuffer<float> current = new(c.Start, guardAfter);
                using GuardedBuffer<int> list = new(count, guardAfter, c.PaddedRows - count);
                using GuardedBuffer<float> values = new(count, guardAfter, c.PaddedRows - count);
                ActiveRows active = c.Active(list.SpanWithSpare, values.SpanWithSpare);
                list.CloseSpare();
                values.CloseSpare();
                float[] expected = c.AccumulateActive();
                c.AccumulateActive(plus.Span, minus.Span, active, current.Span);
                BitwiseAssert.Equal(expected, current.Span, $"listed, {c}");

                float[] attenuated = c.AccumulateAttenuated(isSpiking: false);
                c.Start.CopyTo(current.Span);
                CrossbarKernels.AccumulateActive(plus.Span, attenuation.Span, c.Reference, active, current.Span);
                BitwiseAssert.Equal(attenuated, current.Span, $"attenuated, {c}");
                foreach (int width in Widths.InBits)
                {
                    ListedRows inputs = new(in MemoryMarshal.GetReference(list.Span), in MemoryMarshal.GetReference(values.Span), (nuint)count);
                    c.Start.CopyTo(current.Span);
                    c.RunAt(width, plus.Span, minus.Span, inputs, current.Span);
                    BitwiseAssert.Equal(expected, current.Span, $"listed, {c}, {width} bits");

                    c.Start.CopyTo(current.Span);
                    c.RunAt(width, new AttenuatedCell(in plus.Span[0], in attenuation.Span[0], c.Reference), inputs, current.Span);
                    BitwiseAssert.Equal(attenuated, current.Span, $"attenuated, {c}, {width} bits");
                }
            }
        }
    }

    /// <summary>With 256 bits rows to come are asked for early in a matrix of this size; behind the list there is no row to ask for.</summary>
    [Theory]
    [InlineData(true, 1)]
    [InlineData(true, 2)]
    [InlineData(false, 1)]
    [InlineData(false, 2)]
    public void Lists_of_a_large_matrix_are_not_read_past_their_end(bool isPair, int step)
    {
        const int Rows = 4_160;
        CrossbarCase c = new(Rows, CrossbarLayout.PanelWidth, isPair, 5);
        Assert.True(Prefetch.IsWorthwhile(c.Plus.Length));
        float[] input = [.. Enumerable.Range(0, Rows).Select(row => row % step == step - 1 ? 1f : 0f)];
        float[] expected = c.Accumulate(input);
        ulong[] spikes = new ulong[Rows / 64];
        spikes.AsSpan().Fill(step == 1 ? ~0ul : 0xAAAA_AAAA_AAAA_AAAAul);
        int count = Rows / step;
        using GuardedBuffer<int> list = new(count, guardAfter: true, Rows - count);
        using GuardedBuffer<float> values = new([.. Enumerable.Repeat(1f, count)], guardAfter: true);
        ActiveRows active = ActiveRows.FromSpikes(spikes, Rows, list.SpanWithSpare);
        list.CloseSpare();
        float[] current = (float[])c.Start.Clone();
        c.AccumulateSpikes(c.Plus, c.Minus, active, current);
        BitwiseAssert.Equal(expected, current, $"{c}");
        foreach (int width in Widths.InBits)
        {
            c.Start.CopyTo(current, 0);
            c.RunAt(width, c.Plus, c.Minus, new SpikingRows(in list.Span[0], (nuint)count), current);
            BitwiseAssert.Equal(expected, current, $"spikes, {c}, {width} bits");

            c.Start.CopyTo(current, 0);
            c.RunAt(width, c.Plus, c.Minus, new ListedRows(in list.Span[0], in values.Span[0], (nuint)count), current);
            BitwiseAssert.Equal(expected, current, $"listed, {c}, {width} bits");
        }
    }

    /// <summary>Of a matrix of this size narrow vectors take panels side by side, and by itself the one that is left over.</summary>
    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public void Dense_products_from_memory_never_leave_their_spans(bool guardAfter, bool isPair)
    {
        (int rows, int panels) = isPair ? (8_200, 3) : (9_840, 5);
        CrossbarCase c = new(rows, panels * CrossbarLayout.PanelWidth, isPair, 6);
        Assert.True(Prefetch.IsBeyondCaches((isPair ? 2L : 1L) * c.Plus.Length));
        using GuardedBuffer<float> plus = new(c.Plus, guardAfter);
        using GuardedBuffer<float> minus = new(c.Minus, guardAfter);
        using GuardedBuffer<float> input = new(c.Input, guardAfter);
        using GuardedBuffer<float> current = new(c.Start, guardAfter);
        float[] expected = c.Accumulate(c.Input);
        foreach (int width in Widths.InBits)
        {
            c.Start.CopyTo(current.Span);
            c.RunAt(width, plus.Span, minus.Span, new DenseRows(in input.Span[0], (nuint)rows), current.Span);
            BitwiseAssert.Equal(expected, current.Span, $"{c}, {width} bits");
        }
    }
}
