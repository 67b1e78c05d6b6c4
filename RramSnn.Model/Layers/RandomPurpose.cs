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

    /// <summary>What differs from device to device; row is the word line, step the array and the quantity.</summary>
    DeviceSpread = 7,

    /// <summary>Read noise while learning; row is the panel, step the time and the layer.</summary>
    ReadNoise = 8,

    /// <summary>Read noise while measuring; row is the panel, step the time and the layer.</summary>
    EvaluationReadNoise = 9,

    /// <summary>Stochastic rounding of pulses that both devices of a pair get; row is the word line, step the time and the layer.</summary>
    CommonPulses = 10,

    /// <summary>Stochastic rounding of pulses; one purpose per array from here on, row is the word line.</summary>
    PulseRounding = 64,
}

/// <summary>Shorthand for random streams.</summary>
internal static class RandomPurposes
{
    internal static RandomStream Stream(this RandomPurpose purpose, ulong seed, ulong step = 0) => new(seed, (byte)purpose, step);

    /// <summary>Draws of one value of the law's parameters, for the devices of one array of the network.</summary>
    internal static RandomStream DeviceSpread(ulong seed, int array, int value) =>
        RandomPurpose.DeviceSpread.Stream(seed, ((ulong)array << 16) + (ulong)value);

    /// <summary>Draws of the devices' own ranges; values of parameters never get that far.</summary>
    internal static RandomStream DeviceRange(ulong seed, int array, RangeDraw draw) => DeviceSpread(seed, array, 0xFF00 + (int)draw);

    /// <summary>Rounding of a layer's common pulses at a time.</summary>
    internal static RandomStream CommonPulses(ulong seed, int layer, ulong time) =>
        RandomPurpose.CommonPulses.Stream(seed, (time * NetworkOptions.MaximumLayers) + (ulong)layer);

    /// <summary>Read noise of a layer at a time.</summary>
    internal static RandomStream ReadNoise(ulong seed, bool learns, int layer, ulong time) =>
        (learns ? RandomPurpose.ReadNoise : RandomPurpose.EvaluationReadNoise).Stream(seed, (time * NetworkOptions.MaximumLayers) + (ulong)layer);

    /// <summary>The stream of one array (0: plus, 1: minus) of a layer: 64 layers of two arrays fill the purposes 64 to 191.</summary>
    internal static RandomStream PulseRounding(ulong seed, int layer, int array, ulong step) =>
        new(seed, (byte)((int)RandomPurpose.PulseRounding + (2 * layer) + array), step);
}

/// <summary>What is drawn for a device's own range.</summary>
internal enum RangeDraw
{
    /// <summary>Its Gmin.</summary>
    Lower,

    /// <summary>Its Gmax.</summary>
    Upper,

    /// <summary>Whether it is stuck.</summary>
    Fault,
}
