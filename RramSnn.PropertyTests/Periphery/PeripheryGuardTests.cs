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

    [Fact]
    public void Kernels_allocate_nothing()
    {
        Allocations.SkipUnlessOptimized();
        float[] values = new float[64];
        float[] drops = new float[64];
        float[] scratch = new float[96];
        double[] matrix = new double[4 * 32];
        double[] panel = new double[NodalKernels.ScratchLength(0, 32)];
        long bytes = Allocations.Of(() =>
        {
            _ = PeripheryKernels.Quantise(values, drops, 1f, 7, isSigned: true);
            PeripheryKernels.SinhAmplitude(values, drops, 1f);
            WireKernels.LineDrops(values, values, 16, new(1f, 1f, IsBothEnded: true), isFromLast: true, drops, scratch);
            WireKernels.Transpose(values, 4, 16, 16, drops, 4);
            NodalKernels.InsertSeries(matrix, 4, 0, 8, 32, 1, panel);
        });
        Assert.Equal(0, bytes);
    }

    [Fact]
    public void Transposing_refuses_what_does_not_fit()
    {
        float[] values = new float[64];
        float[] target = new float[64];
        Rejected.OutOfRange("rows", 0, () => WireKernels.Transpose(values, 0, 1, 1, target, 1));
        Rejected.OutOfRange("columns", 0, () => WireKernels.Transpose(values, 1, 0, 1, target, 1));
        Rejected.OutOfRange("sourceStride", 3, () => WireKernels.Transpose(values, 2, 4, 3, target, 2));
        Rejected.OutOfRange("targetStride", 1, () => WireKernels.Transpose(values, 2, 4, 4, target, 1));
        Rejected.Length("source", 64, 65, () => WireKernels.Transpose(values, 5, 13, 13, new float[65], 5));
        Rejected.Length("target", 64, 65, () => WireKernels.Transpose(new float[65], 5, 13, 13, target, 5));
        Rejected.Overlap("target", () => WireKernels.Transpose(values.AsSpan(0, 16), 4, 4, 4, values.AsSpan(8, 16), 4));
    }
}
