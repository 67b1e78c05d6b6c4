using RramSnn.Kernels.Neurons;
using RramSnn.Model.Crossbars;
using RramSnn.Model.Devices;
using RramSnn.Model.Learning;
using RramSnn.Model.Periphery;

namespace RramSnn.Model.Layers;

/// <summary>Everything that fixes a network before it has seen a sample.</summary>
public sealed record NetworkOptions
{
    /// <summary>Most layers that a network may have.</summary>
    public const int MaximumLayers = 64;

    // Writes and reads of one sample are counted in floats, exact up to 2²⁴; a pair counts two devices.
    private const long MaximumVisits = 1 << 23;

    /// <summary>Number of inputs.</summary>
    public required int Inputs { get; init; }

    /// <summary>Neurons of each layer, first layer first.</summary>
    public required IReadOnlyList<int> Hidden { get; init; }

    /// <summary>Number of classes that the readouts tell apart.</summary>
    public required int Classes { get; init; }

    /// <summary>Steps that each sample is shown for.</summary>
    public int Steps { get; init; } = 30;

    /// <summary>Steps at the start of a sample in which nothing is learned and no score counts.</summary>
    public int BurnIn { get; init; } = 5;

    /// <summary>Constants of all neurons and traces.</summary>
    public NeuronConstants Neuron { get; init; } = new(membraneDecay: 0.85f, synapseDecay: 0.7f, resetDecay: 0.65f, resetStrength: 1f, gain: 3f, threshold: 0f);

    /// <summary>Half of the surrogate box's width in units of the membrane: only neurons this near to the threshold learn.</summary>
    public float SurrogateHalfWidth { get; init; } = 0.5f;

    /// <summary>Start weights are uniform on ± this / √inputs of the layer.</summary>
    public float InitialWeightScale { get; init; } = 2f;

    /// <summary>Readout weights are uniform on ± this / √neurons of the layer.</summary>
    public float ReadoutScale { get; init; } = 1f;

    /// <summary>
    /// A layer learns from a sample only while its own class scores, as a mean over the steps so far, put the label by less than this above
    /// every other class. Infinite to learn at every step.
    /// </summary>
    public float ErrorMargin { get; init; } = float.PositiveInfinity;

    /// <summary>Target share, among the neurons near their threshold, of errors that are large enough to be written; null to write all of them.</summary>
    public double? ErrorEvents { get; init; }

    /// <summary>When devices are written.</summary>
    public UpdateTiming Updates { get; init; } = UpdateTiming.Step;

    /// <summary>W: weights lie in [-W, W].</summary>
    public float WeightRange { get; init; } = (float)UpdateMethods.Default.TuningFor(PulseMode.Continuous).WeightRange;

    /// <summary>The device.</summary>
    public Device Device { get; init; } = DevicePresets.TiOx3V;

    /// <summary>How its devices differ from the law and from each other; perfect unless asked for, whatever <see cref="Device.Variability"/> says.</summary>
    public DeviceVariability Variability { get; init; } = DeviceVariability.None;

    /// <summary>Arrays, wires and converters; ideal unless asked for.</summary>
    public NetworkPeriphery Periphery { get; init; } = NetworkPeriphery.Ideal;

    /// <summary>How wished changes become pulses.</summary>
    public UpdateMethod Method { get; init; } = UpdateMethods.Default;

    /// <summary>How devices make a weight.</summary>
    public SynapseCell Cell { get; init; } = SynapseCell.Pair;

    /// <summary>How pulses are counted.</summary>
    public PulseMode Pulses { get; init; } = PulseMode.Continuous;

    /// <summary>Seed of everything random.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>How errors reach the devices of a plan.</summary>
    internal ErrorCoding CodingOf(PulsePlan plan) => ErrorEvents is null ? plan.Errors : ErrorCoding.Events;

    /// <summary>Checks every option, and works out the method's constants for it.</summary>
    /// <exception cref="ArgumentException">An option is out of range, or the method cannot drive the device or cell, or does not go with the periphery.</exception>
    public PulsePlan Plan()
    {
        Validate();
        PulsePlan plan = Method.Plan(Device, Cell, WeightRange);
        if (plan.Unit is { AddsToWeight: true })
        {
            Periphery.RequireOneSum(Method.Name);
        }

        return plan;
    }

    /// <summary>Checks every option by itself.</summary>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public void Validate()
    {
        Require.That(Inputs is >= 1 and <= 1 << 20, Inputs, "1 to 1048576", "inputs");
        Require.That(Hidden.Count is >= 1 and <= MaximumLayers, Hidden.Count, $"1 to {MaximumLayers} layers", "hidden");
        Require.That(Classes is >= 2 and <= 1 << 16, Classes, "2 to 65536", "classes");
        Require.That(Steps is >= 1 and <= 100_000, Steps, "1 to 100000", "steps");
        Require.That(BurnIn >= 0 && BurnIn < Steps, BurnIn, $"0 to {Steps - 1} (steps - 1)", "burn_in");
        Require.That(SurrogateHalfWidth is > 0 and <= 1000, SurrogateHalfWidth, "more than 0 and at most 1000", "surrogate_half_width");
        Require.That(InitialWeightScale is >= 0 and <= 1000, InitialWeightScale, "0 to 1000", "initial_weight_scale");
        Require.That(ReadoutScale is > 0 and <= 1000, ReadoutScale, "more than 0 and at most 1000", "readout_scale");
        Require.That(ErrorEvents is null or (> 0 and < 1), ErrorEvents, "more than 0 and less than 1", "error_events");
        Require.That(ErrorMargin >= 0, ErrorMargin, "0 or more, or infinity", "error_margin");
        Require.That(WeightRange is >= 1e-3f and <= 1e3f, WeightRange, "0.001 to 1000", "weight_range");
        Variability.Validate(Device.Law.Model);
        Periphery.Validate(Cell);
        int inputs = Inputs;
        foreach (int neurons in Hidden)
        {
            Require.That(neurons is >= 1 and <= 1 << 20, neurons, "1 to 1048576 neurons per layer", "hidden");
            Require.That((long)inputs * neurons <= 1 << 28, neurons, $"at most {(1 << 28) / inputs} neurons behind {inputs} inputs", "hidden");
            Require.That((long)inputs * Steps <= MaximumVisits, Steps, $"at most {MaximumVisits / inputs} steps with {inputs} inputs of a layer", "steps");
            Require.That((long)neurons * Classes <= 1 << 26, Classes, $"at most {(1 << 26) / neurons} classes with {neurons} neurons in a layer", "classes");
            inputs = neurons;
        }
    }
}
