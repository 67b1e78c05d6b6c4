using RramSnn.Kernels.Crossbar;
using RramSnn.Kernels.Memory;
using RramSnn.Model.Crossbars;
using RramSnn.Model.Periphery;

namespace RramSnn.Model.Layers;

/// <summary>Currents of a layer's bit lines, as its arrays, wires and converters give them.</summary>
/// <remarks>
/// Wires leave a share of each device's conductance, which holds until it is worked out anew. The shares of the training are part of its
/// lasting state, so that an interrupted run goes on with them; those of a measurement are made at its start and change nothing.
/// </remarks>
internal sealed class LayerProduct
{
    private readonly Arena _arena;
    private readonly LayerFields _fields;
    private readonly Crossbar _crossbar;
    private readonly int _index;
    private readonly ulong _seed;
    private readonly NetworkPeriphery _periphery;
    private readonly float _readNoise;

    internal LayerProduct(Arena arena, LayerFields fields, int index, NetworkOptions options, Crossbar crossbar)
    {
        _arena = arena;
        _fields = fields;
        _crossbar = crossbar;
        _index = index;
        _seed = options.Seed;
        _periphery = options.Periphery;

        // Where both arrays of a pair are one sum, their noises are one draw.
        bool isOneDraw = !_periphery.HasArrays && options.Cell == SynapseCell.Pair;
        _readNoise = (float)options.Variability.ReadNoise * MathF.Sqrt((isOneDraw ? 2f : 1f) + crossbar.Unit.ReadNoisePower);
    }

    internal bool HasReadNoise => _readNoise != 0f;

    /// <summary>Currents converted so far while learning.</summary>
    internal ReadOnlySpan<long> ConversionTotal => _arena.Span(_fields.Conversions);

    /// <summary>How many of them were saturated.</summary>
    internal ReadOnlySpan<long> SaturatedTotal => _arena.Span(_fields.SaturatedConversions);

    /// <summary>Computes the currents of a run of panels; the span holds the whole layer.</summary>
    internal void Compute(LayerInput input, in StepContext step, PanelRange panels, WorkerScratch scratch, Span<float> current)
    {
        BitLineNoise noise = _readNoise == 0f ? default : new(_readNoise, RandomPurposes.ReadNoise(_seed, step.Learns, _index, step.Time));
        CellStates states = States(step.Measures);
        if (scratch.Product(_index) is { } product)
        {
            product.Compute(input, states, noise, panels, current);
            return;
        }

        ActiveRows active = input.HasAmplitudes
            ? ActiveRows.FromTrace(input.Driven, _crossbar.Layout.Rows, scratch.Rows, scratch.Values)
            : ActiveRows.FromSpikes(input.Spikes, _crossbar.Layout.Rows, scratch.Rows);
        panels.Columns(current).Clear();
        Accumulate(states, active, input.HasAmplitudes, panels, panels.Columns(current));
        _crossbar.Unit.Accumulate(active, panels, current);
        float power = noise.IsNone ? 0f : BitLineNoise.Power(active);
        for (int panel = panels.First; panel < panels.First + panels.Count; panel++)
        {
            noise.AddTo(power, (uint)panel, new PanelRange(panel, 1).Columns(current));
        }
    }

    /// <summary>Works out what wires leave of one worker's part of the arrays, one whole array after the other. Nothing happens without wires.</summary>
    /// <param name="measures">Whether for a measurement or for the training.</param>
    /// <param name="worker">The worker.</param>
    /// <param name="workers">How many of them share the arrays.</param>
    /// <param name="scratch">The worker's memory.</param>
    internal void WorkOutWires(bool measures, int worker, int workers, WorkerScratch scratch)
    {
        if (scratch.Wires(_index) is not { } wires)
        {
            return;
        }

        TileGrid grid = wires.Grid;
        int tiles = grid.RowTiles * grid.ColumnTiles;
        int arrays = tiles * (_crossbar.Cell == SynapseCell.Pair ? 2 : 1);
        for (int array = worker; array < arrays; array += workers)
        {
            bool isPlus = array < tiles;
            Tile tile = grid[array % tiles / grid.ColumnTiles, array % tiles % grid.ColumnTiles];
            Span<float> attenuations = _arena.Span(isPlus ? PlusAttenuation(measures) : MinusAttenuation(measures));
            wires.Attenuate(tile, isPlus ? _crossbar.Plus : _crossbar.Minus, attenuations, _periphery.WireModel);
        }
    }

    /// <summary>Moves the sample's conversion counts to the totals.</summary>
    internal void CountConversions(PanelRange panels, WorkerScratch scratch)
    {
        if (_periphery.AdcBits is null || scratch.Product(_index) is not { } product)
        {
            return;
        }

        for (int panel = panels.First; panel < panels.First + panels.Count; panel++)
        {
            (long conversions, long saturated) = product.Counts(panel);
            _arena.Span(_fields.Conversions)[panel] += conversions;
            _arena.Span(_fields.SaturatedConversions)[panel] += saturated;
        }
    }

    private void Accumulate(CellStates states, ActiveRows active, bool hasValues, PanelRange panels, Span<float> current)
    {
        ReadOnlySpan<float> plus = panels.Cells(states.Plus, _crossbar.Layout);
        ReadOnlySpan<float> minus = states.IsPair ? panels.Cells(states.Minus, _crossbar.Layout) : [];
        switch (states.IsPair, hasValues)
        {
            case (true, false):
                CrossbarKernels.AccumulateSpikes(plus, minus, active, current);
                break;
            case (true, true):
                CrossbarKernels.AccumulateActive(plus, minus, active, current);
                break;
            case (false, false):
                CrossbarKernels.AccumulateSpikes(plus, states.Reference, active, current);
                break;
            default:
                CrossbarKernels.AccumulateActive(plus, states.Reference, active, current);
                break;
        }
    }

    private CellStates States(bool measures) => _periphery.HasWires
        ? new CellStates
        {
            Reference = _crossbar.Rest,
            Plus = _crossbar.Plus,
            Minus = _crossbar.Minus,
            PlusAttenuation = _arena.Span(PlusAttenuation(measures)),
            MinusAttenuation = _crossbar.Cell == SynapseCell.Pair ? _arena.Span(MinusAttenuation(measures)) : [],
        }
        : new CellStates { Reference = _crossbar.Rest, Plus = _crossbar.Plus, Minus = _crossbar.Minus };

    private Field<float> PlusAttenuation(bool measures) => measures ? _fields.MeasuredPlus : _fields.AttenuationPlus;

    private Field<float> MinusAttenuation(bool measures) => measures ? _fields.MeasuredMinus : _fields.AttenuationMinus;
}
