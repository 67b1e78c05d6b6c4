using RramSnn.Kernels.Threading;
using RramSnn.Model.Checkpoints;
using RramSnn.Model.Crossbars;
using RramSnn.Model.Devices;
using RramSnn.Model.Layers;
using RramSnn.Model.Learning;
using RramSnn.PropertyTests.Support;

namespace RramSnn.PropertyTests.Model;

/// <summary>Short training runs for tests.</summary>
internal static class TinyRuns
{
    internal const int Inputs = 70;
    internal const int Classes = 4;

    internal static NetworkOptions Options(
        string device = "tiox-3v",
        string method = "balanced-pair",
        SynapseCell cell = SynapseCell.Pair,
        PulseMode pulses = PulseMode.Continuous,
        params int[] hidden) => new()
        {
            Inputs = Inputs,
            Hidden = hidden.Length > 0 ? hidden : Effort.IsReduced ? [140, 70] : [300, 140],
            Classes = Classes,
            Steps = 12,
            BurnIn = 2,
            Device = DevicePresets.Get(device),
            Method = UpdateMethods.Get(method),
            Cell = cell,
            Pulses = pulses,
            WeightRange = 2f,
            Seed = 7,
        };

    internal static SyntheticSpikes Samples(int count = 24) => new(count, Inputs, Classes, seed: 11);

    /// <summary>So many workers, however small the network and whatever the machine.</summary>
    internal static WorkerOptions Exactly(int threads, WorkerPlacement placement = WorkerPlacement.Free) =>
        new() { Threads = threads, AreExact = true, Placement = placement };

    /// <summary>Trains from scratch and returns the hash of the lasting state.</summary>
    internal static string Hash(NetworkOptions options, int threads, int epochs = 1, int samples = 24)
    {
        using Network network = new(options);
        using TrainingSession session = new(network, Samples(samples), new TrainingOptions { Epochs = epochs, LearningRate = 0.02 }, Exactly(threads));
        while (session.Advance(7) > 0)
        {
        }

        return Checkpoint.StateSha256(network);
    }
}
