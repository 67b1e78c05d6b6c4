using RramSnn.Kernels.Conductance;
using RramSnn.Kernels.Random;

namespace RramSnn.Model.Devices;

/// <summary>Applies pulses that were counted elsewhere, device by device: the bridge from run-time choice to the specialised kernel.</summary>
internal abstract class PulseApplier
{
    /// <inheritdoc cref="ConductanceKernels.Apply{TDevice, TCounts, TNoise}"/>
    internal abstract void Apply(
        in DeviceVariation variation, Span<float> state, ReadOnlySpan<float> pulses, float sign, RandomStream stream, int firstRow, int firstPanel, PulseCounters counters);
}

/// <inheritdoc/>
internal sealed class PulseApplier<TDevice, TCounts, TNoise>(TDevice device, TNoise noise) : PulseApplier
    where TDevice : struct, IDeviceModel
    where TCounts : struct, IPulseCounts
    where TNoise : struct, ICycleNoise
{
    internal override void Apply(
        in DeviceVariation variation, Span<float> state, ReadOnlySpan<float> pulses, float sign, RandomStream stream, int firstRow, int firstPanel, PulseCounters counters) =>
        ConductanceKernels.Apply<TDevice, TCounts, TNoise>(device, noise, variation, state, pulses, sign, stream, firstRow, firstPanel, counters);
}
