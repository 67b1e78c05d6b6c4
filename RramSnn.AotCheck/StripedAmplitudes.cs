using RramSnn.Model.Learning;

namespace RramSnn.AotCheck;

/// <summary>Random amplitudes: each class drives its own stripe of inputs most, and every seventh input is 0.</summary>
internal sealed class StripedAmplitudes(int count, int inputs, int classes) : IAmplitudeSource
{
    public int Count => count;

    public int Inputs => inputs;

    public int Classes => classes;

    public int Label(int sample) => sample % classes;

    public void Encode(int sample, Span<float> amplitudes)
    {
        float[] noise = Digest.Uniform(inputs, step: 300 + (ulong)sample);
        for (int i = 0; i < inputs; i++)
        {
            amplitudes[i] = i % 7 == 0 ? 0f : (0.2f * noise[i]) + (i * classes / inputs == Label(sample) ? 0.3f : 0f);
        }
    }
}
