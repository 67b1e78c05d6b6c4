using RramSnn.Model.Checkpoints;
using RramSnn.Model.Devices;
using RramSnn.Model.Layers;
using RramSnn.Model.Learning;
using RramSnn.PropertyTests.Support;
using Xunit;

namespace RramSnn.PropertyTests.Model;

/// <summary>Samples shown one by one, or step by step, give the bits of a training session.</summary>
public class OnlineSessionTests
{
    private const int Epochs = 6;

    [Theory]
    [InlineData("balanced-pair", PulseMode.Continuous, 1)]
    [InlineData("balanced-pair", PulseMode.Pulsed, 3)]
    [InlineData("error-triggered", PulseMode.Continuous, 2)]
    [InlineData("one-sided-reset", PulseMode.Pulsed, 1)]
    public void Samples_and_steps_give_the_bits_of_training(string method, PulseMode pulses, int threads)
    {
        NetworkOptions options = TinyRuns.Options(method: method, pulses: pulses);
        using Network trained = new(options);
        using Network shown = new(options);
        using Network stepped = new(options);

        // One sample: its order is known.
        using TrainingSession training = new(
            trained, TinyRuns.Samples(1), new TrainingOptions { Epochs = Epochs, LearningRate = 0.05, Schedule = LearningRateSchedule.Constant }, TinyRuns.Exactly(1));
        using OnlineSession samples = new(shown, TinyRuns.Exactly(threads));
        using OnlineSession steps = new(stepped, TinyRuns.Exactly(threads));
        ulong[] spikes = new ulong[2];
        for (int position = 0; position < Epochs; position++)
        {
            training.Advance(1);
            int decision = samples.Show(TinyRuns.Samples(1), 0, 0.05, position);
            steps.Begin(0.05, position);
            for (int step = 0; step < options.Steps; step++)
            {
                TinyRuns.Samples(1).Encode(0, step, step + 1, spikes, 2);
                steps.Advance(spikes, label: 0);
            }

            Assert.Equal(decision, steps.End());
            Assert.Equal(samples.Scores.ToArray(), steps.Scores.ToArray());
        }

        Assert.True(trained.WriteTotal > 0);
        Assert.Equal(Checkpoint.StateSha256(trained), Checkpoint.StateSha256(shown));
        Assert.Equal(Checkpoint.StateSha256(trained), Checkpoint.StateSha256(stepped));
    }

    [Fact]
    public void Samples_and_steps_allocate_nothing()
    {
        Allocations.SkipUnlessOptimized();
        using Network network = new(TinyRuns.Options());
        using OnlineSession session = new(network, new WorkerOptions());
        ulong[] spikes = [0x1234, 5];
        Assert.Equal(0, Allocations.Of(() =>
        {
            session.Begin(0.01, 3);
            session.Advance(spikes, label: 1);
            session.Advance(spikes, label: -1);
            session.End();
        }));
    }

    [Fact]
    public void Calls_out_of_order_and_values_out_of_range_are_refused()
    {
        using Network network = new(TinyRuns.Options() with { Steps = 2, BurnIn = 0 });
        using OnlineSession session = new(network, new WorkerOptions());
        Assert.Throws<InvalidOperationException>(() => session.Advance(new ulong[2], 0));
        Assert.Throws<InvalidOperationException>(() => session.End());
        Rejected.OutOfRange("learning_rate", double.NaN, () => session.Begin(double.NaN, 0));
        Rejected.OutOfRange("position", -1L, () => session.Begin(0, -1));
        session.Begin(0, 0);
        Assert.Throws<InvalidOperationException>(() => session.Begin(0, 0));
        Assert.Throws<InvalidOperationException>(() => session.Show(TinyRuns.Samples(), 0, 0, 0));
        Rejected.OutOfRange("spikes", 1, () => session.Advance(new ulong[1], 0));
        Rejected.OutOfRange("label", 4, () => session.Advance(new ulong[2], 4));
        session.Advance(new ulong[2], 3);
        session.Advance(new ulong[2], -1);
        Assert.Throws<InvalidOperationException>(() => session.Advance(new ulong[2], 0));
        session.End();
        Rejected.OutOfRange("sample", 24, () => (object)session.Show(TinyRuns.Samples(), 24, 0, 0));
    }
}
