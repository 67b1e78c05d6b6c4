using RramSnn.Kernels.Crossbar;
using RramSnn.Kernels.Memory;
using RramSnn.Model.Devices;

namespace RramSnn.Model.Crossbars.Units;

/// <summary>What an update method needs beside the devices of its synapses: work between samples, digital memory, devices of its own.</summary>
/// <remarks>A plan describes it; for every crossbar it adds the memory to the arena and makes the <see cref="UpdateUnit"/> that does the work.</remarks>
public abstract record UnitPlan
{
    private protected UnitPlan()
    {
    }

    /// <summary>Devices per synapse beside those of the cell.</summary>
    public virtual int ExtraDevices => 0;

    /// <summary>32-bit numbers per synapse in digital memory.</summary>
    public virtual int DigitalWords => 0;

    /// <summary>Whether start weights are carried by one device of a pair alone.</summary>
    internal virtual bool StartsOneSided => false;

    /// <summary>Whether devices beside those of the cell are part of the weight.</summary>
    internal virtual bool AddsToWeight => false;

    /// <summary>Adds the unit's memory to the layout table.</summary>
    /// <returns>Makes the unit of the crossbar in the finished arena.</returns>
    internal abstract Func<Arena, Crossbar, UpdateUnit> AddTo(ArenaLayout arena, string prefix, CrossbarLayout layout, Device device);
}
