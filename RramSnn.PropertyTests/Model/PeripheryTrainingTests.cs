using RramSnn.Kernels.Crossbar;
using RramSnn.Model.Checkpoints;
using RramSnn.Model.Crossbars;
using RramSnn.Model.Devices;
using RramSnn.Model.Layers;
using RramSnn.Model.Learning;
using RramSnn.Model.Periphery;
using RramSnn.PropertyTests.Data;
using RramSnn.PropertyTests.Support;
using Xunit;

namespace RramSnn.PropertyTests.Model;

/// <summary>Networks whose arrays have a periphery.</summary>
public sealed class PeripheryTrainingTests
{
    private static readonly Dictionary<string, NetworkPeriphery> Kinds = new()
    {
        ["arrays"] = new() { ArraySize = 64 },
        ["adc"] = new() { AdcBits = 6, AdcRange = 30 },
        ["adc on arrays"] = new() { ArraySize = 128, AdcBits = 5, AdcRange = 20 },
        ["wires"] = new() { WireResistance = 200, WireRefresh = 3 },
        ["exact wires"] = new() { ArraySize = 64, WireResistance = 200, WireModel = WireModel.Exact, WireRefresh = 5 },
        ["drivers"] = new() { DriverResistance = 3000, SenseResistance = 2000, WireRefresh = 2 },
        ["all"] = new() { ArraySize = 192, AdcBits = 7, AdcRange = 30, DacBits = 4, Sinh = 2, WireResistance = 50, SenseResistance = 100, WireRefresh = 4 },
    };

    public static TheoryData<string, SynapseCell, bool> Cases()
    {
        TheoryData<string, SynapseCell, bool> data = [];
        foreach (string kind in Kinds.Keys)
        {
            data.Add(kind, SynapseCell.Pair, false);
            data.Add(kind, SynapseCell.Reference, kind == "all");
        }

        data.Add("all", SynapseCell.Pair, true);
        return data;
    }

    [Theory, MemberData(nameof(Cases))]
    public void Any_number_of_threads_gives_the_same_bits_and_the_kind_matters(string kind, SynapseCell cell, bool hasAmplitudes)
    {
        NetworkOptions options = Options(kind, cell);
        string one = Hash(options, hasAmplitudes, threads: 1);
        Assert.Equal(one, Hash(options, hasAmplitudes, threads: 2));
        Assert.Equal(one, Hash(options, hasAmplitudes, threads: 3));

        // Cutting alone changes no more than the rounding of sums.
        if (kind != "arrays")
        {
            Assert.NotEqual(one, Hash(options with { Periphery = NetworkPeriphery.Ideal }, hasAmplitudes, threads: 1));
        }

        Assert.NotEqual(one, Hash(options, !hasAmplitudes, threads: 1));
    }

    [Theory, MemberData(nameof(Cases))]
    public void A_restored_run_ends_with_the_same_bits_whatever_was_measured_in_between(string kind, SynapseCell cell, bool hasAmplitudes)
    {
        NetworkOptions options = Options(kind, cell);
        ISampleSource samples = Samples(hasAmplitudes);
        using TemporaryFolder folder = new();
        string path = Path.Combine(folder.FullName, "half.safetensors");
        using Network first = new(options);
        using (TrainingSession session = new(first, samples, new TrainingOptions(), threads: 1))
        {
            session.Advance(5);
            string before = Checkpoint.StateSha256(first);
            _ = session.Evaluate(samples, TestContext.Current.CancellationToken);
            Assert.Equal(before, Checkpoint.StateSha256(first));
            Checkpoint.Save(path, first, new Dictionary<string, string>());
            session.Advance(7);
        }

        using Network second = new(options);
        Checkpoint.Restore(path, second);
        using (TrainingSession session = new(second, samples, new TrainingOptions(), TinyRuns.Exactly(2)))
        {
            session.RestorePosition(5, 0);
            session.Advance(7);
        }

        Assert.Equal(Checkpoint.StateSha256(first), Checkpoint.StateSha256(second));
        Assert.Equal(first.SaturatedOutputTotal, second.SaturatedOutputTotal);
    }

    [Fact]
    public void Neutral_values_are_the_run_without_a_periphery()
    {
        NetworkOptions options = TinyRuns.Options();
        NetworkPeriphery neutral = new() { Sinh = 3, DacBits = null, WireResistance = 0, WireModel = WireModel.Exact, WireRefresh = 7 };
        Assert.Equal(TinyRuns.Hash(options, threads: 1, samples: 6), TinyRuns.Hash(options with { Periphery = neutral }, threads: 1, samples: 6));
    }

    [Fact]
    public void Saturation_is_counted_while_learning_only()
    {
        NetworkPeriphery periphery = new() { ArraySize = 64, AdcBits = 4, AdcRange = 1, DacBits = 3, DacRange = 0.2f };
        using Network network = new(TinyRuns.Options(hidden: [300, 140]) with { Periphery = periphery });
        using TrainingSession session = new(network, Samples(hasAmplitudes: true), new TrainingOptions(), TinyRuns.Exactly(2));
        _ = session.Evaluate(Samples(hasAmplitudes: true), TestContext.Current.CancellationToken);
        Assert.Equal(0, network.OutputConversionTotal + network.InputConversionTotal);
        session.Advance(3);

        // 70 inputs lie on two tiles of two arrays, 300 inputs of the next layer on five; 12 steps, 3 samples.
        Assert.Equal(3L * 12 * ((300 * 2 * 2) + (140 * 5 * 2)), network.OutputConversionTotal);
        Assert.InRange(network.SaturatedOutputTotal, 1, network.OutputConversionTotal - 1);
        Assert.Equal(3 * TinyRuns.Inputs, network.InputConversionTotal);
        Assert.InRange(network.SaturatedInputTotal, 1, network.InputConversionTotal - 1);
    }

    [Fact]
    public void The_law_of_the_devices_is_felt_by_amplitudes_and_not_by_spikes()
    {
        NetworkOptions options = TinyRuns.Options();
        NetworkOptions curved = options with { Periphery = new() { Sinh = 2, DacBits = 3 } };
        Assert.NotEqual(Hash(options, hasAmplitudes: true, threads: 1), Hash(curved, hasAmplitudes: true, threads: 1));
        Assert.Equal(Weights(options), Weights(curved));

        static float[] Weights(NetworkOptions options)
        {
            using Network network = new(options);
            using TrainingSession session = new(network, TinyRuns.Samples(6), new TrainingOptions(), threads: 1);
            session.Advance(6);
            return network.Layers[1].Crossbar.Plus.ToArray();
        }
    }

    [Fact]
    public void Inputs_of_zero_amplitude_write_no_device()
    {
        using Network network = new(TinyRuns.Options());
        float[] before = network.Layers[0].Crossbar.Plus.ToArray();
        using TrainingSession session = new(network, Samples(hasAmplitudes: true), new TrainingOptions { LearningRate = 0.5 }, threads: 1);
        session.Advance(4);
        CrossbarLayout layout = network.Layers[0].Crossbar.Layout;
        for (int row = 0; row < layout.Rows; row++)
        {
            int first = layout.IndexOf(row, 0);
            bool isEqual = before.AsSpan(first, 128).SequenceEqual(network.Layers[0].Crossbar.Plus.Slice(first, 128));
            Assert.Equal(row % SyntheticAmplitudes.ZeroEvery == 0, isEqual);
        }
    }

    [Fact]
    public void Amplitudes_can_be_learned()
    {
        using Network network = new(TinyRuns.Options(hidden: [128]));
        using TrainingSession session = new(network, new SyntheticAmplitudes(60, 1), new TrainingOptions { Epochs = 2, LearningRate = 0.02 }, threads: 1);
        while (session.Advance(100) > 0)
        {
        }

        Assert.True(session.Evaluate(new SyntheticAmplitudes(80, 2), TestContext.Current.CancellationToken) > 0.9);
    }

    [Theory, InlineData(1), InlineData(2)]
    public void Training_allocates_nothing(int threads)
    {
        Allocations.SkipUnlessOptimized();
        NetworkPeriphery periphery = Kinds["all"] with { WireRefresh = 2 };

        long[] bytes = MeteredSpikes.Train(new FlatSpikes(), TinyRuns.Options() with { Periphery = periphery }, threads);

        Assert.Equal(Enumerable.Repeat(0L, threads), bytes);
    }

    [Fact]
    public void A_source_of_neither_kind_is_refused()
    {
        using Network network = new(TinyRuns.Options());
        Assert.Throws<ArgumentOutOfRangeException>("samples", () => new TrainingSession(network, new Neither(), new TrainingOptions(), threads: 1));
    }

    private static NetworkOptions Options(string kind, SynapseCell cell) =>
        TinyRuns.Options(method: cell == SynapseCell.Pair ? "balanced-pair" : "naive", cell: cell) with
        {
            Periphery = Kinds[kind],
            Variability = kind == "all" ? new() { ReadNoise = 0.02, MaximumSpread = 0.1 } : DeviceVariability.None,
        };

    private static ISampleSource Samples(bool hasAmplitudes) => hasAmplitudes ? new SyntheticAmplitudes(24, 1) : TinyRuns.Samples();

    private static string Hash(NetworkOptions options, bool hasAmplitudes, int threads)
    {
        using Network network = new(options);
        using TrainingSession session = new(network, Samples(hasAmplitudes), new TrainingOptions { LearningRate = 0.02 }, TinyRuns.Exactly(threads));
        session.Advance(8);
        return Checkpoint.StateSha256(network);
    }

    private sealed class Neither : ISampleSource
    {
        public int Count => 1;

        public int Inputs => TinyRuns.Inputs;

        public int Classes => TinyRuns.Classes;

        public int Label(int sample) => 0;
    }

    /// <summary>Spikes whose making allocates nothing.</summary>
    private sealed class FlatSpikes : ISpikeSource
    {
        public int Count => 20;

        public int Inputs => TinyRuns.Inputs;

        public int Classes => TinyRuns.Classes;

        public int Label(int sample) => sample % Classes;

        public void Encode(int sample, int firstStep, int endStep, Span<ulong> raster, int wordsPerStep)
        {
            for (int word = 0; word < (endStep - firstStep) * wordsPerStep; word++)
            {
                raster[word] = word % wordsPerStep == 0 ? 0x1111_1111_1111_1111ul << Label(sample) : 0x3;
            }
        }
    }
}
