using RramSnn.Kernels.Crossbar;
using RramSnn.Model.Layers;

namespace RramSnn.Model.Periphery;

/// <summary>Inputs of a layer, one tile after the other.</summary>
internal interface ITileInputs
{
    /// <summary>Turns to the tiles of some word lines.</summary>
    void Take(int firstRow, int rows);

    /// <summary>Σ x² over those word lines.</summary>
    float Power { get; }

    /// <summary>Adds the currents of one panel's cells against a reference.</summary>
    /// <param name="cells">States.</param>
    /// <param name="attenuation">Shares that wires leave of them; empty without wires.</param>
    /// <param name="reference">State of the reference.</param>
    /// <param name="current">Currents of the panel.</param>
    void Accumulate(ReadOnlySpan<float> cells, ReadOnlySpan<float> attenuation, float reference, Span<float> current);
}

/// <summary>Amplitudes, padded with zeros to whole words of 64.</summary>
internal ref struct TileAmplitudes(ReadOnlySpan<float> input, Span<int> rowScratch, Span<float> valueScratch) : ITileInputs
{
    private readonly ReadOnlySpan<float> _input = input;
    private readonly Span<int> _rowScratch = rowScratch;
    private readonly Span<float> _valueScratch = valueScratch;
    private ActiveRows _tile;

    public readonly float Power => BitLineNoise.Power(_tile);

    public void Take(int firstRow, int rows) =>
        _tile = ActiveRows.FromTrace(_input.Slice(firstRow, Padding.RoundUp(rows, Padding.Word)), rows, _rowScratch, _valueScratch);

    public readonly void Accumulate(ReadOnlySpan<float> cells, ReadOnlySpan<float> attenuation, float reference, Span<float> current)
    {
        if (attenuation.IsEmpty)
        {
            CrossbarKernels.AccumulateActive(cells, reference, _tile, current);
        }
        else
        {
            CrossbarKernels.AccumulateActive(cells, attenuation, reference, _tile, current);
        }
    }
}

/// <summary>Spikes.</summary>
internal ref struct TileSpikes(ReadOnlySpan<ulong> spikes, Span<int> rowScratch) : ITileInputs
{
    private readonly ReadOnlySpan<ulong> _spikes = spikes;
    private readonly Span<int> _rowScratch = rowScratch;
    private ActiveRows _tile;

    public readonly float Power => BitLineNoise.Power(_tile);

    public void Take(int firstRow, int rows) => _tile = ActiveRows.FromSpikes(_spikes[(firstRow / Padding.Word)..], rows, _rowScratch);

    public readonly void Accumulate(ReadOnlySpan<float> cells, ReadOnlySpan<float> attenuation, float reference, Span<float> current)
    {
        if (attenuation.IsEmpty)
        {
            CrossbarKernels.AccumulateSpikes(cells, reference, _tile, current);
        }
        else
        {
            CrossbarKernels.AccumulateSpikes(cells, attenuation, reference, _tile, current);
        }
    }
}
