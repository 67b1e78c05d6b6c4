using RramSnn.Kernels.Conductance;
using RramSnn.Model.Devices;

namespace RramSnn.Model.Crossbars;

/// <summary>What was done to the devices of a crossbar so far, panel by panel: sums that no sharing out of panels changes.</summary>
/// <param name="pulses">Pulses of each panel.</param>
/// <param name="writes">Devices that got pulses in one step, over all steps.</param>
/// <param name="reads">Conductances that the update method looked at.</param>
internal readonly ref struct PulseTotals(Span<double> pulses, Span<long> writes, Span<long> reads)
{
    private readonly Span<double> _pulses = pulses;
    private readonly Span<long> _writes = writes;
    private readonly Span<long> _reads = reads;

    /// <summary>Adds what rewriting devices of a panel took.</summary>
    internal void Add(int panel, RewriteCost cost)
    {
        _pulses[panel] += cost.Pulses;
        _writes[panel] += cost.Writes;
        _reads[panel] += cost.Reads;
    }

    /// <summary>Moves counts of the bit lines of a run of panels here; counters hold the whole layer.</summary>
    internal void Take(PanelRange panels, PulseCounters counters)
    {
        for (int panel = panels.First; panel < panels.First + panels.Count; panel++)
        {
            PulseCounters one = new PanelRange(panel, 1).Columns(counters);
            _pulses[panel] += TakeSum(one.Pulses);
            _writes[panel] += (long)TakeSum(one.Writes);
            _reads[panel] += (long)TakeSum(one.Reads);
        }
    }

    private static double TakeSum(Span<float> counter)
    {
        double sum = 0;
        foreach (float count in counter)
        {
            sum += count;
        }

        counter.Clear();
        return sum;
    }
}
