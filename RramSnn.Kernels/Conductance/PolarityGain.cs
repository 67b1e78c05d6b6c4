using System.Runtime.CompilerServices;
using RramSnn.Kernels.Simd;

namespace RramSnn.Kernels.Conductance;

/// <summary>A constant number of pulses per unit wish for each polarity: pulses = wish · (wish ≥ 0 ? forIncrease : forDecrease).</summary>
public readonly struct PolarityGain : IPulseRule
{
    private readonly float _forIncrease;
    private readonly float _forDecrease;

    /// <summary>A rule with the given factors.</summary>
    /// <param name="forIncrease">Pulses per unit of a wished increase: positive potentiates this device.</param>
    /// <param name="forDecrease">Pulses per unit of a wished decrease, applied to the signed wish: positive depresses this device.</param>
    /// <exception cref="ArgumentOutOfRangeException">A factor is not finite.</exception>
    public PolarityGain(double forIncrease, double forDecrease)
    {
        _forIncrease = (float)forIncrease;
        _forDecrease = (float)forDecrease;
        KernelThrow.IfNotFinite(_forIncrease, nameof(forIncrease));
        KernelThrow.IfNotFinite(_forDecrease, nameof(forDecrease));
    }

    /// <inheritdoc/>
    public static bool ReadsState => false;

    /// <inheritdoc/>
    public bool IsZero => _forIncrease == 0f && _forDecrease == 0f;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Pulses<TLanes>(TLanes wish, TLanes state)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes isDecrease = TLanes.GreaterThan(TLanes.Broadcast(0f), wish);
        return wish * TLanes.Select(isDecrease, TLanes.Broadcast(_forDecrease), TLanes.Broadcast(_forIncrease));
    }
}
