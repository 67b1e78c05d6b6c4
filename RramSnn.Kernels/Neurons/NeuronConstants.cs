namespace RramSnn.Kernels.Neurons;

/// <summary>Constants of leaky integrate-and-fire neurons and of their filters, per time step.</summary>
/// <remarks>
/// With s the input (spike or current), the filters are Q ← βQ + (1 - β)·gain·s and P ← αP + (1 - α)·Q(previous). Each has
/// unit gain at rest, so P approaches gain times the input's rate. The reset trace is R ← ρR - (1 - ρ)·w·S(previous).
/// </remarks>
public readonly struct NeuronConstants
{
    /// <summary>Checks and folds the constants.</summary>
    /// <param name="membraneDecay">α = exp(-dt/τ_membrane), 0 ≤ α &lt; 1.</param>
    /// <param name="synapseDecay">β = exp(-dt/τ_synapse), 0 ≤ β &lt; 1.</param>
    /// <param name="resetDecay">ρ = exp(-dt/τ_reset), 0 ≤ ρ &lt; 1.</param>
    /// <param name="resetStrength">w, by how much a spike lowers the membrane in the long run, 0 to 1000.</param>
    /// <param name="gain">Input gain of the synapse filter, above 0 and at most 1000.</param>
    /// <param name="threshold">θ: a neuron spikes when U &gt; θ; 0 to 1000.</param>
    /// <exception cref="ArgumentOutOfRangeException">A constant is outside its range or not a number.</exception>
    public NeuronConstants(float membraneDecay, float synapseDecay, float resetDecay, float resetStrength, float gain, float threshold)
    {
        CheckDecay(membraneDecay, nameof(membraneDecay));
        CheckDecay(synapseDecay, nameof(synapseDecay));
        CheckDecay(resetDecay, nameof(resetDecay));
        KernelThrow.IfOutside(resetStrength, 0f, 1000f, nameof(resetStrength));
        KernelThrow.IfOutside(gain, float.Epsilon, 1000f, nameof(gain));
        KernelThrow.IfOutside(threshold, 0f, 1000f, nameof(threshold));
        MembraneDecay = membraneDecay;
        SynapseDecay = synapseDecay;
        ResetDecay = resetDecay;
        ResetStrength = resetStrength;
        Gain = gain;
        Threshold = threshold;
    }

    /// <summary>α per step.</summary>
    public float MembraneDecay { get; }

    /// <summary>β per step.</summary>
    public float SynapseDecay { get; }

    /// <summary>ρ per step.</summary>
    public float ResetDecay { get; }

    /// <summary>w, the long-run depth of one spike's reset.</summary>
    public float ResetStrength { get; }

    /// <summary>Input gain of the synapse filter.</summary>
    public float Gain { get; }

    /// <summary>θ. Never negative, so that a silent neuron, and padding, does not spike.</summary>
    public float Threshold { get; }

    /// <summary>1 - α.</summary>
    internal float MembraneInput => 1f - MembraneDecay;

    /// <summary>(1 - β)·gain.</summary>
    internal float SynapseInput => (1f - SynapseDecay) * Gain;

    /// <summary>(1 - ρ)·w.</summary>
    internal float ResetInput => (1f - ResetDecay) * ResetStrength;

    private static void CheckDecay(float decay, string argument)
    {
        if (!(decay >= 0f && decay < 1f))
        {
            KernelThrow.OutOfRange(decay, "0 or more and less than 1", argument);
        }
    }
}
