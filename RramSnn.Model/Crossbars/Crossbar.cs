using RramSnn.Kernels.Conductance;
using RramSnn.Kernels.Crossbar;
using RramSnn.Kernels.Memory;
using RramSnn.Kernels.Random;
using RramSnn.Model.Devices;

namespace RramSnn.Model.Crossbars;

/// <summary>The devices of one layer: word lines are inputs, bit lines are neurons.</summary>
public sealed class Crossbar
{
    private const float Middle = 0.5f;

    private readonly Arena _arena;
    private readonly ArrayProgrammer _plus;
    private readonly ArrayProgrammer _minus;
    private readonly CrossbarFields _fields;

    internal Crossbar(Arena arena, CrossbarFields fields, SynapseCell cell, PulsePlan plan, PulseMode mode, float weightRange)
    {
        _arena = arena;
        _fields = fields;
        _plus = plan.Plus.CreateProgrammer(plan.Law, mode);
        _minus = plan.Minus.CreateProgrammer(plan.Law, mode);
        Cell = cell;
        WeightRange = weightRange;
    }

    /// <summary>Shape and order in memory.</summary>
    public CrossbarLayout Layout => _fields.Layout;

    /// <summary>How devices make a weight.</summary>
    public SynapseCell Cell { get; }

    /// <summary>W: weights lie in [-W, W].</summary>
    public float WeightRange { get; }

    /// <summary>The weight that a difference of one unit of state makes: W for a pair, 2W against a reference.</summary>
    public float WeightPerState => Cell == SynapseCell.Pair ? WeightRange : 2f * WeightRange;

    /// <summary>Devices on this crossbar, without padding.</summary>
    public long DeviceCount => (long)Layout.Rows * Layout.Columns * (Cell == SynapseCell.Pair ? 2 : 1);

    /// <summary>Normalised states u⁺ (of a reference cell: u) in stored order.</summary>
    public Span<float> Plus => _arena.Span(_fields.Plus);

    /// <summary>Normalised states u⁻ in stored order; empty for a reference cell.</summary>
    public Span<float> Minus => Cell == SynapseCell.Pair ? _arena.Span(_fields.Minus) : [];

    /// <summary>The weight of a synapse.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such synapse.</exception>
    public float Weight(int row, int column)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(column, Layout.Columns);
        int index = Layout.IndexOf(row, column);
        return WeightPerState * (Plus[index] - (Cell == SynapseCell.Pair ? Minus[index] : Middle));
    }

    /// <summary>Programs weights uniform on [-bound, bound], as far as the range allows; devices of a pair start around the middle.</summary>
    internal void Initialise(float bound, RandomStream stream)
    {
        // A pair splits the weight evenly: u± = ½ ± w/2W. A reference cell has u = ½ + w/2W.
        float reach = bound / (2f * WeightRange);
        float[] row = new float[Layout.PaddedColumns];
        for (int i = 0; i < Layout.Rows; i++)
        {
            RandomKernels.Uniform(row, stream.At((uint)i));
            for (int j = 0; j < Layout.Columns; j++)
            {
                float shift = Math.Clamp(((2f * row[j]) - 1f) * reach, -Middle, Middle);
                int index = Layout.IndexOf(i, j);
                Plus[index] = Middle + shift;
                if (Cell == SynapseCell.Pair)
                {
                    Minus[index] = Middle - shift;
                }
            }
        }
    }

    /// <summary>Adds the states of the active word lines to the currents of a run of panels.</summary>
    internal void Accumulate(ActiveRows active, PanelRange panels, Span<float> current)
    {
        if (Cell == SynapseCell.Pair)
        {
            CrossbarKernels.AccumulateSpikes(panels.Cells(Plus, Layout), panels.Cells(Minus, Layout), active, panels.Columns(current));
        }
        else
        {
            CrossbarKernels.AccumulateSpikes(panels.Cells(Plus, Layout), Middle, active, panels.Columns(current));
        }
    }

    /// <summary>Writes the devices of the active word lines of a run of panels; all spans hold the whole layer.</summary>
    internal void Write(ActiveRows active, PanelRange panels, ReadOnlySpan<float> wish, ArrayStreams streams, PulseCounters counters)
    {
        ReadOnlySpan<float> panelWish = panels.Columns(wish);
        PulseCounters panelCounters = new(panels.Columns(counters.Pulses), panels.Columns(counters.Writes), panels.Columns(counters.Reads));
        _plus.Program(panels.Cells(Plus, Layout), active, panelWish, streams.Plus, panels.First, panelCounters);
        if (Cell == SynapseCell.Pair)
        {
            _minus.Program(panels.Cells(Minus, Layout), active, panelWish, streams.Minus, panels.First, panelCounters);
        }
    }
}
