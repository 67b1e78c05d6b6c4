using RramSnn.Model.Devices;
using RramSnn.Model.Layers;
using RramSnn.Model.Learning;
using Xunit;

namespace RramSnn.PropertyTests.Model;

public sealed class SampleUpdateTests
{
    public static TheoryData<string> Methods => [.. UpdateMethods.All.Where(static method => method.CanDrive(DevicePresets.TiOx3V)).Select(static method => method.Name)];

    [Theory, InlineData("ideal"), InlineData("naive"), InlineData("balanced-pair"), InlineData("tandem-pair"), InlineData("exact-inversion"), InlineData("sign"), InlineData("error-triggered")]
    public void With_one_learned_step_a_sample_is_a_step(string method)
    {
        NetworkOptions options = TinyRuns.Options(method: method) with { Steps = 6, BurnIn = 5 };
        Assert.Equal(TinyRuns.Hash(options, threads: 1), TinyRuns.Hash(options with { Updates = UpdateTiming.Sample }, threads: 1));
    }

    [Theory, MemberData(nameof(Methods))]
    public void Any_number_of_threads_gives_the_same_bits(string method)
    {
        NetworkOptions options = TinyRuns.Options(method: method, pulses: PulseMode.Pulsed) with { Updates = UpdateTiming.Sample };
        string one = TinyRuns.Hash(options, threads: 1, samples: 9);
        Assert.Equal(one, TinyRuns.Hash(options, threads: 3, samples: 9));
        Assert.NotEqual(one, TinyRuns.Hash(options with { Updates = UpdateTiming.Step }, threads: 1, samples: 9));
        NetworkOptions rare = options with { ErrorEvents = 0.2, ErrorMargin = 0.2f };
        Assert.Equal(TinyRuns.Hash(rare, threads: 1, samples: 9), TinyRuns.Hash(rare, threads: 2, samples: 9));
    }

    [Fact]
    public void A_device_is_written_once_per_sample_at_most()
    {
        const int Samples = 5;
        using Network step = Train(TinyRuns.Options(), Samples, learningRate: 0.02);
        using Network sample = Train(TinyRuns.Options() with { Updates = UpdateTiming.Sample }, Samples, learningRate: 0.02);
        Assert.InRange(sample.WriteTotal, 1, Samples * sample.DeviceCount);
        Assert.True(step.WriteTotal > Samples * step.DeviceCount, $"{step.WriteTotal}");
    }

    /// <summary>One sample changes the weights by errors times traces, a matrix of rank one, near the sum over steps.</summary>
    [Fact]
    public void A_sample_changes_weights_by_an_outer_product()
    {
        NetworkOptions options = TinyRuns.Options(device: "ideal", method: "ideal", hidden: [64]) with { WeightRange = 1f, ReadoutScale = 4f };

        // So small a rate that the steps of the sample do not feel each other.
        double[,] steps = Change(options);
        double[,] sample = Change(options with { Updates = UpdateTiming.Sample });
        (int row, int column, double largest) = Largest(sample);
        Assert.True(largest > 1e-4, $"{largest}");
        double product = 0;
        double squares = 0;
        double squaresOfSteps = 0;
        for (int i = 0; i < TinyRuns.Inputs; i++)
        {
            for (int j = 0; j < 64; j++)
            {
                Assert.Equal(sample[row, column] * sample[i, j], sample[row, j] * sample[i, column], 1e-3 * largest * largest);
                product += sample[i, j] * steps[i, j];
                squares += sample[i, j] * sample[i, j];
                squaresOfSteps += steps[i, j] * steps[i, j];
            }
        }

        Assert.InRange(product / Math.Sqrt(squares * squaresOfSteps), 0.8, 0.999);
        Assert.InRange(product / squaresOfSteps, 0.7, 1.2);
    }

    private static double[,] Change(NetworkOptions options)
    {
        const double Rate = 0.01;
        using Network before = new(options);
        using Network after = Train(options, samples: 1, Rate);
        double[,] change = new double[TinyRuns.Inputs, 64];
        for (int i = 0; i < TinyRuns.Inputs; i++)
        {
            for (int j = 0; j < 64; j++)
            {
                change[i, j] = after.Layers[0].Crossbar.Weight(i, j) - before.Layers[0].Crossbar.Weight(i, j);
            }
        }

        return change;
    }

    private static (int Row, int Column, double Largest) Largest(double[,] matrix)
    {
        (int Row, int Column, double Largest) best = (0, 0, 0);
        for (int i = 0; i < matrix.GetLength(0); i++)
        {
            for (int j = 0; j < matrix.GetLength(1); j++)
            {
                best = Math.Abs(matrix[i, j]) > best.Largest ? (i, j, Math.Abs(matrix[i, j])) : best;
            }
        }

        return best;
    }

    private static Network Train(NetworkOptions options, int samples, double learningRate)
    {
        Network network = new(options);
        using TrainingSession session = new(
            network, TinyRuns.Samples(samples), new TrainingOptions { LearningRate = learningRate, Schedule = LearningRateSchedule.Constant }, threads: 1);
        while (session.Advance(samples) > 0)
        {
        }

        return network;
    }
}
