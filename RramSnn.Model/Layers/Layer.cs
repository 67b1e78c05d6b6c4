using System.Numerics;
using System.Numerics.Tensors;
using RramSnn.Kernels.Conductance;
using RramSnn.Kernels.Crossbar;
using RramSnn.Kernels.Memory;
using RramSnn.Kernels.Neurons;
using RramSnn.Kernels.Random;
using RramSnn.Model.Crossbars;
using RramSnn.Model.Crossbars.Units;
using RramSnn.Model.Devices;

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
    private readonly Arena _arena;
    private readonly LayerFields _fields;
    private readonly NeuronConstants _neuron;
    private readonly BoxSurrogate _box;
    private readonly ulong _seed;
    private readonly ulong _steps;
    private readonly int _classes;
    private readonly SampleSums? _sums;

    internal Layer(Arena arena, LayerFields fields, int index, NetworkOptions options, PulsePlan plan, Device device)
    {
        _arena = arena;
        _fields = fields;
        _neuron = options.Neuron;
        _box = new BoxSurrogate(options.SurrogateHalfWidth);
        _seed = options.Seed;
        _steps = (ulong)options.Steps;
        _classes = options.Classes;
        Index = index;
        Crossbar = new Crossbar(arena, fields.Crossbar, plan, device, options);
        Product = new LayerProduct(arena, fields, index, options, Crossbar);
        _sums = fields.SampleSums is { } sums ? new SampleSums(arena, sums) : null;
        Errors = new ErrorCoder(arena, fields, options, options.CodingOf(plan));
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
    public long ConversionTotal => Total(Product.ConversionTotal);

    /// <summary>How many of those currents were beyond the converters' range.</summary>
    public long SaturatedTotal => Total(Product.SaturatedTotal);

    /// <summary>Currents of its bit lines.</summary>
    internal LayerProduct Product { get; }

    /// <summary>Which errors reach its devices.</summary>
    internal ErrorCoder Errors { get; }

    /// <summary>Words of input spikes.</summary>
    internal int InputWords => _fields.InputMembraneTrace.Length / Padding.Word;

    internal int ClassStride => _fields.ClassStride;

    internal Span<float> Readout => _arena.Span(_fields.Readout);

    private Span<float> InputMembraneTrace => _arena.Span(_fields.InputMembraneTrace);

    private PulseTotals Totals => new(_arena.Span(_fields.PulseTotal), _arena.Span(_fields.WriteTotal), _arena.Span(_fields.ReadTotal));

    private PulseCounters Counters => new(_arena.Span(_fields.Pulses), _arena.Span(_fields.Writes), _arena.Span(_fields.Reads));

    /// <summary>The readout's weights, row-major [neurons, classes].</summary>
    public float[] GetReadout()
    {
        float[] weights = new float[Neurons * _classes];
        for (int neuron = 0; neuron < Neurons; neuron++)
        {
            Readout.Slice(neuron * ClassStride, _classes).CopyTo(weights.AsSpan(neuron * _classes));
        }

        return weights;
    }

    /// <summary>Replaces the readout.</summary>
    /// <param name="weights">Row-major [neurons, classes].</param>
    /// <exception cref="ArgumentException">The number of weights does not fit.</exception>
    public void SetReadout(ReadOnlySpan<float> weights)
    {
        if (weights.Length != Neurons * _classes)
        {
            throw new ArgumentException($"weights has {weights.Length} elements; expected {Neurons} x {_classes}.", nameof(weights));
        }

        for (int neuron = 0; neuron < Neurons; neuron++)
        {
            weights.Slice(neuron * _classes, _classes).CopyTo(Readout[(neuron * ClassStride)..]);
        }

        RebuildFeedback();
    }

    /// <summary>Draws devices, start weights and the readout.</summary>
    internal void Initialise(float weightBound, float readoutBound)
    {
        Crossbar.DrawDevices(_seed, Index);
        Errors.Initialise();
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
        _sums?.Clear(panels, inputWords);
    }

    /// <summary>Phase 1: inputs drive their word lines, neurons integrate and spike.</summary>
    internal void Integrate(LayerInput input, in StepContext step, PanelRange panels, WorkerScratch scratch)
    {
        Product.Compute(input, step, panels, scratch, Current);
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

    /// <summary>Phase 2: error of the scores in scratch, wished changes, and their pulses or sums.</summary>
    internal void Learn(int label, float learningRate, ulong time, PanelRange panels, (int Start, int End) inputWords, WorkerScratch scratch)
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
        scratch.LearnedSteps(Index)++;
        if (_sums is null)
        {
            Write(learningRate, time, panels, InputMembraneTrace, wish, Surrogate, scratch);
        }
        else
        {
            _sums.Add(panels, inputWords, wish, InputMembraneTrace, Surrogate);
        }
    }

    /// <summary>All steps of a sample were learned: a worker's part of the traces becomes what all of them write from, behind the next barrier.</summary>
    internal void CloseSums((int Start, int End) inputWords, WorkerScratch scratch) =>
        _sums?.Close(inputWords, Math.Max(scratch.LearnedSteps(Index), 1));

    /// <summary>Writes what was added up within a sample, if anything was.</summary>
    internal void WriteSums(float learningRate, ulong firstTime, PanelRange panels, WorkerScratch scratch)
    {
        if (_sums is not null && scratch.LearnedSteps(Index) > 0)
        {
            Write(learningRate, firstTime + _steps - 1, panels, _sums.Trace, _sums.Wish, _sums.Surrogate, scratch);
        }
    }

    /// <summary>The sample that began at a time was learned: its pulses are counted, and the crossbar's unit does what it does between samples.</summary>
    internal void EndSample(ulong firstTime, PanelRange panels, WorkerScratch scratch)
    {
        Product.CountConversions(panels, scratch);
        Totals.Take(panels, Counters);
        ulong samples = (firstTime / _steps) + 1;
        Crossbar.Unit.AfterSample(new SampleEnd
        {
            Panels = panels,
            Samples = (long)samples,
            Streams = StreamsAt(firstTime),
            Rewriting = Rewriting(samples),
            Counters = Counters,
            Totals = Totals,
        });
        Totals.Take(panels, Counters);
    }

    private void Write(
        float learningRate, ulong time, PanelRange panels, ReadOnlySpan<float> trace, Span<float> wish, ReadOnlySpan<ulong> surrogate, WorkerScratch scratch)
    {
        Errors.Code(learningRate, panels, panels.Words(surrogate), panels.Columns(wish));
        Write(panels, trace, wish, time, scratch);
    }

    private void Write(PanelRange panels, ReadOnlySpan<float> trace, ReadOnlySpan<float> wish, ulong time, WorkerScratch scratch) =>
        Crossbar.Unit.Learn(new LearningStep
        {
            Panels = panels,
            Trace = trace,
            Wish = wish,
            Streams = StreamsAt(time),
            Counters = Counters,
            Samples = (long)(time / _steps),
            Rows = scratch.Rows,
            Values = scratch.Values,
        });

    private ArrayStreams Rewriting(ulong samples) =>
        new(RandomPurposes.Rewriting(_seed, Index, array: 0, samples), RandomPurposes.Rewriting(_seed, Index, array: 1, samples), default, default);

    private ArrayStreams StreamsAt(ulong time) => new(
        RandomPurposes.PulseRounding(_seed, Index, array: 0, time),
        RandomPurposes.PulseRounding(_seed, Index, array: 1, time),
        RandomPurpose.CommonPulses.Stream(_seed, Index, time),
        RandomPurpose.UnitPulses.Stream(_seed, Index, time));

    private Span<float> Slice(Field<float> field, (int Start, int End) words) =>
        _arena.Span(field)[(words.Start * Padding.Word)..(words.End * Padding.Word)];

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
}
