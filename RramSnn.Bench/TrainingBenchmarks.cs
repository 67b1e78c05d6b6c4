using BenchmarkDotNet.Attributes;
using RramSnn.Data;
using RramSnn.Model.Layers;
using RramSnn.Model.Learning;

namespace RramSnn.Bench;

/// <summary>Online training on MNIST: one operation is one sample shown for 30 steps.</summary>
public class TrainingBenchmarks
{
    private Network? _network;
    private TrainingSession? _session;

    /// <summary>How wished changes become pulses.</summary>
    [Params("ideal", "balanced-pair")]
    public string Method { get; set; } = "ideal";

    /// <summary>Workers that share each step.</summary>
    [Params(1, 2)]
    public int Threads { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        LabeledImages images = ImageDataSet.Load(ImageDataSet.EmbeddedMnistDirectory).Train;
        NetworkOptions options = new() { Inputs = images.PixelsPerImage, Hidden = [512], Classes = images.ClassCount, Method = UpdateMethods.Get(Method) };
        _network = new Network(options);
        PoissonEncoder samples = new(images, images.ClassCount, 0.5, options.Seed, RandomPurpose.TrainingSpikes);
        _session = new TrainingSession(_network, samples, new TrainingOptions { Epochs = 100_000 }, Threads);
        _session.Advance(200);
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _session?.Dispose();
        _network?.Dispose();
    }

    [Benchmark(OperationsPerInvoke = 100)]
    public int Sample()
    {
        int shown = 0;
        while (shown < 100)
        {
            shown += _session!.Advance(100 - shown);
        }

        return shown;
    }
}
