using System.Numerics.Tensors;
using RramSnn.Kernels.Memory;
using RramSnn.Model.Crossbars;
using RramSnn.Model.Learning;

namespace RramSnn.Model.Layers;

/// <summary>What neurons and word lines add up within a sample for <see cref="UpdateTiming.Sample"/>.</summary>
/// <remarks>Workers add to their own panels and words; only the trace of the whole layer is read by all, behind a barrier.</remarks>
internal sealed class SampleSums
{
    private readonly Arena _arena;
    private readonly Field<float> _wish;
    private readonly Field<float> _trace;
    private readonly Field<ulong> _surrogate;

    internal SampleSums(Arena arena, SampleSumFields fields)
    {
        _arena = arena;
        _wish = fields.Wish;
        _trace = fields.Trace;
        _surrogate = fields.Surrogate;
    }

    /// <summary>Mean trace of each word line, once <see cref="Close"/> was called for all words.</summary>
    internal ReadOnlySpan<float> Trace => _arena.Span(_trace);

    /// <summary>Sum of the wished changes of each bit line.</summary>
    internal Span<float> Wish => _arena.Span(_wish);

    /// <summary>Neurons that were near their threshold in any step that was learned.</summary>
    internal ReadOnlySpan<ulong> Surrogate => _arena.Span(_surrogate);

    /// <summary>Adds a step.</summary>
    /// <param name="panels">The worker's panels.</param>
    /// <param name="inputWords">Its words of the traces.</param>
    /// <param name="wish">Wished changes of the whole layer.</param>
    /// <param name="trace">Traces of the whole layer.</param>
    /// <param name="surrogate">Who is near the threshold, of the whole layer.</param>
    internal void Add(PanelRange panels, (int Start, int End) inputWords, ReadOnlySpan<float> wish, ReadOnlySpan<float> trace, ReadOnlySpan<ulong> surrogate)
    {
        Span<float> wishSum = panels.Columns(Wish);
        TensorPrimitives.Add(wishSum, panels.Columns(wish), wishSum);
        Span<float> traceSum = Floats(_arena.Span(_trace), inputWords);
        TensorPrimitives.Add(traceSum, Floats(trace, inputWords), traceSum);
        Span<ulong> seen = panels.Words(_arena.Span(_surrogate));
        TensorPrimitives.BitwiseOr(seen, panels.Words(surrogate), seen);
    }

    /// <summary>Turns a worker's part of the sums of traces into means.</summary>
    internal void Close((int Start, int End) inputWords, int steps)
    {
        Span<float> sum = Floats(_arena.Span(_trace), inputWords);
        TensorPrimitives.Divide(sum, steps, sum);
    }

    /// <summary>Starts a sample.</summary>
    internal void Clear(PanelRange panels, (int Start, int End) inputWords)
    {
        panels.Columns(Wish).Clear();
        Floats(_arena.Span(_trace), inputWords).Clear();
        panels.Words(_arena.Span(_surrogate)).Clear();
    }

    private static Span<float> Floats(Span<float> all, (int Start, int End) words) => all[(words.Start * Padding.Word)..(words.End * Padding.Word)];

    private static ReadOnlySpan<float> Floats(ReadOnlySpan<float> all, (int Start, int End) words) => all[(words.Start * Padding.Word)..(words.End * Padding.Word)];
}

/// <summary>Where the sums lie.</summary>
/// <param name="Wish">A number per neuron.</param>
/// <param name="Trace">A number per word line.</param>
/// <param name="Surrogate">A bit per neuron.</param>
internal sealed record SampleSumFields(Field<float> Wish, Field<float> Trace, Field<ulong> Surrogate);
