using RramSnn.Kernels.Conductance;
using RramSnn.Kernels.Crossbar;
using RramSnn.Kernels.Random;

namespace RramSnn.Model.Devices;

/// <summary>Applies pulses to arrays of one device: the bridge from run-time choice to the specialised kernel.</summary>
internal abstract class ArrayProgrammer
{
    /// <inheritdoc cref="ConductanceKernels.Update{TDevice, TCounts}"/>
    internal abstract void Program(
        Span<float> state,
        ActiveRows active,
        ReadOnlySpan<float> wish,
        PolarityGain gain,
        RandomStream stream,
        int firstPanel,
        Span<float> pulses,
        Span<float> writes);
}

/// <inheritdoc/>
internal sealed class ArrayProgrammer<TDevice, TCounts>(TDevice device) : ArrayProgrammer
    where TDevice : struct, IDeviceModel
    where TCounts : struct, IPulseCounts
{
    internal override void Program(
        Span<float> state,
        ActiveRows active,
        ReadOnlySpan<float> wish,
        PolarityGain gain,
        RandomStream stream,
        int firstPanel,
        Span<float> pulses,
        Span<float> writes) =>
        ConductanceKernels.Update<TDevice, TCounts>(device, state, active, wish, gain, stream, firstPanel, pulses, writes);
}
