using RramSnn.Kernels.Neurons;
using RramSnn.Model.Crossbars;
using RramSnn.Model.Devices;
using RramSnn.Model.Layers;
using RramSnn.Model.Learning;
using RramSnn.Model.Periphery;

namespace RramSnn.Native.Settings;

/// <summary>A network and its training from the keys of the program's <c>config.json</c>, with the same defaults.</summary>
internal sealed record NetworkSettings
{
    private static readonly NetworkOptions Standard = new() { Inputs = 1, Hidden = [512], Classes = 2 };
    private static readonly NetworkPeriphery Ideal = NetworkPeriphery.Ideal;

    /// <summary>Keys that say what the program does around a network; they are accepted and mean nothing here.</summary>
    private static readonly string[] ProgramKeys = ["data", "samples", "held_out", "no_test", "log_every"];

    /// <summary>All keys that a configuration may have.</summary>
    internal static IReadOnlyList<string> Keys { get; } =
    [
        "epochs", "hidden", "device", "method", "cell", "pulses", "pulses_per_range", "learning_rate", "learning_rate_schedule", "weight_range",
        "steps", "burn_in", "rate", "membrane_decay", "synapse_decay", "reset_decay", "reset_strength", "gain", "threshold", "surrogate_half_width",
        "error_events", "error_margin", "updates", "initial_weight_scale", "readout_scale", "seed", "threads", "input",
        .. VariabilitySettings.Keys,
        "array_size", "adc_bits", "adc_range", "dac_bits", "dac_range", "sinh", "wire_resistance", "driver_resistance", "sense_resistance", "wire_model", "wire_refresh",
        .. ProgramKeys,
    ];

    /// <summary>The network.</summary>
    internal required NetworkOptions Network { get; init; }

    /// <summary>Its training.</summary>
    internal required TrainingOptions Training { get; init; }

    /// <summary>Spike probability per step, or amplitude, of a white pixel.</summary>
    internal required double Rate { get; init; }

    /// <summary>Whether pixels become amplitudes instead of random spikes.</summary>
    internal required bool HasAmplitudes { get; init; }

    /// <summary>Most threads that may share a step.</summary>
    internal required int Threads { get; init; }

    /// <summary>Reads a configuration.</summary>
    /// <param name="text">One JSON object; the empty text is the empty object.</param>
    /// <param name="inputs">Inputs of the network.</param>
    /// <param name="classes">Classes of the network.</param>
    /// <exception cref="ArgumentException">A setting is out of range.</exception>
    /// <exception cref="InvalidDataException">The text is no configuration.</exception>
    internal static NetworkSettings Read(string text, int inputs, int classes)
    {
        using ConfigReader config = new(string.IsNullOrWhiteSpace(text) ? "{}" : text, Keys);
        Device device = config.TextOrObject("device") is { } name ? DeviceText.Parse(name) : Standard.Device;
        UpdateMethod method = config.Text("method") is { } methodName ? UpdateMethods.Get(methodName) : Standard.Method;
        PulseMode pulses = config.OneOf("pulses", Standard.Pulses, ("continuous", PulseMode.Continuous), ("pulsed", PulseMode.Pulsed));
        MethodTuning tuning = method.TuningFor(device.Law.Model.IsStatistical ? PulseMode.Pulsed : pulses);
        double rate = config.Number("rate", 0.5);
        if (!(rate > 0 && rate <= 1))
        {
            throw new ArgumentException(FormattableString.Invariant($"rate is {rate}; expected more than 0 and at most 1."));
        }

        return new()
        {
            Network = ReadNetwork(config, device, method, pulses, tuning) with { Inputs = inputs, Classes = classes },
            Training = new()
            {
                Epochs = config.Number("epochs", 5),
                LearningRate = config.Number("learning_rate", tuning.LearningRate),
                Schedule = config.OneOf(
                    "learning_rate_schedule", LearningRateSchedule.Linear, ("linear", LearningRateSchedule.Linear), ("constant", LearningRateSchedule.Constant)),
            },
            Rate = rate,
            HasAmplitudes = config.OneOf("input", false, ("spikes", false), ("amplitude", true)),
            Threads = config.Number("threads", 1),
        };
    }

    private static NetworkOptions ReadNetwork(ConfigReader config, Device device, UpdateMethod method, PulseMode pulses, MethodTuning tuning) => Standard with
    {
        Hidden = config.Numbers("hidden", Standard.Hidden),
        Steps = config.Number("steps", Standard.Steps),
        BurnIn = config.Number("burn_in", Standard.BurnIn),
        Neuron = new NeuronConstants(
            config.Number("membrane_decay", Standard.Neuron.MembraneDecay),
            config.Number("synapse_decay", Standard.Neuron.SynapseDecay),
            config.Number("reset_decay", Standard.Neuron.ResetDecay),
            config.Number("reset_strength", Standard.Neuron.ResetStrength),
            config.Number("gain", Standard.Neuron.Gain),
            config.Number("threshold", Standard.Neuron.Threshold)),
        SurrogateHalfWidth = config.Number("surrogate_half_width", Standard.SurrogateHalfWidth),
        ErrorEvents = config.OptionalNumber<double>("error_events"),
        ErrorMargin = config.Number("error_margin", float.PositiveInfinity),
        Updates = config.OneOf("updates", Standard.Updates, ("step", UpdateTiming.Step), ("sample", UpdateTiming.Sample)),
        InitialWeightScale = config.Number("initial_weight_scale", Standard.InitialWeightScale),
        ReadoutScale = config.Number("readout_scale", Standard.ReadoutScale),
        WeightRange = config.Number("weight_range", (float)tuning.WeightRange),
        Device = device.WithPulsesPerRange(config.Number("pulses_per_range", device.PulsesPerRange)),
        Variability = VariabilitySettings.Read(config, device),
        Periphery = ReadPeriphery(config),
        Method = method,
        Cell = config.OneOf("cell", Standard.Cell, ("pair", SynapseCell.Pair), ("reference", SynapseCell.Reference)),
        Pulses = pulses,
        Seed = config.Number("seed", Standard.Seed),
    };

    private static NetworkPeriphery ReadPeriphery(ConfigReader config) => new()
    {
        ArraySize = config.OptionalNumber<int>("array_size"),
        AdcBits = config.OptionalNumber<int>("adc_bits"),
        AdcRange = config.OptionalNumber<float>("adc_range"),
        DacBits = config.OptionalNumber<int>("dac_bits"),
        DacRange = config.OptionalNumber<float>("dac_range"),
        Sinh = config.Number("sinh", Ideal.Sinh),
        WireResistance = config.Number("wire_resistance", Ideal.WireResistance),
        DriverResistance = config.Number("driver_resistance", Ideal.DriverResistance),
        SenseResistance = config.Number("sense_resistance", Ideal.SenseResistance),
        WireModel = config.OneOf("wire_model", Ideal.WireModel, ("quick", WireModel.Quick), ("exact", WireModel.Exact)),
        WireRefresh = config.Number("wire_refresh", Ideal.WireRefresh),
    };
}
