using RramSnn.Kernels.Conductance;
using RramSnn.Kernels.Crossbar;
using RramSnn.Kernels.Random;

namespace RramSnn.Model.Devices;

/// <summary>Applies pulses to one array of devices: the bridge from run-time choice to the specialised kernel.</summary>
internal abstract class ArrayProgrammer
{
    /// <inheritdoc cref="ConductanceKernels.Update{TDevice, TRule, TCounts, TNoise}"/>
    internal abstract void Program(Span<float> state, ActiveRows active, ReadOnlySpan<float> wish, RandomStream stream, int firstPanel, PulseCounters counters);

    /// <inheritdoc cref="ConductanceKernels.UpdateVaried{TDevice, TRule, TCounts, TNoise}"/>
    internal abstract void Program(
        in DeviceVariation variation, Span<float> state, ActiveRows active, ReadOnlySpan<float> wish, RandomStream stream, int firstPanel, PulseCounters counters);
}

/// <inheritdoc/>
internal sealed class ArrayProgrammer<TDevice, TRule, TCounts, TNoise>(TDevice device, TRule rule, TNoise noise) : ArrayProgrammer
    where TDevice : struct, IDeviceModel
    where TRule : struct, IPulseRule
    where TCounts : struct, IPulseCounts
    where TNoise : struct, ICycleNoise
{
    internal override void Program(Span<float> state, ActiveRows active, ReadOnlySpan<float> wish, RandomStream stream, int firstPanel, PulseCounters counters) =>
        ConductanceKernels.Update<TDevice, TRule, TCounts, TNoise>(device, rule, noise, state, active, wish, stream, firstPanel, counters);

    internal override void Program(
        in DeviceVariation variation, Span<float> state, ActiveRows active, ReadOnlySpan<float> wish, RandomStream stream, int firstPanel, PulseCounters counters) =>
        ConductanceKernels.UpdateVaried<TDevice, TRule, TCounts, TNoise>(device, rule, noise, variation, state, active, wish, stream, firstPanel, counters);
}

/// <summary>Programs by coincidence of random bit streams.</summary>
internal sealed class CoincidentProgrammer<TDevice, TNoise>(TDevice device, PolarityGain rule, TNoise noise, int streamLength) : ArrayProgrammer
    where TDevice : struct, IDeviceModel
    where TNoise : struct, ICycleNoise
{
    internal override void Program(Span<float> state, ActiveRows active, ReadOnlySpan<float> wish, RandomStream stream, int firstPanel, PulseCounters counters) =>
        ConductanceKernels.UpdateByCoincidence(device, rule, noise, streamLength, state, active, wish, stream, firstPanel, counters);

    internal override void Program(
        in DeviceVariation variation, Span<float> state, ActiveRows active, ReadOnlySpan<float> wish, RandomStream stream, int firstPanel, PulseCounters counters) =>
        ConductanceKernels.UpdateByCoincidence(device, rule, noise, streamLength, variation, state, active, wish, stream, firstPanel, counters);
}
