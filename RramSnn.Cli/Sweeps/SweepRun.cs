using System.Text;
using RramSnn.Cli.Reports;
using RramSnn.Cli.Reports.Sweeps;
using RramSnn.Cli.Runs;
using RramSnn.Cli.Settings;
using RramSnn.Cli.Studies;
using RramSnn.Data;

namespace RramSnn.Cli.Sweeps;

/// <summary>Runs the points of a sweep, or collects those that have run, and writes what comes of them.</summary>
internal sealed class SweepRun(StudyPlan plan, SweepGrid grid, StudyFolder folder, string command) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly ArmResult?[] _results = new ArmResult?[grid.Points.Count];
    private StreamWriter? _rows;

    /// <summary>Runs that had finished when the sweep ended.</summary>
    internal int RunsDone { get; private set; }

    /// <summary>Runs of the part.</summary>
    internal int Runs { get; private set; }

    private string PointsFile => folder.In("points.csv");

    public void Dispose() => _rows?.Dispose();

    /// <summary>Runs one part; every point is written to <c>points.csv</c> as soon as it has finished.</summary>
    /// <returns>Whether the part reached its end.</returns>
    internal bool Train(ImageDataSet images, Shard shard, int threads, Host host, bool quiet)
    {
        int[] part = [.. Enumerable.Range(0, grid.Points.Count).Where(index => shard.Has(PlaceOf(grid.Points[index])))];
        (int runs, double samples) = plan.CountRuns(part.Select(index => grid.Points[index].Arm).Where(static arm => arm.Settings is not null));
        Runs = runs;
        _rows = new StreamWriter(PointsFile, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { AutoFlush = true };
        _rows.Write(SweepFiles.Header(grid) + "\n");
        try
        {
            return RunsDisplay.Run(host.Error, quiet, show =>
            {
                ArmRunner runner = new(images, folder.Runs, threads, host, new RunsProgress(runs, samples, status =>
                {
                    RunsDone = status.Done;
                    Runs = status.Runs;
                    show(status);
                }));
                runner.ForAll(part.Length, index => Keep(part[index], RunPoint(grid.Points[part[index]].Arm, runner.Run)));

                // Of the other parts what has run already.
                Collect();
                return true;
            });
        }
        catch (OperationCanceledException) when (host.Interrupt.IsCancellationRequested)
        {
            return false;
        }
        finally
        {
            _rows.Dispose();
        }
    }

    /// <summary>Takes what has run, and runs nothing.</summary>
    internal void Collect()
    {
        RunStore store = folder.Runs;
        for (int index = 0; index < _results.Length; index++)
        {
            _results[index] ??= RunPoint(grid.Points[index].Arm, store.Find);
        }
    }

    /// <summary>Writes tables and pictures, the rows of the table in the order of the grid.</summary>
    internal void Report(Host host, bool json)
    {
        SweepSummary summary = SweepSummary.Of(plan, grid, _results, folder, command);
        List<string> files = [];
        Save("points.csv", Encoding.UTF8.GetBytes(CsvText.Of(SweepFiles.Header(grid), summary.Points.Select(SweepFiles.Cells))));
        try
        {
            foreach ((string name, byte[] content) in HeatMaps.Draw(summary).SelectMany(static picture => picture.Files))
            {
                Save(name, content);
            }
        }
#pragma warning disable CA1031 // Whatever keeps pictures from being drawn, hours of training are not lost for it.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            host.Error.WriteLine($"rramsnn: warning: a heat map was not drawn: {App.OneLine(exception)}");
        }

        string text = SettingsJson.Write(summary);
        Save("sweep.json", Encoding.UTF8.GetBytes(text + "\n"));
        if (json)
        {
            host.Output.WriteLine(text);
        }
        else
        {
            SweepTable.Write(host.Output, summary, files);
        }

        void Save(string name, byte[] content)
        {
            RunFolder.Write(folder.In(name), content);
            files.Add(folder.In(name));
        }
    }

    // All methods of a point belong to one part.
    private int PlaceOf(SweepPoint point) => (point.Row * grid.X.Values.Count) + point.Column;

    private ArmResult? RunPoint(Arm arm, Func<PlannedRun, RunRecord?> run) => arm.Settings is null ? new ArmResult(arm, null, []) : plan.RunOne(arm, run);

    private bool Keep(int index, ArmResult? result)
    {
        lock (_lock)
        {
            _results[index] = result;
            _rows!.Write(CsvText.Row(SweepFiles.Cells(SweepPointSummary.Of(grid, grid.Points[index], result!))));
            return true;
        }
    }
}
