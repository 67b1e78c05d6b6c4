using RramSnn.Kernels.Conductance;
using RramSnn.Kernels.Crossbar;
using RramSnn.Kernels.Random;

namespace RramSnn.Model.Devices;

/// <summary>Applies pulses to one array of devices: the bridge from run-time choice to the specialised kernel.</summary>
internal abstract class ArrayProgrammer
{
    /// <inheritdoc cref="ConductanceKernels.Update{TDevice, TRule, TCounts, TNoise}"/>
    internal abstract void Program(in ArrayCells cells, ActiveRows active, ReadOnlySpan<float> wish, RandomStream stream, int firstPanel, PulseCounters counters);

    /// <summary>Whether <see cref="ProgramAndAccumulate(Span{float}, ActiveRows, ReadOnlySpan{float}, RandomStream, int, PulseCounters, float, Span{float})"/> can be called.</summary>
    internal virtual bool CanFuse => false;

    /// <summary>As <see cref="Program"/> for devices that are all alike, and in the same pass the product with the states just written.</summary>
    /// <param name="states">States of the panels.</param>
    /// <param name="active">Word lines with a trace or an input.</param>
    /// <param name="wish">Wishes of the panels.</param>
    /// <param name="stream">Names the random numbers of this array and step.</param>
    /// <param name="firstPanel">Index of the first panel within the whole matrix.</param>
    /// <param name="counters">Counters of the panels.</param>
    /// <param name="reference">State of the fixed reference.</param>
    /// <param name="current">Currents of the panels, added to.</param>
    internal virtual void ProgramAndAccumulate(
        Span<float> states, ActiveRows active, ReadOnlySpan<float> wish, RandomStream stream, int firstPanel, PulseCounters counters, float reference, Span<float> current) =>
        throw CannotFuse();

    /// <summary>The same for both arrays of a pair, this being the plus array's programmer, if both have one kernel.</summary>
    internal virtual void ProgramAndAccumulate(
        Span<float> plus, ArrayProgrammer minusProgrammer, Span<float> minus, ActiveRows active, ReadOnlySpan<float> wish, RandomStream plusStream, RandomStream minusStream, int firstPanel, PulseCounters counters, Span<float> current) =>
        throw CannotFuse();

    private protected static NotSupportedException CannotFuse() => new("these devices are not written and multiplied in one pass.");

    /// <summary>Brings a device to the state nearest to the wished one, before training.</summary>
    internal abstract void Place(in ArrayCells cells, int cell, float state);

    /// <summary>Resets devices of one row of one panel, and writes each of them up to a state of its own.</summary>
    /// <param name="panel">The panel's devices.</param>
    /// <param name="row">The word line.</param>
    /// <param name="targets">States to write, for the first bit lines of the panel; NaN leaves a device alone.</param>
    /// <param name="stream">Names the random numbers of this array and time.</param>
    /// <param name="index">Index of the panel within the whole matrix.</param>
    internal abstract RewriteCost Rewrite(in ArrayCells panel, int row, ReadOnlySpan<float> targets, RandomStream stream, int index);
}

/// <summary>What reading devices and rewriting some of them took: a reset is a write of one pulse, and setting a device another of as many pulses as it needs.</summary>
internal readonly record struct RewriteCost(long Reads, long Writes, double Pulses)
{
    /// <summary>The cost with one more device that was rewritten, set with so many pulses.</summary>
    internal RewriteCost WithDevice(double pulses) => this with { Writes = Writes + (pulses > 0 ? 2 : 1), Pulses = Pulses + 1 + pulses };

    /// <summary>Both costs.</summary>
    public static RewriteCost operator +(RewriteCost a, RewriteCost b) => new(a.Reads + b.Reads, a.Writes + b.Writes, a.Pulses + b.Pulses);
}

/// <summary>Programs devices that remember nothing but their state: resets and start states are exact.</summary>
internal abstract class StateProgrammer<TDevice>(TDevice device) : ArrayProgrammer
    where TDevice : struct, IDeviceModel
{
    // A law may never reach its bound; so near to it counts as there.
    private const double LargestRewrite = 0.999;

    protected TDevice Device { get; } = device;

    internal override void Place(in ArrayCells cells, int cell, float state) => cells.States[cell] = cells.Nearest(cell, state);

    internal override RewriteCost Rewrite(in ArrayCells panel, int row, ReadOnlySpan<float> targets, RandomStream stream, int index)
    {
        RewriteCost cost = default;
        int first = row * CrossbarLayout.PanelWidth;
        for (int column = 0; column < targets.Length; column++)
        {
            float target = targets[column];
            if (!float.IsNaN(target))
            {
                Place(panel, first + column, target);
                cost = cost.WithDevice(Device.PulsesBetween(0, Math.Min(target, LargestRewrite)));
            }
        }

        return cost;
    }
}

/// <summary>Programs by a pulse rule, device by device.</summary>
internal sealed class ArrayProgrammer<TDevice, TRule, TCounts, TNoise>(TDevice device, TRule rule, TNoise noise) : StateProgrammer<TDevice>(device)
    where TDevice : struct, IDeviceModel
    where TRule : struct, IPulseRule
    where TCounts : struct, IPulseCounts
    where TNoise : struct, ICycleNoise
{
    private readonly TRule _rule = rule;

    internal override void Program(in ArrayCells cells, ActiveRows active, ReadOnlySpan<float> wish, RandomStream stream, int firstPanel, PulseCounters counters)
    {
        if (cells.AreVaried || (KernelChoice.IsCompact && (typeof(TNoise) != typeof(NoNoise) || TRule.ReadsState)))
        {
            ConductanceKernels.UpdateVaried<TDevice, TRule, TCounts, TNoise>(Device, _rule, noise, cells.Variation, cells.States, active, wish, stream, firstPanel, counters);
        }
        else
        {
            ConductanceKernels.Update<TDevice, TRule, TCounts, TNoise>(Device, _rule, noise, cells.States, active, wish, stream, firstPanel, counters);
        }
    }

    // Noise and inversions cost so much more than a pass over memory that a kernel of their own would not pay.
    internal override bool CanFuse => typeof(TNoise) == typeof(NoNoise) && typeof(TRule) == typeof(PolarityGain);

    internal override void ProgramAndAccumulate(
        Span<float> states, ActiveRows active, ReadOnlySpan<float> wish, RandomStream stream, int firstPanel, PulseCounters counters, float reference, Span<float> current)
    {
        if (typeof(TNoise) != typeof(NoNoise) || typeof(TRule) != typeof(PolarityGain))
        {
            throw CannotFuse();
        }

        ConductanceKernels.UpdateAndAccumulate<TDevice, TRule, TCounts, NoNoise>(Device, _rule, default, states, active, wish, stream, firstPanel, counters, reference, current);
    }

    internal override void ProgramAndAccumulate(
        Span<float> plus, ArrayProgrammer minusProgrammer, Span<float> minus, ActiveRows active, ReadOnlySpan<float> wish, RandomStream plusStream, RandomStream minusStream, int firstPanel, PulseCounters counters, Span<float> current)
    {
        if (typeof(TNoise) != typeof(NoNoise) || typeof(TRule) != typeof(PolarityGain))
        {
            throw CannotFuse();
        }

        TRule minusRule = ((ArrayProgrammer<TDevice, TRule, TCounts, TNoise>)minusProgrammer)._rule;
        ConductanceKernels.UpdateAndAccumulate<TDevice, TRule, TCounts, NoNoise>(
            Device, _rule, minusRule, default, plus, minus, active, wish, plusStream, minusStream, firstPanel, counters, current);
    }
}

/// <summary>Programs by coincidence of random bit streams.</summary>
internal sealed class CoincidentProgrammer<TDevice, TNoise>(TDevice device, PolarityGain rule, TNoise noise, int streamLength) : StateProgrammer<TDevice>(device)
    where TDevice : struct, IDeviceModel
    where TNoise : struct, ICycleNoise
{
    internal override void Program(in ArrayCells cells, ActiveRows active, ReadOnlySpan<float> wish, RandomStream stream, int firstPanel, PulseCounters counters)
    {
        if (cells.AreVaried || KernelChoice.IsCompact)
        {
            ConductanceKernels.UpdateByCoincidence(Device, rule, noise, streamLength, cells.Variation, cells.States, active, wish, stream, firstPanel, counters);
        }
        else
        {
            ConductanceKernels.UpdateByCoincidence(Device, rule, noise, streamLength, cells.States, active, wish, stream, firstPanel, counters);
        }
    }
}
