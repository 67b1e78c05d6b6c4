using System.Numerics.Tensors;
using RramSnn.Kernels.Crossbar;
using RramSnn.Model.Crossbars;
using RramSnn.Model.Layers;

namespace RramSnn.Model.Periphery;

/// <summary>
/// A layer's product as its arrays and converters give it: y_j = Σ over row tiles t, ascending, of ADC(Σ over i in t, ascending, of x'_i w_ij), with
/// x' = sinh(a DAC(x))/sinh(a).
/// </summary>
/// <remarks>
/// States and currents follow <see cref="CrossbarLayout"/>; currents are in units of the state, i.e. of (Gmax - Gmin) V_full. Wire
/// resistance comes in through the states (<see cref="WiredStates"/>). Padding columns become 0. One instance serves one thread;
/// nothing is allocated after construction. The same bits on every vector width.
/// </remarks>
public sealed class PeripheryProduct
{
    private readonly float[] _input;
    private readonly int[] _rowScratch;
    private readonly float[] _valueScratch;
    private readonly long[] _conversions;
    private readonly long[] _saturated;
    private readonly float[] _plusPart = new float[CrossbarLayout.PanelWidth];
    private readonly float[] _minusPart = new float[CrossbarLayout.PanelWidth];
    private readonly float _outputRange;

    /// <summary>Prepares products of a layer.</summary>
    /// <param name="grid">How the layer is cut into arrays.</param>
    /// <param name="options">Converters and device law.</param>
    public PeripheryProduct(TileGrid grid, PeripheryOptions options)
    {
        ArgumentNullException.ThrowIfNull(grid);
        ArgumentNullException.ThrowIfNull(options);
        (Grid, Options) = (grid, options);
        _input = new float[Padding.RoundUp(grid.Layout.Rows, Padding.Word)];
        _rowScratch = new int[Math.Min(grid.ArrayRows, _input.Length)];
        _valueScratch = new float[_rowScratch.Length];
        _conversions = new long[grid.Layout.PanelCount];
        _saturated = new long[grid.Layout.PanelCount];

        // A fully-on device carries 1 + offset in units of the state.
        int arrayRows = Math.Min(grid.ArrayRows, grid.Layout.Rows);
        _outputRange = options.OutputConverter?.RangeFor(arrayRows, options.Offset) ?? 1f;
    }

    /// <summary>How the layer is cut into arrays.</summary>
    public TileGrid Grid { get; }

    /// <summary>Converters and device law.</summary>
    public PeripheryOptions Options { get; }

    /// <summary>Currents converted since the last reset, padding columns not counted.</summary>
    public long OutputConversions => _conversions.Sum();

    /// <summary>How many of them were saturated.</summary>
    public long SaturatedOutputs => _saturated.Sum();

    /// <summary>Inputs converted since the last reset.</summary>
    public long InputConversions { get; private set; }

    /// <summary>How many of them were saturated.</summary>
    public long SaturatedInputs { get; private set; }

    /// <summary>Sets the counts to zero.</summary>
    public void ResetCounts()
    {
        (InputConversions, SaturatedInputs) = (0, 0);
        Array.Clear(_conversions);
        Array.Clear(_saturated);
    }

    /// <summary>Device pairs: both arrays' currents are converted, each on its own, then subtracted; w = u⁺ + offset and u⁻ + offset.</summary>
    /// <param name="plus">Normalised states u⁺ of the layer.</param>
    /// <param name="minus">Normalised states u⁻ of the layer.</param>
    /// <param name="input">One input per word line, as a share of the full input.</param>
    /// <param name="current">Receives y, padded columns included.</param>
    /// <exception cref="ArgumentException">A length does not fit or <paramref name="current"/> overlaps an operand.</exception>
    public void Compute(ReadOnlySpan<float> plus, ReadOnlySpan<float> minus, ReadOnlySpan<float> input, Span<float> current)
    {
        Check(plus, nameof(plus), current);
        Check(minus, nameof(minus), current);
        Convert(input);
        Sum(Amplitudes(_input), new CellStates { Plus = plus, Minus = minus }, -Options.Offset, default, All, current);
    }

    /// <summary>Single devices against a reference column, whose current is subtracted before conversion: w = u - reference.</summary>
    /// <param name="state">Normalised states u of the layer.</param>
    /// <param name="reference">State of the reference; finite.</param>
    /// <param name="input">One input per word line, as a share of the full input.</param>
    /// <param name="current">Receives y, padded columns included.</param>
    /// <exception cref="ArgumentException">A length does not fit, the reference is not finite, or <paramref name="current"/> overlaps an operand.</exception>
    public void Compute(ReadOnlySpan<float> state, float reference, ReadOnlySpan<float> input, Span<float> current)
    {
        Check(state, nameof(state), current);
        Convert(input);
        Sum(Amplitudes(_input), new CellStates { Reference = reference, Plus = state, Minus = [] }, reference, default, All, current);
    }

    /// <summary>
    /// As <see cref="Compute(ReadOnlySpan{float}, ReadOnlySpan{float}, ReadOnlySpan{float}, Span{float})"/> for inputs 0 and 1. Spikes are full
    /// pulses and pass no input converter.
    /// </summary>
    /// <param name="plus">Normalised states u⁺ of the layer.</param>
    /// <param name="minus">Normalised states u⁻ of the layer.</param>
    /// <param name="spikes">One bit per word line, 64 to a word, lowest first.</param>
    /// <param name="current">Receives y, padded columns included.</param>
    /// <exception cref="ArgumentException">A length does not fit or <paramref name="current"/> overlaps an operand.</exception>
    public void ComputeSpikes(ReadOnlySpan<float> plus, ReadOnlySpan<float> minus, ReadOnlySpan<ulong> spikes, Span<float> current)
    {
        Check(plus, nameof(plus), current);
        Check(minus, nameof(minus), current);
        CheckSpikes(spikes);
        Sum(new TileSpikes(spikes, _rowScratch), new CellStates { Plus = plus, Minus = minus }, -Options.Offset, default, All, current);
    }

    /// <summary>
    /// As <see cref="Compute(ReadOnlySpan{float}, float, ReadOnlySpan{float}, Span{float})"/> for inputs 0 and 1. Spikes are full pulses and
    /// pass no input converter.
    /// </summary>
    /// <param name="state">Normalised states u of the layer.</param>
    /// <param name="reference">State of the reference; finite.</param>
    /// <param name="spikes">One bit per word line, 64 to a word, lowest first.</param>
    /// <param name="current">Receives y, padded columns included.</param>
    /// <exception cref="ArgumentException">A length does not fit, the reference is not finite, or <paramref name="current"/> overlaps an operand.</exception>
    public void ComputeSpikes(ReadOnlySpan<float> state, float reference, ReadOnlySpan<ulong> spikes, Span<float> current)
    {
        Check(state, nameof(state), current);
        CheckSpikes(spikes);
        Sum(new TileSpikes(spikes, _rowScratch), new CellStates { Reference = reference, Plus = state, Minus = [] }, reference, default, All, current);
    }

    /// <summary>The currents of a run of panels, with read noise before the converters; inputs are driven already, spans hold the whole layer.</summary>
    internal void Compute(LayerInput input, CellStates states, in BitLineNoise noise, PanelRange panels, Span<float> current)
    {
        float reference = states.IsPair ? -Options.Offset : states.Reference;
        if (input.HasAmplitudes)
        {
            Sum(Amplitudes(input.Driven), states, reference, noise, panels, current);
        }
        else
        {
            Sum(new TileSpikes(input.Spikes, _rowScratch), states, reference, noise, panels, current);
        }
    }

    /// <summary>The counts of a panel's conversions since the last reset.</summary>
    internal (long Conversions, long Saturated) Counts(int panel) => (_conversions[panel], _saturated[panel]);

    private PanelRange All => new(0, Grid.Layout.PanelCount);

    private TileAmplitudes Amplitudes(ReadOnlySpan<float> input) => new(input, _rowScratch, _valueScratch);

    private void Sum<TInputs>(
        TInputs inputs, CellStates states, float reference, in BitLineNoise noise, PanelRange panels, Span<float> current)
        where TInputs : struct, ITileInputs, allows ref struct
    {
        CrossbarLayout layout = Grid.Layout;
        panels.Columns(current).Clear();
        for (int firstRow = 0; firstRow < layout.Rows; firstRow += Grid.ArrayRows)
        {
            int rows = Math.Min(Grid.ArrayRows, layout.Rows - firstRow);
            inputs.Take(firstRow, rows);
            float power = noise.IsNone ? 0f : inputs.Power;
            for (int panel = panels.First; panel < panels.First + panels.Count; panel++)
            {
                // No two arrays share a draw: two of a pair, side by side for every panel of every tile.
                uint draw = (uint)(2 * (((firstRow / Grid.ArrayRows) * layout.PanelCount) + panel));
                int columns = Math.Min(CrossbarLayout.PanelWidth, layout.Columns - (panel * CrossbarLayout.PanelWidth));
                int first = (panel * layout.PanelLength) + (firstRow * CrossbarLayout.PanelWidth);
                Range cells = first..(first + (rows * CrossbarLayout.PanelWidth));
                Add(ref inputs, states.Plus[cells], states.HasWires ? states.PlusAttenuation[cells] : [], reference, _plusPart);
                noise.AddTo(power, draw, _plusPart);
                Convert(panel, columns, _plusPart);
                if (states.IsPair)
                {
                    Add(ref inputs, states.Minus[cells], states.HasWires ? states.MinusAttenuation[cells] : [], reference, _minusPart);
                    noise.AddTo(power, draw + 1, _minusPart);
                    Convert(panel, columns, _minusPart);
                    TensorPrimitives.Subtract<float>(_plusPart, _minusPart, _plusPart);
                }

                Span<float> sum = current.Slice(panel * CrossbarLayout.PanelWidth, CrossbarLayout.PanelWidth);
                TensorPrimitives.Add(sum, _plusPart, sum);
            }
        }
    }

    private static void Add<TInputs>(
        scoped ref TInputs inputs, ReadOnlySpan<float> cells, ReadOnlySpan<float> attenuation, float reference, Span<float> currents)
        where TInputs : struct, ITileInputs, allows ref struct
    {
        currents.Clear();
        inputs.Accumulate(cells, attenuation, reference, currents);
    }

    /// <summary>Currents of one panel as the array's converters give them.</summary>
    private void Convert(int panel, int columns, Span<float> currents)
    {
        currents[columns..].Clear();
        if (Options.OutputConverter is OutputConverter converter)
        {
            _saturated[panel] += converter.Codes.Quantise(currents, currents, _outputRange);
            _conversions[panel] += columns;
        }
    }

    private void Convert(ReadOnlySpan<float> input)
    {
        RequireExtent.Length(input.Length, Grid.Layout.Rows, nameof(input));
        input.CopyTo(_input);
        SaturatedInputs += Options.Drive(_input, _input);
        InputConversions += Options.InputConverter is null ? 0 : input.Length;
    }

    private void Check(ReadOnlySpan<float> states, string argument, ReadOnlySpan<float> current)
    {
        RequireExtent.Length(states.Length, Grid.Layout.Length, argument);
        RequireExtent.Length(current.Length, Grid.Layout.PaddedColumns, nameof(current));
        if (states.Overlaps(current))
        {
            throw new ArgumentException("current overlaps an input; expected separate memory.", nameof(current));
        }
    }

    private void CheckSpikes(ReadOnlySpan<ulong> spikes) => RequireExtent.Length(spikes.Length, (Grid.Layout.Rows + 63) / 64, nameof(spikes));
}
