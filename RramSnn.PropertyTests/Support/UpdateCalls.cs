using RramSnn.Kernels.Conductance;
using RramSnn.Kernels.Crossbar;
using RramSnn.Kernels.Random;

namespace RramSnn.PropertyTests.Support;

/// <summary><see cref="ConductanceKernels.Update"/>.</summary>
internal ref struct UpdateFacade : IUpdateCall
{
    internal UpdateCase Case;
    internal Span<float> State;
    internal ActiveRows Active;
    internal ReadOnlySpan<float> Wish;
    internal int FirstPanel;
    internal PulseCounters Counters;

    public readonly void Run<TDevice, TCounts, TNoise>(TDevice device, TNoise noise)
        where TDevice : struct, IDeviceModel
        where TCounts : struct, IPulseCounts
        where TNoise : struct, ICycleNoise =>
        ConductanceKernels.Update<TDevice, PolarityGain, TCounts, TNoise>(
            device, Case.Rule, noise, State, Active, Wish, Case.Stream, FirstPanel, Counters);
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
        CellHash.Of(Case.Stream, out CellHash rounding, out CellHash cycleNoise);
        Widths.Run(Width, new UpdateKernel<TDevice, TRule, TCounts, TNoise, TProduct>
        {
            Cells = new(device, Rule, noise),
            Product = Product,
            State = ref Case.State[0],
            List = new(Active),
            TraceCount = Active.TraceCount,
            LargestTrace = Active.LargestValue,
            TraceSum = Active.ValueSum,
            PanelLength = (nuint)Case.Layout.PanelLength,
            Wish = ref Case.Wish[0],
            PaddedColumns = (nuint)Case.Wish.Length,
            Rounding = rounding,
            Noise = cycleNoise,
            Prefetches = Case.Seed % 2 == 1,
            Pulses = ref Case.Pulses[0],
            Writes = ref Case.Writes[0],
            Reads = ref Reads[0],
            Current = ref Current[0],
        });
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
    internal ReadOnlySpan<float> Plus;
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
                device, array.Rule, noise, State, Active, Wish, array.Stream, FirstPanel, Counters, Plus, Current);
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
