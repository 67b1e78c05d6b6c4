using RramSnn.Model.Learning;

namespace RramSnn.PropertyTests.Model;

/// <summary>Spikes drawn once and copied out on demand.</summary>
internal sealed class FixedSpikes : ISpikeSource
{
    private readonly ISpikeSource _source;
    private readonly ulong[][] _rasters;

    internal FixedSpikes(ISpikeSource source, int steps)
    {
        _source = source;
        int words = (source.Inputs + 63) / 64;
        _rasters = new ulong[source.Count][];
        for (int sample = 0; sample < _rasters.Length; sample++)
        {
            _rasters[sample] = new ulong[steps * words];
            source.Encode(sample, 0, steps, _rasters[sample], words);
        }
    }

    public int Count => _source.Count;

    public int Inputs => _source.Inputs;

    public int Classes => _source.Classes;

    public int Label(int sample) => _source.Label(sample);

    public void Encode(int sample, int firstStep, int endStep, Span<ulong> raster, int wordsPerStep) =>
        _rasters[sample].AsSpan(firstStep * wordsPerStep, (endStep - firstStep) * wordsPerStep).CopyTo(raster);
}
