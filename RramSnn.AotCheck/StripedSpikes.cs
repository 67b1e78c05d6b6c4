using RramSnn.Kernels.Random;
using RramSnn.Model.Learning;

namespace RramSnn.AotCheck;

/// <summary>Random spikes: each class drives its own stripe of inputs most often.</summary>
internal sealed class StripedSpikes(int count, int inputs, int classes) : ISpikeSource
{
    private const byte Purpose = 200;

    public int Count => count;

    public int Inputs => inputs;

    public int Classes => classes;

    public int Label(int sample) => sample % classes;

    public void Encode(int sample, int firstStep, int endStep, Span<ulong> raster, int wordsPerStep)
    {
        uint[] thresholds = new uint[wordsPerStep * 64];
        for (int i = 0; i < inputs; i++)
        {
            thresholds[i] = (i * classes / inputs == Label(sample) ? 4u : 1u) * RandomKernels.CertainThreshold / 10;
        }

        for (int step = firstStep; step < endStep; step++)
        {
            RandomStream stream = new(seed: 11, Purpose, (ulong)step, (uint)sample);
            RandomKernels.Bernoulli(thresholds, stream, raster.Slice((step - firstStep) * wordsPerStep, wordsPerStep));
        }
    }
}
