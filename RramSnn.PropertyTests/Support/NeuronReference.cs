using RramSnn.Kernels.Neurons;

namespace RramSnn.PropertyTests.Support;

/// <summary>The neuron equations, one neuron at a time: once with the kernel's roundings, once in double.</summary>
internal static class NeuronReference
{
    private static readonly float Smallest = MathF.ScaleB(1f, -80);

    internal static float Leak(float trace, float decay, float input)
    {
        float next = MathF.FusedMultiplyAdd(decay, trace, input);
        return Math.Abs(next) <= Smallest ? 0f : next;
    }

    /// <summary>One step of one neuron; returns whether it spikes.</summary>
    internal static bool Step(
        in NeuronConstants constants, float weightRange, float current, ref float synapse, ref float membrane, ref float reset, out float potential)
    {
        float synapseInput = (1f - constants.SynapseDecay) * constants.Gain;
        float resetInput = (1f - constants.ResetDecay) * constants.ResetStrength;
        membrane = Leak(membrane, constants.MembraneDecay, (1f - constants.MembraneDecay) * synapse);
        synapse = Leak(synapse, constants.SynapseDecay, synapseInput * weightRange * current);
        potential = membrane + reset;
        bool spikes = potential > constants.Threshold;
        reset = Leak(reset, constants.ResetDecay, spikes ? -resetInput : 0f);
        return spikes;
    }

    /// <summary>One step of one word line's traces.</summary>
    internal static void Filter(in NeuronConstants constants, bool spike, ref float synapse, ref float membrane)
    {
        membrane = Leak(membrane, constants.MembraneDecay, (1f - constants.MembraneDecay) * synapse);
        synapse = Leak(synapse, constants.SynapseDecay, spike ? (1f - constants.SynapseDecay) * constants.Gain : 0f);
    }

    /// <summary>V ← αV + (1 - α)X, X ← βX + (1 - β)·input in double.</summary>
    internal static void Filter(in NeuronConstants constants, double input, ref double synapse, ref double membrane)
    {
        double alpha = constants.MembraneDecay;
        double beta = constants.SynapseDecay;
        membrane = (alpha * membrane) + ((1 - alpha) * synapse);
        synapse = (beta * synapse) + ((1 - beta) * input);
    }
}
