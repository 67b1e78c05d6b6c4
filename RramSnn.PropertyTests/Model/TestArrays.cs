using RramSnn.Kernels.Conductance;
using RramSnn.Kernels.Simd;

namespace RramSnn.PropertyTests.Model;

/// <summary>Single devices under pulses, through the scalar lanes.</summary>
internal static class TestArrays
{
    /// <summary>State after n pulses; negative n depresses.</summary>
    internal static float Advance<TDevice>(TDevice device, float state, float pulses)
        where TDevice : struct, IDeviceModel
    {
        LanesScalar next = device.DampAndAdvance<TDevice, LanesScalar, AnySteps>(
            LanesScalar.Broadcast(state),
            LanesScalar.Broadcast(MathF.Abs(pulses)),
            TDevice.Drive(LanesScalar.Broadcast(MathF.CopySign(1f, pulses)), device.Constants),
            device.LawConstants<LanesScalar>());
        float result = 0f;
        LanesScalar.Store(next, ref result, 0);
        return result;
    }
}
