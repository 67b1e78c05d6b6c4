using RramSnn.Model.Layers;

namespace RramSnn.Model.Learning;

/// <summary>Shows a network one sample, or one step, at a time: for a program that has its own loop and its own samples.</summary>
/// <remarks>
/// <para>
/// After construction nothing is allocated. A sample shown by <see cref="Show"/>, or step by step with the same spikes, gives the bits that it
/// gives in a <see cref="TrainingSession"/> at the same position with the same learning rate.
/// </para>
/// <para>To be used by one thread at a time.</para>
/// </remarks>
public sealed class OnlineSession : IDisposable
{
    // In words that fit the methods of every language.
    private const string NoSample = "no sample was begun; expected a sample to be begun first.";

    private readonly SampleRunner _runner;
    private readonly Action<int> _showSample;
    private readonly Action<int> _beginSample;
    private readonly Action<int> _showStep;
    private readonly Action<int> _endSample;
    private ISampleSource? _source;
    private int _sample;
    private int _label;
    private int _step = -1;
    private float _learningRate;
    private long _position;
    private int _decision;

    /// <summary>Prepares a network.</summary>
    /// <param name="network">The network; it stays the caller's.</param>
    /// <param name="workers">How many workers may share each step, and where they run.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public OnlineSession(Network network, WorkerOptions workers)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(workers);
        workers.Validate();
        Network = network;
        _runner = new SampleRunner(network, workers, learns: true);
        _showSample = ShowSample;
        _beginSample = BeginSample;
        _showStep = ShowStep;
        _endSample = EndSample;
    }

    /// <summary>The network.</summary>
    public Network Network { get; }

    /// <summary>Workers that share each step.</summary>
    public int Workers => _runner.Team.Count;

    /// <summary>Steps shown of the sample that was begun; -1 if none is.</summary>
    public int Step => _step;

    /// <summary>Class scores of the last layer, summed over the steps of the last sample after burn-in.</summary>
    public ReadOnlySpan<float> Scores => _runner.Scores;

    /// <summary>Shows one sample for all its steps.</summary>
    /// <param name="source">Where the sample comes from.</param>
    /// <param name="sample">Its index there.</param>
    /// <param name="learningRate">η, 0 to 1000; 0 leaves the devices alone.</param>
    /// <param name="position">Number of the sample within the run, 0 or more: names the random numbers of its writes.</param>
    /// <returns>The class with the highest score.</returns>
    /// <exception cref="ArgumentException">The sample does not fit the network, or a number is out of range.</exception>
    /// <exception cref="InvalidOperationException">A sample was begun and not ended.</exception>
    public int Show(ISampleSource source, int sample, double learningRate, long position)
    {
        ArgumentNullException.ThrowIfNull(source);
        TrainingSession.CheckFit(Network, source);
        if (sample < 0 || sample >= source.Count)
        {
            Require.That(false, sample, $"0 to {source.Count - 1}", nameof(sample));
        }

        CheckLabel(source.Label(sample), least: 0);
        Start(learningRate, position);
        _source = source;
        _sample = sample;
        _runner.Team.Run(_showSample);
        _source = null;
        return _decision;
    }

    /// <summary>Begins a sample that is shown step by step.</summary>
    /// <param name="learningRate">η, 0 to 1000; 0 leaves the devices alone and saves the presynaptic traces.</param>
    /// <param name="position">Number of the sample within the run, 0 or more.</param>
    /// <exception cref="ArgumentException">A number is out of range.</exception>
    /// <exception cref="InvalidOperationException">A sample was begun and not ended.</exception>
    public void Begin(double learningRate, long position)
    {
        Start(learningRate, position);
        _runner.Team.Run(_beginSample);
        _step = 0;
    }

    /// <summary>Shows one step, and learns from it.</summary>
    /// <param name="spikes">One bit per input, 64 to a word, lowest first; bits beyond the inputs are ignored.</param>
    /// <param name="label">The class, which may change from step to step; -1 if it is not known, and then nothing is learned.</param>
    /// <exception cref="ArgumentException">The spikes or the label do not fit the network.</exception>
    /// <exception cref="InvalidOperationException">No sample was begun, or it had <see cref="NetworkOptions.Steps"/> steps already.</exception>
    public void Advance(ReadOnlySpan<ulong> spikes, int label)
    {
        int words = (Network.Options.Inputs + Padding.Word - 1) / Padding.Word;
        if (_step < 0 || _step >= Network.Options.Steps)
        {
            throw new InvalidOperationException(_step < 0
                ? NoSample
                : $"the sample had {_step} steps; expected no more than the network's {Network.Options.Steps}.");
        }

        if (spikes.Length != words)
        {
            Require.That(false, spikes.Length, $"{words} words for {Network.Options.Inputs} inputs", nameof(spikes));
        }

        CheckLabel(label, least: -1);
        Span<ulong> raster = _runner.Raster(_step);
        raster.Clear();
        spikes.CopyTo(raster);
        if (Network.Options.Inputs % Padding.Word != 0)
        {
            raster[words - 1] &= (1ul << (Network.Options.Inputs % Padding.Word)) - 1;
        }

        _label = label;
        _runner.Team.Run(_showStep);
        _step++;
    }

    /// <summary>Ends a sample that was shown step by step.</summary>
    /// <returns>The class with the highest score.</returns>
    /// <exception cref="InvalidOperationException">No sample was begun.</exception>
    public int End()
    {
        if (_step < 0)
        {
            throw new InvalidOperationException(NoSample);
        }

        _runner.Team.Run(_endSample);
        _step = -1;
        return _decision;
    }

    /// <summary>Ends the threads.</summary>
    public void Dispose() => _runner.Dispose();

    private ulong FirstTime => (ulong)_position * (ulong)Network.Options.Steps;

    private bool Learns => _learningRate != 0f;

    private void Start(double learningRate, long position)
    {
        if (_step >= 0)
        {
            throw new InvalidOperationException($"a sample was begun and had {_step} steps; expected End first.");
        }

        Require.That(learningRate is >= 0 and <= 1000, learningRate, "0 to 1000", "learning_rate");
        Require.That(position is >= 0 and <= 1L << 40, position, "0 to 2^40", nameof(position));
        _learningRate = (float)learningRate;
        _position = position;
    }

    private void CheckLabel(int label, int least)
    {
        // The text of an error is made for an error alone: steps allocate nothing.
        if (label < least || label >= Network.Options.Classes)
        {
            Require.That(false, label, $"{least} to {Network.Options.Classes - 1}", nameof(label));
        }
    }

    private void ShowSample(int worker)
    {
        WorkOutWires(worker);
        Keep(worker, _runner.Show(worker, _source!, _sample, _learningRate, FirstTime));
    }

    private void BeginSample(int worker)
    {
        WorkOutWires(worker);
        _runner.Reset(worker);
    }

    private void ShowStep(int worker)
    {
        StepContext context = new(FirstTime + (ulong)_step, Learns, Measures: false);
        _runner.ShowStep(worker, new LayerInput(_runner.Raster(_step)), context, _step, _label, _learningRate);
    }

    private void EndSample(int worker) => Keep(worker, _runner.Finish(worker, _learningRate, FirstTime));

    private void WorkOutWires(int worker)
    {
        if (_position % Network.Options.Periphery.WireRefresh == 0)
        {
            _runner.WorkOutWires(measures: false, worker);
        }
    }

    private void Keep(int worker, int decision)
    {
        if (worker == 0)
        {
            _decision = decision;
        }
    }
}
