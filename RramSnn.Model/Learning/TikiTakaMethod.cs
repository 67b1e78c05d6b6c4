using RramSnn.Model.Crossbars;
using RramSnn.Model.Crossbars.Units;
using RramSnn.Model.Devices;

namespace RramSnn.Model.Learning;

/// <summary>
/// Two arrays: a fast one, A, of the same asymmetric devices gathers the wished changes around its symmetry point, and the weights C receive, a few
/// word lines at a time, what it has gathered. An asymmetric device pulls A towards its symmetry point, which is A's zero; C moves little.
/// </summary>
/// <remarks>
/// <para>
/// Per synapse a = u_A - u_ref, with u_ref the state of a reference device that was left at the symmetry point; w = C + γ W a. At every step A gets
/// pulses for b Δw, the same number for both polarities: N = b Δw/(W s*), with s* its step at the symmetry point. Behind every k-th sample the next word
/// lines, round robin, are read and passed on:
/// </para>
/// <code>
///   tiki-taka           ΔC = λ W a                              in pulses of the pulse mode
///   tiki-taka-v2        H ← H + λ W a,  p = ⌊|H|/ε⌋ pulses with the sign of H,  H ← H - p ε
///   tiki-taka-chopped   as v2 with c Δw for A and c W a for H;  c = ±1 per word line changes after every P reads of it
///   agad                as chopped with a = u_A - μ, μ the mean of u_A over the previous P reads; no reference device
/// </code>
/// <para>
/// C is driven as by <see cref="BalancedPairMethod"/> (a reference cell: its one device, scaled per polarity), which puts its symmetry point at w = 0;
/// whole pulses as by <see cref="MixedPrecisionMethod"/>. Where devices differ each of A is first brought to its own symmetry point by pulses up and
/// down in turn (zero-shifting, Kim et al., arXiv:1907.10228, 2019).
/// </para>
/// <para>
/// Cost per synapse: two extra devices (<c>agad</c>: one), and 0, 1, 1 or 3 digital numbers; reads of every extra device of a word line that is passed on.
/// Gokmen and Haensch, Frontiers in Neuroscience 14:103, 2020; v2: Gokmen, Frontiers in Artificial Intelligence 4:699148, 2021; the others: Rasch,
/// Carta, Fagbohungbe and Gokmen, Nature Communications 15:7133, 2024. Theirs pass on a word line behind every update, here many behind a sample. Signs
/// change on a schedule, not by chance, so that they are a function of the number of samples.
/// </para>
/// </remarks>
public sealed class TikiTakaMethod : UpdateMethod
{
    private const double Middle = 0.5;

    /// <summary>A method of the family.</summary>
    /// <param name="kind">How what A has gathered reaches the weights.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such kind.</exception>
    public TikiTakaMethod(TransferKind kind)
    {
        Require.That(Enum.IsDefined(kind), kind, "a kind of transfer", nameof(kind));
        Kind = kind;
        FastGain = kind == TransferKind.Direct ? 4 : 8;
        ChopperReads = kind == TransferKind.Dynamic ? 2 : 1;
        Gamma = kind is TransferKind.Direct or TransferKind.Buffered ? 1 : 0;
        Rate = kind switch { TransferKind.Direct => 0.1, TransferKind.Dynamic => 0.2, _ => 0.3 };
    }

    /// <summary>One of each kind.</summary>
    public static IReadOnlyList<TikiTakaMethod> All { get; } = [.. Enum.GetValues<TransferKind>().Select(static kind => new TikiTakaMethod(kind))];

    /// <summary>How what A has gathered reaches the weights.</summary>
    public TransferKind Kind { get; }

    /// <inheritdoc/>
    public override string Name => Kind switch
    {
        TransferKind.Direct => "tiki-taka",
        TransferKind.Buffered => "tiki-taka-v2",
        TransferKind.Chopped => "tiki-taka-chopped",
        _ => "agad",
    };

    /// <inheritdoc/>
    public override string Description => Kind switch
    {
        TransferKind.Direct => "a fast array gathers changes at its symmetry point and is passed on by word lines; needs reads and two more devices",
        TransferKind.Buffered => "tiki-taka with a digital buffer that writes whole pulses; needs reads and two more devices",
        TransferKind.Chopped => "tiki-taka-v2 with changing signs, so that offsets average out; needs reads and two more devices",
        _ => "tiki-taka-chopped against the mean of the last sign's period, without a reference; needs reads and one more device",
    };

    /// <summary>b, how much larger than wished the changes of A are: above 0; 4, or 8 where pulses are whole.</summary>
    public double FastGain { get; init; }

    /// <summary>λ, share of A that a read passes on: above 0; 0.1 for <c>tiki-taka</c>, 0.2 for <c>agad</c>, else 0.3.</summary>
    public double Rate { get; init; }

    /// <summary>k, samples from one transfer to the next: 1 or more.</summary>
    public int EverySamples { get; init; } = 1;

    /// <summary>Word lines per transfer: 1 or more; a layer with fewer passes on all of them.</summary>
    public int WordLines { get; init; } = 16;

    /// <summary>γ, share of A that counts as weight: 0 or more, and 0 where signs change; else 1.</summary>
    public double Gamma { get; init; }

    /// <summary>P, reads of a word line from one change of its sign to the next: 1 or more; 2 for <c>agad</c>, else 1.</summary>
    public int ChopperReads { get; init; }

    /// <inheritdoc/>
    public override bool NeedsReads => true;

    /// <inheritdoc/>
    public override MethodTuning TuningFor(PulseMode pulses) => Kind switch
    {
        TransferKind.Direct => new(LearningRate: 0.01, WeightRange: 0.5),
        TransferKind.Buffered => new(LearningRate: 0.005, WeightRange: 0.5),
        TransferKind.Chopped => new(LearningRate: 0.02, WeightRange: 0.125),
        _ => new(LearningRate: 0.02, WeightRange: 0.25),
    };

    /// <inheritdoc/>
    protected override PulsePlan PlanFor(Device device, SynapseCell cell, double weightRange)
    {
        Require.That(FastGain > 0 && double.IsFinite(FastGain), FastGain, "a number above 0", nameof(FastGain));
        Require.That(Rate > 0 && double.IsFinite(Rate), Rate, "a number above 0", nameof(Rate));
        Require.That(EverySamples >= 1, EverySamples, "at least 1", nameof(EverySamples));
        Require.That(WordLines >= 1, WordLines, "at least 1", nameof(WordLines));
        Require.That(ChopperReads >= 1, ChopperReads, "at least 1", nameof(ChopperReads));
        Require.That(Gamma >= 0 && double.IsFinite(Gamma), Gamma, "0 or more", nameof(Gamma));
        Require.That(Gamma == 0 || Kind is TransferKind.Direct or TransferKind.Buffered, Gamma, "0 for a method that changes signs", nameof(Gamma));
        return new PulsePlan(device.Law, PulseRule.Never, PulseRule.Never, Unit: new TransferPlan
        {
            Kind = Kind,
            WeightRange = weightRange,
            FastGain = FastGain,
            Rate = Rate,
            EverySamples = EverySamples,
            WordLines = WordLines,
            Gamma = Gamma,
            ChopperReads = ChopperReads,
            PulsesPerWeight = (1 / (2 * weightRange * device.Law.PotentiationSlope(Middle)), 1 / (2 * weightRange * device.Law.DepressionSlope(Middle))),
            Steps = WholePulses.Of(device.Law, cell, weightRange),
        });
    }
}
