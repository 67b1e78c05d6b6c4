using System.Numerics.Tensors;

namespace RramSnn.Model.Layers;

/// <content>Operands of a host's calls: checked, and copied to where kernels want them.</content>
public sealed partial class LayerStepper
{
    private void Take(ReadOnlySpan<float> trace, ReadOnlySpan<float> wish)
    {
        // The layer's own fields are checked as well: their owner may have written to them.
        ReadOnlySpan<float> traces = trace.IsEmpty ? Trace : trace;
        Check(traces, Inputs, nameof(trace));
        Check(wish.IsEmpty ? _layer.Wish[..Neurons] : wish, Neurons, nameof(wish));
        float least = TensorPrimitives.Min(traces);
        Require.That(least >= 0f, least, "0 or more", nameof(trace));
        trace.CopyTo(_trace);
        wish.CopyTo(_layer.Wish);
        if (_visits + Inputs > MostVisits)
        {
            Count();
        }
    }

    private ReadOnlySpan<float> TraceFor(ReadOnlySpan<float> trace) => trace.IsEmpty ? _layer.Trace : _trace;

    private void EndUpdate()
    {
        _visits += Inputs;
        Time++;
    }

    private void TakeSpikes(ReadOnlySpan<ulong> spikes)
    {
        if (spikes.Length != InputWords)
        {
            Require.That(false, spikes.Length, $"{InputWords} words for {Inputs} inputs", nameof(spikes));
        }

        spikes.CopyTo(_spikes);
        if (Inputs % Padding.Word != 0)
        {
            _spikes[InputWords - 1] &= (1ul << (Inputs % Padding.Word)) - 1;
        }
    }

    private static void Check(ReadOnlySpan<float> values, int length, string argument)
    {
        // The text of an error is made for an error alone: steps allocate nothing.
        if (values.Length != length)
        {
            Require.That(false, values.Length, $"{length} values", argument);
        }

        CheckFinite(values, argument);
    }

    private static void CheckFinite(ReadOnlySpan<float> values, string argument) =>
        Require.That(float.IsFinite(TensorPrimitives.MaxMagnitude(values)), "NaN or infinite somewhere", "finite values", argument);
}
