using System.Runtime.InteropServices;
using RramSnn.Data;
using RramSnn.Kernels.Memory;
using RramSnn.Kernels.Random;
using RramSnn.Model.Checkpoints;
using RramSnn.Model.Crossbars;
using RramSnn.Model.Crossbars.Units;
using RramSnn.Model.Devices;
using RramSnn.Model.Devices.Fitting;
using RramSnn.Model.Layers;
using RramSnn.Model.Learning;
using RramSnn.PropertyTests.Data;
using RramSnn.PropertyTests.Model.Fitting;
using RramSnn.PropertyTests.Support;
using Xunit;

namespace RramSnn.PropertyTests.Model;

/// <summary>Unidirectional devices with a hidden memory, from the array to a whole run.</summary>
public sealed class PhaseChangeDeviceTests
{
    private const string Preset = "pcm-nandakumar";

    [Fact]
    public void The_preset_is_the_published_device_of_the_kernels()
    {
        PhaseChangeCase expected = new PhaseChangeCase(9, 200, seed: 4).Set();
        PhaseChangeCase c = new(9, 200, seed: 4);
        int columns = c.Layout.PaddedColumns;
        PulseRule.Of(c.Rule).CreateProgrammer(DevicePresets.Get(Preset).Law, PulseMode.Continuous, DeviceVariability.None).Program(
            new ArrayCells { States = c.State, Memories = c.Memory },
            c.Active,
            c.Wish,
            c.Stream,
            0,
            new(c.Counters.AsSpan(0, columns), c.Counters.AsSpan(columns, columns), c.Counters.AsSpan(2 * columns)));
        BitwiseAssert.Equal(expected.Result, c.Result, Preset);
    }

    [Fact]
    public void Learning_solves_what_an_untrained_network_does_not()
    {
        using Network network = new(Options(128));
        SyntheticSpikes fresh = new(80, TinyRuns.Inputs, TinyRuns.Classes, seed: 99);
        double untrained = Evaluation.Run(network, fresh, threads: 1, TestContext.Current.CancellationToken);
        using TrainingSession session = new(network, TinyRuns.Samples(60), new TrainingOptions { Epochs = 2, LearningRate = 0.02 }, threads: 1);
        while (session.Advance(100) > 0)
        {
        }

        Assert.True(network.ReadTotal > 0, "no refresh");
        double trained = session.Evaluate(fresh, TestContext.Current.CancellationToken);
        Assert.True(untrained < 0.6, $"untrained {untrained}");
        Assert.True(trained > 0.9, $"trained {trained}");
    }

    [Theory, InlineData(PulseMode.Continuous), InlineData(PulseMode.Pulsed)]
    public void Any_number_of_threads_gives_the_same_bits_over_refreshes(PulseMode mode)
    {
        NetworkOptions options = Options(300, 140) with { Pulses = mode, Method = Often };
        string one = TinyRuns.Hash(options, threads: 1, samples: 9);
        Assert.Equal(one, TinyRuns.Hash(options, threads: 2, samples: 9));
        Assert.Equal(one, TinyRuns.Hash(options, threads: 3, samples: 9));
        Assert.Equal(one, TinyRuns.Hash(options with { Pulses = PulseMode.Pulsed }, threads: 1, samples: 9));
        Assert.NotEqual(one, TinyRuns.Hash(options with { Seed = 8 }, threads: 1, samples: 9));
    }

    [Fact]
    public void A_restored_run_ends_with_the_same_bits_and_keeps_the_memories()
    {
        NetworkOptions options = Options(140) with { Method = Often };
        using TemporaryFolder folder = new();
        string path = Path.Combine(folder.FullName, "half.safetensors");
        using Network first = new(options);
        using (TrainingSession session = new(first, TinyRuns.Samples(12), new TrainingOptions(), threads: 1))
        {
            session.Advance(5);
            Checkpoint.Save(path, first, new Dictionary<string, string>());
            session.Advance(7);
        }

        Assert.Contains("layers.0.memory_plus", first.Fields.Where(static field => field.Role == FieldRole.Persistent).Select(static field => field.Name));
        using Network second = new(options with { Seed = options.Seed });
        Checkpoint.Restore(path, second);
        using (TrainingSession session = new(second, TinyRuns.Samples(12), new TrainingOptions(), threads: 2))
        {
            session.RestorePosition(5, 0);
            session.Advance(7);
        }

        Assert.Equal(Checkpoint.StateSha256(first), Checkpoint.StateSha256(second));
    }

    [Theory, InlineData(1), InlineData(2)]
    public void Training_and_refreshing_allocate_nothing(int threads)
    {
        LabeledImages images = ImageDataSet.Load(ImageDataSet.EmbeddedMnistDirectory).Train.Slice(0, 20);
        NetworkOptions options = Options(300, 140) with { Inputs = images.PixelsPerImage, Classes = images.ClassCount, Method = Often };

        PoissonEncoder samples = new(images, images.ClassCount, 0.5, options.Seed, RandomPurpose.TrainingSpikes);

        long[] bytes = MeteredSpikes.Train(samples, options, threads);

        Assert.Equal(Enumerable.Repeat(0L, threads), bytes);
    }

    /// <summary>A device that has had n pulses since its RESET remembers δⁿ, whatever its state became.</summary>
    [Fact]
    public void Memories_are_powers_of_the_decay()
    {
        using Network network = new(Options(140) with { Method = Often });
        using TrainingSession session = new(network, TinyRuns.Samples(12), new TrainingOptions { LearningRate = 0.05 }, threads: 1);
        session.Advance(12);
        double[] pulses = [.. Memories(network, "plus").Where(static memory => memory > 0).Select(static memory => -2.6 * Math.Log(memory))];
        Assert.All(pulses, static count => Assert.Equal(Math.Round(count), count, 1e-4 * (1 + count)));
        Assert.True(pulses.Distinct().Count() > 5);
    }

    /// <summary>Many devices that are rewritten to the same difference: their mean is that of the pulses that the mean law asks for.</summary>
    [Theory, InlineData(0.02f, 0), InlineData(0.16f, 1), InlineData(-0.5f, 5), InlineData(1f, 47)]
    public void A_refresh_restores_weights_within_the_scatter(float difference, int pulses)
    {
        // Nothing overflows its range on the way: the published device with a tenth of its scatter.
        double[] values = DevicePresets.Get(Preset).Law.Values.ToArray();
        for (int i = 4; i < 7; i++)
        {
            values[i] /= 10;
        }

        Device device = new("x", "", "", 1e-7, 12e-6, 16, DeviceModels.PhaseChange.Create(values));
        using Network network = new(Options(256) with { Device = device, Method = new OneSidedResetMethod { Refresh = new(EverySamples: 3, Threshold: 0.01) } });
        Crossbar crossbar = network.Layers[0].Crossbar;
        crossbar.Plus.Fill(Math.Max(difference, 0f));
        crossbar.Minus.Fill(Math.Max(-difference, 0f));
        RewriteCost cost = ((RefreshUnit)crossbar.Unit).Refresh(1, new(new RandomStream(1, 16), new RandomStream(1, 16, 1), default, default));
        const int Devices = TinyRuns.Inputs * 128;
        Assert.Equal(new RewriteCost(2L * Devices, (pulses > 0 ? 3L : 2L) * Devices, (2.0 + pulses) * Devices), cost);
        Span<float> set = difference > 0 ? crossbar.Plus : crossbar.Minus;
        Span<float> reset = difference > 0 ? crossbar.Minus : crossbar.Plus;
        float[] written = set[Devices..].ToArray();
        double mean = pulses == 0 ? values[7] * Math.Sqrt(2 / Math.PI) : device.Law.After(0, pulses);

        // A law that is linear but for the clamp: its mean is the mean law's, which RESET's scatter lifts a little.
        Assert.Equal(mean, Statistics.Mean(written), (Statistics.Limit * Statistics.StandardError(written)) + values[7]);
        Assert.InRange(reset[^1], 0f, 0.01f);
        Assert.Equal(Math.Max(difference, 0f), crossbar.Plus[0]);
        float[] memories = Memories(network, difference > 0 ? "plus" : "minus");
        Assert.All(memories[Devices..], memory => Assert.Equal(Math.Pow(values[0], pulses), memory, 1e-6));
    }

    [Fact]
    public void Methods_that_depress_refuse_it_and_the_others_do_not()
    {
        foreach (UpdateMethod method in UpdateMethods.All)
        {
            NetworkOptions options = Options(40) with { Method = method };
            if (method.CanDrive(options.Device))
            {
                using Network network = new(options);
                continue;
            }

            Assert.True(method.NeedsDepression);
            Assert.StartsWith(
                $"device {Preset} is unidirectional; the method {method.Name} expects both polarities.",
                Assert.Throws<ArgumentException>(() => new Network(options)).Message,
                StringComparison.Ordinal);
        }

        Assert.False(UpdateMethods.Get("balanced-pair").CanDrive(DevicePresets.Get(Preset)));
        Assert.True(UpdateMethods.Get("one-sided-reset").CanDrive(DevicePresets.Get(Preset)));
        Assert.All(DevicePresets.All, static device => Assert.Equal(device.Name == Preset, device.Law.IsUnidirectional));
    }

    public static TheoryData<string> Refused => ["StepNoise", "PulseNoise", "MinimumSpread", "MaximumSpread", "States", "StuckAtMinimum", "StuckAtMaximum", "StuckAtState", "EnduranceWrites", "mean_step"];

    [Theory, MemberData(nameof(Refused))]
    public void Variability_beside_its_own_is_refused_by_name(string name)
    {
        DeviceVariability variability = name switch
        {
            "StepNoise" => new() { StepNoise = 0.5 },
            "PulseNoise" => new() { PulseNoise = 0.5 },
            "MinimumSpread" => new() { MinimumSpread = 0.5 },
            "MaximumSpread" => new() { MaximumSpread = 0.5 },
            "States" => new() { States = 4 },
            "StuckAtMinimum" => new() { StuckAtMinimum = 0.5 },
            "StuckAtMaximum" => new() { StuckAtMaximum = 0.5 },
            "StuckAtState" => new() { StuckAtState = 0.5 },
            "EnduranceWrites" => new() { EnduranceWrites = 4 },
            _ => new() { Spread = new Dictionary<string, double> { [name] = 0.5 } },
        };
        string message = Assert.Throws<ArgumentOutOfRangeException>(name, () => new Network(Options(40) with { Variability = variability })).Message;
        Assert.StartsWith($"{name} is ", message, StringComparison.Ordinal);
        Assert.Contains("expected 0, since the model phase-change has a scatter of its own; read noise and drift may be added to it.", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_noise_and_drift_work_as_for_any_device()
    {
        NetworkOptions options = Options(40);
        NetworkOptions noisy = options with { Variability = options.Device.Variability };
        Assert.NotEqual(TinyRuns.Hash(options, threads: 1, samples: 6), TinyRuns.Hash(noisy, threads: 1, samples: 6));
        using Network network = new(noisy);
        float before = network.Layers[0].Crossbar.Plus[0];
        network.Age(38.6e6);
        Assert.Equal(before * Math.Pow(1e6, -0.04), network.Layers[0].Crossbar.Plus[0], 1e-6);
    }

    /// <summary>Mean and deviation of the first pulse after RESET, over many single devices.</summary>
    [Fact]
    public void Single_devices_scatter_by_the_law()
    {
        // A tenth of the published scatter, so that no state meets a bound.
        double[] values = DevicePresets.Get(Preset).Law.Values.ToArray();
        values[4] /= 10;
        values[5] /= 10;
        values[6] /= 10;
        Device device = new("x", "", "", 1e-7, 12e-6, 16, DeviceModels.PhaseChange.Create(values));
        PulseTrain train = new() { Up = 4, Down = 2 };
        PulseResponse[][] all = [.. Enumerable.Range(0, 3000).Select(i => train.Apply(SampledDevice.Nominal(device), 0, device.Variability, seed: 3, i).ToArray())];
        float[] first = [.. all.Select(static responses => (float)responses[1].State)];
        float[] fourth = [.. all.Select(static responses => (float)responses[4].State)];
        double deviation = values[4] + (values[6] * values[0]);
        Assert.Equal(device.Law.After(0, 1), Statistics.Mean(first), Statistics.Limit * Statistics.StandardError(first));
        Assert.Equal(1, Statistics.Variance(first) / (deviation * deviation), Statistics.Limit * Math.Sqrt(2.0 / first.Length));
        Assert.Equal(device.Law.After(0, 4), Statistics.Mean(fourth), Statistics.Limit * Statistics.StandardError(fourth));
        Assert.All(all, static responses => Assert.Equal(responses[4].State, responses[6].State));
        Assert.Equal(values[4] + (values[5] * 0.5) + (values[6] * Math.Pow(values[0], 1 + device.Law.PulsesBetween(0, 0.5))), FiguresOfMerit.Of(device).CycleNoise, 1e-12);
    }

    [Fact]
    public void A_fit_leaves_it_out_and_refuses_it_by_name()
    {
        Assert.DoesNotContain(DeviceModels.PhaseChange, new FitOptions().Models);
        MeasuredResponse response = new SyntheticResponse { Device = DevicePresets.Get(Preset) }.Measure("x");
        ArgumentException exception = Assert.ThrowsAny<ArgumentException>(() => DeviceFitter.Fit(response, new FitOptions { Models = [DeviceModels.PhaseChange] }, TestContext.Current.CancellationToken));
        Assert.StartsWith("Models is phase-change; expected models of a curve, not of the scatter of pulses.", exception.Message, StringComparison.Ordinal);
    }

    private static OneSidedResetMethod Often => new() { Refresh = new(EverySamples: 3, Threshold: 0.3) };

    private static NetworkOptions Options(params int[] hidden) => TinyRuns.Options(Preset, "one-sided-reset", SynapseCell.Pair, PulseMode.Pulsed, hidden);

    /// <summary>Memories of an array of the first layer in stored order, padding included.</summary>
    private static float[] Memories(Network network, string array) =>
        MemoryMarshal.Cast<byte, float>(network.Bytes(network.Fields.Single(field => field.Name == $"layers.0.memory_{array}"))).ToArray();
}
