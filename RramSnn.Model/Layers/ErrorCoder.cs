using System.Numerics;
using RramSnn.Kernels.Crossbar;
using RramSnn.Kernels.Memory;
using RramSnn.Kernels.Neurons;
using RramSnn.Model.Crossbars;
using RramSnn.Model.Learning;

namespace RramSnn.Model.Layers;

/// <summary>Which of a layer's errors reach its devices, and as what: <see cref="ErrorCoding"/> and the error margin.</summary>
internal sealed class ErrorCoder
{
    private const double DefaultEvents = 0.05;
    private const double ThresholdGain = 0.05;

    private readonly Arena _arena;
    private readonly LayerFields _fields;
    private readonly ErrorCoding _coding;
    private readonly int _neurons;
    private readonly int _classes;
    private readonly float _margin;
    private readonly float _unit;
    private readonly double _events;

    internal ErrorCoder(Arena arena, LayerFields fields, NetworkOptions options, ErrorCoding coding)
    {
        _arena = arena;
        _fields = fields;
        _coding = coding;
        _neurons = fields.Crossbar.Layout.Columns;
        _classes = options.Classes;
        _margin = options.ErrorMargin;
        _unit = options.ReadoutScale / MathF.Sqrt(_neurons);
        _events = options.ErrorEvents ?? DefaultEvents;
    }

    private ref float Threshold => ref _arena.Span(_fields.ErrorThreshold)[0];

    /// <summary>Starts with a threshold of one readout weight's bound.</summary>
    internal void Initialise() => Threshold = _unit;

    /// <summary>
    /// Whether there is anything to learn: the label's lead over the best other class, as a mean over the steps that were scored, is below the margin.
    /// </summary>
    internal bool IsUnsure(int label, int scoredSteps, ReadOnlySpan<float> evidence)
    {
        if (float.IsPositiveInfinity(_margin))
        {
            return true;
        }

        float best = float.NegativeInfinity;
        for (int k = 0; k < _classes; k++)
        {
            best = k == label ? best : MathF.Max(best, evidence[k]);
        }

        return evidence[label] - best < _margin * scoredSteps;
    }

    /// <summary>Turns the wishes of a run of panels into events if errors are coded.</summary>
    /// <param name="learningRate">η, the factor in the wishes.</param>
    /// <param name="panels">The panels.</param>
    /// <param name="surrogate">Neurons near their threshold, of these panels alone.</param>
    /// <param name="wish">Wishes of these panels alone.</param>
    internal void Code(float learningRate, PanelRange panels, ReadOnlySpan<ulong> surrogate, Span<float> wish)
    {
        if (_coding == ErrorCoding.Sign)
        {
            ErrorKernels.Ternary(wish, 0f, learningRate * _unit);
        }
        else if (_coding == ErrorCoding.Events)
        {
            float size = learningRate * Threshold;
            const int WordsPerPanel = CrossbarLayout.PanelWidth / Padding.Word;
            for (int panel = 0; panel < panels.Count; panel++)
            {
                Span<long> counts = _arena.Span(_fields.EventCounts).Slice(2 * (panels.First + panel), 2);
                counts[0] += ErrorKernels.Ternary(wish.Slice(panel * CrossbarLayout.PanelWidth, CrossbarLayout.PanelWidth), size, size);
                for (int word = panel * WordsPerPanel; word < (panel + 1) * WordsPerPanel; word++)
                {
                    // Padding may lie near the threshold, too.
                    int neurons = Math.Clamp(_neurons - panels.FirstColumn - (word * Padding.Word), 0, Padding.Word);
                    ulong real = neurons == Padding.Word ? ulong.MaxValue : (1ul << neurons) - 1;
                    counts[1] += BitOperations.PopCount(surrogate[word] & real);
                }
            }
        }
    }

    /// <summary>Brings the share of error events of the sample nearer to its target; called by one worker while the others wait.</summary>
    internal void AdaptThreshold()
    {
        if (_coding != ErrorCoding.Events)
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
            double next = Threshold * Math.Exp(ThresholdGain * Math.Clamp((share / _events) - 1, -1, 1));
            Threshold = (float)Math.Clamp(next, 1e-3 * _unit, 1e3 * _unit);
        }
    }
}
