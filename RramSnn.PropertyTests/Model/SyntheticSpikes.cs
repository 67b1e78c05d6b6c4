using RramSnn.Kernels.Random;
using RramSnn.Model.Learning;

namespace RramSnn.PropertyTests.Model;

/// <summary>A task that a working learner solves: each class fires its own, seeded group of inputs most often.</summary>
internal sealed class SyntheticSpikes(int count, int inputs, int classes, ulong seed) : ISpikeSource
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
            bool isOwn = i * classes / inputs == Label(sample);
            thresholds[i] = (isOwn ? 4u : 1u) * RandomKernels.CertainThreshold / 10;
        }

        for (int step = firstStep; step < endStep; step++)
        {
            RandomStream stream = new(seed, Purpose, (ulong)step, (uint)sample);
            RandomKernels.Bernoulli(thresholds, stream, raster.Slice((step - firstStep) * wordsPerStep, wordsPerStep));
        }
    }
}
