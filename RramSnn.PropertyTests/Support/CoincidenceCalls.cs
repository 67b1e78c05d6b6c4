using System.Numerics;
using RramSnn.Kernels.Conductance;
using RramSnn.Kernels.Crossbar;
using RramSnn.Kernels.Random;

namespace RramSnn.PropertyTests.Support;

/// <summary>The update by coincidence of a case; its own kind of counts is not used.</summary>
internal struct CoincidenceFacade : IUpdateCall
{
    internal UpdateCase Case;
    internal int StreamLength;

    /// <summary>Whether the call for devices that may differ is made, with devices that do not.</summary>
    internal bool IsVaried;

    public readonly void Run<TDevice, TCounts, TNoise>(TDevice device, TNoise noise)
        where TDevice : struct, IDeviceModel
        where TCounts : struct, IPulseCounts
        where TNoise : struct, ICycleNoise
    {
        if (IsVaried)
        {
            ConductanceKernels.UpdateByCoincidence(
                device, Case.Rule, noise, StreamLength, default, Case.State, Case.Active, Case.Wish, Case.Stream, 0, Case.Counters);
            return;
        }

        for (int panel = Case.Panels - 1; panel >= 0; panel--)
        {
            Range cells = (panel * Case.Layout.PanelLength)..((panel + 1) * Case.Layout.PanelLength);
            Range columns = (panel * CrossbarLayout.PanelWidth)..((panel + 1) * CrossbarLayout.PanelWidth);
            PulseCounters counters = new(Case.Pulses.AsSpan()[columns], Case.Writes.AsSpan()[columns], new float[CrossbarLayout.PanelWidth]);
            ConductanceKernels.UpdateByCoincidence(
                device, Case.Rule, noise, StreamLength, Case.State.AsSpan()[cells], Case.Active, Case.Wish.AsSpan()[columns], Case.Stream, panel, counters);
        }
    }
}

/// <summary>Its kernel at a chosen width.</summary>
internal struct CoincidenceAtWidth : IUpdateCall
{
    internal UpdateCase Case;
    internal int StreamLength;
    internal int Width;

    public readonly void Run<TDevice, TCounts, TNoise>(TDevice device, TNoise noise)
        where TDevice : struct, IDeviceModel
        where TCounts : struct, IPulseCounts
        where TNoise : struct, ICycleNoise
    {
        CellHash.Of(Case.Stream, out CellHash rounding, out CellHash cycleNoise);
        Widths.Run(Width, new UpdateKernel<TDevice, PolarityGain, CoincidentPulses, TNoise, NoProduct>
        {
            Cells = new(device, Case.Rule, noise),
            State = ref Case.State[0],
            List = new(Case.Active),
            TraceCount = Case.Active.TraceCount,
            LargestTrace = Case.Active.LargestValue,
            TraceSum = Case.Active.ValueSum,
            PanelLength = (nuint)Case.Layout.PanelLength,
            Wish = ref Case.Wish[0],
            PaddedColumns = (nuint)Case.Wish.Length,
            Rounding = rounding,
            Noise = cycleNoise,
            Streams = new(rounding, StreamLength),
            Prefetches = Case.Seed % 2 == 1,
            Pulses = ref Case.Pulses[0],
            Writes = ref Case.Writes[0],
            Reads = ref (new float[1])[0],
            Current = ref (new float[1])[0],
        });
    }
}

/// <summary>Bit streams and their coincidences, written down a second time, one line at a time.</summary>
internal static class CoincidenceReference
{
    /// <summary>The stream of a line: word lines are rows of the hash, bit lines are columns of the rows from 2³¹ on.</summary>
    internal static uint Stream(RandomStream stream, int line, bool isRow, float factor, int length)
    {
        CellHashReference hash = CellHashReference.Rounding(stream);
        float probability = factor * (1f / MathF.Sqrt(length));
        uint bits = 0;
        for (int bit = 0; bit < length; bit++)
        {
            uint word = isRow ? hash.Word(line, bit) : hash.Word(unchecked((int)(0x8000_0000u + (uint)bit)), line);
            bits |= probability > UpdateCase.UnitInterval(word) ? 1u << bit : 0u;
        }

        return bits;
    }

    /// <summary>The whole update, one device at a time.</summary>
    internal static UpdateCase Update(UpdateCase c, int length)
    {
        ActiveRows active = c.Active;
        uint[] rows = [.. Enumerable.Range(0, c.Rows).Select(row => Stream(c.Stream, row, isRow: true, c.Trace[row], length))];
        for (int column = 0; column < c.Wish.Length; column++)
        {
            float wished = c.Wish[column] * (c.Wish[column] < 0 ? c.Gain.ForDecrease : c.Gain.ForIncrease);
            uint bits = Stream(c.Stream, column, isRow: false, Math.Abs(wished), length);
            foreach (int row in active.Rows)
            {
                float count = BitOperations.PopCount(rows[row] & bits);
                ref float state = ref c.State[c.Layout.IndexOf(row, column)];
                state = c.Disturb(row, column, state, c.Device.Pulse(state, wished < 0 ? -1f : 1f, count), count);
                c.Pulses[column] += count;
                c.Writes[column] += count > 0 ? 1 : 0;
            }
        }

        return c;
    }
}
