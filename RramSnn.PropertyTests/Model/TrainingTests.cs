using RramSnn.Data;
using RramSnn.Kernels.Threading;
using RramSnn.Model.Checkpoints;
using RramSnn.Model.Crossbars;
using RramSnn.Model.Crossbars.Units;
using RramSnn.Model.Devices;
using RramSnn.Model.Layers;
using RramSnn.Model.Learning;
using RramSnn.PropertyTests.Data;
using RramSnn.PropertyTests.Support;
using Xunit;

namespace RramSnn.PropertyTests.Model;

public class TrainingTests
{
    public static TheoryData<string, string, SynapseCell, PulseMode> Combinations()
    {
        List<(string, string, SynapseCell, PulseMode)> data = [];
        // One device of every model.
        foreach (Device device in DevicePresets.All.DistinctBy(static device => device.Law.Model.Name))
        {
            foreach (UpdateMethod method in UpdateMethods.All.Where(method => method.CanDrive(device)))
            {
                foreach (PulseMode mode in Enum.GetValues<PulseMode>())
                {
                    data.Add((device.Name, method.Name, SynapseCell.Pair, mode));
                    if (!method.NeedsPair)
                    {
                        data.Add((device.Name, method.Name, SynapseCell.Reference, mode));
                    }
                }
            }
        }

        // A step that has no factor in common with the modes and cells meets all of them.
        return [.. data.Where(static (_, index) => index % Effort.Of(1, 13) == 0)];
    }

    [Theory, MemberData(nameof(Combinations))]
    public void Any_number_of_threads_gives_the_same_bits(string device, string method, SynapseCell cell, PulseMode mode)
    {
        NetworkOptions options = TinyRuns.Options(device, method, cell, mode);
        string one = TinyRuns.Hash(options, threads: 1, samples: 6);
        Assert.Equal(one, TinyRuns.Hash(options, threads: 2, samples: 6));
        Assert.Equal(one, TinyRuns.Hash(options, threads: 3, samples: 6));
    }

    [Theory, MemberData(nameof(Combinations))]
    public void Every_combination_keeps_states_in_range_and_padding_inert(string device, string method, SynapseCell cell, PulseMode mode)
    {
        using Network network = new(TinyRuns.Options(device, method, cell, mode));
        using TrainingSession session = new(network, TinyRuns.Samples(8), new TrainingOptions { LearningRate = 0.5 }, threads: 1);
        session.Advance(8);
        foreach (Layer layer in network.Layers)
        {
            AssertStates(layer, layer.Crossbar.Plus);
            if (cell == SynapseCell.Pair)
            {
                AssertStates(layer, layer.Crossbar.Minus);
            }
        }

        Assert.True(network.PulseTotal > 0);
        Assert.True(network.WriteTotal > 0);
        Assert.True(network.ReadTotal == 0 || network.Options.Method.NeedsReads);
        Assert.True(network.ReadTotal > 0 || network.Options.Method is not TikiTakaMethod);
    }

    /// <summary>Refreshes read; with one after every sample they do so in short runs, too.</summary>
    [Theory, InlineData(PulseMode.Continuous), InlineData(PulseMode.Pulsed)]
    public void One_sided_pairs_are_refreshed_on_schedule_without_losing_their_weights(PulseMode mode)
    {
        OneSidedResetMethod method = new() { Refresh = new(EverySamples: 3, Threshold: 0.1) };
        NetworkOptions options = TinyRuns.Options("tiox-3v", "one-sided-reset", SynapseCell.Pair, mode, 120) with { Method = method };
        Assert.Equal(TinyRuns.Hash(options, threads: 1, samples: 7), TinyRuns.Hash(options, threads: 3, samples: 7));
        using Network network = new(options);
        using TrainingSession session = new(network, TinyRuns.Samples(8), new TrainingOptions { LearningRate = 1 }, threads: 1);
        session.Advance(2);
        Assert.Equal(0, network.ReadTotal);
        Crossbar crossbar = network.Layers[0].Crossbar;
        Assert.Contains(crossbar.Plus.ToArray().Zip(crossbar.Minus.ToArray()), static pair => pair.First > 0.1f && pair.Second > 0f);
        long writes = network.WriteTotal;
        float[] weights = [.. Enumerable.Range(0, TinyRuns.Inputs).Select(row => crossbar.Weight(row, 5))];
        ((RefreshUnit)crossbar.Unit).Refresh(0, default);
        Assert.All(crossbar.Plus.ToArray().Zip(crossbar.Minus.ToArray()), static pair => Assert.True(MathF.Max(pair.First, pair.Second) <= 0.1f || MathF.Min(pair.First, pair.Second) == 0f));
        Assert.All(weights, (weight, row) => Assert.Equal(weight, crossbar.Weight(row, 5), 1e-6f));
        session.Advance(1);
        Assert.Equal(network.DeviceCount, network.ReadTotal);
        Assert.True(network.WriteTotal > writes);
    }

    [Fact]
    public void Common_pulses_meet_both_devices_of_a_pair_in_the_same_instant()
    {
        // A device that forgets everything in one depression pulse: whoever was hit is at 0, and so is its partner unless a later
        // potentiation raised it. With the sign of all wishes equal only one of the two is ever potentiated.
        Device device = new("x", "", "", 1e-9, 1e-6, 64, DeviceModels.SoftBounds.Create(0.01, 100));
        NetworkOptions options = TinyRuns.Options("tiox-3v", "tandem-pair", SynapseCell.Pair, PulseMode.Pulsed, 120) with { Device = device };
        using Network network = new(options);
        using TrainingSession session = new(network, TinyRuns.Samples(8), new TrainingOptions { LearningRate = 0.05 }, threads: 1);
        session.Advance(1);
        Crossbar crossbar = network.Layers[0].Crossbar;
        (float First, float Second)[] pairs = [.. crossbar.Plus.ToArray().Zip(crossbar.Minus.ToArray())];
        int emptied = pairs.Count(static pair => pair.First < 0.05f && pair.Second < 0.05f && pair != (0f, 0f));
        int halves = pairs.Count(static pair => (pair.First < 0.05f) != (pair.Second < 0.05f));
        Assert.True(emptied > 0, $"{emptied} emptied");
        Assert.Equal(0, halves);
    }

    [Fact]
    public void The_share_of_error_events_follows_its_target()
    {
        NetworkOptions options = TinyRuns.Options(hidden: [300]) with { ErrorEvents = 0.1 };
        string one = TinyRuns.Hash(options, threads: 1, samples: 9);
        Assert.Equal(one, TinyRuns.Hash(options, threads: 3, samples: 9));
        Assert.NotEqual(one, TinyRuns.Hash(options with { ErrorEvents = 0.5 }, threads: 1, samples: 9));
        long few = Writes(0.02);
        long many = Writes(0.2);
        long all = Writes(null);
        Assert.InRange(few / (double)all, 0.01, 0.04);
        Assert.InRange(many / (double)all, 0.13, 0.28);

        // Writes of the last of many samples, when the threshold has settled.
        long Writes(double? events)
        {
            using Network network = new(options with { ErrorEvents = events });
            using TrainingSession session = new(network, TinyRuns.Samples(24), new TrainingOptions { Epochs = 20, LearningRate = 1e-4, Schedule = LearningRateSchedule.Constant }, threads: 1);
            long before = 0;
            while (session.Advance(24) > 0)
            {
                before = session.Epoch == 15 ? network.WriteTotal : before;
            }

            return network.WriteTotal - before;
        }
    }

    [Fact]
    public void Nothing_is_learned_from_samples_that_the_network_is_sure_of()
    {
        NetworkOptions options = TinyRuns.Options();
        string always = TinyRuns.Hash(options, threads: 1, samples: 7);
        Assert.Equal(always, TinyRuns.Hash(options with { ErrorMargin = 1e6f }, threads: 1, samples: 7));
        string sometimes = TinyRuns.Hash(options with { ErrorMargin = 0.1f }, threads: 1, samples: 7);
        Assert.NotEqual(always, sometimes);
        Assert.Equal(sometimes, TinyRuns.Hash(options with { ErrorMargin = 0.1f }, threads: 3, samples: 7));
        long writes = Writes(options with { ErrorMargin = 0.02f });
        Assert.InRange(writes, 1, Writes(options) - 1);

        static long Writes(NetworkOptions options)
        {
            using Network network = new(options);
            using TrainingSession session = new(network, TinyRuns.Samples(24), new TrainingOptions { Epochs = 6 }, threads: 1);
            while (session.Advance(24) > 0)
            {
            }

            return network.WriteTotal;
        }
    }

    [Fact]
    public void A_single_layer_is_as_independent_of_threads_as_a_stack()
    {
        NetworkOptions options = TinyRuns.Options(hidden: [520]);
        Assert.Equal(TinyRuns.Hash(options, threads: 1), TinyRuns.Hash(options, threads: 4));
    }

    [Fact]
    public void More_workers_than_panels_are_harmless()
    {
        NetworkOptions options = TinyRuns.Options(hidden: [20]);
        Assert.Equal(TinyRuns.Hash(options, threads: 1), TinyRuns.Hash(options, threads: 3));
    }

    [Fact]
    public void Seeds_lead_to_different_runs()
    {
        NetworkOptions options = TinyRuns.Options();
        Assert.NotEqual(TinyRuns.Hash(options, threads: 1), TinyRuns.Hash(options with { Seed = 8 }, threads: 1));
    }

    [Fact]
    public void Chunks_do_not_change_the_result()
    {
        NetworkOptions options = TinyRuns.Options();
        using Network network = new(options);
        using TrainingSession session = new(network, TinyRuns.Samples(), new TrainingOptions { LearningRate = 0.02 }, threads: 1);
        session.Advance(1000);
        Assert.True(session.IsFinished);
        Assert.Equal(TinyRuns.Hash(options, threads: 1), Checkpoint.StateSha256(network));
    }

    [Theory, InlineData(PulseMode.Continuous), InlineData(PulseMode.Pulsed)]
    public void A_resumed_run_equals_an_uninterrupted_one(PulseMode mode)
    {
        NetworkOptions options = TinyRuns.Options(pulses: mode);
        TrainingOptions training = new() { Epochs = 2, LearningRate = 0.02 };
        string whole = TinyRuns.Hash(options, threads: 1, epochs: 2);

        using TemporaryFolder folder = new();
        string path = Path.Combine(folder.FullName, "half.safetensors");
        long position;
        int correct;
        using (Network network = new(options))
        using (TrainingSession session = new(network, TinyRuns.Samples(), training, threads: 1))
        {
            session.Advance(24);
            session.Advance(5);
            (position, correct) = (session.Position, session.CorrectProbesInEpoch);
            Checkpoint.Save(path, network, new Dictionary<string, string>());
        }

        using Network restored = new(options with { Seed = options.Seed });
        Checkpoint.Restore(path, restored);
        using TrainingSession rest = new(restored, TinyRuns.Samples(), training, TinyRuns.Exactly(2));
        rest.RestorePosition(position, correct);
        while (rest.Advance(100) > 0)
        {
        }

        Assert.Equal(whole, Checkpoint.StateSha256(restored));
    }

    /// <summary>Real images through the real encoder, over the end of an epoch, on every worker.</summary>
    [Theory]
    [InlineData(1, WorkerPlacement.Free, PulseMode.Continuous)]
    [InlineData(2, WorkerPlacement.Free, PulseMode.Continuous)]
    [InlineData(2, WorkerPlacement.Pinned, PulseMode.Continuous)]
    [InlineData(2, WorkerPlacement.Free, PulseMode.Pulsed)]
    [InlineData(2, WorkerPlacement.Free, PulseMode.Pulsed, UpdateTiming.Sample)]
    public void Training_allocates_nothing(int threads, WorkerPlacement placement, PulseMode mode, UpdateTiming updates = UpdateTiming.Step)
    {
        LabeledImages images = ImageDataSet.Load(ImageDataSet.EmbeddedMnistDirectory).Train.Slice(0, 20);
        NetworkOptions options = TinyRuns.Options(pulses: mode) with { Inputs = images.PixelsPerImage, Classes = images.ClassCount, Updates = updates };

        PoissonEncoder samples = new(images, images.ClassCount, 0.5, options.Seed, RandomPurpose.TrainingSpikes);

        long[] bytes = MeteredSpikes.Train(samples, options, threads, placement);

        Assert.Equal(Enumerable.Repeat(0L, threads), bytes);
    }

    [Fact]
    public void Evaluation_changes_nothing_and_repeats_itself()
    {
        using Network network = new(TinyRuns.Options());
        string before = Checkpoint.StateSha256(network);
        double first = Evaluation.Run(network, TinyRuns.Samples(), threads: 1, TestContext.Current.CancellationToken);
        double second = Evaluation.Run(network, TinyRuns.Samples(), TinyRuns.Exactly(2), TestContext.Current.CancellationToken);
        Assert.Equal(first, second);
        Assert.Equal(before, Checkpoint.StateSha256(network));
    }

    [Fact]
    public void Cancelling_an_evaluation_ends_it()
    {
        using Network network = new(TinyRuns.Options());
        using CancellationTokenSource source = new();
        source.Cancel();
        Assert.Throws<OperationCanceledException>(() => Evaluation.Run(network, TinyRuns.Samples(), threads: 1, source.Token));
    }

    [Fact]
    public void Learning_solves_what_an_untrained_network_does_not()
    {
        // Four classes: guessing gives 25 %. Held-out samples (other seed) after two passes over 100.
        NetworkOptions options = TinyRuns.Options(hidden: [128]);
        using Network network = new(options);
        SyntheticSpikes fresh = new(80, TinyRuns.Inputs, TinyRuns.Classes, seed: 99);
        double untrained = Evaluation.Run(network, fresh, threads: 1, TestContext.Current.CancellationToken);
        using TrainingSession session = new(network, TinyRuns.Samples(60), new TrainingOptions { Epochs = 2, LearningRate = 0.02 }, threads: 1);
        while (session.Advance(100) > 0)
        {
        }

        double trained = session.Evaluate(fresh, TestContext.Current.CancellationToken);
        Assert.True(untrained < 0.6, $"untrained {untrained}");
        Assert.True(trained > 0.9, $"trained {trained}");
    }

    private static void AssertStates(Layer layer, ReadOnlySpan<float> states)
    {
        for (int column = 0; column < layer.Crossbar.Layout.PaddedColumns; column++)
        {
            for (int row = 0; row < layer.Crossbar.Layout.Rows; row++)
            {
                float state = states[layer.Crossbar.Layout.IndexOf(row, column)];
                if (column < layer.Neurons ? !(state is >= 0f and <= 1f) : state != 0f)
                {
                    Assert.Fail($"layer {layer.Index}, cell ({row}, {column}) holds {state}");
                }
            }
        }
    }
}
