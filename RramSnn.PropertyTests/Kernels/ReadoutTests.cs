using FsCheck.Xunit;
using RramSnn.Kernels.Crossbar;
using RramSnn.Kernels.Neurons;
using RramSnn.PropertyTests.Support;
using Xunit;

namespace RramSnn.PropertyTests.Kernels;

public sealed class ReadoutTests
{
    private const float Scale = -0.01f;

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
    public bool The_projected_error_obeys_the_scalar_rule_at_every_width(byte words, byte classes, byte gap, byte density, int seed)
    {
        ulong[] surrogate = Numbers.Spikes((density % 4) / 3.0, 1 + (words % 4), seed + 2);
        int neurons = 64 * surrogate.Length;
        int stride = neurons + (gap % 5);
        float[] delta = Numbers.Between(-1f, 1f, classes % 13, seed);
        float[] feedback = Numbers.Between(-1f, 1f, Math.Max(delta.Length, 1) * stride, seed + 1);
        float[] expected = new float[neurons];
        for (int j = 0; j < neurons; j++)
        {
            float error = 0f;
            for (int k = 0; k < delta.Length; k++)
            {
                error = MathF.FusedMultiplyAdd(delta[k], feedback[(k * stride) + j], error);
            }

            expected[j] = IsSet(surrogate, j) ? Scale * error : 0f;
        }

        float[] facade = Numbers.Between(5f, 6f, neurons, 1);
        ReadoutKernels.ProjectError(feedback, stride, delta, surrogate, Scale, facade);
        bool isEqual = BitwiseAssert.AreEqual(expected, facade);
        foreach (int width in Widths.InBits)
        {
            float[] actual = Numbers.Between(5f, 6f, neurons, 1);
            Widths.Run(width, new ReadoutKernels.ProjectKernel
            {
                Feedback = ref feedback[0],
                Stride = (nuint)stride,
                Delta = ref System.Runtime.InteropServices.MemoryMarshal.GetArrayDataReference(delta),
                Classes = (nuint)delta.Length,
                Surrogate = ref surrogate[0],
                Words = (nuint)surrogate.Length,
                Scale = Scale,
                Wish = ref actual[0],
            });
            isEqual &= BitwiseAssert.AreEqual(expected, actual);
        }

        return isEqual;
    }

    [Fact]
    public void Without_classes_there_is_no_error()
    {
        float[] wish = [.. Enumerable.Repeat(3f, 64)];
        ReadoutKernels.ProjectError([], 64, [], [ulong.MaxValue], 1f, wish);
        Assert.All(wish, static value => Assert.Equal(0f, value));
    }

    [Theory]
    [InlineData(0ul)]
    [InlineData(1ul << 40)]
    [InlineData(0x0123_4567_89AB_CDEFul)]
    public void A_NaN_in_the_feedback_reaches_its_own_neuron_and_only_if_that_is_near_its_threshold(ulong surrogate)
    {
        float[] feedback = [.. Enumerable.Repeat(float.NaN, 64)];
        float[] wish = new float[64];
        ReadoutKernels.ProjectError(feedback, 64, [1f], [surrogate], 1f, wish);
        for (int j = 0; j < 64; j++)
        {
            Assert.Equal(IsSet([surrogate], j) ? float.NaN : 0f, wish[j]);
        }

        feedback.AsSpan().Fill(2f);
        feedback[40] = float.NaN;
        ReadoutKernels.ProjectError(feedback, 64, [1f], [surrogate], 1f, wish);
        Assert.All(wish.Where(static (_, j) => j != 40), static value => Assert.True(value is 0f or 2f));
    }

    [Fact]
    public void Padding_without_feedback_wishes_nothing_even_inside_the_box()
    {
        float[] feedback = new float[3 * 64];
        float[] wish = [.. Enumerable.Repeat(3f, 64)];
        ReadoutKernels.ProjectError(feedback, 64, [1f, -1f, 0.5f], [ulong.MaxValue], Scale, wish);
        Assert.All(wish, static value => Assert.Equal(0f, value));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_kernels_never_leave_their_spans(bool guardAfter)
    {
        for (int words = 1; words < 4; words++)
        {
            int neurons = 64 * words;
            using GuardedBuffer<float> matrix = new(16 * neurons, guardAfter);
            using GuardedBuffer<float> scores = new(16, guardAfter);
            using GuardedBuffer<ulong> all = new([.. Enumerable.Repeat(ulong.MaxValue, words)], guardAfter);
            using GuardedBuffer<float> wish = new(neurons, guardAfter);
            using GuardedBuffer<int> list = new(neurons, guardAfter);
            ReadoutKernels.Score(matrix.Span, ActiveRows.FromSpikes(all.Span, neurons, list.Span), scores.Span);
            ReadoutKernels.SmoothL1Derivative(scores.Span, 3, scores.Span);
            ReadoutKernels.ProjectError(matrix.Span, neurons, scores.Span, all.Span, 1f, wish.Span);
            Assert.Equal(-1f, scores.Span[3]);
        }
    }

    private static bool IsSet(ulong[] words, int index) => ((words[index / 64] >> (index % 64)) & 1) != 0;
}
