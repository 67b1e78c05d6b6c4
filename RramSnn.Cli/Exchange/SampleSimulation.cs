using System.Numerics.Tensors;
using RramSnn.Cli.Settings;
using RramSnn.Model.Learning;
using RramSnn.Nir.Simulation;

namespace RramSnn.Cli.Exchange;

/// <summary>Shows the samples of a source to a simulated graph.</summary>
internal sealed class SampleSimulation(NirNetwork network, string output, ISampleSource samples, TrainSettings settings)
{
    private const int Word = 64;

    private readonly int _words = ((samples.Inputs - 1) / Word) + 1;
    private readonly float[] _input = new float[samples.Inputs];
    private readonly float[] _sums = new float[samples.Classes];

    /// <summary>How many samples have the largest sum of outputs at their class.</summary>
    internal int CountRight(CancellationToken interrupt)
    {
        ulong[] raster = new ulong[settings.Steps * _words];
        int right = 0;
        for (int sample = 0; sample < samples.Count; sample++)
        {
            interrupt.ThrowIfCancellationRequested();
            network.Reset();
            Array.Clear(_sums);
            (samples as ISpikeSource)?.Encode(sample, 0, settings.Steps, raster, _words);
            (samples as IAmplitudeSource)?.Encode(sample, _input);
            for (int step = 0; step < settings.Steps; step++)
            {
                if (samples is ISpikeSource)
                {
                    Unpack(raster.AsSpan(step * _words, _words));
                }

                network.Step(_input);
                if (step >= settings.BurnIn)
                {
                    TensorPrimitives.Add(_sums, network.Values(output), _sums);
                }
            }

            right += TensorPrimitives.IndexOfMax<float>(_sums) == samples.Label(sample) ? 1 : 0;
        }

        return right;
    }

    private void Unpack(ReadOnlySpan<ulong> spikes)
    {
        for (int i = 0; i < _input.Length; i++)
        {
            _input[i] = (spikes[i / Word] >> (i % Word)) & 1;
        }
    }
}
