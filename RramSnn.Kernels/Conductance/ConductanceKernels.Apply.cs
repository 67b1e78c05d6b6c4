using RramSnn.Kernels.Crossbar;
using RramSnn.Kernels.Random;
using RramSnn.Kernels.Simd;

namespace RramSnn.Kernels.Conductance;

public static partial class ConductanceKernels
{
    /// <summary>Applies pulses device by device: each device of a run gets |sign · nᵢⱼ| pulses, potentiation where sign · nᵢⱼ is positive.</summary>
    /// <typeparam name="TDevice">Device model: the law of the state.</typeparam>
    /// <typeparam name="TCounts"><see cref="ContinuousPulses"/> takes the numbers as they are, <see cref="StochasticPulses"/> makes them whole.</typeparam>
    /// <typeparam name="TNoise">How writes miss the law, as shares of the device's own range: <see cref="NoNoise"/> if they do not.</typeparam>
    /// <param name="device">Parameters of the model, for constants that do not vary.</param>
    /// <param name="noise">Parameters of the noise.</param>
    /// <param name="variation">How devices differ; <c>default</c> if they do not.</param>
    /// <param name="state">
    /// Normalised states u in [0, 1] of a run: the same rows of neighbouring panels, panel after panel and row after row. Updated in place.
    /// </param>
    /// <param name="pulses">nᵢⱼ of each device in the order of the states; finite.</param>
    /// <param name="sign">1, or -1 for the array that counts negatively.</param>
    /// <param name="stream">Names the random numbers of this array and step (stochastic rounding and noise only).</param>
    /// <param name="firstRow">Word line that the run starts with.</param>
    /// <param name="firstPanel">Index of the first panel of the run within the whole matrix.</param>
    /// <param name="counters">What was done is added here, per bit line of the run.</param>
    /// <remarks>
    /// Bundles of lanes without a pulse are passed over, so a sparse plane costs little more than being read. Every device is updated by itself
    /// with random numbers of its own place, so rows and panels may be split in any way.
    /// </remarks>
    /// <exception cref="ArgumentException">A length does not fit, or spans overlap.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The sign or a number of the variation is out of range, or an index is negative.</exception>
    public static void Apply<TDevice, TCounts, TNoise>(
        TDevice device,
        TNoise noise,
        in DeviceVariation variation,
        Span<float> state,
        ReadOnlySpan<float> pulses,
        float sign,
        RandomStream stream,
        int firstRow,
        int firstPanel,
        PulseCounters counters)
        where TDevice : struct, IDeviceModel
        where TCounts : struct, IPulseCounts
        where TNoise : struct, ICycleNoise
    {
        int columns = counters.Pulses.Length;
        KernelThrow.IfNotMultiple(columns, CrossbarLayout.PanelWidth, nameof(counters));
        KernelThrow.IfShorter(columns, CrossbarLayout.PanelWidth, nameof(counters));
        KernelThrow.IfNotMultiple(state.Length, columns, nameof(state));
        KernelThrow.IfLengthDiffers(pulses.Length, state.Length, nameof(pulses));
        KernelThrow.IfOverlap(pulses, state, nameof(state));
        ArgumentOutOfRangeException.ThrowIfNegative(firstRow);
        ArgumentOutOfRangeException.ThrowIfNegative(firstPanel);
        if (MathF.Abs(sign) != 1f)
        {
            KernelThrow.OutOfRange(sign, "1 or -1", nameof(sign));
        }

        counters.Check(state, pulses, [], columns);
        variation.Check(state, pulses, counters, TDevice.ConstantCount);
        DeviceConstants shared = device.Constants;
        Span<nint> offsets = stackalloc nint[DeviceConstants.Capacity];
        Bind(
            out VariedUpdateKernel<TDevice, PolarityGain, TCounts, TNoise, WishPerDevice> kernel,
            new(device, new PolarityGain(sign, sign), noise), new(in shared, offsets, variation), variation, state, pulses, stream, firstPanel, counters);
        kernel.FirstRow = (uint)firstRow;
        kernel.RowCount = (nuint)(state.Length / columns);
        kernel.PanelLength = kernel.RowCount * CrossbarLayout.PanelWidth;
        VectorDispatch.Run(ref kernel);
    }
}
