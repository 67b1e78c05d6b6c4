using RramSnn.Cli.Runs;
using RramSnn.Cli.Settings;
using RramSnn.Kernels.Simd;
using RramSnn.Model.Checkpoints;
using RramSnn.Model.Crossbars;
using RramSnn.Model.Layers;

namespace RramSnn.Cli.Studies;

/// <summary>What is kept of a finished run: one file. The keys are stable.</summary>
internal sealed record RunRecord
{
    /// <summary>Bins of the histograms of states, from 0 to 1.</summary>
    internal const int Bins = 50;

    public required string Key { get; init; }

    public required TrainSettings Settings { get; init; }

    /// <summary>Null for a run that leaves the test images alone.</summary>
    public required double? TestAccuracy { get; init; }

    public required double? HeldOutAccuracy { get; init; }

    /// <summary>Share of the last epoch's probes named right: training samples shown without learning just before they are learned.</summary>
    public required double? TrainAccuracy { get; init; }

    public required double Pulses { get; init; }

    public required long Reads { get; init; }

    public required double WritesPerDeviceMean { get; init; }

    public required long Devices { get; init; }

    /// <summary>Online accuracy over the samples shown.</summary>
    public required IReadOnlyList<CurvePoint> Curve { get; init; }

    /// <summary>Devices of the first layer by final state, those that count positively.</summary>
    public required IReadOnlyList<long> StatesPlus { get; init; }

    /// <summary>The same of those that count negatively; empty for a reference cell.</summary>
    public required IReadOnlyList<long> StatesMinus { get; init; }

    public required string StateSha256 { get; init; }

    public required int VectorWidthBits { get; init; }

    public required double SamplesPerSecond { get; init; }

    public required double WallSeconds { get; init; }

    public required string Version { get; init; }

    /// <summary>What is kept of a run that has reached its end.</summary>
    internal static RunRecord Of(PlannedRun planned, TrainRun run)
    {
        Network network = run.Network;
        Crossbar first = network.Layers[0].Crossbar;
        return new RunRecord
        {
            Key = planned.Key,
            Settings = planned.Settings,
            TestAccuracy = run.TestAccuracy,
            HeldOutAccuracy = run.Rows[^1].HeldOutAccuracy,
            TrainAccuracy = run.OnlineAccuracy,
            Pulses = network.PulseTotal,
            Reads = network.ReadTotal,
            WritesPerDeviceMean = network.WriteTotal / (double)network.DeviceCount,
            Devices = network.DeviceCount,
            Curve = [.. run.Rows.Where(static row => row.OnlineAccuracy is not null).Select(static row => new CurvePoint(row.Sample, row.OnlineAccuracy!.Value))],
            StatesPlus = Histogram(first, first.Plus),
            StatesMinus = first.Cell == SynapseCell.Pair ? Histogram(first, first.Minus) : [],
            StateSha256 = Checkpoint.StateSha256(network),
            VectorWidthBits = VectorDispatch.WidthInBits,
            SamplesPerSecond = run.SamplesPerSecond,
            WallSeconds = run.ElapsedSeconds,
            Version = App.Version,
        };
    }

    private static long[] Histogram(Crossbar crossbar, ReadOnlySpan<float> states)
    {
        long[] counts = new long[Bins];
        for (int row = 0; row < crossbar.Layout.Rows; row++)
        {
            for (int column = 0; column < crossbar.Layout.Columns; column++)
            {
                counts[Math.Clamp((int)(states[crossbar.Layout.IndexOf(row, column)] * Bins), 0, Bins - 1)]++;
            }
        }

        return counts;
    }
}

/// <summary>A point of a learning curve.</summary>
/// <param name="Sample">Samples shown.</param>
/// <param name="Accuracy">Share of the probes since the last point named right.</param>
internal readonly record struct CurvePoint(long Sample, double Accuracy);
