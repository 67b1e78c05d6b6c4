using System.Globalization;
using RramSnn.Data;
using RramSnn.Model.Layers;
using RramSnn.Model.Learning;

namespace RramSnn.Bench.Roofline.Cases;

/// <summary>Online training of 784-512 on MNIST: a call is one sample of 30 steps, a "synapse" is one cell in one step, active or not.</summary>
internal sealed class TrainingCase : RooflineCase
{
    private const int Hidden = 512;

    private readonly Network _network;
    private readonly TrainingSession _session;

    private TrainingCase(string method, int threads)
        : base(method, new CaseShape(784, Hidden, Threads: threads))
    {
        LabeledImages images = ImageDataSet.Load(ImageDataSet.EmbeddedMnistDirectory).Train;
        NetworkOptions options = new() { Inputs = images.PixelsPerImage, Hidden = [Hidden], Classes = images.ClassCount, Method = UpdateMethods.Get(method) };
        _network = new Network(options);
        PoissonEncoder samples = new(images, images.ClassCount, 0.5, options.Seed, RandomPurpose.TrainingSpikes);
        _session = new TrainingSession(_network, samples, new TrainingOptions { Epochs = 100_000 }, threads);

        // The activity of a network that has begun to learn, not that of a new one.
        _session.Advance(100);
    }

    internal static CaseFamily Family { get; } = new("training", static plan => plan.Size is null or (784, Hidden)
        ? from method in (string[])["ideal", "balanced-pair"]
          from threads in plan.Threads is { } asked ? [asked] : (int[])[1, .. Environment.ProcessorCount > 1 ? [2] : Array.Empty<int>()]
          select (CaseFactory)(() => new TrainingCase(method, threads))
        : []);

    internal override Work Work => Work.WithoutCeiling(Shape.ActiveSynapses * _network.Options.Steps);

    internal override void Run() => _session.Advance(1);

    internal override string? Remark(double nanosecondsPerCall) =>
        string.Create(CultureInfo.InvariantCulture, $"{1e9 / nanosecondsPerCall:N0} samples per second");

    protected override void Dispose(bool disposing)
    {
        _session.Dispose();
        _network.Dispose();
        base.Dispose(disposing);
    }
}
