using RramSnn.Kernels.Random;
using RramSnn.Model.Checkpoints;
using RramSnn.Model.Crossbars;
using RramSnn.Model.Devices;
using RramSnn.Model.Layers;
using RramSnn.Model.Learning;
using RramSnn.PropertyTests.Support;
using Xunit;

namespace RramSnn.PropertyTests.Model;

/// <summary>The single operations are those of training, whatever the order in which a host calls them.</summary>
public class LayerStepperTests
{
    private const int Rows = 70;
    private const int Columns = 150;

    public static TheoryData<string, string, SynapseCell, PulseMode> Combinations() => TrainingTests.Combinations();

    [Theory, MemberData(nameof(Combinations))]
    public void Update_and_product_in_one_pass_give_the_bits_of_one_after_the_other(string device, string method, SynapseCell cell, PulseMode mode)
    {
        using Network fusedNetwork = new(Options(device, method, cell, mode));
        using Network plainNetwork = new(Options(device, method, cell, mode));
        if (!plainNetwork.Layers[0].Crossbar.WritesAtOnce)
        {
            Assert.StartsWith(
                $"the network's method is {method}, which has work to do between samples",
                Assert.Throws<ArgumentException>("network", () => new LayerStepper(plainNetwork)).Message,
                StringComparison.Ordinal);
            return;
        }

        using LayerStepper fused = new(fusedNetwork);
        using LayerStepper plain = new(plainNetwork);
        for (ulong step = 0; step < 3; step++)
        {
            float[] trace = Sparse(Rows, step);
            float[] input = Sparse(Rows, step + 10);
            float[] wish = Uniform(Columns, step + 20);
            fused.UpdateAndAccumulate(trace, wish, input);
            plain.Update(trace, wish);
            plain.Accumulate(input);
            BitwiseAssert.Equal(plain.Current, fused.Current, "currents");
        }

        (double pulses, long writes, long reads) = (plain.PulseTotal, plain.WriteTotal, plain.ReadTotal);
        fused.Count();
        plain.Count();
        Assert.Equal((pulses, writes, reads), (plain.PulseTotal, plain.WriteTotal, plain.ReadTotal));
        Assert.Equal((writes, reads), (plainNetwork.WriteTotal, plainNetwork.ReadTotal));
        Assert.Equal(Checkpoint.StateSha256(plainNetwork), Checkpoint.StateSha256(fusedNetwork));
        Assert.True(fusedNetwork.WriteTotal > 0);
    }

    [Theory, InlineData(SynapseCell.Pair), InlineData(SynapseCell.Reference)]
    public void Products_of_spikes_of_amplitudes_and_of_batches_agree(SynapseCell cell)
    {
        using Network network = new(Options("tiox-3v", "naive", cell, PulseMode.Continuous));
        using LayerStepper stepper = new(network);
        ulong[] spikes = [0xF0F0_1234_5678_9ABC, ulong.MaxValue];
        float[] input = [.. Enumerable.Range(0, Rows).Select(i => (float)((spikes[i / 64] >> (i % 64)) & 1))];
        stepper.AccumulateSpikes(spikes);
        float[] bySpikes = stepper.Current.ToArray();
        stepper.Accumulate(input);
        BitwiseAssert.Equal(bySpikes, stepper.Current, "amplitudes");

        float[] inputs = [.. input, 0f, 0f, .. Sparse(Rows, 1)];
        float[] currents = new float[2 * Columns];
        stepper.AccumulateBatch(inputs, Rows + 2, 2, currents);
        BitwiseAssert.Equal(bySpikes, currents.AsSpan(0, Columns), "first of the batch");
        stepper.Accumulate(Sparse(Rows, 1));
        BitwiseAssert.Equal(stepper.Current, currents.AsSpan(Columns), "second of the batch");
    }

    [Fact]
    public void Filter_product_and_step_are_what_a_shown_sample_does()
    {
        NetworkOptions options = TinyRuns.Options(hidden: [150]) with { BurnIn = 0 };
        using Network shown = new(options);
        using Network stepped = new(options);
        using OnlineSession session = new(shown, new WorkerOptions());
        using LayerStepper stepper = new(stepped);
        session.Begin(learningRate: 0.1, position: 0);
        ulong[] spikes = new ulong[2];
        for (int step = 0; step < options.Steps; step++)
        {
            TinyRuns.Samples().Encode(0, step, step + 1, spikes, 2);
            session.Advance(spikes, label: -1);
            stepper.AccumulateSpikes(spikes);
            stepper.Step();
            stepper.Filter(spikes);
            Assert.Equal(shown.Layers[0].Spikes.ToArray(), stepped.Layers[0].Spikes.ToArray());
            BitwiseAssert.Equal(shown.Layers[0].Trace, stepped.Layers[0].Trace, "traces");
        }

        Assert.NotEqual(0f, stepper.Trace.ToArray().Max());
        stepper.ResetState();
        Assert.All(stepper.Trace.ToArray(), static value => Assert.Equal(0f, value));
    }

    [Fact]
    public void Weights_come_back_as_they_were_programmed()
    {
        using Network network = new(Options("tiox-3v", "balanced-pair", SynapseCell.Pair, PulseMode.Continuous));
        using LayerStepper stepper = new(network);
        float[] weights = [.. Uniform(Rows * Columns, step: 3).Select(static value => 2f * value)];
        float[] back = new float[weights.Length];
        stepper.SetWeights(weights);
        stepper.GetWeights(back);
        for (int i = 0; i < weights.Length; i++)
        {
            // Two states of at most 1, each rounded once, make a weight of at most W = 2.
            Assert.Equal(weights[i], back[i], 4 * MathF.ScaleB(1, -24));
        }
    }

    [Fact]
    public void Steps_allocate_nothing()
    {
        Allocations.SkipUnlessOptimized();
        using Network network = new(Options("tiox-3v", "balanced-pair", SynapseCell.Pair, PulseMode.Pulsed));
        using LayerStepper stepper = new(network);
        float[] trace = Sparse(Rows, 1);
        float[] wish = Uniform(Columns, 2);
        float[] currents = new float[2 * Columns];
        float[] inputs = [.. trace, .. trace];
        ulong[] spikes = [0x1111, 3];
        Assert.Equal(0, Allocations.Of(() =>
        {
            stepper.Filter(spikes);
            stepper.AccumulateSpikes(spikes);
            stepper.Step();
            stepper.Accumulate(trace);
            stepper.AccumulateBatch(inputs, Rows, 2, currents);
            stepper.Update(trace, wish);
            stepper.UpdateAndAccumulate(default, wish, trace);
            stepper.ResetState();
        }));
    }

    [Fact]
    public void Wrong_lengths_and_values_are_refused_and_change_nothing()
    {
        using Network network = new(Options("tiox-3v", "balanced-pair", SynapseCell.Pair, PulseMode.Continuous));
        using LayerStepper stepper = new(network);
        string before = Checkpoint.StateSha256(network);
        float[] good = new float[Rows];
        float[] wish = new float[Columns];
        float[] bad = new float[Rows];
        bad[^1] = float.NaN;
        Rejected.OutOfRange("input", Rows - 1, () => stepper.Accumulate(good.AsSpan(1)));
        Rejected.OutOfRange("input", "NaN", () => stepper.Accumulate(bad));
        Rejected.OutOfRange("trace", "NaN", () => stepper.Update(bad, wish));
        Rejected.OutOfRange("wish", 1, () => stepper.Update(good, new float[1]));
        bad[^1] = -1f;
        Rejected.OutOfRange("trace", "-1", () => stepper.Update(bad, wish));
        Rejected.OutOfRange("spikes", 3, () => stepper.AccumulateSpikes(new ulong[3]));
        Rejected.OutOfRange("current", 2, () => stepper.Step(new float[2]));
        Rejected.OutOfRange("weights", 3f, () => stepper.SetWeights([.. Enumerable.Repeat(3f, Rows * Columns)]));
        Rejected.OutOfRange("layer", 1, () => new LayerStepper(network, 1));
        Assert.Equal(before, Checkpoint.StateSha256(network));
    }

    private static NetworkOptions Options(string device, string method, SynapseCell cell, PulseMode mode) =>
        TinyRuns.Options(device, method, cell, mode, Columns) with { Inputs = Rows, Steps = 1, BurnIn = 0 };

    private static float[] Sparse(int count, ulong step) => [.. Uniform(count, step).Select(static value => MathF.Max(value, 0f))];

    /// <summary>Uniform on -1 to 1.</summary>
    private static float[] Uniform(int count, ulong step)
    {
        float[] values = new float[(count + 63) / 64 * 64];
        RandomKernels.Uniform(values, new RandomStream(seed: 5, purpose: 210, step));
        return [.. values.Take(count).Select(static value => (2f * value) - 1f)];
    }
}
