using RramSnn.Model.Checkpoints;
using RramSnn.Model.Crossbars;
using RramSnn.Model.Devices;
using RramSnn.Model.Layers;
using RramSnn.Model.Learning;
using RramSnn.PropertyTests.Support;
using Xunit;

namespace RramSnn.PropertyTests.Model;

/// <summary>Networks of imperfect devices.</summary>
public sealed class VariabilityTests
{
    private static readonly Dictionary<string, DeviceVariability> Kinds = new()
    {
        ["spread"] = new() { Spread = new Dictionary<string, double> { ["potentiation_rate_per_pulse"] = 0.25, ["depression_rate_per_pulse"] = 0.25 } },
        ["step noise"] = new() { StepNoise = 0.3 },
        ["pulse noise"] = new() { PulseNoise = 0.02 },
        ["range"] = new() { MinimumSpread = 0.02, MaximumSpread = 0.05 },
        ["states"] = new() { States = 32 },
        ["stuck"] = new() { StuckAtMinimum = 0.1, StuckAtMaximum = 0.1, StuckAtState = 0.1 },
        ["read noise"] = new() { ReadNoise = 0.05 },
        ["endurance"] = new() { EnduranceWrites = 20 },
        ["all"] = new()
        {
            Spread = new Dictionary<string, double> { ["potentiation_rate_per_pulse"] = 0.5 },
            Distribution = SpreadDistribution.LogNormal,
            PulseNoise = 0.01,
            MaximumSpread = 0.1,
            States = 64,
            StuckAtMaximum = 0.05,
            ReadNoise = 0.01,
            EnduranceWrites = 1000,
        },
    };

    public static TheoryData<string> Names => [.. Kinds.Keys];

    [Theory, MemberData(nameof(Names))]
    public void Any_number_of_threads_gives_the_same_bits_and_the_kind_matters(string kind)
    {
        NetworkOptions options = Options(kind);
        string one = TinyRuns.Hash(options, threads: 1, samples: 6);
        Assert.Equal(one, TinyRuns.Hash(options, threads: 2, samples: 6));
        Assert.NotEqual(one, TinyRuns.Hash(options with { Variability = DeviceVariability.None }, threads: 1, samples: 6));
        Assert.NotEqual(one, TinyRuns.Hash(options with { Seed = options.Seed + 1 }, threads: 1, samples: 6));
    }

    [Theory, MemberData(nameof(Names))]
    public void A_restored_run_ends_with_the_same_bits(string kind)
    {
        NetworkOptions options = Options(kind);
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            using Network first = new(options);
            using (TrainingSession session = new(first, TinyRuns.Samples(8), new TrainingOptions(), threads: 1))
            {
                session.Advance(4);
                Checkpoint.Save(path, first, new Dictionary<string, string>());
                session.Advance(4);
            }

            using Network second = new(options);
            Checkpoint.Restore(path, second);
            using (TrainingSession session = new(second, TinyRuns.Samples(8), new TrainingOptions(), threads: 1))
            {
                session.RestorePosition(4, 0);
                session.Advance(4);
            }

            Assert.Equal(Checkpoint.StateSha256(first), Checkpoint.StateSha256(second));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void No_two_devices_are_alike()
    {
        using Network network = new(Options("range"));
        using TrainingSession session = new(network, TinyRuns.Samples(8), new TrainingOptions { LearningRate = 1000 }, threads: 1);
        session.Advance(8);

        // A huge rate drives devices to their own upper bounds, which differ.
        Crossbar crossbar = network.Layers[0].Crossbar;
        float[] high = [.. crossbar.Plus.ToArray().Concat(crossbar.Minus.ToArray()).Where(static state => state > 0.8f)];
        Assert.True(high.Length > 100);
        Assert.True(high.Distinct().Count() > 0.9 * high.Length);
    }

    [Fact]
    public void Stuck_devices_stay_where_they_are()
    {
        NetworkOptions options = Options("all") with { Variability = new() { StuckAtState = 0.3, StuckState = 0.77 } };
        using Network network = new(options);
        bool[] stuck = [.. network.Layers[0].Crossbar.Plus.ToArray().Select(static state => state == 0.77f)];
        int devices = network.Layers[0].Crossbar.Layout.Rows * network.Layers[0].Crossbar.Layout.Columns;
        Assert.Equal(0.3, stuck.Count(static s => s) / (double)devices, Statistics.Limit * Math.Sqrt(0.21 / devices));
        using TrainingSession session = new(network, TinyRuns.Samples(8), new TrainingOptions { LearningRate = 0.5 }, threads: 1);
        session.Advance(8);
        Assert.All(stuck.Zip(network.Layers[0].Crossbar.Plus.ToArray()), static pair => Assert.True(!pair.First || pair.Second == 0.77f));
    }

    [Theory, InlineData(0.5, 1), InlineData(2, 1), InlineData(1e6, 0.05)]
    public void Retention_follows_a_power_law(double seconds, double exponent)
    {
        NetworkOptions options = Options("all") with { Variability = new() { DriftExponent = exponent, DriftStartSeconds = 2 } };
        using Network fresh = new(options);
        using Network aged = new(options);
        aged.Age(seconds);
        double rest = Math.Min(1, Math.Pow(seconds / 2, -exponent));
        Assert.Equal(fresh.Layers[1].Crossbar.Weight(3, 5) * rest, aged.Layers[1].Crossbar.Weight(3, 5), 1e-6);
        Assert.Throws<ArgumentOutOfRangeException>(nameof(seconds), () => aged.Age(-1));
    }

    [Fact]
    public void The_ideal_method_has_no_parameters_that_could_spread()
    {
        NetworkOptions options = Options("spread") with { Method = UpdateMethods.Get("ideal") };
        Assert.Equal(
            TinyRuns.Hash(options with { Variability = DeviceVariability.None }, threads: 1, samples: 6),
            TinyRuns.Hash(options, threads: 1, samples: 6));
    }

    [Fact]
    public void A_spread_of_a_parameter_that_the_model_lacks_is_refused()
    {
        NetworkOptions options = Options("spread") with { Device = DevicePresets.Ideal };
        ArgumentException exception = Assert.Throws<ArgumentException>(() => new Network(options));
        Assert.Contains("spread names 'potentiation_rate_per_pulse'; the model ideal-linear has step_per_pulse", exception.Message, StringComparison.Ordinal);
    }

    private static NetworkOptions Options(string kind) =>
        TinyRuns.Options("tiox-3v", "balanced-pair", SynapseCell.Pair, PulseMode.Continuous) with { Variability = Kinds[kind] };
}
