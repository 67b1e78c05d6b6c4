using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using RramSnn.Kernels.Crossbar;
using RramSnn.Kernels.Random;
using RramSnn.Kernels.Simd;

namespace RramSnn.Kernels.Conductance;

public static partial class ConductanceKernels
{
    /// <summary>As <see cref="Update{TDevice, TRule, TCounts, TNoise}"/> for devices that differ from each other.</summary>
    /// <typeparam name="TDevice">Device model: the law of the state.</typeparam>
    /// <typeparam name="TRule">How many pulses a wish means.</typeparam>
    /// <typeparam name="TCounts">Continuous pulses, or whole ones by stochastic rounding.</typeparam>
    /// <typeparam name="TNoise">How writes miss the law, as shares of the device's own range: <see cref="NoNoise"/> if they do not.</typeparam>
    /// <param name="device">Parameters of the model, for constants that do not vary.</param>
    /// <param name="rule">Parameters of the rule.</param>
    /// <param name="noise">Parameters of the noise.</param>
    /// <param name="variation">How devices differ. Finite states round to the nearest one, so steps below half a state are lost.</param>
    /// <param name="state">Normalised states u in [0, 1] of a run of whole panels (<see cref="CrossbarLayout"/>); updated in place.</param>
    /// <param name="active">Word lines whose trace is not zero; traces are never negative. Others are not touched.</param>
    /// <param name="wish">Wished weight change per unit trace of each bit line of these panels; finite.</param>
    /// <param name="stream">Names the random numbers of this array and step (stochastic rounding and noise only).</param>
    /// <param name="firstPanel">Index of the first panel of the run within the whole matrix.</param>
    /// <param name="counters">What was done is added here, per bit line.</param>
    /// <remarks>Every device is updated by itself, so panels may be split over threads in any way.</remarks>
    /// <exception cref="ArgumentException">A length does not fit, or spans overlap.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number of the variation is out of range.</exception>
    public static void UpdateVaried<TDevice, TRule, TCounts, TNoise>(
        TDevice device,
        TRule rule,
        TNoise noise,
        in DeviceVariation variation,
        Span<float> state,
        ActiveRows active,
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
        variation.Check(state, TDevice.ConstantCount);
        if (rule.IsZero || active.Count == 0)
        {
            return;
        }

        DeviceConstants shared = device.Constants;
        Span<nint> offsets = stackalloc nint[DeviceConstants.Capacity];
        VariedUpdateKernel<TDevice, TRule, TCounts, TNoise, OuterProduct> kernel = VariedKernel<TDevice, TRule, TCounts, TNoise, OuterProduct>(
            new(device, rule, noise), new(in shared, offsets, variation), variation, state, wish, stream, firstPanel, counters);
        kernel.List = new(active);
        kernel.RowCount = (nuint)active.Count;
        kernel.PanelLength = (nuint)active.RowCount * CrossbarLayout.PanelWidth;
        VectorDispatch.Run(kernel);
    }

    private static VariedUpdateKernel<TDevice, TRule, TCounts, TNoise, TWishes> VariedKernel<TDevice, TRule, TCounts, TNoise, TWishes>(
        CellUpdate<TDevice, TRule, TCounts, TNoise> cells,
        VaryingConstants constants,
        in DeviceVariation variation,
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
        return new VariedUpdateKernel<TDevice, TRule, TCounts, TNoise, TWishes>
        {
            Cells = cells,
            Constants = constants,
            State = ref MemoryMarshal.GetReference(state),
            Lower = ref FirstOrNull(variation.Lower),
            Upper = ref FirstOrNull(variation.Upper),
            WriteCounts = ref FirstOrNull(variation.WriteCounts),
            Intervals = Math.Max(variation.States - 1, 0),
            Endurance = variation.Endurance,
            Wish = ref MemoryMarshal.GetReference(wish),
            PaddedColumns = (nuint)counters.Pulses.Length,
            Rounding = rounding,
            Noise = cycleNoise,
            FirstPanel = (uint)firstPanel,
            Pulses = ref MemoryMarshal.GetReference(counters.Pulses),
            Writes = ref MemoryMarshal.GetReference(counters.Writes),
            Reads = ref MemoryMarshal.GetReference(counters.Reads),
        };
    }

    /// <summary>Empty spans may still point somewhere.</summary>
    private static ref float FirstOrNull(ReadOnlySpan<float> span) =>
        ref span.IsEmpty ? ref Unsafe.NullRef<float>() : ref MemoryMarshal.GetReference(span);
}
