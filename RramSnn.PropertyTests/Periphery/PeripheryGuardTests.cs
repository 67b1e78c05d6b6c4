using RramSnn.Kernels.Periphery;
using RramSnn.PropertyTests.Support;
using Xunit;

namespace RramSnn.PropertyTests.Periphery;

/// <summary>A failure here is an access violation that ends the run: hence a class of its own.</summary>
public sealed class PeripheryGuardTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Kernels_never_leave_their_spans(bool guardAfter)
    {
        for (int length = 0; length <= 64; length += 16)
        {
            float[] values = Numbers.Between(0f, 1f, length, length);
            using GuardedBuffer<float> x = new(values, guardAfter);
            using GuardedBuffer<float> y = new(length, guardAfter);
            _ = PeripheryKernels.Quantise(x.Span, y.Span, 1f, 15, isSigned: true);
            PeripheryKernels.SinhAmplitude(x.Span, y.Span, 2f);
        }

        foreach ((int positions, int lines) in new[] { (1, 16), (2, 32), (7, 16), (33, 48) })
        {
            float[] values = Numbers.Between(0f, 1e-3f, positions * lines, positions);
            using GuardedBuffer<float> conductance = new(values, guardAfter);
            using GuardedBuffer<float> crossing = new(values, guardAfter);
            using GuardedBuffer<float> drops = new(values.Length, guardAfter);
            using GuardedBuffer<float> scratch = new(WireKernels.ScratchLength(positions, lines), guardAfter);
            foreach (bool isFromLast in new[] { true, false })
            {
                WireKernels.LineDrops(conductance.Span, crossing.Span, lines, new(1f, 2f, IsBothEnded: isFromLast), isFromLast, drops.Span, scratch.Span);
            }

            WireKernels.Transpose(conductance.Span, positions, lines, lines, drops.Span, positions);
            for (int k = 0; k < values.Length; k++)
            {
                Assert.Equal(values[k], drops.Span[((k % lines) * positions) + (k / lines)]);
            }
        }
    }
}
