using RramSnn.Kernels.Crossbar;
using RramSnn.Kernels.Threading;
using RramSnn.Model.Crossbars;
using RramSnn.Model.Devices;
using RramSnn.Model.Layers;

namespace RramSnn.Model.Learning;

/// <summary>How many workers are worth having: a worker saves the time of the panels it takes over and costs a longer wait at every barrier.</summary>
/// <remarks>
/// Workers own whole panels, so a step takes as long as the largest share of panels. The time of a panel is estimated from the
/// shape alone, for spikes as sparse as those of images; with denser ones a second worker would pay off earlier than it is taken.
/// </remarks>
internal static class WorkerRule
{
    // Of one core of a Zen 5 at about 4 GHz, rounded: docs/performance.md has the measured ones.
    private const double NanosecondsPerProduct = 0.02;
    private const double NanosecondsPerUpdate = 0.05;
    private const double NanosecondsPerRandomUpdate = 0.3;
    private const double NanosecondsPerNeuron = 0.15;
    private const double NanosecondsPerEncodedInput = 0.25;

    // MNIST: 5 to 10 % of the inputs spike in a step, and 17 % have a trace.
    private const double SpikingShare = 0.06;
    private const double TracedShare = 0.17;

    // Two workers meet in 110 ns; with what else a phase costs twice, 150 to 200. More than that is charged, so that a second
    // worker is taken where it clearly helps and not where a busy machine turns a small gain into a loss.
    private const double NanosecondsPerBarrierAndWorker = 150;

    /// <summary>The number of workers, up to a most, for which a step is expected to be quickest; the smallest of equals.</summary>
    /// <param name="options">The network.</param>
    /// <param name="most">Workers that may be taken.</param>
    /// <param name="learns">Whether the steps learn; without learning a step is short and a second worker pays off later.</param>
    internal static int Choose(NetworkOptions options, int most, bool learns)
    {
        int widest = options.Hidden.Max(static neurons => new CrossbarLayout(1, neurons).PanelCount);
        int best = 1;
        double shortest = StepNanoseconds(options, 1, learns);
        for (int workers = 2; workers <= Math.Min(most, widest); workers++)
        {
            double time = StepNanoseconds(options, workers, learns);
            if (time < shortest)
            {
                best = workers;
                shortest = time;
            }
        }

        return best;
    }

    /// <summary>The workers that a network gets on this thread's processors.</summary>
    internal static int Choose(NetworkOptions options, WorkerOptions workers, bool learns) =>
        workers.AreExact ? workers.Threads : Choose(options, Math.Min(workers.Threads, Processors.AllowedCount), learns);

    private static double StepNanoseconds(NetworkOptions options, int workers, bool learns)
    {
        double time = options.Inputs * NanosecondsPerEncodedInput / workers;
        int inputs = options.Inputs;
        foreach (int neurons in options.Hidden)
        {
            CrossbarLayout layout = new(inputs, neurons);
            int largestShare = (layout.PanelCount + workers - 1) / workers;
            time += largestShare * PanelNanoseconds(options, inputs, learns);
            inputs = neurons;
        }

        // A single layer needs a second barrier (SampleRunner.Show).
        int barriers = Math.Max(2, options.Hidden.Count);
        return time + (workers == 1 ? 0 : barriers * workers * NanosecondsPerBarrierAndWorker);
    }

    private static double PanelNanoseconds(NetworkOptions options, int inputs, bool learns)
    {
        double devices = (double)inputs * CrossbarLayout.PanelWidth * (options.Cell == SynapseCell.Pair ? 2 : 1);
        double update = options.Pulses == PulseMode.Pulsed ? NanosecondsPerRandomUpdate : NanosecondsPerUpdate;
        double perDevice = (SpikingShare * NanosecondsPerProduct) + (learns ? TracedShare * update : 0);
        return (devices * perDevice) + (CrossbarLayout.PanelWidth * NanosecondsPerNeuron);
    }
}
