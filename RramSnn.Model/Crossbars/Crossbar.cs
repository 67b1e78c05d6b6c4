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
    private const float Middle = CellStates.Reference;

    // A law may never reach its bound; so near to it counts as there.
    private const double LargestRewrite = 0.999;

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
        return WeightPerState * (Plus[index] - (Cell == SynapseCell.Pair ? Minus[index] : Middle));
    }

    /// <summary>Draws what differs from device to device; the arrays of a network are numbered, two to a layer.</summary>
    internal void DrawDevices(ulong seed, int layer)
    {
        _plus.Draw(_device, seed, 2 * layer);
        _minus?.Draw(_device, seed, (2 * layer) + 1);
    }

    /// <summary>Programs weights uniform on [-bound, bound], as far as the range allows; devices of a pair start around the middle.</summary>
    internal void Initialise(float bound, RandomStream stream)
    {
        // A pair splits the weight evenly: u± = ½ ± w/2W. A reference cell has u = ½ + w/2W. One-sided pairs use one device of the two.
        float reach = bound / (2f * WeightRange);
        float[] row = new float[Layout.PaddedColumns];
        for (int i = 0; i < Layout.Rows; i++)
        {
            RandomKernels.Uniform(row, stream.At((uint)i));
            for (int j = 0; j < Layout.Columns; j++)
            {
                float shift = Math.Clamp(((2f * row[j]) - 1f) * reach, -Middle, Middle);
                int index = Layout.IndexOf(i, j);
                if (_plan.Refresh is null)
                {
                    _plus.Program(index, Middle + shift);
                    _minus?.Program(index, Middle - shift);
                }
                else
                {
                    Rewrite(index, 2f * shift);
                }
            }
        }
    }

    /// <summary>When pairs are rewritten; null if they never are.</summary>
    internal RefreshSchedule? Refresh => _plan.Refresh;

    /// <summary>Reads all pairs of a panel, and resets and rewrites those where a device has passed the threshold.</summary>
    /// <returns>What that took; a rewritten pair takes two resets and one write of as many pulses as its weight needs.</returns>
    internal RefreshCost RefreshPanel(int panel, float threshold)
    {
        RefreshCost cost = new(Reads: 0, Writes: 0, Pulses: 0);
        int first = panel * CrossbarLayout.PanelWidth;
        int end = Math.Min(first + CrossbarLayout.PanelWidth, Layout.Columns);
        for (int row = 0; row < Layout.Rows; row++)
        {
            for (int column = first; column < end; column++)
            {
                int index = Layout.IndexOf(row, column);
                float plus = Plus[index];
                float minus = Minus[index];
                cost = cost with { Reads = cost.Reads + 2 };
                if (MathF.Max(plus, minus) > threshold)
                {
                    Rewrite(index, plus - minus);
                    double pulses = _plan.Law.PulsesBetween(0, Math.Min(Math.Abs((double)plus - minus), LargestRewrite));
                    cost = cost with { Writes = cost.Writes + 3, Pulses = cost.Pulses + 2 + pulses };
                }
            }
        }

        return cost;
    }

    /// <summary>Both devices to their lowest state, and the whole weight to one of them.</summary>
    private void Rewrite(int index, float difference)
    {
        _plus.Program(index, MathF.Max(difference, 0f));
        _minus!.Program(index, MathF.Max(-difference, 0f));
    }

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
}
