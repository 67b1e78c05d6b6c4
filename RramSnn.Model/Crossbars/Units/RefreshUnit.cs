using RramSnn.Kernels.Conductance;
using RramSnn.Kernels.Crossbar;
using RramSnn.Kernels.Memory;
using RramSnn.Model.Devices;

namespace RramSnn.Model.Crossbars.Units;

/// <summary>
/// Devices that only go up fill up. So from time to time both devices of every pair are read, and where one of them has passed a threshold
/// both are reset and their difference is written again.
/// </summary>
/// <remarks>Occasional RESET of Burr et al., IEEE TED 62(11):3498, 2015. A schedule needs no addressing, but every refresh reads every device.</remarks>
/// <param name="EverySamples">Samples from one refresh to the next, 1 or more.</param>
/// <param name="Threshold">State above which a pair is rewritten, 0 to 1.</param>
public sealed record RefreshSchedule(int EverySamples, double Threshold) : UnitPlan
{
    internal override bool StartsOneSided => true;

    internal override Func<Arena, Crossbar, UpdateUnit> AddTo(ArenaLayout arena, string prefix, CrossbarLayout layout, Device device) =>
        (_, crossbar) => new RefreshUnit(crossbar, this);
}

/// <summary>Writes every step, and rewrites pairs on a schedule.</summary>
internal sealed class RefreshUnit(Crossbar crossbar, RefreshSchedule schedule) : UpdateUnit(crossbar)
{
    // A law may never reach its bound; so near to it counts as there.
    private const double LargestRewrite = 0.999;

    internal override void AfterSample(in SampleEnd end)
    {
        if (end.Samples % schedule.EverySamples == 0)
        {
            Refresh(end.Panels, end.CountersOf(end.Panels));
        }
    }

    /// <summary>Reads all pairs of a run of panels, and resets and rewrites those where a device has passed the threshold.</summary>
    /// <remarks>A rewritten pair takes two resets and one write of as many pulses as its weight needs.</remarks>
    internal void Refresh(PanelRange panels, PulseCounters counters)
    {
        CrossbarLayout layout = Crossbar.Layout;
        for (int row = 0; row < layout.Rows; row++)
        {
            for (int column = panels.FirstColumn; column < Math.Min(panels.FirstColumn + panels.Width, layout.Columns); column++)
            {
                int index = layout.IndexOf(row, column);
                int place = column - panels.FirstColumn;
                float plus = Crossbar.Plus[index];
                float minus = Crossbar.Minus[index];
                counters.Reads[place] += 2;
                if (MathF.Max(plus, minus) > (float)schedule.Threshold)
                {
                    Crossbar.WriteOneSided(index, plus - minus);
                    counters.Writes[place] += 3;
                    counters.Pulses[place] += (float)(2 + Crossbar.Law.PulsesBetween(0, Math.Min(Math.Abs((double)plus - minus), LargestRewrite)));
                }
            }
        }
    }
}
