using RramSnn.Data;
using RramSnn.Model.Layers;
using RramSnn.Model.Learning;
using RramSnn.Native.Boundary;
using RramSnn.Native.Exports;
using RramSnn.Native.Settings;

namespace RramSnn.Native.Hosts;

/// <summary>A network that a host trains: step by step, sample by sample, or as the program's command <c>train</c> does.</summary>
internal sealed class TrainedNetwork : NetworkOwner
{
    private readonly NetworkSettings _settings;
    private readonly SpikeBuffer? _spikes;
    private readonly PixelSample _pixels;
    private WorkerOptions _workers;
    private ISampleSource? _samples;
    private TrainingSession? _training;

    /// <summary>Builds an untrained network.</summary>
    internal TrainedNetwork(NetworkSettings settings)
    {
        _settings = settings;
        NetworkOptions options = settings.Network;
        settings.Training.Validate();
        _workers = new WorkerOptions { Threads = settings.Threads };
        _workers.Validate();
        Network = new Network(options);
        try
        {
            _spikes = settings.HasAmplitudes ? null : new SpikeBuffer(options.Inputs, options.Classes, options.Steps);
            _pixels = new PixelSample(settings);
            Online = new OnlineSession(Network, _workers);
        }
        catch
        {
            Network.Dispose();
            throw;
        }
    }

    internal override Network Network { get; }

    /// <summary>Single steps and samples.</summary>
    internal OnlineSession Online { get; private set; }

    /// <summary>Samples of the training shown so far.</summary>
    internal long Position => _training?.Position ?? 0;

    /// <summary>Samples of the whole training; 0 before it has any.</summary>
    internal long TotalSamples => _training?.TotalSamples ?? 0;

    public override void Dispose()
    {
        _training?.Dispose();
        Online.Dispose();
        Network.Dispose();
    }

    /// <summary>What hosts may want to know.</summary>
    internal NetworkInfo Info() => new()
    {
        Inputs = Network.Options.Inputs,
        Classes = Network.Options.Classes,
        Layers = Network.Layers.Count,
        Steps = Network.Options.Steps,
        BurnIn = Network.Options.BurnIn,
        Workers = Online.Workers,
        InputWords = (Network.Options.Inputs + 63) / 64,
        OutputNeurons = Network.Layers[^1].Neurons,
        OutputWords = (Network.Layers[^1].Neurons + 63) / 64,
        FieldCount = Network.Fields.Count,
        Seed = Network.Options.Seed,
        Position = Position,
        TotalSamples = TotalSamples,
        LearningRate = _settings.Training.LearningRate,
        PulseTotal = Network.PulseTotal,
        WriteTotal = Network.WriteTotal,
        ReadTotal = Network.ReadTotal,
        DeviceCount = Network.DeviceCount,
        ByteLength = Network.ByteLength,
    };

    /// <summary>Shows a sample of the host's own spikes.</summary>
    internal int Show(ReadOnlySpan<ulong> raster, int label, double learningRate, long position)
    {
        if (_spikes is null)
        {
            throw new ArgumentException("raster is spikes; expected pixels for a network whose input is amplitude.", nameof(raster));
        }

        _spikes.Fill(raster, LabelFor(label, learningRate));
        return Online.Show(_spikes, 0, learningRate, position);
    }

    /// <summary>Shows a sample of pixels.</summary>
    internal int Show(ReadOnlySpan<byte> pixels, uint number, int label, double learningRate, long position) =>
        Online.Show(_pixels.With(pixels, number, LabelFor(label, learningRate), learns: learningRate != 0), 0, learningRate, position);

    /// <summary>Gives the training its images and starts it anew.</summary>
    internal void LoadSamples(ReadOnlySpan<byte> pixels, ReadOnlySpan<byte> labels)
    {
        ISampleSource samples = Encode(pixels, labels, RandomPurpose.TrainingSpikes);
        TrainingSession training = new(Network, samples, _settings.Training, _workers);
        _training?.Dispose();
        _training = training;
        _samples = samples;
    }

    /// <summary>Goes on with the training.</summary>
    /// <returns>Samples shown.</returns>
    internal long Train(long most)
    {
        TrainingSession training = _training ?? throw new ArgumentException("the network has no samples; expected some to be loaded first.");
        ThrowIfBegun();
        if (most < 1)
        {
            throw new ArgumentException($"maximum_samples is {most}; expected 1 or more.");
        }

        long shown = 0;
        while (shown < most && training.Advance((int)Math.Min(most - shown, int.MaxValue)) is > 0 and int some)
        {
            shown += some;
        }

        return shown;
    }

    /// <summary>Goes on at a place, after the state of that place was loaded.</summary>
    internal void Restore(long position, int correctProbes)
    {
        TrainingSession training = _training ?? throw new ArgumentException("the network has no samples; expected some to be loaded first.");
        training.RestorePosition(position, correctProbes);
    }

    /// <summary>Share of images that the network names right.</summary>
    internal double Evaluate(ReadOnlySpan<byte> pixels, ReadOnlySpan<byte> labels)
    {
        ThrowIfBegun();
        return Evaluation.Run(Network, Encode(pixels, labels, RandomPurpose.TestSpikes), _workers);
    }

    /// <summary>Lets another number of threads share the steps.</summary>
    internal void SetThreads(int threads)
    {
        ThrowIfBegun();
        WorkerOptions workers = new() { Threads = threads };
        OnlineSession online = new(Network, workers);
        Online.Dispose();
        Online = online;
        _workers = workers;
        if (_training is { } old)
        {
            TrainingSession training = new(Network, _samples!, _settings.Training, workers);
            training.RestorePosition(old.Position, old.CorrectProbesInEpoch);
            old.Dispose();
            _training = training;
        }
    }

    protected override void Settle() => ThrowIfBegun();

    private static int LabelFor(int label, double learningRate) => label == -1 && learningRate == 0 ? 0 : label;

    private ISampleSource Encode(ReadOnlySpan<byte> pixels, ReadOnlySpan<byte> labels, RandomPurpose purpose) => PixelSample.Encode(
        LabeledImages.FromPixels(pixels, labels, rows: 1, columns: Network.Options.Inputs, Math.Min(Network.Options.Classes, 256)), _settings, purpose);

    private void ThrowIfBegun()
    {
        if (Online.Step >= 0)
        {
            throw new StatusException(Status.InvalidArgument, $"a sample was begun and had {Online.Step} steps; expected it to be ended first.");
        }
    }
}
