using System.Globalization;
using System.Numerics.Tensors;
using RramSnn.Kernels.Conductance;
using RramSnn.Kernels.Crossbar;
using RramSnn.Kernels.Memory;
using RramSnn.Kernels.Random;
using RramSnn.Model.Crossbars.Units;
using RramSnn.Model.Devices;
using RramSnn.Model.Layers;

namespace RramSnn.Model.Crossbars;

/// <summary>The devices of one layer: word lines are inputs, bit lines are neurons.</summary>
public sealed class Crossbar
{
    private readonly DeviceArray _plus;
    private readonly DeviceArray? _minus;
    private readonly PulsePlan _plan;
    private readonly Device _device;
    private readonly NetworkOptions _options;

    /// <summary>A crossbar in an arena.</summary>
    /// <param name="arena">The arena.</param>
    /// <param name="fields">Where the crossbar lies in it.</param>
    /// <param name="plan">What the update method decided.</param>
    /// <param name="device">The device as it is simulated: with the plan's law and the network's variability.</param>
    /// <param name="options">The network's options.</param>
    internal Crossbar(Arena arena, CrossbarFields fields, PulsePlan plan, Device device, NetworkOptions options)
    {
        _plan = plan;
        _device = device;
        Layout = fields.Layout;
        Cell = options.Cell;
        WeightRange = options.WeightRange;
        _options = options;
        _plus = CreateArray(arena, fields.Plus, plan.Plus, plan.Common);
        _minus = Cell == SynapseCell.Pair ? CreateArray(arena, fields.Minus, plan.Minus, plan.Common) : null;
        Unit = fields.CreateUnit(arena, this);
    }

    /// <summary>Shape and order in memory.</summary>
    public CrossbarLayout Layout { get; }

    /// <summary>How devices make a weight.</summary>
    public SynapseCell Cell { get; }

    /// <summary>W: weights lie in [-W, W].</summary>
    public float WeightRange { get; }

    /// <summary>State of a weight of zero: where both devices of a pair start from, and the reference of a single device.</summary>
    public float Rest => (float)_plan.Rest;

    /// <summary>The weight that a difference of one unit of state makes: W for a pair, 2W against a reference.</summary>
    public float WeightPerState => Cell == SynapseCell.Pair ? WeightRange : 2f * WeightRange;

    /// <summary>Devices on this crossbar, without padding: those of the synapses and the update method's own.</summary>
    public long DeviceCount => ((long)Layout.Rows * Layout.Columns * (Cell == SynapseCell.Pair ? 2 : 1)) + ExtraDeviceCount;

    /// <summary>Devices that the update method needs beside those of the synapses.</summary>
    public long ExtraDeviceCount => (long)Layout.Rows * Layout.Columns * (_plan.Unit?.ExtraDevices ?? 0);

    /// <summary>Normalised states u⁺ (of a reference cell: u) in stored order.</summary>
    public Span<float> Plus => _plus.States;

    /// <summary>Normalised states u⁻ in stored order; empty for a reference cell.</summary>
    public Span<float> Minus => _minus is null ? [] : _minus.States;

    /// <summary>Whether wishes become pulses at once, and that is all there is to do.</summary>
    internal bool WritesAtOnce => _plan.Unit is null;

    /// <summary>Turns wishes into pulses.</summary>
    internal UpdateUnit Unit { get; }

    /// <summary>The law that pulses obey.</summary>
    internal DeviceLaw Law => _plan.Law;

    /// <summary>N of the device.</summary>
    internal double PulsesPerRange => _device.PulsesPerRange;

    /// <summary>How pulses are counted.</summary>
    internal PulseMode Pulses => _options.Pulses;

    /// <summary>The devices that count positively.</summary>
    internal DeviceArray PlusArray => _plus;

    /// <summary>The devices that count negatively; null for a reference cell.</summary>
    internal DeviceArray? MinusArray => _minus;

    /// <summary>The weight of a synapse.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such synapse.</exception>
    public float Weight(int row, int column)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(column, Layout.Columns);
        int index = Layout.IndexOf(row, column);
        return WeightPerState * (Plus[index] - (Cell == SynapseCell.Pair ? Minus[index] : Rest) + Unit.StateOf(index));
    }

    /// <summary>
    /// Programs weights, as an ideal write-and-verify would: every device comes as near to the state that its weight needs as it can be. Pulses are not counted.
    /// </summary>
    /// <param name="weights">Wished weights, row-major [inputs, neurons].</param>
    /// <remarks>
    /// A pair takes u± = c ± w/2W with c as near to <see cref="Rest"/> as both states allow; a pair that is written one-sidedly takes max(±w/W, 0); a device
    /// against a reference takes rest + w/2W. <see cref="Weight"/> then tells what became of it: a rounding of the states, and more where devices cannot
    /// hold every state.
    /// </remarks>
    /// <exception cref="ArgumentException">The number of weights is not that of the synapses, or a weight lies outside the range.</exception>
    public void Program(ReadOnlySpan<float> weights)
    {
        if (weights.Length != Layout.Rows * Layout.Columns)
        {
            throw new ArgumentException($"weights has {weights.Length} elements; expected {Layout.Rows} x {Layout.Columns}.", nameof(weights));
        }

        float lowest = Cell == SynapseCell.Pair ? -WeightRange : -WeightPerState * Rest;
        float highest = Cell == SynapseCell.Pair ? WeightRange : WeightPerState * (1f - Rest);
        foreach (float weight in weights)
        {
            Require.That(weight >= lowest && weight <= highest, weight, string.Create(CultureInfo.InvariantCulture, $"{lowest} to {highest}, what the weight range allows"), nameof(weights));
        }

        for (int i = 0; i < Layout.Rows; i++)
        {
            for (int j = 0; j < Layout.Columns; j++)
            {
                Program(Layout.IndexOf(i, j), weights[(i * Layout.Columns) + j] / WeightPerState);
            }
        }
    }

    /// <summary>An array of the same devices.</summary>
    internal DeviceArray CreateArray(Arena arena, ArrayFields fields, PulseRule rule, PulseRule? common)
    {
        return new(arena, fields, Layout, Programmer(rule), common is null ? null : Programmer(common), _device.Variability);

        ArrayProgrammer Programmer(PulseRule rule) => rule.CreateProgrammer(_plan.Law, _options.Pulses, _device.Variability);
    }

    /// <inheritdoc cref="DeviceLaw.CreateApplier"/>
    internal PulseApplier CreateApplier(PulseMode mode) => _plan.Law.CreateApplier(mode, _device.Variability);

    /// <summary>Draws what differs from device to device; the arrays of a network are numbered, two to a layer.</summary>
    internal void DrawDevices(ulong seed, int layer)
    {
        Draw(_plus, seed, 2 * layer);
        _minus?.Draw(_device, seed, (2 * layer) + 1);
        Unit.Initialise(seed, layer);
    }

    /// <inheritdoc cref="DeviceArray.Draw"/>
    internal void Draw(DeviceArray array, ulong seed, int number) => array.Draw(_device, seed, number);

    /// <summary>Programs weights uniform on [-bound, bound], as far as the range allows; devices of a pair start around the middle.</summary>
    internal void Initialise(float bound, RandomStream stream, ArrayStreams rewriting)
    {
        // A pair splits the weight evenly: u± = rest ± w/2W. A reference cell has u = rest + w/2W. One-sided pairs use one device of the two.
        float reach = bound / (2f * WeightRange);
        bool isOneSided = _plan.Unit is { StartsOneSided: true };
        float[] row = new float[Layout.PaddedColumns];
        for (int i = 0; i < Layout.Rows; i++)
        {
            RandomKernels.Uniform(row, stream.At((uint)i));
            for (int j = 0; j < Layout.Columns; j++)
            {
                row[j] = Math.Clamp(((2f * row[j]) - 1f) * reach, -0.5f, 0.5f);
                if (isOneSided)
                {
                    row[j] *= 2f;
                }
                else
                {
                    int index = Layout.IndexOf(i, j);
                    _plus.Place(index, Math.Clamp(Rest + row[j], 0f, 1f));
                    _minus?.Place(index, Math.Clamp(Rest - row[j], 0f, 1f));
                }
            }

            for (int panel = 0; isOneSided && panel < Layout.PanelCount; panel++)
            {
                Rewrite(panel, i, row.AsSpan(panel * CrossbarLayout.PanelWidth, ColumnsOf(panel)), rewriting);
            }
        }
    }

    /// <summary>Both devices of pairs to their lowest state, and the whole weight to one of them.</summary>
    /// <param name="panel">The panel.</param>
    /// <param name="row">The word line.</param>
    /// <param name="differences">Difference of the states that each pair shall have; NaN leaves it alone.</param>
    /// <param name="streams">Random numbers of the time.</param>
    internal RewriteCost Rewrite(int panel, int row, ReadOnlySpan<float> differences, ArrayStreams streams)
    {
        Span<float> plus = stackalloc float[CrossbarLayout.PanelWidth];
        Span<float> minus = stackalloc float[CrossbarLayout.PanelWidth];
        for (int column = 0; column < differences.Length; column++)
        {
            // NaN stays NaN.
            plus[column] = MathF.Max(differences[column], 0f);
            minus[column] = MathF.Max(-differences[column], 0f);
        }

        return _plus.Rewrite(panel, row, plus[..differences.Length], streams.Plus) + _minus!.Rewrite(panel, row, minus[..differences.Length], streams.Minus);
    }

    /// <summary>Bit lines of a panel without padding.</summary>
    internal int ColumnsOf(int panel) => Math.Min(CrossbarLayout.PanelWidth, Layout.Columns - (panel * CrossbarLayout.PanelWidth));

    /// <summary>Gives a synapse a difference of states.</summary>
    private void Program(int cell, float difference)
    {
        float half = difference / 2f;
        (float plus, float minus) = (Cell, _plan.Unit is { StartsOneSided: true }) switch
        {
            (SynapseCell.Reference, _) => (Rest + difference, 0f),
            (_, true) => (MathF.Max(difference, 0f), MathF.Max(-difference, 0f)),
            _ => Around(Math.Clamp(Rest, MathF.Abs(half), 1f - MathF.Abs(half))),
        };
        _plus.Place(cell, Math.Clamp(plus, 0f, 1f));
        _minus?.Place(cell, Math.Clamp(minus, 0f, 1f));

        (float, float) Around(float centre) => (centre + half, centre - half);
    }

    /// <summary>Multiplies every state by a factor.</summary>
    internal void Scale(float factor)
    {
        TensorPrimitives.Multiply(Plus, factor, Plus);
        TensorPrimitives.Multiply(Minus, factor, Minus);
        Unit.Scale(factor);
    }

    /// <summary>Writes the devices of the active word lines of a run of panels; all spans hold the whole layer.</summary>
    internal void Write(ActiveRows active, PanelRange panels, ReadOnlySpan<float> wish, ArrayStreams streams, PulseCounters counters)
    {
        ReadOnlySpan<float> panelWish = panels.Columns(wish);
        PulseCounters panelCounters = panels.Columns(counters);
        _plus.Write(active, panels, panelWish, streams.Plus, streams.Common, panelCounters);
        _minus?.Write(active, panels, panelWish, streams.Minus, streams.Common, panelCounters);
    }

    /// <summary>Whether a write and the product after it can be one pass over memory.</summary>
    internal bool CanFuse => WritesAtOnce && _plus.CanFuse && (_minus is null || _minus.CanFuse);

    /// <summary><see cref="Write"/>, and the product with the states just written, added to the currents.</summary>
    /// <param name="active">Word lines with a trace or an input, from <see cref="ActiveRows.FromTraceAndInput"/>.</param>
    /// <param name="panels">The panels.</param>
    /// <param name="wish">Wishes of the whole layer.</param>
    /// <param name="streams">Random numbers of the step.</param>
    /// <param name="counters">Counters of the whole layer.</param>
    /// <param name="current">Currents of the whole layer.</param>
    internal void WriteAndAccumulate(
        ActiveRows active, PanelRange panels, ReadOnlySpan<float> wish, ArrayStreams streams, PulseCounters counters, Span<float> current)
    {
        ReadOnlySpan<float> panelWish = panels.Columns(wish);
        PulseCounters panelCounters = panels.Columns(counters);
        Span<float> panelCurrent = panels.Columns(current);
        if (_minus is null)
        {
            _plus.WriteAndAccumulate(active, panels, panelWish, streams.Plus, panelCounters, Rest, panelCurrent);
        }
        else
        {
            _plus.WriteAndAccumulate(_minus, active, panels, panelWish, streams, panelCounters, panelCurrent);
        }
    }
}
