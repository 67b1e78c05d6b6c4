using RramSnn.Model.Layers;

namespace RramSnn.Model.Learning;

/// <summary>Measures how many samples a network names right.</summary>
public static class Evaluation
{
    private const int ChunkLength = 500;

    /// <summary>Share of samples that the network names right; the devices stay as they are.</summary>
    /// <param name="network">The network.</param>
    /// <param name="samples">Samples to show.</param>
    /// <param name="threads">Workers that share each step.</param>
    /// <param name="cancellation">Ends the evaluation early.</param>
    /// <exception cref="ArgumentException">The samples do not fit the network.</exception>
    /// <exception cref="OperationCanceledException">The evaluation was ended early.</exception>
    public static double Run(Network network, ISpikeSource samples, int threads, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(samples);
        using SampleRunner runner = new(network, threads);
        return Run(runner, network, samples, cancellation);
    }

    internal static double Run(SampleRunner runner, Network network, ISpikeSource samples, CancellationToken cancellation)
    {
        TrainingSession.CheckFit(network, samples);
        Require.That(samples.Count >= 1, samples.Count, "at least 1 sample", nameof(samples));
        int correct = 0;
        for (int first = 0; first < samples.Count; first += ChunkLength)
        {
            cancellation.ThrowIfCancellationRequested();
            int start = first;
            int end = Math.Min(first + ChunkLength, samples.Count);
            runner.Team.Run(worker =>
            {
                for (int sample = start; sample < end; sample++)
                {
                    int decision = runner.Show(worker, samples, sample, learningRate: 0f, firstTime: 0);
                    if (worker == 0 && decision == samples.Label(sample))
                    {
                        correct++;
                    }
                }
            });
        }

        return correct / (double)samples.Count;
    }
}
