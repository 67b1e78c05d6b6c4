using RramSnn.Data;
using RramSnn.Model.Checkpoints;
using RramSnn.Model.Crossbars.Units;
using RramSnn.Model.Devices;
using RramSnn.Model.Layers;
using RramSnn.Model.Learning;
using RramSnn.PropertyTests.Data;
using RramSnn.PropertyTests.Support;
using Xunit;

namespace RramSnn.PropertyTests.Model;

/// <summary>Runs of methods that keep something beside their synapses, or draw bit streams.</summary>
public sealed class UnitMethodTests
{
    /// <summary>The methods, with transfers so quick that signs change and rounds end within a few samples.</summary>
    internal static UpdateMethod Quick(string name) => UpdateMethods.Get(name) switch
    {
        TikiTakaMethod method => new TikiTakaMethod(method.Kind)
        {
            EverySamples = 2,
            WordLines = 30,
            ChopperReads = 1,
            Gamma = method.Kind is TransferKind.Direct or TransferKind.Buffered ? 0.2 : 0,
        },
        UpdateMethod method => method,
    };

    public static TheoryData<string, PulseMode> Methods()
    {
        TheoryData<string, PulseMode> data = [];
        foreach (string method in new[] { "stochastic-pulse", "mixed-precision", "tiki-taka", "tiki-taka-v2", "tiki-taka-chopped", "agad" })
        {
            data.Add(method, PulseMode.Continuous);
            data.Add(method, PulseMode.Pulsed);
        }

        return data;
    }

    [Theory, MemberData(nameof(Methods))]
    public void Threads_do_not_count_with_devices_that_vary_and_miss(string method, PulseMode mode)
    {
        NetworkOptions options = Options(method, mode);
        string one = TinyRuns.Hash(options, threads: 1, samples: 9);
        Assert.Equal(one, TinyRuns.Hash(options, threads: 3, samples: 9));
        Assert.NotEqual(one, TinyRuns.Hash(options with { Variability = DeviceVariability.None }, threads: 1, samples: 9));
    }

    [Theory, MemberData(nameof(Methods))]
    public void A_resumed_run_equals_an_uninterrupted_one(string method, PulseMode mode)
    {
        NetworkOptions options = Options(method, mode);
        TrainingOptions training = new() { LearningRate = 0.02 };
        string whole = TinyRuns.Hash(options, threads: 1);
        using TemporaryFolder folder = new();
        string path = Path.Combine(folder.FullName, "part.safetensors");
        long position;
        int correct;
        using (Network network = new(options))
        using (TrainingSession session = new(network, TinyRuns.Samples(), training, threads: 1))
        {
            session.Advance(11);
            (position, correct) = (session.Position, session.CorrectProbesInEpoch);
            Checkpoint.Save(path, network, new Dictionary<string, string>());
        }

        using Network restored = new(options);
        Checkpoint.Restore(path, restored);
        using TrainingSession rest = new(restored, TinyRuns.Samples(), training, TinyRuns.Exactly(2));
        rest.RestorePosition(position, correct);
        while (rest.Advance(100) > 0)
        {
        }

        Assert.Equal(whole, Checkpoint.StateSha256(restored));
    }

    [Theory, MemberData(nameof(Methods))]
    public void Training_allocates_nothing(string method, PulseMode mode)
    {
        Allocations.SkipUnlessOptimized();
        LabeledImages images = ImageDataSet.Load(ImageDataSet.EmbeddedMnistDirectory).Train.Slice(0, 12);
        NetworkOptions options = Options(method, mode) with { Inputs = images.PixelsPerImage, Classes = images.ClassCount, Hidden = [130] };
        PoissonEncoder samples = new(images, images.ClassCount, 0.5, options.Seed, RandomPurpose.TrainingSpikes);

        long bytes = MeteredSpikes.Train(samples, options with { Variability = DeviceVariability.None }, threads: 1).Sum();

        Assert.Equal(0, bytes);
    }

    /// <summary>Four classes: guessing gives 25 %, and without training no more than 60 % are right (TrainingTests).</summary>
    [Theory, MemberData(nameof(Methods))]
    public void An_ideal_device_learns(string method, PulseMode mode)
    {
        MethodTuning tuning = UpdateMethods.Get(method).TuningFor(mode);
        NetworkOptions options = TinyRuns.Options("ideal", method, pulses: mode, hidden: [128]) with { WeightRange = (float)tuning.WeightRange };
        using Network network = new(options);
        SyntheticSpikes fresh = new(80, TinyRuns.Inputs, TinyRuns.Classes, seed: 99);
        using TrainingSession session = new(network, TinyRuns.Samples(60), new TrainingOptions { Epochs = 3, LearningRate = tuning.LearningRate }, threads: 1);
        while (session.Advance(100) > 0)
        {
        }

        double trained = session.Evaluate(fresh, TestContext.Current.CancellationToken);
        Assert.True(trained > 0.7, $"trained {trained}");
    }

    [Fact]
    public void Extra_devices_and_their_reads_are_counted()
    {
        Assert.Equal((0, 0), Counts("stochastic-pulse"));
        Assert.Equal((0, 0), Counts("mixed-precision"));
        Assert.Equal((2, 2), Counts("tiki-taka"));
        Assert.Equal((2, 2), Counts("tiki-taka-v2"));
        Assert.Equal((2, 2), Counts("tiki-taka-chopped"));
        Assert.Equal((1, 1), Counts("agad"));

        // Extra devices per synapse, and reads per synapse of a word line that was transferred: 30 of 70 lines after samples 2, 4 and 6.
        static (long, long) Counts(string method)
        {
            using Network network = new(Options(method, PulseMode.Continuous) with { Hidden = [150] });
            using TrainingSession session = new(network, TinyRuns.Samples(), new TrainingOptions(), threads: 1);
            session.Advance(7);
            const long Synapses = TinyRuns.Inputs * 150;
            Assert.Equal((2 * Synapses) + network.ExtraDeviceCount, network.DeviceCount);
            Assert.Equal(0, network.ReadTotal % (3 * 30 * 150));
            return (network.ExtraDeviceCount / Synapses, network.ReadTotal / (3 * 30 * 150));
        }
    }

    private static NetworkOptions Options(string method, PulseMode mode) =>
        TinyRuns.Options("tiox-3v", method, pulses: mode, hidden: [140, 40]) with
        {
            Method = Quick(method),
            WeightRange = 0.5f,
            Variability = DeviceVariability.None with { Spread = new Dictionary<string, double> { ["potentiation_rate_per_pulse"] = 0.2 }, StepNoise = 0.3, EnduranceWrites = 1000 },
        };
}
