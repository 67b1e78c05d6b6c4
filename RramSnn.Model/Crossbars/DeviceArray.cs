using RramSnn.Kernels.Conductance;
using RramSnn.Kernels.Crossbar;
using RramSnn.Kernels.Memory;
using RramSnn.Kernels.Random;
using RramSnn.Model.Devices;

namespace RramSnn.Model.Crossbars;

/// <summary>One array of devices: its states, how pulses change them, and how its devices differ.</summary>
internal sealed class DeviceArray
{
    private readonly Arena _arena;
    private readonly ArrayFields _fields;
    private readonly CrossbarLayout _layout;
    private readonly ArrayProgrammer _programmer;
    private readonly ArrayVariation? _variation;

    internal DeviceArray(Arena arena, ArrayFields fields, CrossbarLayout layout, ArrayProgrammer programmer, DeviceVariability variability)
    {
        _arena = arena;
        _fields = fields;
        _layout = layout;
        _programmer = programmer;
        _variation = fields.Variation is { } variation ? new ArrayVariation(arena, variation, variability) : null;
    }

    /// <summary>Normalised states in stored order.</summary>
    internal Span<float> States => _arena.Span(_fields.State);

    /// <summary>Draws what differs from device to device.</summary>
    internal void Draw(DeviceSampler sampler, DeviceLaw law, ulong seed, int array) => _variation?.Draw(sampler, law, _layout, seed, array);

    /// <summary>Brings a device to the state nearest to the wished one, before training.</summary>
    internal void Program(int cell, float state) => States[cell] = _variation is null ? state : _variation.Nearest(cell, state);

    /// <summary>Pulses for the devices of the active word lines of a run of panels.</summary>
    internal void Write(ActiveRows active, PanelRange panels, ReadOnlySpan<float> wish, RandomStream stream, PulseCounters counters)
    {
        Span<float> states = panels.Cells(States, _layout);
        if (_variation is null)
        {
            _programmer.Program(states, active, wish, stream, panels.First, counters);
        }
        else
        {
            _programmer.Program(_variation.Of(panels, _layout), states, active, wish, stream, panels.First, counters);
        }
    }
}
