using System.Runtime.CompilerServices;
using RramSnn.Kernels.Simd;

namespace RramSnn.Kernels.Conductance;

/// <summary>What a device model works out once per bit line, for pulses of one polarity. All but the rate mean what the model wants.</summary>
/// <remarks>
/// Light kernels keep the constants of four bundles of columns in registers, so a form of a law for <see cref="SmallSteps"/> should ask for
/// four of them at most: whatever the devices of a bit line share belongs in here and not into their arithmetic.
/// </remarks>
/// <param name="rate">Size of the drive per count; the kernels compare |rate| · count with the model's limits.</param>
/// <param name="target">Where the state is driven to, or where a branch begins.</param>
/// <param name="slope">Factor of the state.</param>
/// <param name="scale">Factor of the step.</param>
/// <param name="linear">Coefficient of the count in the law's polynomial for small steps.</param>
/// <param name="square">Coefficient of its square.</param>
/// <param name="cube">Coefficient of its cube.</param>
public readonly struct DriveConstants<TLanes>(
    TLanes rate,
    TLanes target = default,
    TLanes slope = default,
    TLanes scale = default,
    TLanes linear = default,
    TLanes square = default,
    TLanes cube = default)
    where TLanes : struct, ILanes<TLanes>
{
    /// <summary>Size of the drive per count.</summary>
    public TLanes Rate { [MethodImpl(MethodImplOptions.AggressiveInlining)] get; } = rate;

    /// <summary>Where the state is driven to, or where a branch begins.</summary>
    public TLanes Target { [MethodImpl(MethodImplOptions.AggressiveInlining)] get; } = target;

    /// <summary>Factor of the state.</summary>
    public TLanes Slope { [MethodImpl(MethodImplOptions.AggressiveInlining)] get; } = slope;

    /// <summary>Factor of the step.</summary>
    public TLanes Scale { [MethodImpl(MethodImplOptions.AggressiveInlining)] get; } = scale;

    /// <summary>Coefficient of the count in the law's polynomial for small steps.</summary>
    public TLanes Linear { [MethodImpl(MethodImplOptions.AggressiveInlining)] get; } = linear;

    /// <summary>Coefficient of the count's square.</summary>
    public TLanes Square { [MethodImpl(MethodImplOptions.AggressiveInlining)] get; } = square;

    /// <summary>Coefficient of the count's cube.</summary>
    public TLanes Cube { [MethodImpl(MethodImplOptions.AggressiveInlining)] get; } = cube;
}
