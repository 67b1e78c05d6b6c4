using RramSnn.Kernels.Conductance;
using RramSnn.Kernels.Simd;

namespace RramSnn.PropertyTests.Support;

/// <summary>Cycle noise on single devices, through the scalar lanes.</summary>
internal static class ScalarNoise
{
    internal static float Disturb<TNoise>(TNoise noise, float state, float next, float pulses, uint bits)
        where TNoise : struct, ICycleNoise
    {
        float result = 0f;
        LanesScalar.Store(
            noise.Disturb(
                LanesScalar.Broadcast(state), LanesScalar.Broadcast(next), LanesScalar.Broadcast(pulses), TNoise.Deviate(LanesScalar.BroadcastInteger(bits))),
            ref result,
            0);
        return result;
    }

    internal static float Disturb(NoiseKind kind, float state, float next, float pulses, uint bits) => kind switch
    {
        NoiseKind.Step => Disturb(UpdateCase.StepNoise, state, next, pulses, bits),
        NoiseKind.Pulse => Disturb(UpdateCase.PulseNoise, state, next, pulses, bits),
        _ => next,
    };
}
