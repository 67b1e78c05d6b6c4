using System.Runtime.CompilerServices;
using RramSnn.Kernels.Simd;

namespace RramSnn.Kernels.Conductance;

/// <summary>The whole law at once, for updates that do not go through stages.</summary>
internal static class Damping
{
    /// <summary><see cref="IDeviceModel.Advance{TLanes, TSteps}"/> for counts that are not damped yet.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TLanes DampAndAdvance<TDevice, TLanes, TSteps>(
        this TDevice device, TLanes state, TLanes count, DriveConstants<TLanes> drive, LawConstants<TLanes> constants)
        where TDevice : struct, IDeviceModel
        where TLanes : struct, ILanes<TLanes>
        where TSteps : struct, IStepSize =>
        device.Advance<TLanes, TSteps>(state, TDevice.IsDamped ? count * TDevice.Damping(state, drive, constants) : count, drive, constants);
}
