using System.CommandLine;
using RramSnn.Model.Crossbars;
using RramSnn.Model.Devices;
using RramSnn.Model.Layers;
using RramSnn.Model.Learning;

namespace RramSnn.Cli.Settings;

/// <summary>The options of <c>train</c> that make <see cref="TrainSettings"/>.</summary>
internal sealed class TrainOptions
{
    private static readonly NetworkOptions Network = new() { Inputs = 1, Hidden = [512], Classes = 2 };
    private static readonly TrainingOptions Training = new();

    private readonly VariabilityOptions _variability = new();
    private readonly ArrayOptions _periphery = new();
    private readonly Option<string?> _data = DataOption();
    private readonly Option<int> _epochs = OptionFactory.Number("--epochs", "Passes over the training images.", 5);
    private readonly Option<IReadOnlyList<int>> _hidden = OptionFactory.Numbers("--hidden", "Neurons of each layer.", Network.Hidden);

    private readonly Option<Device> _device = DeviceSource.Option(
        "--device", "Device: a name from 'device list' or a device file, such as 'device show NAME --json' writes.", Network.Device);

    private readonly Option<string> _method = OptionFactory.OneOf(
        "--method",
        Describe("How wished weight changes become pulses: ", UpdateMethods.All.Select(static method => (method.Name, method.Description))),
        [.. UpdateMethods.All.Select(static method => method.Name)],
        Network.Method.Name);

    private readonly Option<string> _cell = OptionFactory.OneOf("--cell", "Devices of a weight: two, or one against a fixed reference.", Network.Cell);
    private readonly Option<string> _pulses = OptionFactory.OneOf("--pulses", "Real pulse counts, or whole pulses by stochastic rounding.", Network.Pulses);
    private readonly Option<double?> _pulsesPerRange = OptionFactory.OptionalNumber<double>("--pulses-per-range", "Pulses over the whole conductance range; with continuous pulses it scales their count and no more. [default: the device's own]");
    private readonly Option<double?> _learningRate = OptionFactory.OptionalNumber<double>("--learning-rate", $"Weight change per unit error and unit trace. [default: {DefaultOf(static tuning => tuning.LearningRate)}]");
    private readonly Option<string> _learningRateSchedule = OptionFactory.OneOf("--learning-rate-schedule", "Falls to zero in a straight line, or stays.", Training.Schedule);
    private readonly Option<float?> _weightRange = OptionFactory.OptionalNumber<float>("--weight-range", $"W: weights lie in [-W, W]. [default: {DefaultOf(static tuning => tuning.WeightRange)}]");
    private readonly Option<int> _steps = OptionFactory.Number("--steps", "Time steps that each image is shown for.", Network.Steps);
    private readonly Option<int> _burnIn = OptionFactory.Number("--burn-in", "First steps of an image, in which nothing is learned or scored.", Network.BurnIn);
    private readonly Option<double> _rate = OptionFactory.Number("--rate", "Spike probability per step, or amplitude, of a white pixel.", 0.5);
    private readonly Option<string> _input = OptionFactory.OneOf("--input", "What pixels become: random spikes, or amplitudes that drive the first layer at every step alike.", InputCoding.Spikes);
    private readonly Option<float> _membraneDecay = OptionFactory.Number("--membrane-decay", "Decay of the membrane trace P per step.", Network.Neuron.MembraneDecay);
    private readonly Option<float> _synapseDecay = OptionFactory.Number("--synapse-decay", "Decay of the synapse trace Q per step.", Network.Neuron.SynapseDecay);
    private readonly Option<float> _resetDecay = OptionFactory.Number("--reset-decay", "Decay of the reset trace R per step.", Network.Neuron.ResetDecay);
    private readonly Option<float> _resetStrength = OptionFactory.Number("--reset-strength", "By how much a spike lowers the membrane in the long run.", Network.Neuron.ResetStrength);
    private readonly Option<float> _gain = OptionFactory.Number("--gain", "Input gain of the synapse trace.", Network.Neuron.Gain);
    private readonly Option<float> _threshold = OptionFactory.Number("--threshold", "Membrane above which a neuron spikes.", Network.Neuron.Threshold);
    private readonly Option<float> _surrogateHalfWidth = OptionFactory.Number("--surrogate-half-width", "Only neurons this near to the threshold learn.", Network.SurrogateHalfWidth);
    private readonly Option<double?> _errorEvents = OptionFactory.OptionalNumber<double>("--error-events", "Only the largest errors are written, as events of one size: their target share among the neurons near the threshold. [default: the method's own coding]");
    private readonly Option<float?> _errorMargin = OptionFactory.OptionalNumber<float>("--error-margin", "A layer learns only while its mean score of the label leads by less than this. [default: it always learns]");
    private readonly Option<string> _updates = OptionFactory.OneOf("--updates", "Devices are written at every step, or once behind every sample from what neurons and inputs have added up.", Network.Updates);
    private readonly Option<float> _initialWeightScale = OptionFactory.Number("--initial-weight-scale", "Start weights are uniform on +- this / sqrt(inputs).", Network.InitialWeightScale);
    private readonly Option<float> _readoutScale = OptionFactory.Number("--readout-scale", "Readout weights are uniform on +- this / sqrt(neurons).", Network.ReadoutScale);
    private readonly Option<int?> _samples = OptionFactory.OptionalNumber<int>("--samples", "Use only the first n training images. [default: all]");
    private readonly Option<int> _heldOut = OptionFactory.Number("--held-out", "Keep the last n training images out of training and measure them after each epoch.", 0);
    private readonly Option<bool> _noTest = OptionFactory.Flag("--no-test", "Do not touch the test images.");
    private readonly Option<ulong> _seed = OptionFactory.Number("--seed", "Seed of everything random.", Network.Seed);
    private readonly Option<int> _logEvery = OptionFactory.Number("--log-every", "Samples per row of metrics.csv.", 1000);

    internal TrainOptions()
    {
        All =
        [
            _data, _epochs, _hidden, _device, _method, _cell, _pulses, _pulsesPerRange, _learningRate, _learningRateSchedule, _weightRange,
            _steps, _burnIn, _rate, _membraneDecay, _synapseDecay, _resetDecay, _resetStrength, _gain, _threshold, _surrogateHalfWidth,
            _errorEvents, _errorMargin, _updates, _initialWeightScale, _readoutScale, _samples, _heldOut, _noTest, _seed, Threads, _logEvery,
            _input, .. _variability.All, .. _periphery.All,
        ];
    }

    /// <summary>All options, in the order of the help.</summary>
    internal IReadOnlyList<Option> All { get; }

    /// <summary>The one setting that may change between the parts of a run.</summary>
    internal Option<int?> Threads { get; } = ThreadsOption();

    /// <summary>The option for the data folder.</summary>
    internal static Option<string?> DataOption() =>
        OptionFactory.Path("--data", "Folder with the four IDX files of a data set like MNIST, gzipped or plain. [default: the embedded MNIST]", "dir");

    /// <summary>The option for the number of workers.</summary>
    internal static Option<int?> ThreadsOption() =>
        OptionFactory.OptionalNumber<int>("--threads", "Most threads that may share each step; as many of them are used as there are processors and as help. Results do not depend on it. [default: one per processor]");

    /// <summary>The settings that arguments and defaults make, checked.</summary>
    /// <exception cref="ArgumentException">A setting is out of range.</exception>
    internal TrainSettings Read(ParseResult parsed)
    {
        Device device = parsed.GetRequiredValue(_device);
        UpdateMethod method = UpdateMethods.Get(parsed.GetRequiredValue(_method));
        PulseMode pulses = OptionFactory.ReadEnum<PulseMode>(parsed, _pulses);
        MethodTuning tuning = method.TuningFor(device.Law.Model.IsStatistical ? PulseMode.Pulsed : pulses);
        TrainSettings settings = new()
        {
            Data = parsed.GetValue(_data) is { } folder ? Path.GetFullPath(folder) : null,
            Epochs = parsed.GetValue(_epochs),
            Hidden = parsed.GetRequiredValue(_hidden),
            Device = device,
            Method = method.Name,
            Cell = OptionFactory.ReadEnum<SynapseCell>(parsed, _cell),
            Pulses = pulses,
            PulsesPerRange = parsed.GetValue(_pulsesPerRange) ?? device.PulsesPerRange,
            LearningRate = parsed.GetValue(_learningRate) ?? tuning.LearningRate,
            LearningRateSchedule = OptionFactory.ReadEnum<LearningRateSchedule>(parsed, _learningRateSchedule),
            WeightRange = parsed.GetValue(_weightRange) ?? (float)tuning.WeightRange,
            Steps = parsed.GetValue(_steps),
            BurnIn = parsed.GetValue(_burnIn),
            Rate = parsed.GetValue(_rate),
            MembraneDecay = parsed.GetValue(_membraneDecay),
            SynapseDecay = parsed.GetValue(_synapseDecay),
            ResetDecay = parsed.GetValue(_resetDecay),
            ResetStrength = parsed.GetValue(_resetStrength),
            Gain = parsed.GetValue(_gain),
            Threshold = parsed.GetValue(_threshold),
            SurrogateHalfWidth = parsed.GetValue(_surrogateHalfWidth),
            ErrorEvents = parsed.GetValue(_errorEvents),
            ErrorMargin = parsed.GetValue(_errorMargin),
            Updates = OptionFactory.ReadEnum<UpdateTiming>(parsed, _updates),
            InitialWeightScale = parsed.GetValue(_initialWeightScale),
            ReadoutScale = parsed.GetValue(_readoutScale),
            Samples = parsed.GetValue(_samples),
            HeldOut = parsed.GetValue(_heldOut),
            NoTest = parsed.GetValue(_noTest),
            Seed = parsed.GetValue(_seed),
            Threads = parsed.GetValue(Threads),
            LogEvery = parsed.GetValue(_logEvery),
            Input = OptionFactory.ReadEnum<InputCoding>(parsed, _input),
            Variability = _variability.Read(parsed),
            Periphery = _periphery.Read(parsed),
        };
        settings.Validate();
        return settings;
    }

    /// <summary>The settings in the text of a configuration, for example a checkpoint's.</summary>
    /// <param name="text">A flat JSON object.</param>
    /// <param name="source">What to name in errors.</param>
    /// <exception cref="InvalidDataException">The text is no valid configuration.</exception>
    internal static TrainSettings ReadConfig(string text, string source)
    {
        IReadOnlyList<ConfigEntry> entries = ConfigFile.Parse(text, source, new TrainOptions().All);
        try
        {
            return ReadArguments([.. entries.Select(static entry => entry.Argument)]);
        }
        catch (ArgumentException exception)
        {
            throw new InvalidDataException($"{source}: {App.OneLine(exception)}", exception);
        }
    }

    /// <summary>The settings that arguments of <c>train</c> make.</summary>
    /// <param name="arguments">Arguments of the form --name=value.</param>
    /// <exception cref="ArgumentException">An argument is wrong or out of range.</exception>
    internal static TrainSettings ReadArguments(IReadOnlyList<string> arguments)
    {
        TrainOptions options = new();
        Command command = new("train");
        foreach (Option option in options.All)
        {
            command.Add(option);
        }

        return options.Read(App.Parse(command, arguments));
    }

    private static string Describe(string lead, IEnumerable<(string Name, string Description)> items) =>
        lead + string.Join("; ", items.Select(static item => $"{item.Name} ({item.Description})")) + ".";

    private static string DefaultOf(Func<MethodTuning, double> value) =>
        string.Join(", ", UpdateMethods.All.Select(method => FormattableString.Invariant(
            $"{value(method.TuningFor(PulseMode.Continuous))} for {method.Name} ({value(method.TuningFor(PulseMode.Pulsed))} pulsed)")));
}
