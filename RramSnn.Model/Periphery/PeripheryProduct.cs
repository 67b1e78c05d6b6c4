using System.Numerics.Tensors;
using RramSnn.Kernels.Crossbar;
using RramSnn.Kernels.Periphery;

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
        _input = new float[(grid.Layout.Rows + 15) / 16 * 16];
        _rowScratch = new int[Math.Min(grid.ArrayRows, grid.Layout.Rows)];

        // A fully-on device carries 1 + offset in units of the state.
        _outputRange = (options.OutputConverter?.RangeFor(_rowScratch.Length) ?? 1f) * (1f + options.Offset);
    }

    /// <summary>How the layer is cut into arrays.</summary>
    public TileGrid Grid { get; }

    /// <summary>Converters and device law.</summary>
    public PeripheryOptions Options { get; }

    /// <summary>Currents converted since the last reset, padding columns not counted.</summary>
    public long OutputConversions { get; private set; }

    /// <summary>How many of them were saturated.</summary>
    public long SaturatedOutputs { get; private set; }

    /// <summary>Inputs converted since the last reset.</summary>
    public long InputConversions { get; private set; }

    /// <summary>How many of them were saturated.</summary>
    public long SaturatedInputs { get; private set; }

    /// <summary>Sets the counts to zero.</summary>
    public void ResetCounts() => (OutputConversions, SaturatedOutputs, InputConversions, SaturatedInputs) = (0, 0, 0, 0);

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
        Sum(new DenseInputs(_input), plus, minus, -Options.Offset, isPair: true, current);
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
        Sum(new DenseInputs(_input), state, [], reference, isPair: false, current);
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
        Sum(new SpikeInputs(spikes, _rowScratch), plus, minus, -Options.Offset, isPair: true, current);
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
        Sum(new SpikeInputs(spikes, _rowScratch), state, [], reference, isPair: false, current);
    }

    /// <summary>Inputs of one tile after the other.</summary>
    private interface IInputs
    {
        /// <summary>Turns to a tile.</summary>
        void Take(int firstRow, int rows);

        /// <summary>Adds the tile's currents of one panel.</summary>
        void Accumulate(ReadOnlySpan<float> cells, float reference, Span<float> current);
    }

    private void Sum<TInputs>(
        TInputs inputs, ReadOnlySpan<float> plus, ReadOnlySpan<float> minus, float reference, bool isPair, Span<float> current)
        where TInputs : struct, IInputs, allows ref struct
    {
        CrossbarLayout layout = Grid.Layout;
        current.Clear();
        for (int firstRow = 0; firstRow < layout.Rows; firstRow += Grid.ArrayRows)
        {
            int rows = Math.Min(Grid.ArrayRows, layout.Rows - firstRow);
            inputs.Take(firstRow, rows);
            for (int panel = 0; panel < layout.PanelCount; panel++)
            {
                int firstColumn = panel * CrossbarLayout.PanelWidth;
                int columns = Math.Min(CrossbarLayout.PanelWidth, layout.Columns - firstColumn);
                int firstCell = (panel * layout.PanelLength) + (firstRow * CrossbarLayout.PanelWidth);
                int cells = rows * CrossbarLayout.PanelWidth;
                Measure(ref inputs, plus.Slice(firstCell, cells), reference, columns, _plusPart);
                if (isPair)
                {
                    Measure(ref inputs, minus.Slice(firstCell, cells), reference, columns, _minusPart);
                    TensorPrimitives.Subtract<float>(_plusPart, _minusPart, _plusPart);
                }

                Span<float> sum = current.Slice(firstColumn, CrossbarLayout.PanelWidth);
                TensorPrimitives.Add(sum, _plusPart, sum);
            }
        }
    }

    /// <summary>Currents of one array, as its converter gives them.</summary>
    private void Measure<TInputs>(scoped ref TInputs inputs, ReadOnlySpan<float> cells, float reference, int columns, Span<float> part)
        where TInputs : struct, IInputs, allows ref struct
    {
        part.Clear();
        inputs.Accumulate(cells, reference, part);
        part[columns..].Clear();
        if (Options.OutputConverter is OutputConverter converter)
        {
            SaturatedOutputs += converter.Codes.Quantise(part, part, _outputRange);
            OutputConversions += columns;
        }
    }

    private void Convert(ReadOnlySpan<float> input)
    {
        RequireExtent.Length(input.Length, Grid.Layout.Rows, nameof(input));
        input.CopyTo(_input);
        if (Options.InputConverter is InputConverter converter)
        {
            SaturatedInputs += converter.Convert(_input, _input);
            InputConversions += input.Length;
        }

        PeripheryKernels.SinhAmplitude(_input, _input, Options.Nonlinearity);
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

    private ref struct DenseInputs(ReadOnlySpan<float> input) : IInputs
    {
        private readonly ReadOnlySpan<float> _input = input;
        private ReadOnlySpan<float> _tile;

        public void Take(int firstRow, int rows) => _tile = _input.Slice(firstRow, rows);

        public readonly void Accumulate(ReadOnlySpan<float> cells, float reference, Span<float> current) =>
            CrossbarKernels.Accumulate(cells, reference, _tile, current);
    }

    private ref struct SpikeInputs(ReadOnlySpan<ulong> spikes, Span<int> rowScratch) : IInputs
    {
        private readonly ReadOnlySpan<ulong> _spikes = spikes;
        private readonly Span<int> _rowScratch = rowScratch;
        private ActiveRows _tile;

        public void Take(int firstRow, int rows) => _tile = ActiveRows.FromSpikes(_spikes[(firstRow / 64)..], rows, _rowScratch);

        public readonly void Accumulate(ReadOnlySpan<float> cells, float reference, Span<float> current) =>
            CrossbarKernels.AccumulateSpikes(cells, reference, _tile, current);
    }
}
