using RramSnn.Model.Learning;

namespace RramSnn.Native.Hosts;

/// <summary>One sample whose spikes the host has made.</summary>
internal sealed class SpikeBuffer(int inputs, int classes, int steps) : ISpikeSource
{
    private const int Word = 64;

    private readonly int _words = (inputs + Word - 1) / Word;
    private readonly ulong[] _raster = new ulong[steps * ((inputs + Word - 1) / Word)];
    private int _label;

    public int Count => 1;

    public int Inputs => inputs;

    public int Classes => classes;

    public int Label(int sample) => _label;

    /// <summary>Takes a sample.</summary>
    /// <param name="raster">[steps, words], one bit per input, lowest bit first; bits beyond the inputs are ignored.</param>
    /// <param name="label">Its class.</param>
    internal void Fill(ReadOnlySpan<ulong> raster, int label)
    {
        if (raster.Length != _raster.Length)
        {
            throw new ArgumentException($"raster has {raster.Length} words; expected {_raster.Length}: {steps} steps of {_words} words for {inputs} inputs.", nameof(raster));
        }

        raster.CopyTo(_raster);
        _label = label;
    }

    public void Encode(int sample, int firstStep, int endStep, Span<ulong> raster, int wordsPerStep)
    {
        ulong last = inputs % Word == 0 ? ulong.MaxValue : (1ul << (inputs % Word)) - 1;
        for (int step = firstStep; step < endStep; step++)
        {
            Span<ulong> row = raster.Slice((step - firstStep) * wordsPerStep, wordsPerStep);
            row.Clear();
            _raster.AsSpan(step * _words, _words).CopyTo(row);
            row[_words - 1] &= last;
        }
    }
}
