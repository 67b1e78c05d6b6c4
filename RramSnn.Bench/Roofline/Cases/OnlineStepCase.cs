using System.Globalization;
using System.Numerics;
using RramSnn.Model.Crossbars;
using RramSnn.Model.Layers;
using RramSnn.Model.Learning;

namespace RramSnn.Bench.Roofline.Cases;

/// <summary>One online learning step of 784-512-256 with its readouts, batch 1. A "synapse" is one cell of either layer in one step, active or not.</summary>
/// <remarks>
/// In each sample the same 78 inputs spike at every step, so that 10 % of the first layer's rows have spikes and traces; the threshold lets
/// about as many of its neurons spike. The ideal device stands against a reference, the other in a pair. Samples are long, which leaves their beginning and end out of account. One sample in ten is a probe and
/// shown twice; the time of that is in the figure, although it is no learning step.
/// </remarks>
internal sealed class OnlineStepCase : RooflineCase
{
    private const int Inputs = 784;
    private const int First = 512;
    private const int Steps = 100;
    private const int Samples = TrainingSession.ProbeInterval;

    /// <summary>Neurons of the second layer.</summary>
    internal const int Second = 256;

    // High enough that about a tenth of the first layer spikes: both crossbars then see the density that the case is about.
    private const float Threshold = 1f;

    private readonly Network _network;
    private readonly TrainingSession _session;

    private OnlineStepCase(string method, CaseShape shape)
        : base(method, shape)
    {
        NetworkOptions options = new()
        {
            Inputs = Inputs,
            Hidden = [First, Second],
            Classes = 10,
            Steps = Steps,
            BurnIn = 0,
            Neuron = new(membraneDecay: 0.85f, synapseDecay: 0.7f, resetDecay: 0.65f, resetStrength: 1f, gain: 3f, Threshold),
            Method = UpdateMethods.Get(method),
            Cell = method == "ideal" ? SynapseCell.Reference : SynapseCell.Pair,
        };
        _network = new Network(options);
        _session = new TrainingSession(_network, new ConstantInputs(shape.ActiveRows), new TrainingOptions { Epochs = 1_000_000, LearningRate = 1e-4 }, threads: 1);
        Run();
    }

    internal static CaseFamily Family { get; } = new("online-step", static plan => (plan.Size is null or (Inputs, First)) && (plan.Threads is null or 1)
        ? from method in (string[])["ideal", "balanced-pair"]
          select new CaseFactory(method, new CaseShape(Inputs, First, Density: 0.1), static (method, shape) => new OnlineStepCase(method, shape))
        : [], HasCeiling: false);

    /// <summary>Cells of the network.</summary>
    internal static double Cells => ((double)Inputs * First) + ((double)First * Second);

    internal override Work Work => Work.WithoutCeiling(Cells * Steps * Samples);

    internal override void Run() => _session.Advance(Samples);

    internal override string? Remark(double nanosecondsPerCall) =>
        string.Create(CultureInfo.InvariantCulture, $"{nanosecondsPerCall / (1000.0 * Steps * Samples):F2} us per step, {100 * SpikingShare():F0} % of the first layer spiking");

    private double SpikingShare()
    {
        int spikes = 0;
        foreach (ulong word in _network.Layers[0].Spikes)
        {
            spikes += BitOperations.PopCount(word);
        }

        return spikes / (double)First;
    }

    protected override void Dispose(bool disposing)
    {
        _session.Dispose();
        _network.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>Samples whose inputs spike always or never.</summary>
    private sealed class ConstantInputs : ISpikeSource
    {
        private readonly ulong[][] _masks;

        internal ConstantInputs(int spiking)
        {
            System.Random random = new(1);
            int[] inputs = [.. Enumerable.Range(0, OnlineStepCase.Inputs)];
            _masks = new ulong[Samples][];
            for (int sample = 0; sample < Samples; sample++)
            {
                random.Shuffle(inputs);
                _masks[sample] = new ulong[(OnlineStepCase.Inputs + 63) / 64];
                foreach (int input in inputs.AsSpan(0, spiking))
                {
                    _masks[sample][input / 64] |= 1ul << (input % 64);
                }
            }
        }

        public int Count => _masks.Length;

        public int Inputs => OnlineStepCase.Inputs;

        public int Classes => 10;

        public int Label(int sample) => sample % Classes;

        public void Encode(int sample, int firstStep, int endStep, Span<ulong> raster, int wordsPerStep)
        {
            for (int step = firstStep; step < endStep; step++)
            {
                Span<ulong> words = raster.Slice((step - firstStep) * wordsPerStep, wordsPerStep);
                _masks[sample].CopyTo(words);
                words[_masks[sample].Length..].Clear();
            }
        }
    }
}
