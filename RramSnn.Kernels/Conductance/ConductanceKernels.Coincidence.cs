using RramSnn.Kernels.Crossbar;
using RramSnn.Kernels.Random;
using RramSnn.Kernels.Simd;

namespace RramSnn.Kernels.Conductance;

public static partial class ConductanceKernels
{
    /// <summary>Longest bit streams of <see cref="UpdateByCoincidence{TDevice, TNoise}(TDevice, PolarityGain, TNoise, int, Span{float}, in ActiveRows, ReadOnlySpan{float}, RandomStream, int, PulseCounters)"/>.</summary>
    public const int LongestBitStream = BitStreams.LargestLength;

    /// <summary>
    /// As <see cref="Update{TDevice, TRule, TCounts, TNoise}"/> with pulses by coincidence: word line i fires L random bits with probability
    /// pᵢ = min(1, traceᵢ/√L) each, bit line j with qⱼ = min(1, |gain · wishⱼ|/√L), and a device gets one pulse for every bit that both have set.
    /// </summary>
    /// <typeparam name="TDevice">Device model: the law of the state.</typeparam>
    /// <typeparam name="TNoise">How writes miss the law: <see cref="NoNoise"/> if they do not.</typeparam>
    /// <param name="device">Parameters of the model.</param>
    /// <param name="rule">Pulses per unit wish and trace.</param>
    /// <param name="noise">Parameters of the noise.</param>
    /// <param name="streamLength">L, 1 to <see cref="LongestBitStream"/>.</param>
    /// <param name="state">Normalised states u in [0, 1] of a run of whole panels (<see cref="CrossbarLayout"/>); updated in place.</param>
    /// <param name="active">Word lines whose trace is not zero; traces are never negative. Others are not touched.</param>
    /// <param name="wish">Wished weight change per unit trace of each bit line of these panels; finite.</param>
    /// <param name="stream">Names the random numbers of this array and step.</param>
    /// <param name="firstPanel">Index of the first panel of the run within the whole matrix.</param>
    /// <param name="counters">What was done is added here, per bit line.</param>
    /// <remarks>
    /// The number of pulses has mean L pq and, over all streams, variance L pq(1 - pq). Devices of one line share its stream, so their numbers
    /// are not independent. Bits are functions of the stream and the line's index: panels may be split over threads in any way.
    /// Update rule of Gokmen and Vlasov, Frontiers in Neuroscience 10:333, 2016.
    /// </remarks>
    /// <exception cref="ArgumentException">A length does not fit, or spans overlap.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The length of the streams is outside its range.</exception>
    public static void UpdateByCoincidence<TDevice, TNoise>(
        TDevice device,
        PolarityGain rule,
        TNoise noise,
        int streamLength,
        Span<float> state,
        in ActiveRows active,
        ReadOnlySpan<float> wish,
        RandomStream stream,
        int firstPanel,
        PulseCounters counters)
        where TDevice : struct, IDeviceModel
        where TNoise : struct, ICycleNoise
    {
        Check(state, active, wish, firstPanel, counters);
        CheckStream(streamLength);
        if (rule.IsZero || active.Count == 0)
        {
            return;
        }

        Bind(
            out UpdateKernel<TDevice, PolarityGain, CoincidentPulses, TNoise, NoProduct> kernel, new(device, rule, noise), default, state, active, wish, stream, firstPanel, counters);
        kernel.Streams = new(kernel.Rounding, streamLength);
        VectorDispatch.Run(ref kernel);
    }

    /// <summary>
    /// As <see cref="UpdateByCoincidence{TDevice, TNoise}(TDevice, PolarityGain, TNoise, int, Span{float}, in ActiveRows, ReadOnlySpan{float}, RandomStream, int, PulseCounters)"/>
    /// for devices that differ from each other by <paramref name="variation"/>.
    /// </summary>
    /// <inheritdoc cref="UpdateByCoincidence{TDevice, TNoise}(TDevice, PolarityGain, TNoise, int, Span{float}, in ActiveRows, ReadOnlySpan{float}, RandomStream, int, PulseCounters)"/>
    /// <remarks>The device gives the constants that do not vary, and noise is a share of a device's own range.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The length of the streams or a number of the variation is out of range.</exception>
    public static void UpdateByCoincidence<TDevice, TNoise>(
        TDevice device,
        PolarityGain rule,
        TNoise noise,
        int streamLength,
        in DeviceVariation variation,
        Span<float> state,
        in ActiveRows active,
        ReadOnlySpan<float> wish,
        RandomStream stream,
        int firstPanel,
        PulseCounters counters)
        where TDevice : struct, IDeviceModel
        where TNoise : struct, ICycleNoise
    {
        Check(state, active, wish, firstPanel, counters);
        CheckStream(streamLength);
        variation.Check(state, wish, counters, TDevice.ConstantCount);
        active.CheckApart(variation.WriteCounts, nameof(DeviceVariation.WriteCounts));
        if (rule.IsZero || active.Count == 0)
        {
            return;
        }

        DeviceConstants shared = device.Constants;
        Span<nint> offsets = stackalloc nint[DeviceConstants.Capacity];
        Bind(
            out VariedUpdateKernel<TDevice, PolarityGain, CoincidentPulses, TNoise, OuterProduct> kernel,
            new(device, rule, noise), new(in shared, offsets, variation), variation, state, wish, stream, firstPanel, counters);
        kernel.List = new(active);
        kernel.RowCount = (nuint)active.Count;
        kernel.PanelLength = (nuint)active.RowCount * CrossbarLayout.PanelWidth;
        kernel.Streams = new(kernel.Rounding, streamLength);
        VectorDispatch.Run(ref kernel);
    }

    private static void CheckStream(int streamLength)
    {
        if (streamLength is < 1 or > LongestBitStream)
        {
            KernelThrow.OutOfRange(streamLength, $"1 to {LongestBitStream}", nameof(streamLength));
        }
    }
}
