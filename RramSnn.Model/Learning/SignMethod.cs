using RramSnn.Model.Crossbars;
using RramSnn.Model.Devices;

namespace RramSnn.Model.Learning;

/// <summary>Manhattan rule: the error's sign alone decides, and every neuron that learns writes as much as every other, in proportion to the inputs' traces.</summary>
/// <remarks>
/// The simplest drivers: no error amplitude is needed. Pulses are those of the naive method. Zamanidoost, Bayat, Strukov, Kataeva, "Manhattan rule training for
/// memristive crossbar circuit pattern classifiers", WISP 2015.
/// </remarks>
public sealed class SignMethod : UpdateMethod
{
    private readonly NaiveMethod _naive = new();

    /// <inheritdoc/>
    public override string Name => "sign";

    /// <inheritdoc/>
    public override string Description => "the sign of the error alone, pulses as for a linear device; no reads";

    /// <inheritdoc/>
    public override MethodTuning TuningFor(PulseMode pulses) => pulses == PulseMode.Continuous
        ? new MethodTuning(LearningRate: 0.005, WeightRange: 8)
        : new MethodTuning(LearningRate: 0.005, WeightRange: 1);

    /// <inheritdoc/>
    protected override PulsePlan PlanFor(Device device, SynapseCell cell, double weightRange) =>
        _naive.Plan(device, cell, weightRange) with { Errors = ErrorCoding.Sign };
}

/// <summary>
/// Error-triggered learning: a neuron's devices are written only when its error passes a threshold, which follows a target share of events (5 % unless
/// the network's options say otherwise), and then with an event of fixed size. Pulses are those of the balanced pair.
/// </summary>
/// <remarks>
/// Payvand, Fouda, Kurdahi, Eltawil, Neftci, AICAS 2020 (arXiv 1910.06152) and JETCAS 2020 (arXiv 2011.10852). Any other method becomes error-triggered
/// by <see cref="Layers.NetworkOptions.ErrorEvents"/>.
/// </remarks>
public sealed class ErrorTriggeredMethod : UpdateMethod
{
    private readonly BalancedPairMethod _balanced = new();

    /// <inheritdoc/>
    public override string Name => "error-triggered";

    /// <inheritdoc/>
    public override string Description => "a balanced pair that is written only when the neuron's error passes an adaptive threshold; no reads";

    /// <inheritdoc/>
    public override bool NeedsPair => true;

    /// <inheritdoc/>
    public override MethodTuning TuningFor(PulseMode pulses) => pulses == PulseMode.Continuous
        ? new MethodTuning(LearningRate: 0.02, WeightRange: 16)
        : new MethodTuning(LearningRate: 0.02, WeightRange: 1);

    /// <inheritdoc/>
    protected override PulsePlan PlanFor(Device device, SynapseCell cell, double weightRange) =>
        _balanced.Plan(device, cell, weightRange) with { Errors = ErrorCoding.Events };
}
