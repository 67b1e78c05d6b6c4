using System.Runtime.CompilerServices;
using RramSnn.Kernels.Simd;

namespace RramSnn.Kernels.Conductance;

/// <summary>What a device model works out once per bit line, for pulses of one polarity.</summary>
/// <param name="rate">Size of the drive per count; the kernels compare |rate| · count with the model's limits.</param>
/// <param name="target">Second constant; what it means is the model's business.</param>
/// <param name="slope">Third constant.</param>
/// <param name="scale">Fourth constant.</param>
public readonly struct DriveConstants<TLanes>(TLanes rate, TLanes target = default, TLanes slope = default, TLanes scale = default)
    where TLanes : struct, ILanes<TLanes>
{
    /// <summary>Size of the drive per count.</summary>
    public TLanes Rate { [MethodImpl(MethodImplOptions.AggressiveInlining)] get; } = rate;

    /// <summary>Second constant.</summary>
    public TLanes Target { [MethodImpl(MethodImplOptions.AggressiveInlining)] get; } = target;

    /// <summary>Third constant.</summary>
    public TLanes Slope { [MethodImpl(MethodImplOptions.AggressiveInlining)] get; } = slope;

    /// <summary>Fourth constant.</summary>
    public TLanes Scale { [MethodImpl(MethodImplOptions.AggressiveInlining)] get; } = scale;
}
