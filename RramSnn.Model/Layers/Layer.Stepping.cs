using RramSnn.Kernels.Conductance;
using RramSnn.Kernels.Crossbar;
using RramSnn.Model.Crossbars;

namespace RramSnn.Model.Layers;

/// <content>Single operations on the whole layer, for <see cref="LayerStepper"/>.</content>
public sealed partial class Layer
{
    /// <summary>Currents of all bit lines, padding included.</summary>
    internal Span<float> Current => _arena.Span(_fields.Current);

    /// <summary>Presynaptic traces, padding included.</summary>
    internal ReadOnlySpan<float> Trace => InputMembraneTrace;

    /// <summary>Wished changes, padding included.</summary>
    internal Span<float> Wish => _arena.Span(_fields.Wish);

    /// <summary>What was counted since the counts were moved to the totals.</summary>
    internal (double Pulses, long Writes, long Reads) Pending
    {
        get
        {
            PulseCounters counters = Counters;
            return (Sum(counters.Pulses), (long)Sum(counters.Writes), (long)Sum(counters.Reads));
        }
    }

    internal PanelRange AllPanels => new(0, Crossbar.Layout.PanelCount);

    /// <summary>Moves what was counted to the totals.</summary>
    internal void Count(WorkerScratch scratch)
    {
        Product.CountConversions(AllPanels, scratch);
        Totals.Take(AllPanels, Counters);
    }

    /// <summary>Currents of spikes.</summary>
    internal void ComputeCurrent(ReadOnlySpan<ulong> spikes, ulong time, WorkerScratch scratch) =>
        Product.Compute(new LayerInput(spikes), new StepContext(time, Learns: true, Measures: false), AllPanels, scratch, Current);

    /// <summary>Currents of amplitudes.</summary>
    /// <param name="input">One per word line.</param>
    /// <param name="padded">The same, padded to whole words with zeros.</param>
    /// <param name="time">Names the read noise.</param>
    /// <param name="scratch">The worker's memory.</param>
    internal void ComputeCurrent(ReadOnlySpan<float> input, ReadOnlySpan<float> padded, ulong time, WorkerScratch scratch)
    {
        if (Product.HasReadNoise)
        {
            Product.Compute(new LayerInput(padded, padded), new StepContext(time, Learns: true, Measures: false), AllPanels, scratch, Current);
            return;
        }

        Current.Clear();
        if (Crossbar.Cell == SynapseCell.Pair)
        {
            CrossbarKernels.Accumulate(Crossbar.Plus, Crossbar.Minus, input, Current);
        }
        else
        {
            CrossbarKernels.Accumulate(Crossbar.Plus, Crossbar.Rest, input, Current);
        }
    }

    /// <summary>Currents of several inputs, into cleared sums in the order of <see cref="CrossbarLayout"/>(batch, columns).</summary>
    internal void ComputeCurrents(ReadOnlySpan<float> inputs, int inputStride, int batch, Span<float> sums)
    {
        int rows = Crossbar.Layout.Rows;
        if (Crossbar.Cell == SynapseCell.Pair)
        {
            CrossbarKernels.AccumulateBatch(Crossbar.Plus, Crossbar.Minus, rows, inputs, inputStride, batch, sums);
        }
        else
        {
            CrossbarKernels.AccumulateBatch(Crossbar.Plus, Crossbar.Rest, rows, inputs, inputStride, batch, sums);
        }
    }

    /// <summary>Writes the devices of the word lines that have a trace with the layer's wishes.</summary>
    internal void Write(ReadOnlySpan<float> trace, ulong time, WorkerScratch scratch) => Write(AllPanels, trace, Wish, time, scratch);

    /// <summary>The same, and the coming input's currents in the same pass; false if the devices cannot, and then nothing was done.</summary>
    internal bool TryWriteAndAccumulate(ReadOnlySpan<float> trace, ReadOnlySpan<float> input, ulong time, WorkerScratch scratch, Span<float> inputValues)
    {
        if (Product.HasReadNoise || !Crossbar.CanFuse)
        {
            return false;
        }

        ActiveRows all = ActiveRows.FromTraceAndInput(trace, input, Crossbar.Layout.Rows, scratch.Rows, scratch.Values, inputValues);
        Current.Clear();
        Crossbar.WriteAndAccumulate(all, AllPanels, Wish, StreamsAt(time), Counters, Current);
        return true;
    }

    private static double Sum(ReadOnlySpan<float> counts)
    {
        double sum = 0;
        foreach (float count in counts)
        {
            sum += count;
        }

        return sum;
    }
}
