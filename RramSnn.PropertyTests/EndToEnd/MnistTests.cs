using RramSnn.Data;
using RramSnn.Kernels.Simd;
using RramSnn.Model.Devices;
using RramSnn.Model.Layers;
using RramSnn.Model.Learning;
using Xunit;

namespace RramSnn.PropertyTests.EndToEnd;

/// <summary>Real images, the program's own defaults, a short run: far beyond what a broken learner can reach.</summary>
public class MnistTests
{
    [Theory, InlineData("ideal"), InlineData("balanced-pair")]
    public void A_short_run_learns_digits(string methodName)
    {
        // Guessing gives 10 %; with its readout's fixed random weights an untrained network names 5 to 15 % right. Without
        // vector hardware the runtime emulates every multiply-add, so the run is shorter and asks for less.
        bool isFast = VectorDispatch.WidthInBits >= 256;
        int samples = isFast ? 3000 : 120;
        double minimum = isFast ? 0.85 : 0.35;

        UpdateMethod method = UpdateMethods.Get(methodName);
        MethodTuning tuning = method.TuningFor(PulseMode.Continuous);
        ImageDataSet data = ImageDataSet.Load(ImageDataSet.EmbeddedMnistDirectory);
        NetworkOptions options = new()
        {
            Inputs = data.Train.PixelsPerImage,
            Hidden = [128],
            Classes = data.Train.ClassCount,
            Method = method,
            WeightRange = (float)tuning.WeightRange,
        };
        using Network network = new(options);
        PoissonEncoder train = new(data.Train.Slice(0, samples), 10, 0.5, options.Seed, RandomPurpose.TrainingSpikes);
        PoissonEncoder heldOut = new(data.Train.Slice(50_000, isFast ? 1000 : 100), 10, 0.5, options.Seed, RandomPurpose.TestSpikes);
        using TrainingSession session = new(network, train, new TrainingOptions { LearningRate = tuning.LearningRate }, threads: 1);
        while (session.Advance(500) > 0)
        {
        }

        double accuracy = session.Evaluate(heldOut, TestContext.Current.CancellationToken);
        Assert.True(accuracy > minimum, $"accuracy {accuracy}, expected more than {minimum}");
    }
}
