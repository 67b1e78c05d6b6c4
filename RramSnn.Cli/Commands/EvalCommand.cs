using System.CommandLine;
using System.Diagnostics;
using RramSnn.Cli.Reports;
using RramSnn.Cli.Runs;
using RramSnn.Cli.Settings;
using RramSnn.Model.Checkpoints;
using RramSnn.Model.Crossbars;
using RramSnn.Model.Layers;
using RramSnn.Model.Learning;

namespace RramSnn.Cli.Commands;

/// <summary><c>eval</c>: test accuracy of a checkpoint.</summary>
internal static class EvalCommand
{
    internal static Command Create(Host host)
    {
        Argument<string> path = new("path") { Description = "Folder of a run, or its model.safetensors." };
        Option<string?> data = OptionFactory.Path("--data", "Folder with a data set of the same image size. [default: the run's]", "dir");
        Option<IReadOnlyList<double>> retention = OptionFactory.Numbers<double>(
            "--retention-seconds", "Measure again after the devices were left alone for so long; the run says how they drift (--drift-exponent).", []);
        Option<int?> threads = TrainOptions.ThreadsOption();
        Option<bool> json = CommonOptions.Json();
        Option<bool> quiet = CommonOptions.Quiet();
        Command command = new("eval", "Measures the test accuracy of a checkpoint.") { path, data, retention, threads, json, quiet };
        command.SetAction(parsed =>
        {
            TextWriter progress = parsed.GetValue(quiet) ? TextWriter.Null : host.Error;
            EvalResult result = Evaluate(
                parsed.GetRequiredValue(path), parsed.GetValue(data), parsed.GetRequiredValue(retention), parsed.GetValue(threads), progress, host.Interrupt);
            if (parsed.GetValue(json))
            {
                host.Output.WriteLine(SettingsJson.Write(result));
            }
            else
            {
                result.WriteTable(host.Output);
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static EvalResult Evaluate(
        string path, string? dataFolder, IReadOnlyList<double> ages, int? threads, TextWriter progress, CancellationToken interrupt)
    {
        string file = Directory.Exists(path) ? new RunFolder(path).Checkpoint : path;
        if (!File.Exists(file))
        {
            throw new FileNotFoundException($"{file}: checkpoint not found", file);
        }

        RunState state = RunState.Load(file);
        TrainSettings settings = state.Settings;
        if (dataFolder is not null)
        {
            // Another data set need not have the training images that the run used.
            settings = settings with { Data = dataFolder, Samples = null, HeldOut = 0 };
        }

        foreach (double age in ages.Where(static age => !(age >= 0 && double.IsFinite(age))))
        {
            throw new ArgumentException(FormattableString.Invariant($"retention_seconds is {age}; expected 0 or more seconds."));
        }

        if (ages.Count > 0 && settings.Variability.For(settings.Device).DriftExponent == 0)
        {
            throw new ArgumentException($"retention_seconds is given, but the devices of {file} do not drift (train with --drift-exponent).");
        }

        RunData data = RunData.Load(settings);
        state.Basis?.ThrowIfOtherDevice(file, data.Basis);
        if (dataFolder is null)
        {
            state.Basis?.ThrowIfOtherTestData(file, data.Basis);
        }

        using Network network = data.CreateNetwork();
        Checkpoint.Restore(file, network);
        WorkerOptions workers = Workers.For(threads ?? settings.Threads);
        workers.Validate();
        progress.WriteLine(RunStatus.MeasuringTest);
        Stopwatch time = Stopwatch.StartNew();
        double accuracy = Evaluation.Run(network, data.Test, workers, interrupt);
        double speed = data.Test.Count / time.Elapsed.TotalSeconds;
        string hash = Checkpoint.StateSha256(network);
        List<AgedAccuracy> retention = [];
        foreach (double age in ages)
        {
            // Every age counts from the end of the run.
            Checkpoint.Restore(file, network);
            network.Age(age);
            retention.Add(new AgedAccuracy(age, Evaluation.Run(network, data.Test, workers, interrupt)));
        }

        return new EvalResult(
            accuracy,
            retention,
            data.Test.Count,
            speed,
            settings.Device.Name,
            settings.Method,
            settings.Cell,
            settings.Hidden,
            settings.Seed,
            state.Position,
            time.Elapsed.TotalSeconds,
            hash,
            App.Version,
            Path.GetFullPath(file));
    }

    /// <summary>Test accuracy after a time without writes.</summary>
    private sealed record AgedAccuracy(double Seconds, double TestAccuracy);

    /// <summary>The result, with stable keys.</summary>
    private sealed record EvalResult(
        double TestAccuracy,
        IReadOnlyList<AgedAccuracy> Retention,
        int TestSamples,
        double SamplesPerSecond,
        string Device,
        string Method,
        SynapseCell Cell,
        IReadOnlyList<int> Hidden,
        ulong Seed,
        long TrainedSamples,
        double WallSeconds,
        string StateSha256,
        string Version,
        string Checkpoint)
    {
        internal void WriteTable(TextWriter writer)
        {
            Terminal.WriteTable(
                writer,
                $"{Device}, {Method}, {string.Join(',', Hidden)} neurons, trained on {TrainedSamples} samples",
                [
                    ("test accuracy", Format.Percent(TestAccuracy)),
                    .. Retention.Select(static aged => ($"test accuracy after {Format.Quantity(aged.Seconds, "s")}", Format.Percent(aged.TestAccuracy))),
                    ("test images", Format.Count(TestSamples)),
                    ("samples/s", Format.Count(SamplesPerSecond)),
                    ("state hash", StateSha256[..16]),
                ]);
            writer.WriteLine($"checkpoint: {Checkpoint}");
        }
    }
}
