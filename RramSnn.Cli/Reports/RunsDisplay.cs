using System.Diagnostics;
using RramSnn.Cli.Studies;
using Spectre.Console;

namespace RramSnn.Cli.Reports;

/// <summary>Shows how far many runs are: a bar on a terminal, a plain line every few seconds elsewhere, or nothing.</summary>
internal static class RunsDisplay
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    /// <summary>Runs something that reports its progress.</summary>
    internal static T Run<T>(TextWriter writer, bool quiet, Func<Action<RunsStatus>, T> body)
    {
        if (quiet)
        {
            return body(static _ => { });
        }

        IAnsiConsole console = Terminal.Console(writer);
        if (!console.Profile.Out.IsTerminal || !console.Profile.Capabilities.Ansi)
        {
            return body(PlainLines(writer));
        }

        Progress progress = new(console) { AutoClear = true, RefreshRate = TimeSpan.FromMilliseconds(250) };
        progress.Columns(new ProgressBarColumn { Width = 20 }, new TaskDescriptionColumn { Alignment = Justify.Left });
        return progress.Start(context =>
        {
            ProgressTask task = context.AddTask("starting", maxValue: 1);
            return body(status =>
            {
                task.Value = status.Share;
                task.Description = status.ToString();
            });
        });
    }

    private static Action<RunsStatus> PlainLines(TextWriter writer)
    {
        Stopwatch sinceLine = Stopwatch.StartNew();
        return status =>
        {
            if (sinceLine.Elapsed >= Interval)
            {
                sinceLine.Restart();
                writer.WriteLine(status.ToString());
            }
        };
    }
}
