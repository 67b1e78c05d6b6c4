using RramSnn.Cli.Runs;
using RramSnn.Cli.Settings;
using RramSnn.Kernels.Simd;
using RramSnn.Model.Checkpoints;
using RramSnn.Model.Crossbars;
using RramSnn.Model.Devices;
using RramSnn.Model.Layers;

namespace RramSnn.Cli.Reports;

/// <summary>The result of a run: <c>summary.json</c> and the output of <c>--json</c>. The keys are stable.</summary>
internal sealed record RunSummary
{
    /// <summary>Null if the test images were left alone.</summary>
    public required double? TestAccuracy { get; init; }

    /// <summary>Online accuracy of the last epoch: share of its probes named right, training samples shown without learning just before they are learned.</summary>
    public required double? TrainAccuracy { get; init; }

    /// <summary>Null if nothing was held out.</summary>
    public required double? HeldOutAccuracy { get; init; }

    public required string Device { get; init; }

    public required string Method { get; init; }

    public required SynapseCell Cell { get; init; }

    public required PulseMode PulseMode { get; init; }

    public required IReadOnlyList<int> Hidden { get; init; }

    public required int Steps { get; init; }

    public required double LearningRate { get; init; }

    public required float WeightRange { get; init; }

    public required ulong Seed { get; init; }

    public required int Epochs { get; init; }

    /// <summary>Training images per epoch.</summary>
    public required int Samples { get; init; }

    /// <summary>Threads that shared a training step: at most those asked for, and fewer where more would be slower.</summary>
    public required int Threads { get; init; }

    /// <summary>What <c>--threads</c> asked for; null if it was left to the program.</summary>
    public required int? ThreadsAsked { get; init; }

    public required int VectorWidthBits { get; init; }

    /// <summary>Training speed, without measurements.</summary>
    public required double SamplesPerSecond { get; init; }

    /// <summary>Synapses times learning steps: how often the learning rule was applied to a synapse, also where it changed nothing.</summary>
    public required double SynapseUpdates { get; init; }

    public required double Pulses { get; init; }

    public required long Reads { get; init; }

    /// <summary>Writes over all devices, also those that the method never writes: <c>naive</c> writes one device of a pair, which then bears twice this.</summary>
    public required double WritesPerDeviceMean { get; init; }

    /// <summary>Share of the currents converted while learning that were beyond the converters' range; null without converters.</summary>
    public required double? AdcSaturatedShare { get; init; }

    /// <summary>The same of amplitudes; null without converters, and for spikes, which need none.</summary>
    public required double? DacSaturatedShare { get; init; }

    public required long Devices { get; init; }

    public required long ExtraDevices { get; init; }

    public required double WallSeconds { get; init; }

    public required string StateSha256 { get; init; }

    public required string Version { get; init; }

    public required string Out { get; init; }

    public required string Rerun { get; init; }

    /// <summary>Sums up a finished run.</summary>
    internal static RunSummary Of(TrainRun run, RunFolder folder)
    {
        TrainSettings settings = run.Settings;
        Network network = run.Network;
        double synapses = network.Layers.Sum(static layer => (double)layer.Crossbar.Layout.Rows * layer.Crossbar.Layout.Columns);
        return new RunSummary
        {
            TestAccuracy = run.TestAccuracy,
            TrainAccuracy = run.OnlineAccuracy,
            HeldOutAccuracy = run.Rows[^1].HeldOutAccuracy,
            Device = settings.Device.Name,
            Method = settings.Method,
            Cell = settings.Cell,
            PulseMode = settings.Pulses,
            Hidden = settings.Hidden,
            Steps = settings.Steps,
            LearningRate = settings.LearningRate,
            WeightRange = settings.WeightRange,
            Seed = settings.Seed,
            Epochs = settings.Epochs,
            Samples = (int)(run.TotalSamples / settings.Epochs),
            Threads = run.Threads,
            ThreadsAsked = settings.Threads,
            VectorWidthBits = VectorDispatch.WidthInBits,
            SamplesPerSecond = run.SamplesPerSecond,
            SynapseUpdates = synapses * run.TotalSamples * (settings.Steps - settings.BurnIn),
            Pulses = network.PulseTotal,
            Reads = network.ReadTotal,
            WritesPerDeviceMean = network.WriteTotal / (double)network.DeviceCount,
            AdcSaturatedShare = Share(network.SaturatedOutputTotal, network.OutputConversionTotal),
            DacSaturatedShare = Share(network.SaturatedInputTotal, network.InputConversionTotal),
            Devices = network.DeviceCount,
            ExtraDevices = network.ExtraDeviceCount,
            WallSeconds = run.ElapsedSeconds,
            StateSha256 = Checkpoint.StateSha256(network),
            Version = App.Version,
            Out = Path.GetFullPath(folder.Path),
            Rerun = Commandline.Train($"--config {Commandline.Quote(folder.Config)}"),
        };
    }

    private static double? Share(long some, long all) => all > 0 ? some / (double)all : null;

    /// <summary>Writes the summary for people.</summary>
    internal void WriteTable(TextWriter writer, IEnumerable<string> files)
    {
        List<(string, string)> rows = [];
        rows.Add(("test accuracy", TestAccuracy is { } test ? Format.Percent(test) : "not measured (--no-test)"));
        if (HeldOutAccuracy is { } heldOut)
        {
            rows.Add(("held-out accuracy", Format.Percent(heldOut)));
        }

        if (TrainAccuracy is { } online)
        {
            rows.Add(("online training accuracy, last epoch", Format.Percent(online)));
        }

        rows.Add(("samples/s", Format.Count(SamplesPerSecond)));
        rows.Add(("pulses", $"{Number(Pulses)} ({Number(Pulses / Devices)} per device)"));
        rows.Add(("reads", Format.Count(Reads)));
        rows.Add(("writes per device (mean of all)", Number(WritesPerDeviceMean)));
        if (AdcSaturatedShare is { } outputs)
        {
            rows.Add(("ADC conversions saturated", Format.Percent(outputs)));
        }

        if (DacSaturatedShare is { } inputs)
        {
            rows.Add(("DAC conversions saturated", Format.Percent(inputs)));
        }

        rows.Add(("devices", ExtraDevices == 0 ? Format.Count(Devices) : $"{Format.Count(Devices)} ({Format.Count(ExtraDevices)} beside the synapses')"));
        rows.Add(("wall time", Format.Duration(TimeSpan.FromSeconds(WallSeconds))));
        rows.Add(("state hash", StateSha256[..16]));
        Terminal.WriteTable(writer, $"{Device}, {Method}, {string.Join(',', Hidden)} neurons, {Epochs} x {Samples} samples, seed {Seed}", rows);
        writer.WriteLine("files:");
        foreach (string file in files)
        {
            writer.WriteLine($"  {file}");
        }

        writer.WriteLine("rerun:");
        writer.WriteLine($"  {Rerun}");

        static string Number(double value) => Format.Number(value);
    }
}
