using System.Runtime.CompilerServices;

namespace RramSnn.Nir.Simulation;

/// <summary>A first-order filter of one value per neuron: x ← decay x + (gain input + offset), two fused multiply-adds.</summary>
internal readonly struct NirFilter(float[] decay, float[] gain, float[] offset, float[] rest)
{
    // As in the kernels (docs/numerics.md, section 4): what is this small never becomes subnormal.
    private const float Smallest = 8.271806e-25f;

    /// <summary>The state.</summary>
    internal float[] State { get; } = [.. rest];

    /// <summary>The next state of a neuron, stored and returned.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal float Next(int neuron, float input)
    {
        float next = MathF.FusedMultiplyAdd(decay[neuron], State[neuron], MathF.FusedMultiplyAdd(gain[neuron], input, offset[neuron]));
        return State[neuron] = MathF.Abs(next) <= Smallest ? 0f : next;
    }

    /// <summary>Back to rest.</summary>
    internal void Reset() => rest.CopyTo(State, 0);

    /// <summary>The state at rest as an output; silence for neurons that spike.</summary>
    internal void Show(bool isVisible, Span<float> output)
    {
        output.Clear();
        if (isVisible)
        {
            rest.CopyTo(output);
        }
    }
}

/// <summary>Threshold and reset of neurons that spike.</summary>
/// <param name="Threshold">v_threshold.</param>
/// <param name="Reset">v_reset.</param>
/// <param name="Mode">What a spike does.</param>
internal sealed record NirFiring(float[] Threshold, float[] Reset, NirReset Mode)
{
    /// <summary>1 for a spike, which also resets the membrane, or 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal float Fire(int neuron, ref float membrane)
    {
        if (!(membrane > Threshold[neuron]))
        {
            return 0f;
        }

        membrane = Mode == NirReset.ToValue ? Reset[neuron] : membrane - Threshold[neuron];
        return 1f;
    }
}

/// <summary>I, LI, IF and LIF: a membrane that follows the input and, if it fires, spikes instead of showing itself.</summary>
internal sealed class MembraneStage(NirFilter membrane, NirFiring? firing) : NirStage
{
    internal override void Step(ReadOnlySpan<float> input, Span<float> output)
    {
        for (int i = 0; i < output.Length; i++)
        {
            float v = membrane.Next(i, input[i]);
            output[i] = firing is null ? v : firing.Fire(i, ref membrane.State[i]);
        }
    }

    internal override void Reset() => membrane.Reset();

    internal override void Rest(Span<float> output) => membrane.Show(firing is null, output);
}

/// <summary>CubaLI and CubaLIF: a synaptic current between input and membrane.</summary>
internal sealed class CurrentStage(NirFilter current, NirFilter membrane, NirFiring? firing, NirCurrentOrder order) : NirStage
{
    internal override void Step(ReadOnlySpan<float> input, Span<float> output)
    {
        for (int i = 0; i < output.Length; i++)
        {
            float before = current.State[i];
            float after = current.Next(i, input[i]);
            float v = membrane.Next(i, order == NirCurrentOrder.SynapseFirst ? after : before);
            output[i] = firing is null ? v : firing.Fire(i, ref membrane.State[i]);
        }
    }

    internal override void Reset()
    {
        current.Reset();
        membrane.Reset();
    }

    internal override void Rest(Span<float> output) => membrane.Show(firing is null, output);
}
