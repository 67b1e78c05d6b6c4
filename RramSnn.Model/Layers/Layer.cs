using System.Numerics;
using System.Numerics.Tensors;
using RramSnn.Kernels.Conductance;
using RramSnn.Kernels.Crossbar;
using RramSnn.Kernels.Memory;
using RramSnn.Kernels.Neurons;
using RramSnn.Kernels.Random;
using RramSnn.Model.Crossbars;
using RramSnn.Model.Devices;
using RramSnn.Model.Learning;

namespace RramSnn.Model.Layers;

/// <summary>
/// Spiking neurons behind a crossbar, with a fixed random readout whose error teaches this layer alone.
/// </summary>
/// <remarks>
/// A step has two phases. <see cref="Integrate"/>: input spikes reach the neurons. <see cref="Learn"/>: the layer's own
/// class scores give an error, the error a wished change, the wish pulses. Workers own whole column panels in both; between
/// the phases they must meet, since the scores need every neuron's spike.
/// </remarks>
public sealed partial class Layer
{
    private const double DefaultErrorEvents = 0.05;
    private const double ThresholdGain = 0.05;

    private readonly Arena _arena;
    private readonly LayerFields _fields;
    private readonly NeuronConstants _neuron;
    private readonly BoxSurrogate _box;
    private readonly ulong _seed;
    private readonly int _classes;
    private readonly LayerProduct _product;
    private readonly float _errorMargin;
    private readonly ErrorCoding _errors;
    private readonly float _errorUnit;
    private readonly double _errorEvents;

    internal Layer(Arena arena, LayerFields fields, int index, NetworkOptions options, PulsePlan plan, Device device)
    {
        _arena = arena;
        _fields = fields;
        _neuron = options.Neuron;
        _box = new BoxSurrogate(options.SurrogateHalfWidth);
        _seed = options.Seed;
        _classes = options.Classes;
        _errorMargin = options.ErrorMargin;
        _errors = options.CodingOf(plan);
        _errorEvents = options.ErrorEvents ?? DefaultErrorEvents;
        _errorUnit = options.ReadoutScale / MathF.Sqrt(fields.Crossbar.Layout.Columns);
        Index = index;
        Crossbar = new Crossbar(arena, fields.Crossbar, plan, device, options);
        _product = new LayerProduct(arena, fields, index, options, Crossbar);
    }

    /// <summary>Position in the network, 0 for the first layer.</summary>
    public int Index { get; }

    /// <summary>The layer's devices.</summary>
    public Crossbar Crossbar { get; }

    /// <summary>Number of neurons.</summary>
    public int Neurons => Crossbar.Layout.Columns;

    /// <summary>This step's spikes, one bit per neuron.</summary>
    public ReadOnlySpan<ulong> Spikes => _arena.Span(_fields.Spikes);

    /// <summary>This step's σ′, one bit per neuron: who is near enough to the threshold to learn.</summary>
    public ReadOnlySpan<ulong> Surrogate => _arena.Span(_fields.Surrogate);

    /// <summary>Pulses applied so far.</summary>
    public double PulseTotal => Total<double>(_arena.Span(_fields.PulseTotal));

    /// <summary>Device writes so far: one write is one device that got pulses in one step.</summary>
    public long WriteTotal => Total<long>(_arena.Span(_fields.WriteTotal));

    /// <summary>Conductance reads that the update method has made so far.</summary>
    public long ReadTotal => Total<long>(_arena.Span(_fields.ReadTotal));

    /// <summary>Currents that converters made while the network learned.</summary>
    public long ConversionTotal => Total(_product.ConversionTotal);

    /// <summary>How many of those currents were beyond the converters' range.</summary>
    public long SaturatedTotal => Total(_product.SaturatedTotal);

    internal LayerProduct Product => _product;

    internal int ClassStride => _fields.ClassStride;

    internal Span<float> Readout => _arena.Span(_fields.Readout);

    private Span<float> InputMembraneTrace => _arena.Span(_fields.InputMembraneTrace);

    /// <summary>Draws devices, start weights and the readout.</summary>
    internal void Initialise(float weightBound, float readoutBound)
    {
        Crossbar.DrawDevices(_seed, Index);
        _arena.Span(_fields.ErrorThreshold)[0] = _errorUnit;
        Crossbar.Initialise(weightBound, RandomPurpose.InitialWeights.Stream(_seed, (ulong)Index), Rewriting(samples: 0));
        RandomStream stream = RandomPurpose.Readout.Stream(_seed, (ulong)Index);
        float[] row = new float[Padding.RoundUp(_classes, RandomKernels.BlockLength)];
        for (int neuron = 0; neuron < Neurons; neuron++)
        {
            RandomKernels.Uniform(row, stream.At((uint)neuron));
            for (int k = 0; k < _classes; k++)
            {
                Readout[(neuron * ClassStride) + k] = ((2f * row[k]) - 1f) * readoutBound;
            }
        }

        RebuildFeedback();
    }

    /// <summary>Transposes the readout, so that errors reach neurons lane by lane.</summary>
    internal void RebuildFeedback()
    {
        Span<float> feedback = _arena.Span(_fields.Feedback);
        int stride = Crossbar.Layout.PaddedColumns;
        for (int neuron = 0; neuron < Neurons; neuron++)
        {
            for (int k = 0; k < _classes; k++)
            {
                feedback[(k * stride) + neuron] = Readout[(neuron * ClassStride) + k];
            }
        }
    }

    /// <summary>Forgets the last sample.</summary>
    internal void ResetState(PanelRange panels, (int Start, int End) inputWords)
    {
        panels.Columns(_arena.Span(_fields.SynapseFilter)).Clear();
        panels.Columns(_arena.Span(_fields.MembraneFilter)).Clear();
        panels.Columns(_arena.Span(_fields.ResetTrace)).Clear();
        Slice(_fields.InputSynapseTrace, inputWords).Clear();
        Slice(_fields.InputMembraneTrace, inputWords).Clear();
    }

    /// <summary>Phase 1: inputs drive their word lines, neurons integrate and spike.</summary>
    internal void Integrate(LayerInput input, in StepContext step, PanelRange panels, WorkerScratch scratch)
    {
        _product.Compute(input, step, panels, scratch, Current);
        StepNeurons(panels);
    }

    /// <summary>Neurons integrate their currents and spike.</summary>
    internal void StepNeurons(PanelRange panels) => NeuronKernels.Step(
        _neuron,
        _box,
        Crossbar.WeightPerState,
        panels.Columns(Current),
        panels.Columns(_arena.Span(_fields.SynapseFilter)),
        panels.Columns(_arena.Span(_fields.MembraneFilter)),
        panels.Columns(_arena.Span(_fields.ResetTrace)),
        panels.Words(_arena.Span(_fields.Spikes)),
        panels.Words(_arena.Span(_fields.Surrogate)));

    /// <summary>Phase 1, needed for learning only: the presynaptic traces follow the inputs.</summary>
    internal void TraceInputs(LayerInput input, (int Start, int End) inputWords)
    {
        Span<float> synapseTrace = Slice(_fields.InputSynapseTrace, inputWords);
        Span<float> membraneTrace = Slice(_fields.InputMembraneTrace, inputWords);
        if (input.HasAmplitudes)
        {
            ReadOnlySpan<float> amplitudes = input.Amplitudes[(inputWords.Start * Padding.Word)..(inputWords.End * Padding.Word)];
            NeuronKernels.FilterAmplitudes(_neuron, amplitudes, synapseTrace, membraneTrace);
        }
        else
        {
            NeuronKernels.FilterSpikes(_neuron, input.Spikes[inputWords.Start..inputWords.End], synapseTrace, membraneTrace);
        }
    }

    /// <summary>Phase 2: class scores of this step's spikes, into the worker's scratch, and their sum over the sample's steps.</summary>
    internal void Score(WorkerScratch scratch)
    {
        ActiveRows active = ActiveRows.FromSpikes(Spikes, Neurons, scratch.Rows);
        ReadoutKernels.Score(Readout, active, scratch.Scores);
        Span<float> evidence = scratch.Evidence(Index);
        TensorPrimitives.Add(evidence, scratch.Scores, evidence);
    }

    /// <summary>
    /// Whether there is anything to learn: the label's lead over the best other class, as a mean over the steps that were scored, is below the margin.
    /// </summary>
    internal bool IsUnsure(int label, int scoredSteps, WorkerScratch scratch)
    {
        if (float.IsPositiveInfinity(_errorMargin))
        {
            return true;
        }

        ReadOnlySpan<float> evidence = scratch.Evidence(Index)[.._classes];
        float best = float.NegativeInfinity;
        for (int k = 0; k < evidence.Length; k++)
        {
            best = k == label ? best : MathF.Max(best, evidence[k]);
        }

        return evidence[label] - best < _errorMargin * scoredSteps;
    }

    /// <summary>Phase 2: error of the scores in scratch, wished changes, pulses.</summary>
    internal void Learn(int label, float learningRate, ulong time, PanelRange panels, WorkerScratch scratch)
    {
        ReadoutKernels.SmoothL1Derivative(scratch.Scores[.._classes], label, scratch.Delta[.._classes]);
        Span<float> wish = _arena.Span(_fields.Wish);
        ReadoutKernels.ProjectError(
            _arena.Span(_fields.Feedback)[panels.FirstColumn..],
            Crossbar.Layout.PaddedColumns,
            scratch.Delta[.._classes],
            panels.Words(_arena.Span(_fields.Surrogate)),
            -learningRate,
            panels.Columns(wish));
        CodeErrors(learningRate, panels, panels.Columns(wish));
        ActiveRows active = ActiveRows.FromTrace(InputMembraneTrace, Crossbar.Layout.Rows, scratch.Rows, scratch.Values);
        Crossbar.Write(active, panels, wish, Streams(time), Counters);
    }

    /// <summary>Turns wishes into events if errors are coded.</summary>
    private void CodeErrors(float learningRate, PanelRange panels, Span<float> wish)
    {
        if (_errors == ErrorCoding.Sign)
        {
            ErrorKernels.Ternary(wish, 0f, learningRate * _errorUnit);
        }
        else if (_errors == ErrorCoding.Events)
        {
            ReadOnlySpan<ulong> surrogate = panels.Words(_arena.Span(_fields.Surrogate));
            float size = learningRate * _arena.Span(_fields.ErrorThreshold)[0];
            const int WordsPerPanel = CrossbarLayout.PanelWidth / Padding.Word;
            for (int panel = 0; panel < panels.Count; panel++)
            {
                Span<long> counts = _arena.Span(_fields.EventCounts).Slice(2 * (panels.First + panel), 2);
                counts[0] += ErrorKernels.Ternary(wish.Slice(panel * CrossbarLayout.PanelWidth, CrossbarLayout.PanelWidth), size, size);
                for (int word = panel * WordsPerPanel; word < (panel + 1) * WordsPerPanel; word++)
                {
                    // Padding may lie near the threshold, too.
                    int neurons = Math.Clamp(Neurons - panels.FirstColumn - (word * Padding.Word), 0, Padding.Word);
                    ulong real = neurons == Padding.Word ? ulong.MaxValue : (1ul << neurons) - 1;
                    counts[1] += BitOperations.PopCount(surrogate[word] & real);
                }
            }
        }
    }

    /// <summary>Brings the share of error events of the sample nearer to its target; called by one worker while the others wait.</summary>
    internal void AdaptErrorThreshold()
    {
        if (_errors != ErrorCoding.Events)
        {
            return;
        }

        Span<long> counts = _arena.Span(_fields.EventCounts);
        long events = 0;
        long errors = 0;
        for (int i = 0; i < counts.Length; i += 2)
        {
            events += counts[i];
            errors += counts[i + 1];
        }

        counts.Clear();
        if (errors > 0)
        {
            double share = (double)events / errors;
            float threshold = _arena.Span(_fields.ErrorThreshold)[0];
            double next = threshold * Math.Exp(ThresholdGain * Math.Clamp((share / _errorEvents) - 1, -1, 1));
            _arena.Span(_fields.ErrorThreshold)[0] = (float)Math.Clamp(next, 1e-3 * _errorUnit, 1e3 * _errorUnit);
        }
    }

    /// <summary>Moves the sample's counts to the totals, panel by panel in a fixed order.</summary>
    internal void Count(PanelRange panels, WorkerScratch scratch)
    {
        _product.CountConversions(panels, scratch);
        PulseCounters counters = Counters;
        for (int panel = panels.First; panel < panels.First + panels.Count; panel++)
        {
            PanelRange one = new(panel, 1);
            _arena.Span(_fields.PulseTotal)[panel] += TakeSum(one.Columns(counters.Pulses));
            _arena.Span(_fields.WriteTotal)[panel] += (long)TakeSum(one.Columns(counters.Writes));
            _arena.Span(_fields.ReadTotal)[panel] += (long)TakeSum(one.Columns(counters.Reads));
        }
    }

    /// <summary>Rewrites pairs if the method's schedule says so after this many samples.</summary>
    internal void Refresh(long samples, PanelRange panels)
    {
        if (Crossbar.Refresh is not { } schedule || samples % schedule.EverySamples != 0)
        {
            return;
        }

        ArrayStreams streams = Rewriting((ulong)samples);
        for (int panel = panels.First; panel < panels.First + panels.Count; panel++)
        {
            RefreshCost cost = Crossbar.RefreshPanel(panel, (float)schedule.Threshold, streams);
            _arena.Span(_fields.PulseTotal)[panel] += cost.Pulses;
            _arena.Span(_fields.WriteTotal)[panel] += cost.Writes;
            _arena.Span(_fields.ReadTotal)[panel] += cost.Reads;
        }
    }

    private ArrayStreams Rewriting(ulong samples) =>
        new(RandomPurposes.Rewriting(_seed, Index, array: 0, samples), RandomPurposes.Rewriting(_seed, Index, array: 1, samples), default);

    /// <summary>Words of input spikes.</summary>
    internal int InputWords => _fields.InputMembraneTrace.Length / Padding.Word;

    private PulseCounters Counters => new(_arena.Span(_fields.Pulses), _arena.Span(_fields.Writes), _arena.Span(_fields.Reads));

    /// <summary>Sum over panels, first to last.</summary>
    private static T Total<T>(ReadOnlySpan<T> panels)
        where T : INumber<T>
    {
        T total = T.Zero;
        foreach (T panel in panels)
        {
            total += panel;
        }

        return total;
    }

    private static double TakeSum(Span<float> counter)
    {
        double sum = 0;
        foreach (float count in counter)
        {
            sum += count;
        }

        counter.Clear();
        return sum;
    }

    private Span<float> Slice(Field<float> field, (int Start, int End) words) =>
        _arena.Span(field)[(words.Start * Padding.Word)..(words.End * Padding.Word)];
}
