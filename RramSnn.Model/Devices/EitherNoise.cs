using System.Runtime.CompilerServices;
using RramSnn.Kernels.Conductance;
using RramSnn.Kernels.Random;
using RramSnn.Kernels.Simd;

namespace RramSnn.Model.Devices;

/// <summary>One of the two kinds of noise, chosen at run time, or none: the same bits from one kernel instead of three.</summary>
/// <remarks>Without noise the state becomes clamp(u + 0 ξ), which is u itself.</remarks>
internal readonly struct EitherNoise : ICycleNoise
{
    private readonly StepNoise<InverseCdfNormal> _step;
    private readonly PulseNoise<InverseCdfNormal> _pulse;
    private readonly bool _isStep;

    internal EitherNoise(DeviceVariability variability)
    {
        _isStep = variability.StepNoise > 0;
        _step = new(variability.StepNoise);
        _pulse = new(variability.PulseNoise);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Deviate<TLanes>(TLanes bits)
        where TLanes : struct, ILanes<TLanes> => InverseCdfNormal.Draw(bits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Disturb<TLanes>(TLanes state, TLanes next, TLanes pulses, TLanes deviate)
        where TLanes : struct, ILanes<TLanes> =>
        _isStep ? _step.Disturb(state, next, pulses, deviate) : _pulse.Disturb(state, next, pulses, deviate);
}
