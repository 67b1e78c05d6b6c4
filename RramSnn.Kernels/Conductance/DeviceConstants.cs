using System.Runtime.CompilerServices;
using RramSnn.Kernels.Simd;

namespace RramSnn.Kernels.Conductance;

/// <summary>Where a device model finds the numbers that may differ from device to device.</summary>
public interface IDeviceConstants
{
    /// <summary>Constant number <paramref name="index"/> of each lane's device.</summary>
    TLanes Get<TLanes>(int index)
        where TLanes : struct, ILanes<TLanes>;
}

/// <summary>
/// The numbers of a device model as its lane arithmetic wants them. All devices of an array share them, unless the array's devices vary.
/// </summary>
/// <remarks>By convention a number that depends on the polarity stands in a pair: potentiation first, depression next.</remarks>
[InlineArray(Capacity)]
public struct DeviceConstants : IDeviceConstants
{
    /// <summary>The most constants that a model may have.</summary>
    public const int Capacity = 8;

    private float _first;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly TLanes Get<TLanes>(int index)
        where TLanes : struct, ILanes<TLanes> => TLanes.Broadcast(Unsafe.Add(ref Unsafe.AsRef(in _first), index));
}

/// <summary>The same numbers, read where they are: by value the JIT copies all of them for every bundle of lanes.</summary>
internal readonly ref struct SharedConstants(ref readonly DeviceConstants constants) : IDeviceConstants
{
    private readonly ref readonly DeviceConstants _constants = ref constants;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Get<TLanes>(int index)
        where TLanes : struct, ILanes<TLanes> => _constants.Get<TLanes>(index);
}

/// <summary>How models read pairs of constants.</summary>
internal static class PolarityConstants
{
    /// <summary>The first constant of a pair where <paramref name="depresses"/> is clear, the second where it is set.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TLanes ByPolarity<TLanes, TConstants>(this TConstants constants, TLanes depresses, int pair)
        where TLanes : struct, ILanes<TLanes>
        where TConstants : struct, IDeviceConstants, allows ref struct =>
        TLanes.Select(depresses, constants.Get<TLanes>((2 * pair) + 1), constants.Get<TLanes>(2 * pair));
}
