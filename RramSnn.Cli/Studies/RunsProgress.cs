using System.Diagnostics;
using RramSnn.Cli.Reports;

namespace RramSnn.Cli.Studies;

/// <summary>How far many runs are, told by several threads at once.</summary>
internal sealed class RunsProgress
{
    private readonly Lock _lock = new();
    private readonly Stopwatch _time = Stopwatch.StartNew();
    private readonly Dictionary<string, double> _shown = [];
    private readonly Action<RunsStatus> _show;
    private int _runs;
    private double _samples;
    private int _done;
    private double _samplesDone;
    private double _samplesFound;

    /// <summary>Progress of some runs.</summary>
    /// <param name="runs">Number of runs.</param>
    /// <param name="samples">Samples of all of them.</param>
    /// <param name="show">Called at every change, by one thread at a time.</param>
    internal RunsProgress(int runs, double samples, Action<RunsStatus> show)
    {
        _runs = runs;
        _samples = samples;
        _show = show;
    }

    /// <summary>Samples that a run shows while it learns.</summary>
    internal static double SamplesOf(PlannedRun run) => (double)run.Settings.Epochs * run.Settings.Samples!.Value;

    /// <summary>A run begins.</summary>
    internal IRunProgress Begin(PlannedRun run)
    {
        lock (_lock)
        {
            Expect(run);
            return new Share(this, run.Key);
        }
    }

    /// <summary>A run has finished.</summary>
    internal void End(PlannedRun run) => Count(run, isFound: false);

    /// <summary>A run had finished before the program began.</summary>
    internal void Skip(PlannedRun run) => Count(run, isFound: true);

    private void Count(PlannedRun run, bool isFound)
    {
        lock (_lock)
        {
            if (isFound)
            {
                Expect(run);
            }

            _shown.Remove(run.Key);
            double samples = SamplesOf(run);
            _done++;
            _samplesDone += samples;
            _samplesFound += isFound ? samples : 0;
            Show();
        }
    }

    private void Expect(PlannedRun run)
    {
        if (run.IsExtra)
        {
            _runs++;
            _samples += SamplesOf(run);
        }
    }

    private void Report(string key, double samples)
    {
        lock (_lock)
        {
            _shown[key] = samples;
            Show();
        }
    }

    private void Show()
    {
        double shown = _samplesDone + _shown.Values.Sum();
        double own = shown - _samplesFound;
        double seconds = own > 0 ? _time.Elapsed.TotalSeconds * Math.Max(0, _samples - shown) / own : 0;
        _show(new RunsStatus(_done, _runs, _shown.Count, Math.Min(1, shown / _samples), TimeSpan.FromSeconds(seconds)));
    }

    private sealed class Share(RunsProgress all, string key) : IRunProgress
    {
        public void Report(in RunStatus status) => all.Report(key, status.Position);
    }
}

/// <summary>How far many runs are.</summary>
/// <param name="Done">Runs that have finished.</param>
/// <param name="Runs">All runs.</param>
/// <param name="Active">Runs that are under way.</param>
/// <param name="Share">Share of all training samples shown.</param>
/// <param name="TimeLeft">Time left at the present speed.</param>
internal readonly record struct RunsStatus(int Done, int Runs, int Active, double Share, TimeSpan TimeLeft)
{
    public override string ToString() => $"{Done}/{Runs} runs, {Active} under way, {Format.Duration(TimeLeft)} left";
}
