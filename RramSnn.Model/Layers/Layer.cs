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
public sealed class Layer
{
    private readonly Arena _arena;
    private readonly LayerFields _fields;
    private readonly NeuronConstants _neuron;
    private readonly BoxSurrogate _box;
    private readonly ulong _seed;
    private readonly ulong _steps;
    private readonly int _classes;
    private readonly float _readNoise;
    private readonly float _errorMargin;

    internal Layer(Arena arena, LayerFields fields, int index, NetworkOptions options, PulsePlan plan, Device device)
    {
        _arena = arena;
        _fields = fields;
        _neuron = options.Neuron;
        _box = new BoxSurrogate(options.SurrogateHalfWidth);
        _seed = options.Seed;
        _steps = (ulong)options.Steps;
        _classes = options.Classes;
        _errorMargin = options.ErrorMargin;
        Index = index;
        _readNoise = (float)options.Variability.ReadNoise * (options.Cell == SynapseCell.Pair ? MathF.Sqrt(2f) : 1f);
        Crossbar = new Crossbar(arena, fields.Crossbar, plan, device, options);
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

    internal int ClassStride => _fields.ClassStride;

    internal Span<float> Readout => _arena.Span(_fields.Readout);

    private Span<float> InputMembraneTrace => _arena.Span(_fields.InputMembraneTrace);

    /// <summary>Draws devices, start weights and the readout.</summary>
    internal void Initialise(float weightBound, float readoutBound)
    {
        Crossbar.DrawDevices(_seed, Index);
        Crossbar.Initialise(weightBound, RandomPurpose.InitialWeights.Stream(_seed, (ulong)Index));
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

    /// <summary>Phase 1: spikes drive their word lines, neurons integrate and spike.</summary>
    internal void Integrate(ReadOnlySpan<ulong> inputSpikes, bool learns, ulong time, PanelRange panels, WorkerScratch scratch)
    {
        ActiveRows active = ActiveRows.FromSpikes(inputSpikes, Crossbar.Layout.Rows, scratch.Rows);
        Span<float> current = _arena.Span(_fields.Current);
        panels.Columns(current).Clear();
        Crossbar.Accumulate(active, panels, current);
        AddReadNoise(active.Count, learns, time, panels, current);
        NeuronKernels.Step(
            _neuron,
            _box,
            Crossbar.WeightPerState,
            panels.Columns(current),
            panels.Columns(_arena.Span(_fields.SynapseFilter)),
            panels.Columns(_arena.Span(_fields.MembraneFilter)),
            panels.Columns(_arena.Span(_fields.ResetTrace)),
            panels.Words(_arena.Span(_fields.Spikes)),
            panels.Words(_arena.Span(_fields.Surrogate)));
    }

    /// <summary>Phase 1, needed for learning only: the presynaptic traces follow the input spikes.</summary>
    internal void TraceInputs(ReadOnlySpan<ulong> inputSpikes, (int Start, int End) inputWords) =>
        NeuronKernels.FilterSpikes(
            _neuron,
            inputSpikes[inputWords.Start..inputWords.End],
            Slice(_fields.InputSynapseTrace, inputWords),
            Slice(_fields.InputMembraneTrace, inputWords));

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
        Crossbar.Unit.Learn(new LearningStep
        {
            Panels = panels,
            Trace = InputMembraneTrace,
            Wish = wish,
            Streams = StreamsAt(time),
            Counters = Counters,
            Samples = (long)(time / _steps),
            Rows = scratch.Rows,
            Values = scratch.Values,
        });
    }

    /// <summary>The sum of the active devices' independent read noises is one normal draw per bit line.</summary>
    private void AddReadNoise(int activeRows, bool learns, ulong time, PanelRange panels, Span<float> current)
    {
        if (_readNoise == 0f || activeRows == 0)
        {
            return;
        }

        float deviation = _readNoise * MathF.Sqrt(activeRows);
        Span<float> normal = stackalloc float[CrossbarLayout.PanelWidth];
        RandomStream stream = RandomPurposes.ReadNoise(_seed, learns, Index, time);
        for (int panel = panels.First; panel < panels.First + panels.Count; panel++)
        {
            RandomKernels.Normal<InverseCdfNormal>(normal, stream.At((uint)panel));
            Span<float> columns = new PanelRange(panel, 1).Columns(current);
            for (int j = 0; j < columns.Length; j++)
            {
                columns[j] = MathF.FusedMultiplyAdd(deviation, normal[j], columns[j]);
            }
        }
    }

    /// <summary>The sample that began at a time was learned: its pulses are counted, and the crossbar's unit does what it does between samples.</summary>
    internal void EndSample(ulong firstTime, PanelRange panels)
    {
        CountPulses(panels);
        Crossbar.Unit.AfterSample(new SampleEnd
        {
            Panels = panels,
            Samples = (long)(firstTime / _steps) + 1,
            Streams = StreamsAt(firstTime),
            Counters = Counters,
        });
        CountPulses(panels);
    }

    /// <summary>Moves counts to the totals, panel by panel in a fixed order.</summary>
    private void CountPulses(PanelRange panels)
    {
        for (int panel = panels.First; panel < panels.First + panels.Count; panel++)
        {
            PulseCounters counters = new PanelRange(panel, 1).Columns(Counters);
            _arena.Span(_fields.PulseTotal)[panel] += TakeSum(counters.Pulses);
            _arena.Span(_fields.WriteTotal)[panel] += (long)TakeSum(counters.Writes);
            _arena.Span(_fields.ReadTotal)[panel] += (long)TakeSum(counters.Reads);
        }
    }

    /// <summary>Words of input spikes.</summary>
    internal int InputWords => _fields.InputMembraneTrace.Length / Padding.Word;

    private ArrayStreams StreamsAt(ulong time) => new(
        RandomPurposes.PulseRounding(_seed, Index, array: 0, time),
        RandomPurposes.PulseRounding(_seed, Index, array: 1, time),
        RandomPurpose.CommonPulses.Stream(_seed, Index, time),
        RandomPurpose.UnitPulses.Stream(_seed, Index, time));

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
