using RramSnn.Model.Learning;
using RramSnn.PropertyTests.Support;

namespace RramSnn.PropertyTests.Model;

/// <summary>The task of <see cref="SyntheticSpikes"/> in amplitudes; some inputs are always 0.</summary>
internal sealed class SyntheticAmplitudes(int count, int seed) : IAmplitudeSource
{
    internal const int ZeroEvery = 7;

    public int Count => count;

    public int Inputs => TinyRuns.Inputs;

    public int Classes => TinyRuns.Classes;

    public int Label(int sample) => sample % Classes;

    public void Encode(int sample, Span<float> amplitudes)
    {
        float[] noise = Numbers.Between(0.02f, 0.2f, Inputs, (1000 * seed) + sample);
        for (int i = 0; i < Inputs; i++)
        {
            bool isOwn = i * Classes / Inputs == Label(sample);
            amplitudes[i] = i % ZeroEvery == 0 ? 0f : noise[i] + (isOwn ? 0.3f : 0f);
        }
    }
}
