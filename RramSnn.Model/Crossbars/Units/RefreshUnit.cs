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
    private readonly float _threshold = (float)schedule.Threshold;

    internal override void AfterSample(in SampleEnd end)
    {
        if (end.Samples % schedule.EverySamples != 0)
        {
            return;
        }

        for (int panel = end.Panels.First; panel < end.Panels.First + end.Panels.Count; panel++)
        {
            end.Totals.Add(panel, Refresh(panel, end.Rewriting));
        }
    }

    /// <summary>Reads all pairs of a panel, and resets and rewrites those where a device has passed the threshold.</summary>
    /// <returns>What that took; a rewritten pair takes two resets and one write of as many pulses as its weight needs.</returns>
    internal RewriteCost Refresh(int panel, ArrayStreams streams)
    {
        CrossbarLayout layout = Crossbar.Layout;
        ReadOnlySpan<float> plusStates = Crossbar.Plus;
        ReadOnlySpan<float> minusStates = Crossbar.Minus;
        Span<float> differences = stackalloc float[CrossbarLayout.PanelWidth];
        differences = differences[..Crossbar.ColumnsOf(panel)];
        RewriteCost cost = new(Reads: 2L * layout.Rows * differences.Length, Writes: 0, Pulses: 0);
        for (int row = 0; row < layout.Rows; row++)
        {
            int first = layout.IndexOf(row, panel * CrossbarLayout.PanelWidth);
            bool isAnyFull = false;
            for (int column = 0; column < differences.Length; column++)
            {
                float plus = plusStates[first + column];
                float minus = minusStates[first + column];
                bool isFull = MathF.Max(plus, minus) > _threshold;
                differences[column] = isFull ? plus - minus : float.NaN;
                isAnyFull |= isFull;
            }

            if (isAnyFull)
            {
                cost += Crossbar.Rewrite(panel, row, differences, streams);
            }
        }

        return cost;
    }
}
