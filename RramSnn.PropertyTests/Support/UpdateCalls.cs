using RramSnn.Kernels.Conductance;
using RramSnn.Kernels.Crossbar;
using RramSnn.Kernels.Random;

namespace RramSnn.PropertyTests.Support;

/// <summary><see cref="ConductanceKernels.Update"/>.</summary>
internal ref struct UpdateFacade : IUpdateCall
{
    internal Span<float> State;
    internal ActiveRows Active;
    internal ReadOnlySpan<float> Wish;
    internal int FirstPanel;
    internal PulseCounters Counters;
    internal PolarityGain Rule;
    internal RandomStream Stream;

    public readonly void Run<TDevice, TCounts, TNoise>(TDevice device, TNoise noise)
        where TDevice : struct, IDeviceModel
        where TCounts : struct, IPulseCounts
        where TNoise : struct, ICycleNoise =>
        ConductanceKernels.Update<TDevice, PolarityGain, TCounts, TNoise>(
            device, Rule, noise, State, Active, Wish, Stream, FirstPanel, Counters);
}

/// <summary>Its kernel at a chosen width, alone or with the coming step's product.</summary>
internal ref struct UpdateAtWidth<TRule, TProduct> : IUpdateCall
    where TRule : struct, IPulseRule
    where TProduct : struct, INextProduct, allows ref struct
{
    internal UpdateCase Case;
    internal int Width;
    internal ActiveRows Active;
    internal TRule Rule;
    internal TProduct Product;
    internal float[] Current;
    internal float[] Reads;

    public readonly void Run<TDevice, TCounts, TNoise>(TDevice device, TNoise noise)
        where TDevice : struct, IDeviceModel
        where TCounts : struct, IPulseCounts
        where TNoise : struct, ICycleNoise
    {
        Widths.Run(Width, UpdateKernels.Of<TDevice, TRule, TCounts, TNoise, TProduct>(
            new(device, Rule, noise), Product, Case, Case.State, Case.Stream, Active, Current, Reads));
    }
}

/// <summary>The kernel of both arrays of a pair at a chosen width.</summary>
internal ref struct PairUpdateAtWidth : IUpdateCall
{
    internal FusedCase Case;
    internal int Width;

    public readonly void Run<TDevice, TCounts, TNoise>(TDevice device, TNoise noise)
        where TDevice : struct, IDeviceModel
        where TCounts : struct, IPulseCounts
        where TNoise : struct, ICycleNoise
    {
        UpdateCase array = Case.Array;
        ActiveRows active = Case.Active;
        float[] reads = new float[array.Wish.Length];
        Widths.Run(Width, new PairUpdateKernel<TDevice, PolarityGain, TCounts, TNoise>
        {
            Plus = UpdateKernels.Of<TDevice, PolarityGain, TCounts, TNoise, NoProduct>(
                new(device, Case.PlusRule, noise), default, array, Case.Plus, Case.PlusStream, active, Case.Current, reads),
            Minus = UpdateKernels.Of<TDevice, PolarityGain, TCounts, TNoise, MinusOfPairProduct>(
                new(device, array.Rule, noise), new(in Case.Plus[0]), array, array.State, array.Stream, active, Case.Current, reads),
            IsInMemory = array.Seed % 4 < 2,
        });
    }
}

/// <summary>Update kernels as the facades make them.</summary>
internal static class UpdateKernels
{
    /// <summary>The kernel of an array, as if it were too large for the caches, or the step an odd one, for some seeds.</summary>
    internal static UpdateKernel<TDevice, TRule, TCounts, TNoise, TProduct> Of<TDevice, TRule, TCounts, TNoise, TProduct>(
        CellUpdate<TDevice, TRule, TCounts, TNoise> cells, TProduct product, UpdateCase array, float[] state, RandomStream stream, ActiveRows active, float[] current, float[] reads)
        where TDevice : struct, IDeviceModel
        where TRule : struct, IPulseRule
        where TCounts : struct, IPulseCounts
        where TNoise : struct, ICycleNoise
        where TProduct : struct, INextProduct, allows ref struct
    {
        CellHash.Of(stream, out CellHash rounding, out CellHash cycleNoise);
        return new()
        {
            Cells = cells,
            Product = product,
            State = ref state[0],
            List = new(active),
            TraceCount = active.TraceCount,
            LargestTrace = active.LargestValue,
            TraceSum = active.ValueSum,
            PanelLength = (nuint)array.Layout.PanelLength,
            Wish = ref array.Wish[0],
            PaddedColumns = (nuint)array.Wish.Length,
            Rounding = rounding,
            Noise = cycleNoise,
            Prefetches = array.Seed % 2 == 1,
            IsInMemory = array.Seed % 4 < 2,
            Descends = array.Seed % 3 == 1,
            Pulses = ref array.Pulses[0],
            Writes = ref array.Writes[0],
            Reads = ref reads[0],
            Current = ref current[0],
        };
    }
}

/// <summary>The facades that update and multiply in one pass.</summary>
internal ref struct FusedFacade : IUpdateCall
{
    internal FusedCase Case;
    internal Span<float> State;
    internal ActiveRows Active;
    internal ReadOnlySpan<float> Wish;
    internal int FirstPanel;
    internal PulseCounters Counters;
    internal Span<float> Plus;
    internal Span<float> Current;

    public readonly void Run<TDevice, TCounts, TNoise>(TDevice device, TNoise noise)
        where TDevice : struct, IDeviceModel
        where TCounts : struct, IPulseCounts
        where TNoise : struct, ICycleNoise
    {
        UpdateCase array = Case.Array;
        if (Case.IsPair)
        {
            ConductanceKernels.UpdateAndAccumulate<TDevice, PolarityGain, TCounts, TNoise>(
                device, Case.PlusRule, array.Rule, noise, Plus, State, Active, Wish, Case.PlusStream, array.Stream, FirstPanel, Counters, Current);
        }
        else
        {
            ConductanceKernels.UpdateAndAccumulate<TDevice, PolarityGain, TCounts, TNoise>(
                device, array.Rule, noise, State, Active, Wish, array.Stream, FirstPanel, Counters, Case.Reference, Current);
        }
    }
}

/// <summary><see cref="ConductanceKernels.UpdateBatch"/>.</summary>
internal ref struct BatchFacade : IUpdateCall
{
    internal BatchUpdateCase Case;
    internal Span<float> State;
    internal ReadOnlySpan<float> Traces;
    internal ReadOnlySpan<float> Wishes;
    internal int FirstPanel;
    internal PulseCounters Counters;

    public readonly void Run<TDevice, TCounts, TNoise>(TDevice device, TNoise noise)
        where TDevice : struct, IDeviceModel
        where TCounts : struct, IPulseCounts
        where TNoise : struct, ICycleNoise =>
        ConductanceKernels.UpdateBatch<TDevice, PolarityGain, TCounts, TNoise>(
            device, Case.Array.Rule, noise, State, Case.Array.Rows, Traces, Case.Stride, Case.Batch, Wishes, Case.Array.Stream, FirstPanel, Counters);
}

/// <summary>Its kernel at a chosen width.</summary>
internal struct BatchAtWidth : IUpdateCall
{
    internal BatchUpdateCase Case;
    internal int Width;

    public readonly void Run<TDevice, TCounts, TNoise>(TDevice device, TNoise noise)
        where TDevice : struct, IDeviceModel
        where TCounts : struct, IPulseCounts
        where TNoise : struct, ICycleNoise
    {
        UpdateCase array = Case.Array;
        CellHash.Of(array.Stream, out CellHash rounding, out CellHash cycleNoise);
        Widths.Run(Width, new BatchUpdateKernel<TDevice, PolarityGain, TCounts, TNoise>
        {
            Cells = new(device, array.Rule, noise),
            State = ref array.State[0],
            Rows = (nuint)array.Rows,
            Traces = ref Case.Traces[0],
            TraceStride = (nuint)Case.Stride,
            Batch = (nuint)Case.Batch,
            Wishes = ref Case.Wishes[0],
            PaddedColumns = (nuint)array.Wish.Length,
            Rounding = rounding,
            Noise = cycleNoise,
            Pulses = ref array.Pulses[0],
            Writes = ref array.Writes[0],
            Reads = ref (new float[array.Writes.Length])[0],
        });
    }
}
