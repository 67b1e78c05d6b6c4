using FsCheck.Xunit;
using RramSnn.Kernels.Crossbar;
using RramSnn.Kernels.Neurons;
using RramSnn.PropertyTests.Support;
using Xunit;

namespace RramSnn.PropertyTests.Kernels;

public sealed class ReadoutTests
{
    private const float Threshold = 0.6f;
    private const float Scale = -0.01f;
    private const float HalfWidth = 0.4f;

    [Property(MaxTest = 50)]
    public bool Scores_are_the_sums_of_the_spiking_neurons_rows_at_every_width(ushort neurons, byte blocks, int seed)
    {
        int count = neurons % 200;
        int classes = 16 * (1 + (blocks % 3));
        float[] readout = Numbers.Between(-1f, 1f, count * classes, seed);
        ActiveRows active = ActiveRows.FromSpikes(Numbers.Spikes(0.3, (count + 63) / 64, seed), count, new int[count + 1]);
        float[] expected = new float[classes];
        foreach (int neuron in active.Rows)
        {
            for (int k = 0; k < classes; k++)
            {
                expected[k] += readout[(neuron * classes) + k];
            }
        }

        float[] facade = Numbers.Between(5f, 6f, classes, 1);
        ReadoutKernels.Score(readout, active, facade);
        bool isEqual = BitwiseAssert.AreEqual(expected, facade);
        if (active.Count == 0)
        {
            return isEqual;
        }

        foreach (int width in Widths.InBits)
        {
            float[] actual = new float[classes];
            Widths.Run(width, new ReadoutKernels.ScoreKernel
            {
                Readout = ref readout[0],
                Active = ref System.Runtime.InteropServices.MemoryMarshal.GetReference(active.Rows),
                ActiveCount = (nuint)active.Count,
                Scores = ref actual[0],
                Classes = (nuint)classes,
            });
            isEqual &= BitwiseAssert.AreEqual(expected, actual);
        }

        return isEqual;
    }

    [Property(MaxTest = 50)]
    public bool The_loss_derivative_is_the_clamped_error(byte label, int seed)
    {
        float[] scores = Numbers.Between(-2f, 3f, 16, seed);
        float[] delta = new float[16];
        ReadoutKernels.SmoothL1Derivative(scores, label % 16, delta);
        return Enumerable.Range(0, 16).All(k => delta[k] == Math.Clamp(scores[k] - (k == label % 16 ? 1f : 0f), -1f, 1f));
    }

    [Fact]
    public void The_loss_derivative_is_the_slope_of_the_smooth_L1_loss()
    {
        static double Loss(double error) => Math.Abs(error) < 1 ? error * error / 2 : Math.Abs(error) - 0.5;
        float[] scores = [.. Enumerable.Range(0, 32).Select(static k => -3.05f + (0.2f * k))];
        float[] delta = new float[32];
        ReadoutKernels.SmoothL1Derivative(scores, 20, delta);
        for (int k = 0; k < 32; k++)
        {
            double error = scores[k] - (k == 20 ? 1 : 0);
            Assert.Equal((Loss(error + 1e-5) - Loss(error - 1e-5)) / 2e-5, delta[k], 1e-6);
        }
    }

    [Property(MaxTest = 50)]
    public bool The_projected_error_obeys_the_scalar_rule_at_every_width(byte blocks, byte classes, byte gap, int seed)
    {
        int neurons = 16 * (1 + (blocks % 6));
        int stride = neurons + (gap % 5);
        float[] delta = Numbers.Between(-1f, 1f, 1 + (classes % 12), seed);
        float[] feedback = Numbers.Between(-1f, 1f, ((delta.Length - 1) * stride) + neurons, seed + 1);
        float[] membrane = Numbers.Between(-1f, 2f, neurons, seed + 2);
        float[] expected = new float[neurons];
        for (int j = 0; j < neurons; j++)
        {
            float error = 0f;
            for (int k = 0; k < delta.Length; k++)
            {
                error = MathF.FusedMultiplyAdd(delta[k], feedback[(k * stride) + j], error);
            }

            float surrogate = Math.Abs(membrane[j] - Threshold) < HalfWidth ? 1f : 0f;
            expected[j] = Scale * surrogate * error;
        }

        float[] facade = new float[neurons];
        ReadoutKernels.ProjectError(new BoxSurrogate(HalfWidth), feedback, stride, delta, membrane, Threshold, Scale, facade);
        bool isEqual = BitwiseAssert.AreEqual(expected, facade);
        foreach (int width in Widths.InBits)
        {
            float[] actual = new float[neurons];
            Widths.Run(width, new ReadoutKernels.ProjectKernel<BoxSurrogate>
            {
                Surrogate = new BoxSurrogate(HalfWidth),
                Feedback = ref feedback[0],
                Stride = (nuint)stride,
                Delta = ref delta[0],
                Classes = (nuint)delta.Length,
                Membrane = ref membrane[0],
                Threshold = Threshold,
                Scale = Scale,
                Wish = ref actual[0],
                Length = (nuint)neurons,
            });
            isEqual &= BitwiseAssert.AreEqual(expected, actual);
        }

        ReadoutKernels.ProjectError(new BoxSurrogate(HalfWidth), feedback, stride, delta, membrane, Threshold, Scale, membrane);
        return isEqual && BitwiseAssert.AreEqual(expected, membrane);
    }

    [Fact]
    public void Without_classes_there_is_no_error()
    {
        float[] wish = [.. Enumerable.Repeat(3f, 16)];
        ReadoutKernels.ProjectError(new BoxSurrogate(1f), [], 16, [], new float[16], 0f, 1f, wish);
        Assert.All(wish, static value => Assert.Equal(0f, value));
    }

    [Theory]
    [InlineData(0.4f, 0f, 1f)]
    [InlineData(0.4f, 0.39999998f, 1f)]
    [InlineData(0.4f, -0.39999998f, 1f)]
    [InlineData(0.4f, 0.4f, 0f)]
    [InlineData(0.4f, -0.4f, 0f)]
    [InlineData(0.4f, float.PositiveInfinity, 0f)]
    [InlineData(float.Epsilon, 0f, 1f)]
    [InlineData(float.Epsilon, float.Epsilon, 0f)]
    public void The_box_is_open_at_its_edges(float halfWidth, float distance, float expected)
    {
        float[] membrane = [.. Enumerable.Repeat(distance, 16)];
        float[] ones = [.. Enumerable.Repeat(1f, 16)];
        float[] wish = new float[16];
        ReadoutKernels.ProjectError(new BoxSurrogate(halfWidth), ones, 16, [1f], membrane, 0f, 1f, wish);
        Assert.All(wish, value => Assert.Equal(expected, value));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_kernels_never_leave_their_spans(bool guardAfter)
    {
        for (int blocks = 1; blocks < 6; blocks++)
        {
            int neurons = 16 * blocks;
            using GuardedBuffer<float> matrix = new(16 * neurons, guardAfter);
            using GuardedBuffer<float> scores = new(16, guardAfter);
            using GuardedBuffer<float> membrane = new(neurons, guardAfter);
            using GuardedBuffer<float> wish = new(neurons, guardAfter);
            using GuardedBuffer<int> list = new(neurons, guardAfter);
            ulong[] all = [ulong.MaxValue, ulong.MaxValue];
            ReadoutKernels.Score(matrix.Span, ActiveRows.FromSpikes(all, neurons, list.Span), scores.Span);
            ReadoutKernels.SmoothL1Derivative(scores.Span, 3, scores.Span);
            ReadoutKernels.ProjectError(new BoxSurrogate(1f), matrix.Span, neurons, scores.Span, membrane.Span, 0f, 1f, wish.Span);
            Assert.Equal(-1f, scores.Span[3]);
        }
    }
}
