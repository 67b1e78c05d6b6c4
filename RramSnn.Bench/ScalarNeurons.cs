namespace RramSnn.Bench;

/// <summary>The neuron step as one would write it down: a plain loop with a branch on the spike and one on the box.</summary>
internal static class ScalarNeurons
{
    internal static void Step(
        ReadOnlySpan<float> current, Span<float> synapse, Span<float> membrane, Span<float> reset, Span<float> spike, Span<float> box, float halfWidth)
    {
        for (int i = 0; i < current.Length; i++)
        {
            membrane[i] = (0.85f * membrane[i]) + (0.15f * synapse[i]);
            synapse[i] = (0.7f * synapse[i]) + (0.9f * current[i]);
            float u = membrane[i] + reset[i];
            reset[i] *= 0.65f;
            if (u > 0f)
            {
                spike[i] = 1f;
                reset[i] -= 0.35f;
            }
            else
            {
                spike[i] = 0f;
            }

            if (Math.Abs(u) < halfWidth)
            {
                box[i] = 1f;
            }
            else
            {
                box[i] = 0f;
            }
        }
    }
}
