using RramSnn.Kernels.Conductance;
using RramSnn.Kernels.Crossbar;
using RramSnn.Kernels.Random;

namespace RramSnn.Model.Devices;

/// <summary>Applies SET pulses and RESET to one array of phase-change devices: whole pulses always, each with a step of its own.</summary>
internal sealed class SetProgrammer<TRule> : ArrayProgrammer
    where TRule : struct, IPulseRule
{
    // The mean curve may never reach its top; so near to it counts as there.
    private const double LargestShareOfTop = 0.99;

    private readonly PhaseChange _device;
    private readonly DeviceLaw _law;
    private readonly TRule _rule;

    /// <summary>Mean states after 0, 1, 2, ... pulses since RESET.</summary>
    private readonly double[] _means;

    /// <summary>A programmer of such devices.</summary>
    /// <param name="device">The kernels' device.</param>
    /// <param name="law">Its mean law.</param>
    /// <param name="curve">The mean climb after RESET.</param>
    /// <param name="rule">How many pulses a wish means.</param>
    internal SetProgrammer(PhaseChange device, DeviceLaw law, ResetCurve curve, TRule rule)
    {
        _device = device;
        _law = law;
        _rule = rule;
        _means =
        [
            0,
            .. Enumerable.Range(1, ConductanceKernels.LargestSetCount)
                .TakeWhile(pulse => curve.At(pulse - 1) < LargestShareOfTop * curve.Top)
                .Select(pulse => curve.At(pulse)),
        ];
    }

    internal override void Program(in ArrayCells cells, ActiveRows active, ReadOnlySpan<float> wish, RandomStream stream, int firstPanel, PulseCounters counters) =>
        ConductanceKernels.Set(_device, _rule, cells.States, cells.Memories, active, wish, stream, firstPanel, counters);

    internal override void Place(in ArrayCells cells, int cell, float state)
    {
        cells.States[cell] = cells.Nearest(cell, state);
        cells.Memories[cell] = (float)_law.MemoryAt(cells.States[cell]);
    }

    internal override RewriteCost Rewrite(in ArrayCells panel, int row, ReadOnlySpan<float> targets, RandomStream stream, int index)
    {
        RewriteCost cost = default;
        Span<float> counts = stackalloc float[CrossbarLayout.PanelWidth];
        counts.Fill(-1f);
        for (int column = 0; column < targets.Length; column++)
        {
            if (!float.IsNaN(targets[column]))
            {
                int pulses = PulsesTo(targets[column]);
                counts[column] = pulses;
                cost = cost.WithDevice(pulses);
            }
        }

        ConductanceKernels.Rewrite(_device, panel.States, panel.Memories, panel.States.Length / CrossbarLayout.PanelWidth, row, counts, stream, index);
        return cost;
    }

    /// <summary>The number of pulses since RESET whose mean state comes nearest.</summary>
    private int PulsesTo(double state)
    {
        int place = Array.BinarySearch(_means, state);
        if (place >= 0)
        {
            return place;
        }

        int above = ~place;
        bool isBelowNearer = above == _means.Length || (above > 0 && state - _means[above - 1] < _means[above] - state);
        return isBelowNearer ? above - 1 : above;
    }
}
