using RramSnn.Kernels.Random;
using RramSnn.Model.Layers;

namespace RramSnn.Model.Learning;

/// <summary>One training run: shows samples in a seeded order, one at a time, and learns at every step.</summary>
/// <remarks>
/// After construction nothing is allocated. The state of a run is the network's devices, <see cref="Position"/> and
/// <see cref="CorrectProbesInEpoch"/>: a run restored from them ends with the same bits as one that was never interrupted.
/// </remarks>
public sealed class TrainingSession : IDisposable
{
    /// <summary>One in so many training samples is first shown without learning, to see whether the network already knows it.</summary>
    public const int ProbeInterval = 10;

    private readonly SampleRunner _runner;
    private readonly WorkerOptions _workers;
    private readonly ISampleSource _samples;
    private readonly int[] _order;
    private readonly float[] _draws;
    private readonly Action<int> _trainChunk;
    private int _orderEpoch = -1;
    private int _chunkCount;

    /// <summary>Prepares a run.</summary>
    /// <param name="network">The network; it stays the caller's.</param>
    /// <param name="samples">Training samples.</param>
    /// <param name="options">How long and how fast.</param>
    /// <param name="threads">Most workers that may share each step; see <see cref="Workers"/>.</param>
    /// <exception cref="ArgumentException">The samples do not fit the network, or an option is out of range.</exception>
    public TrainingSession(Network network, ISampleSource samples, TrainingOptions options, int threads)
        : this(network, samples, options, new WorkerOptions { Threads = threads })
    {
    }

    /// <summary>Prepares a run.</summary>
    /// <param name="network">The network; it stays the caller's.</param>
    /// <param name="samples">Training samples.</param>
    /// <param name="options">How long and how fast.</param>
    /// <param name="workers">How many workers may share each step, and where they run.</param>
    /// <exception cref="ArgumentException">The samples do not fit the network, or an option is out of range.</exception>
    public TrainingSession(Network network, ISampleSource samples, TrainingOptions options, WorkerOptions workers)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(workers);
        options.Validate();
        workers.Validate();
        Require.That(samples.Count >= 1, samples.Count, "at least 1 training sample", nameof(samples));
        CheckFit(network, samples);
        Network = network;
        Options = options;
        _samples = samples;
        _workers = workers;
        _runner = new SampleRunner(network, workers, learns: true);
        _order = new int[samples.Count];
        _draws = new float[Padding.RoundUp(samples.Count, RandomKernels.BlockLength)];
        _trainChunk = TrainChunk;
    }

    /// <summary>The network that learns.</summary>
    public Network Network { get; }

    /// <summary>How long and how fast.</summary>
    public TrainingOptions Options { get; }

    /// <summary>Workers that share each training step: at most <see cref="WorkerOptions.Threads"/>, and fewer where more would be slower.</summary>
    public int Workers => _runner.Team.Count;

    /// <summary>Whether every worker of a training step is bound to a processor of its own.</summary>
    public bool ArePinned => _runner.Team.IsPinned;

    /// <summary>Samples of the whole run.</summary>
    public long TotalSamples => (long)Options.Epochs * _samples.Count;

    /// <summary>Samples shown so far.</summary>
    public long Position { get; private set; }

    /// <summary>Probes of the present epoch that the network named right.</summary>
    /// <remarks>
    /// A probe is a training sample shown without learning, just before it is learned. While a sample is learned its label
    /// already teaches, so decisions made then would flatter the network.
    /// </remarks>
    public int CorrectProbesInEpoch { get; private set; }

    /// <summary>Probes made in the present epoch; at its end about a tenth of the samples.</summary>
    public int ProbesInEpoch => ProbesAmong(SamplesInEpoch);

    /// <summary>Samples shown in the present epoch; at its end all of them.</summary>
    public int SamplesInEpoch => SamplesInEpochAt(Position);

    /// <summary>Whether the last sample shown was the last of an epoch.</summary>
    public bool IsAtEpochEnd => Position > 0 && Position % _samples.Count == 0;

    /// <summary>Epochs begun so far.</summary>
    public int Epoch => Position == 0 ? 0 : (int)((Position - 1) / _samples.Count) + 1;

    /// <summary>Whether every sample of every epoch was shown.</summary>
    public bool IsFinished => Position >= TotalSamples;

    /// <summary>Goes on with a run whose devices were restored into the network.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The place lies outside the run.</exception>
    public void RestorePosition(long position, int correctProbesInEpoch)
    {
        Require.That(position >= 0 && position <= TotalSamples, position, $"0 to {TotalSamples}", nameof(position));
        int probes = ProbesAmong(SamplesInEpochAt(position));
        Require.That(correctProbesInEpoch >= 0 && correctProbesInEpoch <= probes, correctProbesInEpoch, $"0 to {probes}", nameof(correctProbesInEpoch));
        Position = position;
        CorrectProbesInEpoch = correctProbesInEpoch;
    }

    /// <summary>Shows up to that many samples, but none beyond the end of the epoch.</summary>
    /// <returns>The number of samples shown; 0 at the end of the run.</returns>
    public int Advance(int maximumSamples)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maximumSamples);
        if (IsFinished)
        {
            return 0;
        }

        int epoch = (int)(Position / _samples.Count);
        int inEpoch = (int)(Position % _samples.Count);
        if (inEpoch == 0)
        {
            CorrectProbesInEpoch = 0;
        }

        if (_orderEpoch != epoch)
        {
            Shuffle(epoch);
        }

        _chunkCount = Math.Min(maximumSamples, _samples.Count - inEpoch);
        _runner.Team.Run(_trainChunk);
        Position += _chunkCount;
        return _chunkCount;
    }

    /// <summary>Share of samples that the network names right; the devices stay as they are.</summary>
    /// <param name="samples">Samples to show.</param>
    /// <param name="cancellation">Ends the evaluation early.</param>
    /// <exception cref="ArgumentException">The samples do not fit the network.</exception>
    /// <exception cref="OperationCanceledException">The evaluation was ended early.</exception>
    public double Evaluate(ISampleSource samples, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(samples);
        if (WorkerRule.Choose(Network.Options, _workers, learns: false) == Workers)
        {
            return Evaluation.Run(_runner, Network, samples, cancellation);
        }

        // Steps without learning are shorter: the workers that pay off while learning may be too many for them.
        return Evaluation.Run(Network, samples, _workers, cancellation);
    }

    /// <summary>Ends the threads.</summary>
    public void Dispose() => _runner.Dispose();

    internal static void CheckFit(Network network, ISampleSource samples)
    {
        Require.That(samples is ISpikeSource or IAmplitudeSource, samples.GetType().Name, "a source of spikes or of amplitudes", nameof(samples));
        Require.That(samples.Inputs == network.Options.Inputs, samples.Inputs, $"samples with {network.Options.Inputs} inputs", nameof(samples));
        Require.That(samples.Classes <= network.Options.Classes, samples.Classes, $"at most {network.Options.Classes} classes", nameof(samples));
    }

    private static int ProbesAmong(int samples) => (samples + ProbeInterval - 1) / ProbeInterval;

    private int SamplesInEpochAt(long position) => position == 0 ? 0 : (int)((position - 1) % _samples.Count) + 1;

    private void TrainChunk(int worker)
    {
        int inEpoch = (int)(Position % _samples.Count);
        for (int i = 0; i < _chunkCount; i++)
        {
            long position = Position + i;
            int sample = _order[inEpoch + i];
            ulong time = (ulong)position * (ulong)Network.Options.Steps;
            if (position % Network.Options.Periphery.WireRefresh == 0)
            {
                _runner.WorkOutWires(measures: false, worker);
            }

            if ((inEpoch + i) % ProbeInterval == 0)
            {
                int decision = _runner.Show(worker, _samples, sample, learningRate: 0f, firstTime: time);
                if (worker == 0 && decision == _samples.Label(sample))
                {
                    CorrectProbesInEpoch++;
                }
            }

            float rate = Options.RateAt(position, TotalSamples);
            _runner.Show(worker, _samples, sample, rate, time);
        }
    }

    /// <summary>Fisher-Yates with draws that depend on seed and epoch alone.</summary>
    private void Shuffle(int epoch)
    {
        RandomKernels.Uniform(_draws, RandomPurpose.SampleOrder.Stream(Network.Options.Seed, (ulong)epoch));
        for (int i = 0; i < _order.Length; i++)
        {
            _order[i] = i;
        }

        for (int i = _order.Length - 1; i > 0; i--)
        {
            int j = (int)((double)_draws[i] * (i + 1));
            (_order[i], _order[j]) = (_order[j], _order[i]);
        }

        _orderEpoch = epoch;
    }
}
