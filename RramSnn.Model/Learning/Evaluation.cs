using RramSnn.Model.Layers;

namespace RramSnn.Model.Learning;

/// <summary>Measures how many samples a network names right.</summary>
public static class Evaluation
{
    private const int ChunkLength = 500;

    /// <summary>Share of samples that the network names right; the devices stay as they are.</summary>
    /// <param name="network">The network.</param>
    /// <param name="samples">Samples to show.</param>
    /// <param name="threads">Most workers that may share each step; fewer work where more would be slower.</param>
    /// <param name="cancellation">Ends the evaluation early.</param>
    /// <exception cref="ArgumentException">The samples do not fit the network, or an option is out of range.</exception>
    /// <exception cref="OperationCanceledException">The evaluation was ended early.</exception>
    public static double Run(Network network, ISampleSource samples, int threads, CancellationToken cancellation = default) =>
        Run(network, samples, new WorkerOptions { Threads = threads }, cancellation);

    /// <inheritdoc cref="Run(Network, ISampleSource, int, CancellationToken)"/>
    /// <param name="network">The network.</param>
    /// <param name="samples">Samples to show.</param>
    /// <param name="workers">How many workers may share each step, and where they run.</param>
    /// <param name="cancellation">Ends the evaluation early.</param>
    public static double Run(Network network, ISampleSource samples, WorkerOptions workers, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentNullException.ThrowIfNull(workers);
        workers.Validate();
        using SampleRunner runner = new(network, workers, learns: false);
        return Run(runner, network, samples, cancellation);
    }

    internal static double Run(SampleRunner runner, Network network, ISampleSource samples, CancellationToken cancellation)
    {
        TrainingSession.CheckFit(network, samples);
        Require.That(samples.Count >= 1, samples.Count, "at least 1 sample", nameof(samples));
        int correct = 0;
        runner.Team.Run(worker => runner.WorkOutWires(measures: true, worker));
        for (int first = 0; first < samples.Count; first += ChunkLength)
        {
            cancellation.ThrowIfCancellationRequested();
            int start = first;
            int end = Math.Min(first + ChunkLength, samples.Count);
            runner.Team.Run(worker =>
            {
                for (int sample = start; sample < end; sample++)
                {
                    int decision = runner.Show(worker, samples, sample, learningRate: 0f, firstTime: (ulong)sample * (ulong)network.Options.Steps, measures: true);
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
