using RramSnn.Kernels.Crossbar;
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

    /// <summary>Rows to come are asked for early in a matrix of this size; behind the list there is no row to ask for.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Lists_of_a_large_matrix_are_not_read_past_their_end(bool isPair)
    {
        const int Rows = 4_160;
        CrossbarCase c = new(Rows, CrossbarLayout.PanelWidth, isPair, 5);
        ulong[] spikes = new ulong[Rows / 64];
        spikes.AsSpan().Fill(~0ul);
        using GuardedBuffer<int> list = new(Rows, guardAfter: true);
        float[] current = (float[])c.Start.Clone();
        c.AccumulateSpikes(c.Plus, c.Minus, ActiveRows.FromSpikes(spikes, Rows, list.Span), current);
        float[] ones = new float[Rows];
        ones.AsSpan().Fill(1f);
        BitwiseAssert.Equal(c.Accumulate(ones), current, $"{c}");
    }
}
