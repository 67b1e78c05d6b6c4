using RramSnn.Kernels.Conductance;
using RramSnn.Kernels.Crossbar;
using RramSnn.Kernels.Memory;
using RramSnn.Kernels.Random;
using RramSnn.Model.Devices;

namespace RramSnn.Model.Crossbars;

/// <summary>One array of devices: its states and memories, how pulses change them, and how its devices differ.</summary>
internal sealed class DeviceArray
{
    private readonly Arena _arena;
    private readonly ArrayFields _fields;
    private readonly CrossbarLayout _layout;
    private readonly ArrayProgrammer _programmer;
    private readonly ArrayProgrammer? _common;
    private readonly ArrayVariation? _variation;

    /// <summary>An array in an arena.</summary>
    /// <param name="arena">The arena.</param>
    /// <param name="fields">Where the array lies in it.</param>
    /// <param name="layout">Shape and order.</param>
    /// <param name="programmer">Pulses of the array's own.</param>
    /// <param name="common">Pulses that it shares with its partner; null if there are none.</param>
    /// <param name="variability">How its devices differ.</param>
    internal DeviceArray(
        Arena arena, ArrayFields fields, CrossbarLayout layout, ArrayProgrammer programmer, ArrayProgrammer? common, DeviceVariability variability)
    {
        _arena = arena;
        _fields = fields;
        _layout = layout;
        _programmer = programmer;
        _common = common;
        _variation = fields.Variation is { } variation ? new ArrayVariation(arena, variation, variability) : null;
    }

    /// <summary>Whether devices differ from each other.</summary>
    internal bool Varies => _variation is not null;

    /// <summary>Normalised states in stored order.</summary>
    internal Span<float> States => _arena.Span(_fields.State);

    /// <summary>Draws what differs from device to device.</summary>
    internal void Draw(Device device, ulong seed, int array) => _variation?.Draw(new DeviceSampler(device, seed, array), device.Law, _layout);

    /// <inheritdoc cref="ArrayProgrammer.Place"/>
    internal void Place(int cell, float state) => _programmer.Place(Cells(new PanelRange(0, _layout.PanelCount)), cell, state);

    /// <summary>Resets devices of one row of a panel and writes them again.</summary>
    /// <param name="panel">The panel.</param>
    /// <param name="row">The word line.</param>
    /// <param name="targets">States to write, for the bit lines of the panel without padding; NaN leaves a device alone.</param>
    /// <param name="stream">Names the random numbers of this array and time.</param>
    internal RewriteCost Rewrite(int panel, int row, ReadOnlySpan<float> targets, RandomStream stream) =>
        _programmer.Rewrite(Cells(new PanelRange(panel, 1)), row, targets, stream, panel);

    /// <summary>Pulses for the devices of the active word lines of a run of panels.</summary>
    internal void Write(ActiveRows active, PanelRange panels, ReadOnlySpan<float> wish, RandomStream own, RandomStream common, PulseCounters counters)
    {
        ArrayCells cells = Cells(panels);
        _programmer.Program(cells, active, wish, own, panels.First, counters);
        _common?.Program(cells, active, wish, common, panels.First, counters);
    }

    /// <summary>Pulses that were counted elsewhere, for the devices of a run.</summary>
    /// <inheritdoc cref="PulseApplier.Apply"/>
    internal void Apply(PulseApplier applier, CellRun run, ReadOnlySpan<float> pulses, float sign, RandomStream stream, PulseCounters counters) =>
        applier.Apply(Variation(run), run.Of(States), pulses, sign, stream, run.FirstRow, run.FirstPanel, counters);

    /// <summary>The same before training: as for start states, no write is counted and nothing wears.</summary>
    /// <inheritdoc cref="PulseApplier.Apply"/>
    internal void Calibrate(PulseApplier applier, CellRun run, ReadOnlySpan<float> pulses, float sign, RandomStream stream, PulseCounters uncounted)
    {
        DeviceVariation unworn = Variation(run) with { WriteCounts = [], Endurance = 0f };
        applier.Apply(unworn, run.Of(States), pulses, sign, stream, run.FirstRow, run.FirstPanel, uncounted);
    }

    private DeviceVariation Variation(CellRun run) => _variation is null ? default : _variation.Of(run);

    /// <summary>Whether writes and the product after them can be one pass; for pairs both arrays have to agree.</summary>
    internal bool CanFuse => _programmer.CanFuse && _common is null && _variation is null;

    /// <summary><see cref="Write"/>, and in the same pass the product with the states just written, against a reference.</summary>
    internal void WriteAndAccumulate(
        ActiveRows active, PanelRange panels, ReadOnlySpan<float> wish, RandomStream own, PulseCounters counters, float reference, Span<float> current) =>
        _programmer.ProgramAndAccumulate(panels.Cells(States, _layout), active, wish, own, panels.First, counters, reference, current);

    /// <summary>The same for this plus array and the minus array of its pairs.</summary>
    internal void WriteAndAccumulate(
        DeviceArray minus, ActiveRows active, PanelRange panels, ReadOnlySpan<float> wish, ArrayStreams streams, PulseCounters counters, Span<float> current) =>
        _programmer.ProgramAndAccumulate(
            panels.Cells(States, _layout), minus._programmer, panels.Cells(minus.States, _layout), active, wish, streams.Plus, streams.Minus, panels.First, counters, current);

    private ArrayCells Cells(PanelRange panels) => new()
    {
        States = panels.Cells(States, _layout),
        Memories = _fields.Memory.Length == 0 ? [] : panels.Cells(_arena.Span(_fields.Memory), _layout),
        AreVaried = _variation is not null,
        Variation = _variation is null ? default : _variation.Of(panels, _layout),
    };
}
