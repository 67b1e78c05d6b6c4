using System.Numerics.Tensors;
using RramSnn.Kernels.Threading;
using RramSnn.Model.Crossbars;
using RramSnn.Model.Layers;

namespace RramSnn.Model.Learning;

/// <summary>Shows samples to a network with a team of workers, each of which owns a fixed run of panels of every layer.</summary>
/// <remarks>
/// Every worker executes the same loop over steps and layers. They meet at a barrier where one needs what another made:
/// all spikes of a layer before its readout, its learning and the next layer. No result depends on the number of workers.
/// </remarks>
internal sealed class SampleRunner : IDisposable
{
    private readonly Network _network;
    private readonly WorkerTeam _team;
    private readonly WorkerScratch[] _scratch;
    private readonly PanelRange[][] _panels;
    private readonly ulong[] _raster;
    private readonly float[] _amplitudes;
    private readonly float[] _driven;
    private readonly int _wordsPerStep;

    /// <summary>Starts the workers.</summary>
    /// <param name="network">The network.</param>
    /// <param name="options">How many workers there may be, and where.</param>
    /// <param name="learns">Whether most samples are learned; if none is, a second worker pays off for larger networks only.</param>
    internal SampleRunner(Network network, WorkerOptions options, bool learns)
    {
        _network = network;
        _team = new WorkerTeam(WorkerRule.Choose(network.Options, options, learns), options.Placement);
        _scratch = new WorkerScratch[_team.Count];
        _panels = new PanelRange[_team.Count][];
        for (int worker = 0; worker < _team.Count; worker++)
        {
            _scratch[worker] = network.CreateScratch();
            _panels[worker] = [.. network.Layers.Select(layer => Share(worker, layer))];
        }

        _wordsPerStep = network.Layers[0].InputWords;
        _raster = new ulong[network.Options.Steps * _wordsPerStep];
        _amplitudes = new float[_wordsPerStep * Padding.Word];
        _driven = new float[_amplitudes.Length];
    }

    internal WorkerTeam Team => _team;

    public void Dispose()
    {
        _team.Dispose();
        Array.ForEach(_scratch, static scratch => scratch.Dispose());
    }

    /// <summary>Works out what wires leave of the devices, if there are any; called by every worker of the team with the same argument.</summary>
    /// <param name="measures">Whether for a measurement or for the training.</param>
    /// <param name="worker">The calling worker.</param>
    internal void WorkOutWires(bool measures, int worker)
    {
        if (!_network.Options.Periphery.HasWires)
        {
            return;
        }

        foreach (Layer layer in _network.Layers)
        {
            layer.Product.WorkOutWires(measures, worker, _team.Count, _scratch[worker]);
        }

        _team.Barrier.Wait();
    }

    /// <summary>Shows one sample; called by every worker of the team with the same arguments.</summary>
    /// <param name="worker">The calling worker.</param>
    /// <param name="source">Where the sample comes from.</param>
    /// <param name="sample">Its index.</param>
    /// <param name="learningRate">η, or 0 to leave the devices alone.</param>
    /// <param name="firstTime">Number of the sample's first step within the run.</param>
    /// <param name="measures">Whether the sample belongs to a measurement and not to the training.</param>
    /// <returns>On worker 0 the class with the highest score, summed over the steps after burn-in; -1 on the others.</returns>
    internal int Show(int worker, ISampleSource source, int sample, float learningRate, ulong firstTime, bool measures = false)
    {
        bool learns = learningRate != 0f;
        int label = source.Label(sample);
        bool hasAmplitudes = source is IAmplitudeSource;
        Prepare(worker, source, sample, learns);
        Reset(worker);
        _team.Barrier.Wait();
        for (int step = 0; step < _network.Options.Steps; step++)
        {
            StepContext context = new(firstTime + (ulong)step, learns, measures);
            LayerInput input = hasAmplitudes ? new(_amplitudes, _driven) : new(Raster(step));
            ShowStep(worker, input, context, step, label, learningRate);
        }

        return Finish(worker, learningRate, firstTime);
    }

    /// <summary>Input spikes of a step, which a caller that shows single steps fills before the workers run.</summary>
    internal Span<ulong> Raster(int step) => _raster.AsSpan(step * _wordsPerStep, _wordsPerStep);

    /// <summary>Forgets the last sample; called by every worker of the team, who then wait for each other.</summary>
    internal void Reset(int worker)
    {
        for (int i = 0; i < _panels[worker].Length; i++)
        {
            Layer layer = _network.Layers[i];
            layer.ResetState(_panels[worker][i], _team.Share(worker, layer.InputWords));
        }

        _scratch[worker].Reset();
    }

    /// <summary>Shows one step of a sample; called by every worker of the team with the same arguments.</summary>
    /// <param name="worker">The calling worker.</param>
    /// <param name="input">What the first layer gets.</param>
    /// <param name="context">The step.</param>
    /// <param name="step">Its number within the sample.</param>
    /// <param name="label">The class; negative if it is not known, and then nothing is learned.</param>
    /// <param name="learningRate">η.</param>
    internal void ShowStep(int worker, LayerInput input, in StepContext context, int step, int label, float learningRate)
    {
        NetworkOptions options = _network.Options;
        PanelRange[] panels = _panels[worker];
        WorkerScratch scratch = _scratch[worker];
        bool counts = step >= options.BurnIn;
        for (int i = 0; i < panels.Length; i++)
        {
            Layer layer = _network.Layers[i];
            layer.Integrate(input, context, panels[i], scratch);
            if (context.Learns)
            {
                layer.TraceInputs(input, _team.Share(worker, layer.InputWords));
            }

            _team.Barrier.Wait();
            bool decides = worker == 0 && i == panels.Length - 1;
            if (counts && (context.Learns || decides))
            {
                layer.Score(scratch);
                if (context.Learns && label >= 0 && layer.Errors.IsUnsure(label, step - options.BurnIn + 1, scratch.Evidence(i)))
                {
                    layer.Learn(label, learningRate, context.Time, panels[i], _team.Share(worker, layer.InputWords), scratch);
                }
            }

            input = new LayerInput(layer.Spikes);
        }

        if (panels.Length == 1)
        {
            // With more layers the next layer's barrier keeps a quick worker from overwriting spikes and traces that a
            // slow one still reads; a single layer has no such barrier.
            _team.Barrier.Wait();
        }
    }

    /// <summary>Ends a sample; called by every worker of the team with the same arguments.</summary>
    /// <returns>On worker 0 the class with the highest score; -1 on the others.</returns>
    internal int Finish(int worker, float learningRate, ulong firstTime)
    {
        PanelRange[] panels = _panels[worker];
        WorkerScratch scratch = _scratch[worker];
        bool learns = learningRate != 0f;
        if (learns && _network.Options.Updates == UpdateTiming.Sample)
        {
            for (int i = 0; i < panels.Length; i++)
            {
                Layer layer = _network.Layers[i];
                layer.CloseSums(_team.Share(worker, layer.InputWords), scratch);
            }

            _team.Barrier.Wait();
        }

        if (learns)
        {
            for (int i = 0; i < panels.Length; i++)
            {
                Layer layer = _network.Layers[i];
                layer.WriteSums(learningRate, firstTime, panels[i], scratch);
                layer.EndSample(firstTime, panels[i], scratch);
            }
        }

        _team.Barrier.Wait();
        if (worker != 0)
        {
            return -1;
        }

        // The others wait at the next sample's first barrier, before anyone looks at a threshold again.
        if (learns)
        {
            for (int i = 0; i < panels.Length; i++)
            {
                _network.Layers[i].Errors.AdaptThreshold();
            }
        }

        return Decide();
    }

    private void Prepare(int worker, ISampleSource source, int sample, bool learns)
    {
        switch (source)
        {
            case ISpikeSource spikes:
                (int start, int end) = _team.Share(worker, _network.Options.Steps);
                spikes.Encode(sample, start, end, _raster.AsSpan(start * _wordsPerStep, (end - start) * _wordsPerStep), _wordsPerStep);
                break;
            case IAmplitudeSource amplitudes when worker == 0:
                amplitudes.Encode(sample, _amplitudes);
                _network.Drive(_amplitudes, _driven, counts: learns);
                break;
        }
    }

    /// <summary>Class scores of the last layer, summed over the sample's steps so far.</summary>
    internal ReadOnlySpan<float> Scores => _scratch[0].Evidence(_network.Layers.Count - 1)[.._network.Options.Classes];

    /// <summary>The first class with the highest score of the last layer.</summary>
    private int Decide() => TensorPrimitives.IndexOfMax(Scores);

    private PanelRange Share(int worker, Layer layer)
    {
        (int start, int end) = _team.Share(worker, layer.Crossbar.Layout.PanelCount);
        return new PanelRange(start, end - start);
    }
}
