using System.Runtime.CompilerServices;
using RramSnn.Kernels.Random;
using RramSnn.Kernels.Simd;

namespace RramSnn.Kernels.Conductance;

/// <summary>
/// A phase-change memory device, which a pulse only potentiates (SET), by a random step: per pulse p ← δ p, then
/// u ← clamp(u + μ + σ ξ, 0, 1) with μ = m₀ + m₁ u + m₂ p, σ = s₀ + s₁ u + s₂ p, and ξ standard normal.
/// </summary>
/// <remarks>
/// p is a memory of the device's own, 1 after RESET, so that first pulses make larger steps. The statistical model of Nandakumar et al., Journal of
/// Applied Physics 124:152135, 2018 (<see cref="Nandakumar"/>). Its conductance is reset as a whole, so it has no depression and is no
/// <see cref="IDeviceModel"/>: <see cref="ConductanceKernels.Set"/> and <see cref="ConductanceKernels.Reset"/> program it.
/// </remarks>
public readonly struct PhaseChange
{
    private readonly float _decay;
    private readonly float _resetDeviation;
    private readonly Line _mean;
    private readonly Line _deviation;

    /// <summary>A device with the given numbers, conductances in units of the range Gmax - Gmin.</summary>
    /// <param name="memoryDecay">δ, the share of the memory that a pulse leaves, 0 to 1.</param>
    /// <param name="mean">m₀, m₁ and m₂: mean step at u = 0 without memory, and what u and p add to it; -10 to 10.</param>
    /// <param name="deviation">s₀, s₁ and s₂ of the standard deviation, which must not be negative for any u and p; -10 to 10.</param>
    /// <param name="resetDeviation">σ_R: RESET leaves u = σ_R |ξ|; 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range or not a number.</exception>
    public PhaseChange(
        double memoryDecay,
        (double Constant, double PerState, double PerMemory) mean,
        (double Constant, double PerState, double PerMemory) deviation,
        double resetDeviation)
    {
        Check(memoryDecay, 0, 1, nameof(memoryDecay));
        Check(mean.Constant, -10, 10, nameof(mean));
        Check(mean.PerState, -10, 10, nameof(mean));
        Check(mean.PerMemory, -10, 10, nameof(mean));
        double smallest = deviation.Constant + Math.Min(deviation.PerState, 0) + Math.Min(deviation.PerMemory, 0);
        Check(smallest, 0, 10, nameof(deviation));
        Check(deviation.PerState, -10, 10, nameof(deviation));
        Check(deviation.PerMemory, -10, 10, nameof(deviation));
        Check(resetDeviation, 0, 1, nameof(resetDeviation));
        _decay = (float)memoryDecay;
        _resetDeviation = (float)resetDeviation;
        _mean = new((float)mean.Constant, (float)mean.PerState, (float)mean.PerMemory);
        _deviation = new((float)deviation.Constant, (float)deviation.PerState, (float)deviation.PerMemory);
    }

    /// <summary>The published numbers: μ = 0.88 - 0.084 G + 1.40 p and σ = 0.26 + 0.091 G + 2.15 p with G, μ, σ in µS, δ = exp(-1/2.6).</summary>
    /// <param name="minimumSiemens">Gmin, 0 or more; 0.1 µS in published simulations.</param>
    /// <param name="maximumSiemens">Gmax, at least 1 µS above Gmin; 12 µS in published simulations.</param>
    /// <param name="resetDeviationSiemens">Standard deviation of the conductance after RESET, at most the range; a tenth of Gmin in published simulations.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range or not a number.</exception>
    public static PhaseChange Nandakumar(double minimumSiemens = 0.1e-6, double maximumSiemens = 12e-6, double resetDeviationSiemens = 0.01e-6)
    {
        Check(minimumSiemens, 0, 1e-3, nameof(minimumSiemens));
        Check(maximumSiemens, minimumSiemens + 1e-6, 1e-3, nameof(maximumSiemens));
        double minimum = minimumSiemens * 1e6;
        double range = (maximumSiemens * 1e6) - minimum;
        Check(resetDeviationSiemens, 0, range * 1e-6, nameof(resetDeviationSiemens));
        return new(
            Math.Exp(-1 / 2.6),
            ((0.88 - (0.084 * minimum)) / range, -0.084, 1.40 / range),
            ((0.26 + (0.091 * minimum)) / range, 0.091, 2.15 / range),
            resetDeviationSiemens * 1e6 / range);
    }

    /// <summary>One pulse: the memory fades, and the state makes a step.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal TLanes Pulse<TLanes>(TLanes state, ref TLanes memory, TLanes bits)
        where TLanes : struct, ILanes<TLanes>
    {
        memory *= TLanes.Broadcast(_decay);
        TLanes deviation = TLanes.Max(_deviation.At(state, memory), TLanes.Broadcast(0f));
        TLanes step = TLanes.FusedMultiplyAdd(deviation, InverseCdfNormal.Draw(bits), _mean.At(state, memory));
        return CycleNoise.Clamp(state + step);
    }

    /// <summary>So many pulses per lane, one after the other; pulse k draws the word of index + k 2²⁰.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Pulses<TLanes>(ref TLanes state, ref TLanes memory, TLanes count, TLanes index, RowHash<TLanes> steps)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes one = TLanes.Broadcast(1f);
        TLanes nextPulse = TLanes.BroadcastInteger(ConductanceKernels.LargestPhaseChangeColumns);
        TLanes isDue = TLanes.GreaterThanOrEqual(count, one);
        while (TLanes.BitsFromMask(isDue) != 0)
        {
            TLanes faded = memory;
            TLanes next = Pulse(state, ref faded, steps.Words(index));
            state = TLanes.Select(isDue, next, state);
            memory = TLanes.Select(isDue, faded, memory);
            index = TLanes.AddInteger(index, nextPulse);
            count -= one;
            isDue = TLanes.GreaterThanOrEqual(count, one);
        }
    }

    /// <summary>The state after RESET.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal TLanes AfterReset<TLanes>(TLanes bits)
        where TLanes : struct, ILanes<TLanes> =>
        TLanes.Min(TLanes.Abs(TLanes.Broadcast(_resetDeviation) * InverseCdfNormal.Draw(bits)), TLanes.Broadcast(1f));

    private static void Check(double value, double smallest, double largest, string argument)
    {
        if (!(value >= smallest && value <= largest))
        {
            KernelThrow.OutOfRange(value, FormattableString.Invariant($"{smallest} to {largest}"), argument);
        }
    }

    private readonly record struct Line(float Constant, float PerState, float PerMemory)
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal TLanes At<TLanes>(TLanes state, TLanes memory)
            where TLanes : struct, ILanes<TLanes> =>
            TLanes.FusedMultiplyAdd(
                TLanes.Broadcast(PerState), state, TLanes.FusedMultiplyAdd(TLanes.Broadcast(PerMemory), memory, TLanes.Broadcast(Constant)));
    }
}
