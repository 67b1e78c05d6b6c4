using System.Runtime.InteropServices;
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
    internal UpdateOperands Operands;
    internal TRule Rule;
    internal TProduct Product;

    public readonly void Run<TDevice, TCounts, TNoise>(TDevice device, TNoise noise)
        where TDevice : struct, IDeviceModel
        where TCounts : struct, IPulseCounts
        where TNoise : struct, ICycleNoise
    {
        Widths.Run(Width, UpdateKernels.Of<TDevice, TRule, TCounts, TNoise, TProduct>(
            new(device, Rule, noise), Product, Case, Operands, Operands.State, Case.Stream));
    }
}

/// <summary>The kernel of both arrays of a pair at a chosen width.</summary>
internal ref struct PairUpdateAtWidth : IUpdateCall
{
    internal FusedCase Case;
    internal int Width;
    internal UpdateOperands Operands;

    public readonly void Run<TDevice, TCounts, TNoise>(TDevice device, TNoise noise)
        where TDevice : struct, IDeviceModel
        where TCounts : struct, IPulseCounts
        where TNoise : struct, ICycleNoise
    {
        UpdateCase array = Case.Array;
        Widths.Run(Width, new PairUpdateKernel<TDevice, PolarityGain, TCounts, TNoise>
        {
            Plus = UpdateKernels.Of<TDevice, PolarityGain, TCounts, TNoise, NoProduct>(
                new(device, Case.PlusRule, noise), default, array, Operands, Operands.Plus, Case.PlusStream),
            Minus = UpdateKernels.Of<TDevice, PolarityGain, TCounts, TNoise, MinusOfPairProduct>(
                new(device, array.Rule, noise), new(in Operands.Plus[0]), array, Operands, Operands.State, array.Stream),
            IsInMemory = Operands.IsInMemory,
        });
    }
}

/// <summary>Update kernels as the facades make them.</summary>
internal static class UpdateKernels
{
    /// <summary>The kernel of one array, whose states are given.</summary>
    internal static UpdateKernel<TDevice, TRule, TCounts, TNoise, TProduct> Of<TDevice, TRule, TCounts, TNoise, TProduct>(
        CellUpdate<TDevice, TRule, TCounts, TNoise> cells, TProduct product, UpdateCase array, UpdateOperands operands, Span<float> state, RandomStream stream)
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
            List = new(operands.Active),
            TraceCount = operands.Active.TraceCount,
            LargestTrace = operands.Active.LargestValue,
            TraceSum = operands.Active.ValueSum,
            PanelLength = (nuint)array.Layout.PanelLength,
            Wish = ref MemoryMarshal.GetReference(operands.Wish),
            PaddedColumns = (nuint)operands.Wish.Length,
            Rounding = rounding,
            Noise = cycleNoise,
            Prefetches = operands.Prefetches,
            PrefetchesGaps = operands.PrefetchesGaps,
            IsInMemory = operands.IsInMemory,
            Descends = operands.Descends,
            Pulses = ref operands.Counters.Pulses[0],
            Writes = ref operands.Counters.Writes[0],
            Reads = ref operands.Counters.Reads[0],
            Current = ref MemoryMarshal.GetReference(operands.Current),
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
