using System.Globalization;
using RramSnn.Bench.Roofline.Rivals;
using RramSnn.Data;
using RramSnn.Kernels.Threading;
using RramSnn.Model.Layers;
using RramSnn.Model.Learning;

namespace RramSnn.Bench.Roofline.Cases;

/// <summary>Two trainings of 784-512 side by side, each on a thread of its own, against the same two one after the other.</summary>
/// <remarks>Threads and sessions are made beforehand: a study runs for minutes, and what <see cref="IndependentRuns"/> does once does not count.</remarks>
internal sealed class IndependentRunsCase : RooflineCase
{
    private const int Hidden = 512;

    // A few milliseconds: a busy machine seldom has both cores free for longer.
    private const int Samples = 10;

    private readonly WorkerTeam _team;
    private readonly Action<int> _advance;
    private readonly Network[] _networks;
    private readonly TrainingSession[] _sessions;

    private IndependentRunsCase(string method, CaseShape shape)
        : base(method, shape)
    {
        LabeledImages images = ImageDataSet.Load(ImageDataSet.EmbeddedMnistDirectory).Train.Slice(0, Samples);
        NetworkOptions options = new() { Inputs = images.PixelsPerImage, Hidden = [Hidden], Classes = images.ClassCount, Method = UpdateMethods.Get(method) };
        _networks = [.. Enumerable.Range(1, shape.Threads).Select(seed => new Network(options with { Seed = (ulong)seed }))];
        _sessions = [.. _networks.Select(network => new TrainingSession(
            network,
            new PoissonEncoder(images, images.ClassCount, 0.5, network.Options.Seed, RandomPurpose.TrainingSpikes),
            new TrainingOptions { Epochs = 1_000_000 },
            threads: 1))];
        _team = new WorkerTeam(shape.Threads, WorkerPlacement.Pinned);
        _advance = worker => _sessions[worker].Advance(Samples);
    }

    internal static CaseFamily Family { get; } = new("independent-runs", static plan =>
    {
        int threads = plan.Threads ?? Math.Min(2, Environment.ProcessorCount);
        return (plan.Size is null or (784, Hidden)) && threads > 1
            ? [new CaseFactory("balanced-pair", new CaseShape(784, Hidden, Threads: threads), static (method, shape) => new IndependentRunsCase(method, shape))]
            : [];
    }, HasCeiling: false);

    internal override Work Work => Work.WithoutCeiling(Shape.ActiveSynapses * _networks[0].Options.Steps * Samples * Shape.Threads);

    internal override void Run() => _team.Run(_advance);

    internal override IEnumerable<Rival> Rivals(RivalTools tools) => [LocalRival.OnOneThread("one-after-the-other", OneAfterTheOther)];

    internal override string? Remark(double nanosecondsPerCall) =>
        string.Create(CultureInfo.InvariantCulture, $"{1e9 * Samples * Shape.Threads / nanosecondsPerCall:N0} samples per second");

    protected override void Dispose(bool disposing)
    {
        _team.Dispose();
        Array.ForEach(_sessions, static session => session.Dispose());
        Array.ForEach(_networks, static network => network.Dispose());
        base.Dispose(disposing);
    }

    private void OneAfterTheOther()
    {
        for (int run = 0; run < _sessions.Length; run++)
        {
            _advance(run);
        }
    }
}
