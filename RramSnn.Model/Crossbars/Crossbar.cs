using System.Numerics.Tensors;
using RramSnn.Kernels.Conductance;
using RramSnn.Kernels.Crossbar;
using RramSnn.Kernels.Memory;
using RramSnn.Kernels.Random;
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
        _plus = Array(fields.Plus, plan.Plus);
        _minus = Cell == SynapseCell.Pair ? Array(fields.Minus, plan.Minus) : null;

        DeviceArray Array(ArrayFields array, PulseRule rule) =>
            new(arena, array, Layout, Programmer(rule), plan.Common is null ? null : Programmer(plan.Common), device.Variability);

        ArrayProgrammer Programmer(PulseRule rule) => rule.CreateProgrammer(plan.Law, options.Pulses, device.Variability);
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

    /// <summary>Devices on this crossbar, without padding.</summary>
    public long DeviceCount => (long)Layout.Rows * Layout.Columns * (Cell == SynapseCell.Pair ? 2 : 1);

    /// <summary>Normalised states u⁺ (of a reference cell: u) in stored order.</summary>
    public Span<float> Plus => _plus.States;

    /// <summary>Normalised states u⁻ in stored order; empty for a reference cell.</summary>
    public Span<float> Minus => _minus is null ? [] : _minus.States;

    /// <summary>The weight of a synapse.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such synapse.</exception>
    public float Weight(int row, int column)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(column, Layout.Columns);
        int index = Layout.IndexOf(row, column);
        return WeightPerState * (Plus[index] - (Cell == SynapseCell.Pair ? Minus[index] : Rest));
    }

    /// <summary>Draws what differs from device to device; the arrays of a network are numbered, two to a layer.</summary>
    internal void DrawDevices(ulong seed, int layer)
    {
        _plus.Draw(_device, seed, 2 * layer);
        _minus?.Draw(_device, seed, (2 * layer) + 1);
    }

    /// <summary>Programs weights uniform on [-bound, bound], as far as the range allows; devices of a pair start around the middle.</summary>
    internal void Initialise(float bound, RandomStream stream, ArrayStreams rewriting)
    {
        // A pair splits the weight evenly: u± = rest ± w/2W. A reference cell has u = rest + w/2W. One-sided pairs use one device of the two.
        float reach = bound / (2f * WeightRange);
        float[] row = new float[Layout.PaddedColumns];
        for (int i = 0; i < Layout.Rows; i++)
        {
            RandomKernels.Uniform(row, stream.At((uint)i));
            for (int j = 0; j < Layout.Columns; j++)
            {
                row[j] = Math.Clamp(((2f * row[j]) - 1f) * reach, -0.5f, 0.5f);
                if (_plan.Refresh is null)
                {
                    int index = Layout.IndexOf(i, j);
                    _plus.Place(index, Math.Clamp(Rest + row[j], 0f, 1f));
                    _minus?.Place(index, Math.Clamp(Rest - row[j], 0f, 1f));
                }
                else
                {
                    row[j] *= 2f;
                }
            }

            for (int panel = 0; _plan.Refresh is not null && panel < Layout.PanelCount; panel++)
            {
                Rewrite(panel, i, row.AsSpan(panel * CrossbarLayout.PanelWidth, ColumnsOf(panel)), rewriting);
            }
        }
    }

    /// <summary>When pairs are rewritten; null if they never are.</summary>
    internal RefreshSchedule? Refresh => _plan.Refresh;

    /// <summary>Reads all pairs of a panel, and resets and rewrites those where a device has passed the threshold.</summary>
    /// <returns>What that took; a rewritten pair takes two resets and one write of as many pulses as its weight needs.</returns>
    internal RefreshCost RefreshPanel(int panel, float threshold, ArrayStreams streams)
    {
        Span<float> differences = stackalloc float[CrossbarLayout.PanelWidth];
        differences = differences[..ColumnsOf(panel)];
        RewriteCost cost = default;
        for (int row = 0; row < Layout.Rows; row++)
        {
            int first = Layout.IndexOf(row, panel * CrossbarLayout.PanelWidth);
            bool isAnyFull = false;
            for (int column = 0; column < differences.Length; column++)
            {
                float plus = Plus[first + column];
                float minus = Minus[first + column];
                bool isFull = MathF.Max(plus, minus) > threshold;
                differences[column] = isFull ? plus - minus : float.NaN;
                isAnyFull |= isFull;
            }

            if (isAnyFull)
            {
                cost += Rewrite(panel, row, differences, streams);
            }
        }

        return new RefreshCost(2L * Layout.Rows * differences.Length, cost.Writes, cost.Pulses);
    }

    /// <summary>Both devices of pairs to their lowest state, and the whole weight to one of them.</summary>
    /// <param name="panel">The panel.</param>
    /// <param name="row">The word line.</param>
    /// <param name="differences">Difference of the states that each pair shall have; NaN leaves it alone.</param>
    /// <param name="streams">Random numbers of the time.</param>
    private RewriteCost Rewrite(int panel, int row, ReadOnlySpan<float> differences, ArrayStreams streams)
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

    private int ColumnsOf(int panel) => Math.Min(CrossbarLayout.PanelWidth, Layout.Columns - (panel * CrossbarLayout.PanelWidth));

    /// <summary>Multiplies every state by a factor.</summary>
    internal void Scale(float factor)
    {
        TensorPrimitives.Multiply(Plus, factor, Plus);
        TensorPrimitives.Multiply(Minus, factor, Minus);
    }

    /// <summary>Writes the devices of the active word lines of a run of panels; all spans hold the whole layer.</summary>
    internal void Write(ActiveRows active, PanelRange panels, ReadOnlySpan<float> wish, ArrayStreams streams, PulseCounters counters)
    {
        ReadOnlySpan<float> panelWish = panels.Columns(wish);
        PulseCounters panelCounters = new(panels.Columns(counters.Pulses), panels.Columns(counters.Writes), panels.Columns(counters.Reads));
        _plus.Write(active, panels, panelWish, streams.Plus, streams.Common, panelCounters);
        _minus?.Write(active, panels, panelWish, streams.Minus, streams.Common, panelCounters);
    }

    /// <summary>Whether a write and the product after it can be one pass over memory.</summary>
    internal bool CanFuse => (_minus ?? _plus).CanFuse;

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
        for (int panel = panels.First; panel < panels.First + panels.Count; panel++)
        {
            // Panel by panel, so that the plus array is still in the cache when the minus array is multiplied.
            PanelRange one = new(panel, 1);
            PulseCounters panelCounters = new(one.Columns(counters.Pulses), one.Columns(counters.Writes), one.Columns(counters.Reads));
            if (_minus is null)
            {
                _plus.WriteAndAccumulate(active, one, one.Columns(wish), streams.Plus, panelCounters, [], Rest, one.Columns(current));
            }
            else
            {
                _plus.Write(active, one, one.Columns(wish), streams.Plus, streams.Common, panelCounters);
                ReadOnlySpan<float> plus = one.Cells(Plus, Layout);
                _minus.WriteAndAccumulate(active, one, one.Columns(wish), streams.Minus, panelCounters, plus, 0f, one.Columns(current));
            }
        }
    }

    /// <summary>Programs weights, row-major, as far as the devices allow.</summary>
    internal void Program(ReadOnlySpan<float> weights)
    {
        for (int i = 0; i < Layout.Rows; i++)
        {
            for (int j = 0; j < Layout.Columns; j++)
            {
                Place(Layout.IndexOf(i, j), weights[(i * Layout.Columns) + j] / (2f * WeightRange));
            }
        }
    }

    /// <summary>Programs one weight of half a difference of states: split between the devices of a pair, or all of it to one if both rest at 0.</summary>
    private void Place(int index, float half)
    {
        bool isOneSided = _plan.Refresh is not null;
        _plus.Place(index, isOneSided ? MathF.Max(2f * half, 0f) : Math.Clamp(Rest + half, 0f, 1f));
        _minus?.Place(index, isOneSided ? MathF.Max(-2f * half, 0f) : Math.Clamp(Rest - half, 0f, 1f));
    }
}
