using System.Diagnostics;
using Spectre.Console;

namespace RramSnn.Cli.Reports;

/// <summary>Chooses how progress is shown: a live line on a terminal, a plain line every few seconds elsewhere, or nothing.</summary>
internal static class ProgressDisplay
{
    /// <summary>Columns of the bar before the text of the live line.</summary>
    internal const int LiveBarWidth = 10;

    /// <summary>Runs something that reports its progress.</summary>
    internal static T Run<T>(TextWriter writer, bool quiet, Func<IRunProgress, T> body)
    {
        if (quiet)
        {
            return body(new Silence());
        }

        IAnsiConsole console = Terminal.Console(writer);
        return console.Profile.Out.IsTerminal && console.Profile.Capabilities.Ansi
            ? RunLive(console, body)
            : body(new PlainLines(writer));
    }

    private static T RunLive<T>(IAnsiConsole console, Func<IRunProgress, T> body)
    {
        Progress progress = new(console) { AutoClear = true, RefreshRate = TimeSpan.FromMilliseconds(250) };
        progress.Columns(new ProgressBarColumn { Width = LiveBarWidth }, new TaskDescriptionColumn { Alignment = Justify.Left });
        return progress.Start(context => body(new LiveLine(context.AddTask("starting"))));
    }

    /// <summary>The text of the live line; beside a bar of <see cref="LiveBarWidth"/> it fits into 80 columns.</summary>
    internal static string LiveText(in RunStatus status)
    {
        string online = status.OnlineAccuracy is { } share ? $"  online {Format.ShortPercent(share)}" : "";
        string heldOut = status.HeldOutAccuracy is { } accuracy ? $"  held-out {Format.ShortPercent(accuracy)}" : "";
        return $"epoch {status.Epoch}/{status.Epochs}{online}" + (status.Activity == RunStatus.Training
            ? $"{heldOut}  {Format.Count(status.SamplesPerSecond)}/s  {Format.Duration(status.TimeLeft)} left"
            : $"  {status.Activity}");
    }

    private static string Describe(in RunStatus status)
    {
        string online = status.OnlineAccuracy is { } share ? $"online accuracy {Format.Percent(share)}  " : "";
        string heldOut = status.HeldOutAccuracy is { } accuracy ? $"held-out {Format.Percent(accuracy)}  " : "";
        return $"epoch {status.Epoch}/{status.Epochs}  {online}{heldOut}"
            + $"{Format.Count(status.SamplesPerSecond)} samples/s  {Format.Duration(status.TimeLeft)} left";
    }

    private sealed class Silence : IRunProgress
    {
        public void Report(in RunStatus status)
        {
        }
    }

    private sealed class LiveLine(ProgressTask task) : IRunProgress
    {
        public void Report(in RunStatus status)
        {
            task.MaxValue = status.TotalSamples;
            task.Value = status.Position;
            task.Description = LiveText(status);
        }
    }

    private sealed class PlainLines(TextWriter writer) : IRunProgress
    {
        private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

        private readonly Stopwatch _sinceLine = Stopwatch.StartNew();
        private string _activity = RunStatus.Training;

        public void Report(in RunStatus status)
        {
            if (_sinceLine.Elapsed < Interval && status.Activity == _activity)
            {
                return;
            }

            _activity = status.Activity;
            _sinceLine.Restart();
            writer.WriteLine($"{status.Activity}  {status.Position}/{status.TotalSamples} samples  {Describe(status)}");
        }
    }
}
