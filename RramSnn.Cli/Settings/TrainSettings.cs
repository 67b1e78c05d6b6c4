using RramSnn.Kernels.Neurons;
using RramSnn.Model.Crossbars;
using RramSnn.Model.Devices;
using RramSnn.Model.Layers;
using RramSnn.Model.Learning;
using RramSnn.Model.Periphery;

namespace RramSnn.Cli.Settings;

/// <summary>
/// Everything that decides the result of a training run, and nothing else but <see cref="Threads"/>: what <c>config.json</c>
/// and checkpoints hold, with the option names as keys.
/// </summary>
internal sealed record TrainSettings
{
    /// <summary>Folder of the data set; null for the embedded MNIST, wherever the program lies.</summary>
    public required string? Data { get; init; }

    public required int Epochs { get; init; }

    public required IReadOnlyList<int> Hidden { get; init; }

    public required Device Device { get; init; }

    public required string Method { get; init; }

    public required SynapseCell Cell { get; init; }

    public required PulseMode Pulses { get; init; }

    public required double PulsesPerRange { get; init; }

    public required double LearningRate { get; init; }

    public required LearningRateSchedule LearningRateSchedule { get; init; }

    public required float WeightRange { get; init; }

    public required int Steps { get; init; }

    public required int BurnIn { get; init; }

    public required double Rate { get; init; }

    public required float MembraneDecay { get; init; }

    public required float SynapseDecay { get; init; }

    public required float ResetDecay { get; init; }

    public required float ResetStrength { get; init; }

    public required float Gain { get; init; }

    public required float Threshold { get; init; }

    public required float SurrogateHalfWidth { get; init; }

    /// <summary>Null for the method's own coding of errors.</summary>
    public required double? ErrorEvents { get; init; }

    /// <summary>Null to learn at every step.</summary>
    public required float? ErrorMargin { get; init; }

    public required UpdateTiming Updates { get; init; }

    public required float InitialWeightScale { get; init; }

    public required float ReadoutScale { get; init; }

    /// <summary>Training images per epoch; null, until the data set is known, for all that are not held out.</summary>
    public required int? Samples { get; init; }

    public required int HeldOut { get; init; }

    public required bool NoTest { get; init; }

    public required ulong Seed { get; init; }

    /// <summary>Workers; null to let each machine choose, since results do not depend on it.</summary>
    public required int? Threads { get; init; }

    public required int LogEvery { get; init; }

    public required InputCoding Input { get; init; }

    [Flat]
    public required VariabilitySettings Variability { get; init; }

    [Flat]
    public required NetworkPeriphery Periphery { get; init; }

    /// <summary>Checks all that can be checked before the data set is known.</summary>
    /// <exception cref="ArgumentException">A setting is out of range, or the method cannot drive the device or cell, or does not go with the periphery.</exception>
    internal void Validate()
    {
        // A network of one input and two classes has every limit that does not depend on the data.
        _ = ToNetworkOptions(inputs: 1, classes: 2).Plan();
        ToTrainingOptions().Validate();
        ThrowIfBelow(1, Samples ?? 1, "samples");
        ThrowIfBelow(0, HeldOut, "held_out");
        ThrowIfBelow(1, LogEvery, "log_every");
    }

    /// <summary>The network for a data set.</summary>
    /// <exception cref="ArgumentException">A setting is out of range.</exception>
    internal NetworkOptions ToNetworkOptions(int inputs, int classes) => new()
    {
        Inputs = inputs,
        Classes = classes,
        Hidden = Hidden,
        Steps = Steps,
        BurnIn = BurnIn,
        Neuron = new NeuronConstants(MembraneDecay, SynapseDecay, ResetDecay, ResetStrength, Gain, Threshold),
        SurrogateHalfWidth = SurrogateHalfWidth,
        ErrorEvents = ErrorEvents,
        ErrorMargin = ErrorMargin ?? float.PositiveInfinity,
        Updates = Updates,
        InitialWeightScale = InitialWeightScale,
        ReadoutScale = ReadoutScale,
        WeightRange = WeightRange,
        Device = ToDevice(),
        Variability = Variability.For(Device),
        Periphery = Periphery,
        Method = UpdateMethods.Get(Method),
        Cell = Cell,
        Pulses = Pulses,
        Seed = Seed,
    };

    /// <summary>The device with the pulses of the settings.</summary>
    /// <exception cref="ArgumentException">A setting is out of range.</exception>
    internal Device ToDevice() => Device.WithPulsesPerRange(PulsesPerRange);

    internal TrainingOptions ToTrainingOptions() => new()
    {
        Epochs = Epochs,
        LearningRate = LearningRate,
        Schedule = LearningRateSchedule,
    };

    private static void ThrowIfBelow(int minimum, int value, string key)
    {
        if (value < minimum)
        {
            throw new ArgumentOutOfRangeException(key, $"{key} is {value}; expected {minimum} or more.");
        }
    }
}
