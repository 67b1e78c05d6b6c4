using System.Runtime.InteropServices;
using RramSnn.Kernels.Crossbar;
using RramSnn.Kernels.Random;
using RramSnn.Kernels.Simd;

namespace RramSnn.Kernels.Conductance;

/// <summary>Programs one array of devices with the outer product of word-line traces and bit-line wishes.</summary>
public static class ConductanceKernels
{
    /// <summary>Applies pulses to every device (i, j) whose word line i is active: nᵢⱼ = traceᵢ · gain(wishⱼ).</summary>
    /// <typeparam name="TDevice">Device model: the law of the state.</typeparam>
    /// <typeparam name="TCounts">Continuous pulses, or whole ones by stochastic rounding.</typeparam>
    /// <param name="device">Parameters of the model.</param>
    /// <param name="state">Normalised states u in [0, 1] of a run of whole panels (<see cref="CrossbarLayout"/>); updated in place.</param>
    /// <param name="active">Word lines with a trace above zero. Others are not touched.</param>
    /// <param name="wish">Wished weight change per unit trace of each bit line of these panels; finite.</param>
    /// <param name="gain">Pulses per unit wish; the method's constants.</param>
    /// <param name="stream">Names the random numbers of this array and step (stochastic rounding only).</param>
    /// <param name="firstPanel">Index of the first panel of the run within the whole matrix.</param>
    /// <param name="pulses">Per bit line: the number of pulses applied is added.</param>
    /// <param name="writes">Per bit line: the number of devices that got at least one pulse (or a fraction of one) is added.</param>
    /// <remarks>Every device is updated by itself, so panels may be split over threads in any way. NaN is not accepted in traces or wishes.</remarks>
    /// <exception cref="ArgumentException">A length does not fit, or spans overlap.</exception>
    public static void Update<TDevice, TCounts>(
        TDevice device,
        Span<float> state,
        ActiveRows active,
        ReadOnlySpan<float> wish,
        PolarityGain gain,
        RandomStream stream,
        int firstPanel,
        Span<float> pulses,
        Span<float> writes)
        where TDevice : struct, IDeviceModel
        where TCounts : struct, IPulseCounts
    {
        if (wish.Length % CrossbarLayout.PanelWidth != 0)
        {
            throw new ArgumentException($"wish has length {wish.Length}; expected a multiple of {CrossbarLayout.PanelWidth}.", nameof(wish));
        }

        ArgumentOutOfRangeException.ThrowIfNegative(firstPanel);
        KernelThrow.IfLengthDiffers(state.Length, checked(active.RowCount * wish.Length), nameof(state));
        KernelThrow.IfLengthDiffers(active.Values.Length, active.Count, nameof(active));
        KernelThrow.IfLengthDiffers(pulses.Length, wish.Length, nameof(pulses));
        KernelThrow.IfLengthDiffers(writes.Length, wish.Length, nameof(writes));
        KernelThrow.IfOverlap<float, float>(wish, state, nameof(state));
        KernelThrow.IfOverlap<float, float>(active.Values, state, nameof(state));
        KernelThrow.IfOverlap<float, float>(state, pulses, nameof(pulses));
        KernelThrow.IfOverlap<float, float>(wish, pulses, nameof(pulses));
        KernelThrow.IfOverlap<float, float>(state, writes, nameof(writes));
        KernelThrow.IfOverlap<float, float>(wish, writes, nameof(writes));
        KernelThrow.IfOverlap<float, float>(pulses, writes, nameof(writes));
        KernelThrow.IfNotFinite(gain.ForIncrease, nameof(gain));
        KernelThrow.IfNotFinite(gain.ForDecrease, nameof(gain));
        if (gain.IsZero || active.Count == 0)
        {
            return;
        }

        VectorDispatch.Run(new UpdateKernel<TDevice, TCounts>
        {
            Device = device,
            State = ref MemoryMarshal.GetReference(state),
            Rows = ref MemoryMarshal.GetReference(active.Rows),
            Traces = ref MemoryMarshal.GetReference(active.Values),
            ActiveCount = (nuint)active.Count,
            TraceSum = active.ValueSum,
            PanelLength = (nuint)active.RowCount * CrossbarLayout.PanelWidth,
            Wish = ref MemoryMarshal.GetReference(wish),
            PaddedColumns = (nuint)wish.Length,
            Gain = gain,
            Stream = stream,
            FirstPanel = (uint)firstPanel,
            Pulses = ref MemoryMarshal.GetReference(pulses),
            Writes = ref MemoryMarshal.GetReference(writes),
        });
    }
}
