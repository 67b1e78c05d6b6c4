using FsCheck.Xunit;
using RramSnn.Cli.Settings;
using RramSnn.Cli.Studies;
using RramSnn.Model.Devices;
using Xunit;

namespace RramSnn.PropertyTests.Cli;

/// <summary>Searches over made-up landscapes: a parabola in the logarithms of learning rate and weight range.</summary>
public sealed class TuningSearchTests
{
    private static readonly TuningOptions Options = new(Points: 3, HeldOut: 100, Samples: 900, Seed: 5);

    [Property(MaxTest = 100)]
    public void The_search_ends_at_the_top_of_a_hill(sbyte rate, sbyte range)
    {
        // Up to three steps of the grid away; the grid reaches one.
        double topRate = 3.0 * rate / 128;
        double topRange = 3.0 * range / 128;
        TuningSearch search = Search(Options, out TrainSettings middle);
        Climb(search, settings => Hill(settings, middle, topRate, topRange));
        Assert.InRange(Math.Log(search.Chosen.LearningRate / middle.LearningRate, 3) - topRate, -0.5 - 1e-6, 0.5 + 1e-6);
        Assert.InRange(Math.Log(search.Chosen.WeightRange / middle.WeightRange, 4) - topRange, -0.5 - 1e-6, 0.5 + 1e-6);
        Assert.Equal(middle with { LearningRate = search.Chosen.LearningRate, WeightRange = search.Chosen.WeightRange }, search.Chosen);
    }

    [Fact]
    public void Rounds_shrink_to_a_third_on_three_times_the_images_and_leave_the_test_images_alone()
    {
        TuningSearch search = Search(Options, out TrainSettings middle);
        List<(int Runs, int Samples)> rounds = [];
        HashSet<string> keys = [];
        while (search.Round is { Count: > 0 } round)
        {
            rounds.Add((round.Count, round[0].Settings.Samples!.Value));
            Assert.All(round, run =>
            {
                Assert.True(keys.Add(run.Key));
                Assert.True(run.Settings.NoTest);
                Assert.Equal((100, rounds.Count == 1 ? 1 : middle.Epochs, 5ul, round[0].Settings.Samples), (run.Settings.HeldOut, run.Settings.Epochs, run.Settings.Seed, run.Settings.Samples));
            });
            search.Accept([.. round.Select(static run => Record(run, 0.5))]);
        }

        // All are equal: the method's own values are kept.
        Assert.Equal([(9, 300), (3, 900)], rounds);
        Assert.Equal(search.Sizes, rounds.Select(static round => round.Runs));
        Assert.Equal(middle, search.Chosen);
        Assert.False(search.IsAtEdge);
    }

    [Fact]
    public void A_slope_without_a_top_is_climbed_three_steps_beyond_the_grid_and_told()
    {
        TuningSearch search = Search(Options, out TrainSettings middle);
        Climb(search, static settings => 1 - (1 / (1 + settings.LearningRate)));
        Assert.Equal(middle.LearningRate * Math.Pow(3, 1 + TuningSearch.MostExtensions), search.Chosen.LearningRate, 1e-12);
        Assert.True(search.IsAtEdge);
    }

    [Fact]
    public void One_point_needs_no_search()
    {
        TuningSearch search = Search(Options with { Points = 1 }, out TrainSettings middle);
        Assert.Empty(search.Round);
        Assert.Equal(middle, search.Chosen);
        Assert.False(search.IsAtEdge);
    }

    private static void Climb(TuningSearch search, Func<TrainSettings, double> accuracy)
    {
        while (search.Round is { Count: > 0 } round)
        {
            search.Accept([.. round.Select(run => Record(run, accuracy(run.Settings)))]);
        }
    }

    private static double Hill(TrainSettings settings, TrainSettings middle, double topRate, double topRange)
    {
        double rate = Math.Log(settings.LearningRate / middle.LearningRate, 3) - topRate;
        double range = Math.Log(settings.WeightRange / middle.WeightRange, 4) - topRange;
        return 1 - (0.01 * ((rate * rate) + (range * range)));
    }

    private static TuningSearch Search(TuningOptions options, out TrainSettings middle)
    {
        middle = TrainOptions.ReadArguments(["--method=ideal", "--samples=5000"]);
        return new TuningSearch(ArmOf(middle), options);
    }

    private static Arm ArmOf(TrainSettings settings) => Arm.Create("key", TrainArguments.None, DevicePresets.TiOx3V, "ideal") with { Settings = settings };

    private static RunRecord Record(PlannedRun run, double accuracy) => new()
    {
        Key = run.Key,
        Settings = run.Settings,
        TestAccuracy = null,
        HeldOutAccuracy = accuracy,
        TrainAccuracy = null,
        Pulses = 0,
        Reads = 0,
        WritesPerDeviceMean = 0,
        Devices = 1,
        Curve = [],
        StatesPlus = [],
        StatesMinus = [],
        StateSha256 = "",
        VectorWidthBits = 32,
        SamplesPerSecond = 1,
        WallSeconds = 1,
        Version = "",
    };
}
