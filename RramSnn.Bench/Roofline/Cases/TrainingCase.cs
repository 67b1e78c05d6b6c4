using System.Globalization;
using RramSnn.Data;
using RramSnn.Model.Layers;
using RramSnn.Model.Learning;

namespace RramSnn.Bench.Roofline.Cases;

/// <summary>Online training of 784-512 on MNIST: a call is an epoch over 100 images of 30 steps, a "synapse" is one cell in one step, active or not.</summary>
internal sealed class TrainingCase : RooflineCase
{
    private const int Hidden = 512;

    // Always the same images: samples differ in their spikes, and the quickest batch of different ones would be the one with the fewest.
    private const int Samples = 100;

    private readonly Network _network;
    private readonly TrainingSession _session;

    private TrainingCase(string method, CaseShape shape)
        : base(method, shape)
    {
        LabeledImages images = ImageDataSet.Load(ImageDataSet.EmbeddedMnistDirectory).Train.Slice(0, Samples);
        NetworkOptions options = new() { Inputs = images.PixelsPerImage, Hidden = [Hidden], Classes = images.ClassCount, Method = UpdateMethods.Get(method) };
        _network = new Network(options);
        PoissonEncoder samples = new(images, images.ClassCount, 0.5, options.Seed, RandomPurpose.TrainingSpikes);
        _session = new TrainingSession(_network, samples, new TrainingOptions { Epochs = 100_000 }, new WorkerOptions { Threads = shape.Threads, AreExact = true });

        // The activity of a network that has begun to learn, not that of a new one.
        Run();
    }

    internal static CaseFamily Family { get; } = new("training", static plan => plan.Size is null or (784, Hidden)
        ? from method in (string[])["ideal", "balanced-pair"]
          from threads in plan.Threads is { } asked ? [asked] : (int[])[1, .. Environment.ProcessorCount > 1 ? [2] : Array.Empty<int>()]
          select new CaseFactory(method, new CaseShape(784, Hidden, Threads: threads), static (method, shape) => new TrainingCase(method, shape))
        : [], HasCeiling: false);

    internal override Work Work => Work.WithoutCeiling(Shape.ActiveSynapses * _network.Options.Steps * Samples);

    internal override void Run() => _session.Advance(Samples);

    internal override string? Remark(double nanosecondsPerCall) =>
        string.Create(CultureInfo.InvariantCulture, $"{1e9 * Samples / nanosecondsPerCall:N0} samples per second");

    protected override void Dispose(bool disposing)
    {
        _session.Dispose();
        _network.Dispose();
        base.Dispose(disposing);
    }
}
