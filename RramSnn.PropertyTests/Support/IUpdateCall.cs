using RramSnn.Kernels.Conductance;

namespace RramSnn.PropertyTests.Support;

/// <summary>A call of a conductance kernel, waiting for its type arguments.</summary>
internal interface IUpdateCall
{
    void Run<TDevice, TCounts, TNoise>(TDevice device, TNoise noise)
        where TDevice : struct, IDeviceModel
        where TCounts : struct, IPulseCounts
        where TNoise : struct, ICycleNoise;
}
