using RramSnn.Kernels.Random;

namespace RramSnn.Model.Layers;

/// <summary>What random numbers are for; keeps streams of one seed apart.</summary>
/// <remarks>The numbers are part of every result: changing one changes the bits of all runs.</remarks>
public enum RandomPurpose
{
    /// <summary>Input spikes of training samples.</summary>
    TrainingSpikes = 1,

    /// <summary>Input spikes of test samples.</summary>
    TestSpikes = 2,

    /// <summary>Order of the training samples.</summary>
    SampleOrder = 3,

    /// <summary>Start weights; row is the word line, step the layer.</summary>
    InitialWeights = 4,

    /// <summary>Readout weights; row is the neuron, step the layer.</summary>
    Readout = 5,

    /// <summary>Input spikes of held-out training samples.</summary>
    HeldOutSpikes = 6,

    /// <summary>Read noise while learning; row is the panel, step the time and the layer.</summary>
    ReadNoise = 8,

    /// <summary>Read noise while measuring; row is the panel, step the time and the layer.</summary>
    EvaluationReadNoise = 9,

    /// <summary>Stochastic rounding of pulses that both devices of a pair get; row is the word line, step the time and the layer.</summary>
    CommonPulses = 10,

    /// <summary>Resetting and rewriting devices that scatter; row is the word line, step the time, the layer and the array.</summary>
    Rewriting = 16,

    /// <summary>Pulses of an update method's own devices; row is the word line, step the time and the layer.</summary>
    UnitPulses = 20,

    /// <summary>Pulses that bring an update method's own devices to their start; row is the word line, step the pulse and the layer.</summary>
    UnitCalibration = 21,

    /// <summary>How devices differ from their kind; step is the array and the parameter, row the block of devices.</summary>
    DeviceVariation = 32,

    /// <summary>Cycle-to-cycle noise of a single device's pulse train; step is the device, row the block of pulses.</summary>
    PulseTrainNoise = 33,

    /// <summary>Read noise of made-up measurements; step is the device, row the block of reads.</summary>
    DeviceReads = 34,

    /// <summary>Stochastic rounding of pulses; one purpose per array from here on, row is the word line.</summary>
    PulseRounding = 64,
}

/// <summary>Shorthand for random streams.</summary>
internal static class RandomPurposes
{
    internal static RandomStream Stream(this RandomPurpose purpose, ulong seed, ulong step = 0) => new(seed, (byte)purpose, step);

    /// <summary>A stream of a layer at a time.</summary>
    internal static RandomStream Stream(this RandomPurpose purpose, ulong seed, int layer, ulong time) =>
        purpose.Stream(seed, (time * NetworkOptions.MaximumLayers) + (ulong)layer);

    /// <summary>Rewriting of one array (0: plus, 1: minus) of a layer after so many samples; 0 for the start weights.</summary>
    internal static RandomStream Rewriting(ulong seed, int layer, int array, ulong samples) =>
        RandomPurpose.Rewriting.Stream(seed, (((samples * NetworkOptions.MaximumLayers) + (ulong)layer) * 2) + (ulong)array);

    /// <summary>Read noise of a layer at a time.</summary>
    internal static RandomStream ReadNoise(ulong seed, bool learns, int layer, ulong time) =>
        (learns ? RandomPurpose.ReadNoise : RandomPurpose.EvaluationReadNoise).Stream(seed, layer, time);

    /// <summary>The stream of one array (0: plus, 1: minus) of a layer: 64 layers of two arrays fill the purposes 64 to 191.</summary>
    internal static RandomStream PulseRounding(ulong seed, int layer, int array, ulong step) =>
        new(seed, (byte)((int)RandomPurpose.PulseRounding + (2 * layer) + array), step);
}
