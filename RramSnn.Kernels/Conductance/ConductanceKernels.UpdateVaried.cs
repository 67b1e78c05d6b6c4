using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using RramSnn.Kernels.Crossbar;
using RramSnn.Kernels.Random;
using RramSnn.Kernels.Simd;

namespace RramSnn.Kernels.Conductance;

public static partial class ConductanceKernels
{
    /// <summary>As <see cref="Update{TDevice, TRule, TCounts, TNoise}"/> for devices that differ from each other by <paramref name="variation"/>.</summary>
    /// <inheritdoc cref="Update{TDevice, TRule, TCounts, TNoise}"/>
    /// <remarks>
    /// The device gives the constants that do not vary, and noise is a share of a device's own range. Finite states round to the nearest one, so steps
    /// below half a state are lost. Every device is updated by itself, so panels may be split over threads in any way.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">A number of the variation is out of range.</exception>
    public static void UpdateVaried<TDevice, TRule, TCounts, TNoise>(
        TDevice device,
        TRule rule,
        TNoise noise,
        in DeviceVariation variation,
        Span<float> state,
        in ActiveRows active,
        ReadOnlySpan<float> wish,
        RandomStream stream,
        int firstPanel,
        PulseCounters counters)
        where TDevice : struct, IDeviceModel
        where TRule : struct, IPulseRule
        where TCounts : struct, IPulseCounts
        where TNoise : struct, ICycleNoise
    {
        Check(state, active, wish, firstPanel, counters);
        variation.Check(state, wish, counters, TDevice.ConstantCount);
        active.CheckApart(variation.WriteCounts, nameof(DeviceVariation.WriteCounts));
        if (rule.IsZero || active.Count == 0)
        {
            return;
        }

        DeviceConstants shared = device.Constants;
        Span<nint> offsets = stackalloc nint[DeviceConstants.Capacity];
        Bind(
            out VariedUpdateKernel<TDevice, TRule, TCounts, TNoise, OuterProduct> kernel,
            new(device, rule, noise), new(in shared, offsets, variation), variation, state, wish, stream, firstPanel, counters);
        kernel.List = new(active);
        kernel.RowCount = (nuint)active.Count;
        kernel.PanelLength = (nuint)active.RowCount * CrossbarLayout.PanelWidth;
        VectorDispatch.Run(ref kernel);
    }

    private static void Bind<TDevice, TRule, TCounts, TNoise, TWishes>(
        out VariedUpdateKernel<TDevice, TRule, TCounts, TNoise, TWishes> kernel,
        CellUpdate<TDevice, TRule, TCounts, TNoise> cells,
        VaryingConstants constants,
        scoped in DeviceVariation variation,
        Span<float> state,
        ReadOnlySpan<float> wish,
        RandomStream stream,
        int firstPanel,
        PulseCounters counters)
        where TDevice : struct, IDeviceModel
        where TRule : struct, IPulseRule
        where TCounts : struct, IPulseCounts
        where TNoise : struct, ICycleNoise
        where TWishes : struct
    {
        CellHash.Of(stream, out CellHash rounding, out CellHash cycleNoise);
        kernel = default;
        kernel.Cells = cells;
        kernel.Constants = constants;
        kernel.State = ref MemoryMarshal.GetReference(state);
        kernel.Lower = ref FirstOrNull(variation.Lower);
        kernel.Upper = ref FirstOrNull(variation.Upper);
        kernel.WriteCounts = ref FirstOrNull(variation.WriteCounts);
        kernel.Intervals = Math.Max(variation.States - 1, 0);
        kernel.Endurance = variation.Endurance;
        kernel.Wish = ref MemoryMarshal.GetReference(wish);
        kernel.PaddedColumns = (nuint)counters.Pulses.Length;
        kernel.Rounding = rounding;
        kernel.Noise = cycleNoise;
        kernel.FirstPanel = (uint)firstPanel;
        kernel.Pulses = ref MemoryMarshal.GetReference(counters.Pulses);
        kernel.Writes = ref MemoryMarshal.GetReference(counters.Writes);
        kernel.Reads = ref MemoryMarshal.GetReference(counters.Reads);
    }

    /// <summary>Empty spans may still point somewhere.</summary>
    private static ref float FirstOrNull(ReadOnlySpan<float> span) =>
        ref span.IsEmpty ? ref Unsafe.NullRef<float>() : ref MemoryMarshal.GetReference(span);
}
