using System.Runtime.CompilerServices;
using RramSnn.Kernels.Random;
using RramSnn.Kernels.Simd;

namespace RramSnn.Kernels.Conductance;

/// <summary>Cycle-to-cycle noise: how a write misses the state that the device's law predicts.</summary>
public interface ICycleNoise
{
    /// <summary>A draw ξ of the standard normal distribution per lane, for <see cref="Disturb{TLanes}"/>.</summary>
    /// <param name="bits">32 random bits per lane.</param>
    static abstract TLanes Deviate<TLanes>(TLanes bits)
        where TLanes : struct, ILanes<TLanes>;

    /// <summary>The state that the write really reaches, in [0, 1]; the predicted one, bit for bit, if nothing was written.</summary>
    /// <param name="state">State before the write.</param>
    /// <param name="next">State that the law predicts.</param>
    /// <param name="pulses">Number of pulses, 0 or more.</param>
    /// <param name="deviate">ξ, from <see cref="Deviate{TLanes}"/>.</param>
    TLanes Disturb<TLanes>(TLanes state, TLanes next, TLanes pulses, TLanes deviate)
        where TLanes : struct, ILanes<TLanes>;
}

/// <summary>Every write is exact, and no random numbers are made for noise.</summary>
public readonly struct NoNoise : ICycleNoise
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Deviate<TLanes>(TLanes bits)
        where TLanes : struct, ILanes<TLanes> => default;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Disturb<TLanes>(TLanes state, TLanes next, TLanes pulses, TLanes deviate)
        where TLanes : struct, ILanes<TLanes> => next;
}

/// <summary>Noise in proportion to the step: u ← clamp(u + Δu (1 + σ ξ), 0, 1), one standard normal ξ per write.</summary>
/// <typeparam name="TNormal">Where ξ comes from: <see cref="InverseCdfNormal"/> unless speed matters more than tails.</typeparam>
/// <remarks>The form of aihwkit's dw_min_std for single pulses (Rasch et al., AICAS 2021).</remarks>
public readonly struct StepNoise<TNormal> : ICycleNoise
    where TNormal : struct, INormalDraw
{
    private readonly float _deviation;

    /// <summary>Noise of the given size.</summary>
    /// <param name="deviation">σ, the standard deviation of a step in units of the step, 0 to 100.</param>
    /// <exception cref="ArgumentOutOfRangeException">The deviation is outside its range or not a number.</exception>
    public StepNoise(double deviation) => _deviation = CycleNoise.Check(deviation, 100, nameof(deviation));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Deviate<TLanes>(TLanes bits)
        where TLanes : struct, ILanes<TLanes> => TNormal.Draw(bits);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Disturb<TLanes>(TLanes state, TLanes next, TLanes pulses, TLanes deviate)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes size = (next - state) * TLanes.Broadcast(_deviation);
        return CycleNoise.Clamp(TLanes.FusedMultiplyAdd(size, deviate, next));
    }
}

/// <summary>Noise per pulse, independent of the step: u ← clamp(u + Δu + σ √n ξ, 0, 1) for n pulses.</summary>
/// <typeparam name="TNormal">Where ξ comes from: <see cref="InverseCdfNormal"/> unless speed matters more than tails.</typeparam>
/// <remarks>NeuroSim's cycle-to-cycle variation (Chen, Peng, Yu, TCAD 2018): σ is a share of the conductance range.</remarks>
public readonly struct PulseNoise<TNormal> : ICycleNoise
    where TNormal : struct, INormalDraw
{
    private readonly float _deviation;

    /// <summary>Noise of the given size.</summary>
    /// <param name="deviation">σ, the standard deviation of one pulse as a share of the range, 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The deviation is outside its range or not a number.</exception>
    public PulseNoise(double deviation) => _deviation = CycleNoise.Check(deviation, 1, nameof(deviation));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Deviate<TLanes>(TLanes bits)
        where TLanes : struct, ILanes<TLanes> => TNormal.Draw(bits);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Disturb<TLanes>(TLanes state, TLanes next, TLanes pulses, TLanes deviate)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes size = TLanes.SquareRoot(pulses) * TLanes.Broadcast(_deviation);
        return CycleNoise.Clamp(TLanes.FusedMultiplyAdd(size, deviate, next));
    }
}

/// <summary>What the kinds of noise share.</summary>
internal static class CycleNoise
{
    internal static float Check(double deviation, double largest, string argument)
    {
        if (!(deviation >= 0 && deviation <= largest))
        {
            KernelThrow.OutOfRange(deviation, $"0 to {largest}", argument);
        }

        return (float)deviation;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TLanes Clamp<TLanes>(TLanes state)
        where TLanes : struct, ILanes<TLanes> =>
        TLanes.Min(TLanes.Max(state, TLanes.Broadcast(0f)), TLanes.Broadcast(1f));
}
