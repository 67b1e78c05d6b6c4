using System.Diagnostics;
using RramSnn.Cli.Reports;
using RramSnn.Cli.Settings;
using RramSnn.Model.Checkpoints;
using RramSnn.Model.Layers;
using RramSnn.Model.Learning;

namespace RramSnn.Cli.Runs;

/// <summary>
/// Drives one training session from its start or a checkpoint to its end or an interruption, and keeps the folder up to date.
/// </summary>
/// <remarks>
/// A row of metrics is made at every log interval of an epoch and at the epoch's end. A checkpoint is made at the epoch's end,
/// at an interruption and, for runs that are killed, about once a minute. An epoch's end counts as handled when it has its row:
/// a run interrupted while it measures held-out images measures them again.
/// </remarks>
internal sealed class TrainRun : IDisposable
{
    // Samples between two looks at the interruption: enough that the workers' start does not count, few enough for a lively
    // display and a quick Ctrl+C, also with a network that needs a second per sample. Results do not depend on it.
    private const int LongestChunk = 200;
    private const double ChunkSeconds = 0.25;

    private static readonly TimeSpan MetricsInterval = TimeSpan.FromSeconds(5);

    private readonly RunData _data;
    private readonly RunFolder? _folder;
    private readonly Network _network;
    private readonly TrainingSession _session;
    private readonly Host _host;
    private readonly List<MetricsRow> _rows;
    private readonly Stopwatch _elapsed = Stopwatch.StartNew();
    private readonly Stopwatch _training = new();
    private readonly Stopwatch _sinceMetrics = Stopwatch.StartNew();
    private readonly Stopwatch _sinceCheckpoint = Stopwatch.StartNew();
    private readonly long _startPosition;
    private readonly double _earlierElapsed;
    private readonly double _earlierTraining;
    private int _correctInRows;
    private int _probesInRows;
    private double _trainingInRows;

    /// <summary>Prepares a run; nothing is written yet.</summary>
    /// <param name="state">Where the run stands; position 0 for a new one.</param>
    /// <param name="data">The images for the settings of <paramref name="state"/>.</param>
    /// <param name="folder">Where the run's files go, and where its checkpoint lies if the state is of one; null to write none.</param>
    /// <param name="host">Interruptions.</param>
    /// <exception cref="ArgumentException">A setting does not fit the data.</exception>
    /// <exception cref="InvalidDataException">Data or checkpoint are malformed, or the run began with other data or another device.</exception>
    /// <exception cref="IOException">Data or checkpoint are not there.</exception>
    internal TrainRun(RunState state, RunData data, RunFolder? folder, Host host)
    {
        _host = host;
        _folder = folder;
        _data = data;
        if (folder is not null)
        {
            state.Basis?.ThrowIfOther(folder.Checkpoint, _data.Basis);
        }

        _network = _data.CreateNetwork();
        try
        {
            _session = new TrainingSession(_network, _data.Training, Settings.ToTrainingOptions(), Workers.For(Settings.Threads));
            if (state.Basis is not null && folder is not null)
            {
                // Also at position 0: an imported network has weights of its own.
                Restore(state, folder.Checkpoint);
            }
        }
        catch
        {
            _session?.Dispose();
            _network.Dispose();
            throw;
        }

        _startPosition = state.Position;
        _rows = [.. state.Rows];
        _correctInRows = state.CorrectInRows;
        _probesInRows = state.ProbesInRows;
        _trainingInRows = state.TrainingSecondsInRows;
        _earlierTraining = state.TrainingSeconds;
        _earlierElapsed = state.ElapsedSeconds;
    }

    internal TrainSettings Settings => _data.Settings;

    internal Network Network => _network;

    /// <summary>Workers that share a training step.</summary>
    internal int Threads => _session.Workers;

    internal IReadOnlyList<MetricsRow> Rows => _rows;

    /// <summary>Accuracy on the test images; null before the end and for a run that leaves them alone.</summary>
    internal double? TestAccuracy { get; private set; }

    /// <summary>Samples shown so far.</summary>
    internal long Position => _session.Position;

    /// <summary>Samples of the whole run.</summary>
    internal long TotalSamples => _session.TotalSamples;

    /// <summary>Share of the present epoch's probes named right: training samples shown once without learning, just before they are learned.</summary>
    internal double? OnlineAccuracy => Share(_session.CorrectProbesInEpoch, _session.ProbesInEpoch);

    /// <summary>Training speed, without measurements.</summary>
    internal double SamplesPerSecond => PerSecond(Position, TrainingSeconds);

    /// <summary>Time since the start of the run, pauses left out.</summary>
    internal double ElapsedSeconds => _earlierElapsed + _elapsed.Elapsed.TotalSeconds;

    private double TrainingSeconds => _earlierTraining + _training.Elapsed.TotalSeconds;

    private RunState State => new()
    {
        Settings = Settings,
        Position = Position,
        CorrectProbesInEpoch = _session.CorrectProbesInEpoch,
        CorrectInRows = _correctInRows,
        ProbesInRows = _probesInRows,
        TrainingSeconds = TrainingSeconds,
        TrainingSecondsInRows = _trainingInRows,
        ElapsedSeconds = ElapsedSeconds,
        Rows = _rows,
    };

    public void Dispose()
    {
        _session.Dispose();
        _network.Dispose();
    }

    /// <summary>Trains and measures until the end or an interruption; then a checkpoint and the metrics are on disk if the run has a folder.</summary>
    /// <returns>Whether the run reached its end.</returns>
    internal bool Run(IRunProgress progress)
    {
        bool finished;
        try
        {
            while (!_session.IsFinished || HasUnhandledEpochEnd())
            {
                if (HasUnhandledEpochEnd())
                {
                    EndEpoch(progress);
                }
                else
                {
                    Train(progress);
                }
            }

            MeasureTest(progress);
            finished = true;
        }
        catch (OperationCanceledException) when (_host.Interrupt.IsCancellationRequested)
        {
            SaveCheckpoint();
            finished = false;
        }

        WriteMetrics();
        return finished;
    }

    private void Train(IRunProgress progress)
    {
        _host.Interrupt.ThrowIfCancellationRequested();
        int inEpoch = _session.IsAtEpochEnd ? 0 : _session.SamplesInEpoch;
        int untilRow = Settings.LogEvery - (inEpoch % Settings.LogEvery);
        int length = Math.Min(ChunkLength(), untilRow);
        _training.Start();
        _session.Advance(length);
        _training.Stop();
        if (_session.SamplesInEpoch % Settings.LogEvery == 0 && !_session.IsAtEpochEnd)
        {
            AddRow(heldOutAccuracy: null);
        }

        if (_sinceMetrics.Elapsed > MetricsInterval)
        {
            WriteMetrics();
        }

        if (_sinceCheckpoint.Elapsed > _host.CheckpointInterval)
        {
            SaveCheckpoint();
        }

        Report(progress, RunStatus.Training);
        _host.ChunkDone?.Invoke(Position);
    }

    private int ChunkLength()
    {
        double here = PerSecond(Position - _startPosition, _training.Elapsed.TotalSeconds);
        return (int)Math.Clamp(here * ChunkSeconds, 1, LongestChunk);
    }

    private bool HasUnhandledEpochEnd() => _session.IsAtEpochEnd && (_rows.Count == 0 || _rows[^1].Sample != Position);

    private void EndEpoch(IRunProgress progress)
    {
        double? heldOut = null;
        if (_data.HeldOut is { } samples)
        {
            Report(progress, RunStatus.MeasuringHeldOut);
            heldOut = _session.Evaluate(samples, _host.Interrupt);
        }

        AddRow(heldOut);
        _correctInRows = 0;
        _probesInRows = 0;
        SaveCheckpoint();
        WriteMetrics();
    }

    private void MeasureTest(IRunProgress progress)
    {
        if (!Settings.NoTest)
        {
            Report(progress, RunStatus.MeasuringTest);
            TestAccuracy = _session.Evaluate(_data.Test, _host.Interrupt);
        }
    }

    private void Report(IRunProgress progress, string activity) => progress.Report(new RunStatus(
        activity,
        Position,
        TotalSamples,
        _session.Epoch,
        Settings.Epochs,
        OnlineAccuracy,
        _rows.FindLast(static row => row.HeldOutAccuracy is not null)?.HeldOutAccuracy,
        SamplesPerSecond));

    private void AddRow(double? heldOutAccuracy)
    {
        long samples = Position - (_rows.Count == 0 ? 0 : _rows[^1].Sample);
        _rows.Add(new MetricsRow(
            Position,
            _session.Epoch,
            Share(_session.CorrectProbesInEpoch - _correctInRows, _session.ProbesInEpoch - _probesInRows),
            heldOutAccuracy,
            PerSecond(samples, TrainingSeconds - _trainingInRows),
            _network.PulseTotal,
            _network.WriteTotal / (double)_network.DeviceCount,
            ElapsedSeconds));
        _correctInRows = _session.CorrectProbesInEpoch;
        _probesInRows = _session.ProbesInEpoch;
        _trainingInRows = TrainingSeconds;
    }

    private void WriteMetrics()
    {
        if (_folder is not null)
        {
            RunFolder.Write(_folder.Metrics, MetricsFile.Text(_rows));
        }

        _sinceMetrics.Restart();
    }

    private void SaveCheckpoint()
    {
        if (_folder is not null)
        {
            Checkpoint.Save(_folder.Checkpoint, _network, State.ToMetadata(_data.Basis));
        }

        _sinceCheckpoint.Restart();
    }

    private void Restore(RunState state, string checkpoint)
    {
        try
        {
            _session.RestorePosition(state.Position, state.CorrectProbesInEpoch);
        }
        catch (ArgumentException exception)
        {
            throw new InvalidDataException($"{checkpoint}: {App.OneLine(exception)}", exception);
        }

        Checkpoint.Restore(checkpoint, _network);
    }

    private static double? Share(int correct, int probes) => probes > 0 ? correct / (double)probes : null;

    private static double PerSecond(long samples, double seconds) => seconds > 0 ? samples / seconds : 0;
}
