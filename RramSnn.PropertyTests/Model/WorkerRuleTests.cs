using FsCheck.Xunit;
using RramSnn.Kernels.Threading;
using RramSnn.Model.Crossbars;
using RramSnn.Model.Devices;
using RramSnn.Model.Layers;
using RramSnn.Model.Learning;
using Xunit;

namespace RramSnn.PropertyTests.Model;

public sealed class WorkerRuleTests
{
    [Property(MaxTest = 300)]
    public bool Never_more_workers_than_asked_for_or_than_panels(ushort inputs, ushort first, ushort second, byte most, bool learns)
    {
        NetworkOptions options = Options(1 + (inputs % 5000), 1 + (first % 5000), 1 + (second % 5000));
        int workers = WorkerRule.Choose(options, 1 + (most % 64), learns);
        return workers >= 1 && workers <= 1 + (most % 64) && workers <= options.Hidden.Max(static neurons => ((neurons - 1) / 128) + 1);
    }

    [Property(MaxTest = 300)]
    public bool More_inputs_never_lead_to_fewer_workers(ushort inputs, ushort more, ushort first, byte most, bool learns)
    {
        int rows = 1 + (inputs % 5000);
        int neurons = 1 + (first % 5000);
        int few = WorkerRule.Choose(Options(rows, neurons), 1 + (most % 16), learns);
        return few <= WorkerRule.Choose(Options(rows + more, neurons), 1 + (most % 16), learns);
    }

    /// <summary>With more than two workers this need not hold: two panels more can be fewer than one more for each.</summary>
    [Property(MaxTest = 300)]
    public bool More_neurons_never_take_the_second_worker_away(ushort inputs, ushort first, ushort more, bool learns)
    {
        int rows = 1 + (inputs % 5000);
        int neurons = 1 + (first % 5000);
        int few = WorkerRule.Choose(Options(rows, neurons), 2, learns);
        return few <= WorkerRule.Choose(Options(rows, neurons + more), 2, learns);
    }

    [Property(MaxTest = 300)]
    public bool More_work_per_device_never_leads_to_fewer_workers(ushort inputs, ushort first, byte most)
    {
        NetworkOptions options = Options(1 + (inputs % 5000), 1 + (first % 5000));
        int limit = 1 + (most % 16);
        int shown = WorkerRule.Choose(options, limit, learns: false);
        int learned = WorkerRule.Choose(options, limit, learns: true);
        int pulsed = WorkerRule.Choose(options with { Pulses = PulseMode.Pulsed }, limit, learns: true);
        int reference = WorkerRule.Choose(options with { Cell = SynapseCell.Reference }, limit, learns: true);
        return shown <= learned && learned <= pulsed && reference <= learned;
    }

    [Property(MaxTest = 100)]
    public bool A_tiny_network_has_one_worker(byte inputs, byte first, byte second, byte most) =>
        WorkerRule.Choose(Options(1 + (inputs % 64), 1 + (first % 64), 1 + (second % 256)), 1 + most, learns: true) == 1;

    /// <summary>Where two were measured to be faster or slower than one (docs/performance.md).</summary>
    [Theory]
    [InlineData(784, 128, 1)]
    [InlineData(784, 256, 2)]
    [InlineData(784, 512, 2)]
    [InlineData(784, 1024, 2)]
    [InlineData(16, 256, 1)]
    [InlineData(256, 256, 2)]
    public void Measured_networks(int inputs, int neurons, int expected) =>
        Assert.Equal(expected, WorkerRule.Choose(Options(inputs, neurons), 2, learns: true));

    [Fact]
    public void Exactly_so_many_are_never_changed()
    {
        WorkerOptions exact = TinyRuns.Exactly(5);
        Assert.Equal(5, WorkerRule.Choose(Options(3, 4), exact, learns: false));
        Assert.Equal(1, WorkerRule.Choose(Options(3, 4), exact with { AreExact = false }, learns: false));
    }

    [Fact]
    public void A_session_says_how_many_work()
    {
        NetworkOptions options = TinyRuns.Options(hidden: [20]);
        using Network network = new(options);
        using TrainingSession automatic = new(network, TinyRuns.Samples(), new TrainingOptions(), threads: 8);
        using TrainingSession exact = new(network, TinyRuns.Samples(), new TrainingOptions(), TinyRuns.Exactly(3));
        Assert.Equal(1, automatic.Workers);
        Assert.False(automatic.ArePinned);
        Assert.Equal(3, exact.Workers);
    }

    [Fact]
    public void A_large_network_gets_pinned_workers_as_far_as_there_are_processors()
    {
        using Network network = new(TinyRuns.Options(hidden: [2048]) with { Inputs = 500 });
        using TrainingSession session = new(network, new SyntheticSpikes(4, 500, TinyRuns.Classes, seed: 1), new TrainingOptions(), threads: 2);
        Assert.Equal(Math.Min(2, Processors.AllowedCount), session.Workers);
        Assert.Equal(OperatingSystem.IsLinux() && session.Workers == 2, session.ArePinned);
    }

    /// <summary>A single layer trains with more workers than it is evaluated with: two teams, one result.</summary>
    [Fact]
    public void An_evaluation_within_a_session_equals_one_alone()
    {
        using Network network = new(TinyRuns.Options(hidden: [300]) with { Inputs = 300 });
        SyntheticSpikes samples = new(40, 300, TinyRuns.Classes, seed: 5);
        using TrainingSession session = new(network, samples, new TrainingOptions(), threads: 2);
        session.Advance(10);
        double alone = Evaluation.Run(network, samples, threads: 1, TestContext.Current.CancellationToken);
        Assert.Equal(alone, session.Evaluate(samples, TestContext.Current.CancellationToken));
    }

    [Theory, InlineData(0), InlineData(-3), InlineData(1025)]
    public void Threads_must_be_in_their_range(int threads)
    {
        using Network network = new(TinyRuns.Options(hidden: [20]));
        Assert.Throws<ArgumentOutOfRangeException>(nameof(threads), () => new TrainingSession(network, TinyRuns.Samples(), new TrainingOptions(), threads));
        Assert.Throws<ArgumentOutOfRangeException>(nameof(threads), () => Evaluation.Run(network, TinyRuns.Samples(), threads, TestContext.Current.CancellationToken));
    }

    private static NetworkOptions Options(int inputs, params int[] hidden) => TinyRuns.Options(hidden: hidden) with { Inputs = inputs };
}
