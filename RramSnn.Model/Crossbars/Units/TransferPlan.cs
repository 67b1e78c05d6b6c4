using RramSnn.Kernels.Crossbar;
using RramSnn.Kernels.Memory;
using RramSnn.Model.Devices;

namespace RramSnn.Model.Crossbars.Units;

/// <summary>How what a fast array has gathered reaches the weights.</summary>
public enum TransferKind
{
    /// <summary>Every read becomes pulses at once.</summary>
    Direct,

    /// <summary>Reads are added up digitally, and whole pulses are taken out of the sums.</summary>
    Buffered,

    /// <summary>As <see cref="Buffered"/>, and the sign with which a word line is gathered changes from time to time, so that offsets of the fast devices average out.</summary>
    Chopped,

    /// <summary>As <see cref="Chopped"/>, with the mean of the previous period taken off each read, so that no reference is needed.</summary>
    Dynamic,
}

/// <summary>
/// A second, fast array A of the same devices gathers the wishes around its symmetry point, and is read word line by word line to be transferred to
/// the weights.
/// </summary>
public sealed record TransferPlan : UnitPlan
{
    /// <summary>How reads reach the weights.</summary>
    public required TransferKind Kind { get; init; }

    /// <summary>W, the weight that one unit of the fast state stands for.</summary>
    public required double WeightRange { get; init; }

    /// <summary>b: the fast array is driven for b times the wished change.</summary>
    public required double FastGain { get; init; }

    /// <summary>λ: share of the fast weight that is transferred by a read.</summary>
    public required double Rate { get; init; }

    /// <summary>Samples from one transfer to the next, 1 or more.</summary>
    public required int EverySamples { get; init; }

    /// <summary>Word lines per transfer, round robin, 1 or more.</summary>
    public required int WordLines { get; init; }

    /// <summary>γ: share of the fast weight that counts as weight, 0 or more; 0 unless the transfer is direct or buffered.</summary>
    public required double Gamma { get; init; }

    /// <summary>Reads of a word line from one change of its sign to the next, 1 or more; chopped transfers only.</summary>
    public required int ChopperReads { get; init; }

    /// <summary>Pulses per unit of weight for u⁺ to rise and for it to fall; direct transfer only. u⁻ of a pair is driven the other way.</summary>
    public required (double Up, double Down) PulsesPerWeight { get; init; }

    /// <summary>What a whole pulse is worth; all but direct transfer.</summary>
    public required WholePulses Steps { get; init; }

    /// <summary>The fast device and its reference, if it has one.</summary>
    public override int ExtraDevices => HasReference ? 2 : 1;

    /// <inheritdoc/>
    public override int DigitalWords => Kind switch { TransferKind.Direct => 0, TransferKind.Dynamic => 3, _ => 1 };

    internal override bool AddsToWeight => Gamma > 0;

    /// <summary>Whether reads are relative to a device that was left at the symmetry point.</summary>
    internal bool HasReference => Kind != TransferKind.Dynamic;

    /// <summary>Whether signs change.</summary>
    internal bool IsChopped => Kind is TransferKind.Chopped or TransferKind.Dynamic;

    internal override Func<Arena, Crossbar, UpdateUnit> AddTo(ArenaLayout arena, string prefix, CrossbarLayout layout, Device device)
    {
        TransferFields fields = new(
            ArrayFields.AddTo(arena, prefix, "fast", layout, device),
            HasReference ? layout.AddTo(arena, $"{prefix}.reference_fast", FieldRole.Transient) : default,
            Kind == TransferKind.Direct ? default : layout.AddTo(arena, $"{prefix}.gathered", FieldRole.Persistent),
            Kind == TransferKind.Dynamic ? layout.AddTo(arena, $"{prefix}.period_sum", FieldRole.Persistent) : default,
            Kind == TransferKind.Dynamic ? layout.AddTo(arena, $"{prefix}.last_period_mean", FieldRole.Persistent) : default,
            arena.Add<float>($"{prefix}.transfer_pulses", FieldRole.Transient, layout.PaddedColumns),
            arena.Add<float>($"{prefix}.transfer_current", FieldRole.Transient, layout.PaddedColumns));
        return (memory, crossbar) => new TransferUnit(crossbar, memory, fields, this);
    }
}

/// <summary>Where a transfer unit lies; fields of length 0 are not needed.</summary>
/// <param name="Fast">The fast array A.</param>
/// <param name="Reference">States of the reference devices.</param>
/// <param name="Sum">Weight changes that wait for a whole pulse.</param>
/// <param name="PeriodSum">Sum of a cell's reads in the present period.</param>
/// <param name="PeriodMean">Mean of its reads in the previous period.</param>
/// <param name="Pulses">Pulses of a word line.</param>
/// <param name="Current">Currents of the fast array.</param>
internal sealed record TransferFields(
    ArrayFields Fast, Field<float> Reference, Field<float> Sum, Field<float> PeriodSum, Field<float> PeriodMean, Field<float> Pulses, Field<float> Current);
