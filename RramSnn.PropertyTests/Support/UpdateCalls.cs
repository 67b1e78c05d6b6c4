using System.Runtime.InteropServices;
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
internal ref struct UpdateAtWidth<TProduct> : IUpdateCall
    where TProduct : struct, INextProduct, allows ref struct
{
    internal UpdateCase Case;
    internal int Width;
    internal ActiveRows Active;
    internal TProduct Product;
    internal float[] Current;

    public readonly void Run<TDevice, TCounts, TNoise>(TDevice device, TNoise noise)
        where TDevice : struct, IDeviceModel
        where TCounts : struct, IPulseCounts
        where TNoise : struct, ICycleNoise
    {
        CellHash.Of(Case.Stream, out CellHash rounding, out CellHash cycleNoise);
        Widths.Run(Width, new UpdateKernel<TDevice, PolarityGain, TCounts, TNoise, TProduct>
        {
            Cells = new(device, Case.Rule, noise),
            Product = Product,
            State = ref Case.State[0],
            Rows = ref MemoryMarshal.GetReference(Active.Rows),
            Traces = ref MemoryMarshal.GetReference(Active.Values),
            ActiveCount = (nuint)Active.Count,
            TraceCount = Active.TraceCount,
            TraceSum = Active.ValueSum,
            PanelLength = (nuint)Case.Layout.PanelLength,
            Wish = ref Case.Wish[0],
            PaddedColumns = (nuint)Case.Wish.Length,
            Rounding = rounding,
            Noise = cycleNoise,
            Prefetches = Case.Seed % 2 == 1,
            Pulses = ref Case.Pulses[0],
            Writes = ref Case.Writes[0],
            Reads = ref (new float[Case.Writes.Length])[0],
            Inputs = ref MemoryMarshal.GetReference(Active.Inputs),
            Current = ref Current[0],
        });
    }
}
