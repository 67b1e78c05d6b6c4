using RramSnn.Kernels.Crossbar;
using RramSnn.Kernels.Memory;
using RramSnn.Kernels.Random;
using RramSnn.Model.Crossbars.Units;
using RramSnn.Model.Devices;

namespace RramSnn.Model.Crossbars;

/// <summary>Where a crossbar lies in its network's arena.</summary>
/// <param name="Layout">Shape and order.</param>
/// <param name="Plus">The devices that count positively.</param>
/// <param name="Minus">The devices that count negatively; of no meaning for a reference cell.</param>
/// <param name="CreateUnit">Makes the unit that drives the crossbar.</param>
internal readonly record struct CrossbarFields(CrossbarLayout Layout, ArrayFields Plus, ArrayFields Minus, Func<Arena, Crossbar, UpdateUnit> CreateUnit)
{
    internal static CrossbarFields AddTo(ArenaLayout arena, string prefix, CrossbarLayout layout, SynapseCell cell, PulsePlan plan, Device device)
    {
        return new(
            layout,
            ArrayFields.AddTo(arena, prefix, "plus", layout, device),
            cell == SynapseCell.Pair ? ArrayFields.AddTo(arena, prefix, "minus", layout, device) : default,
            plan.Unit is null ? static (_, crossbar) => new UpdateUnit(crossbar) : plan.Unit.AddTo(arena, prefix, layout, device));
    }
}

/// <summary>Where one array of devices lies.</summary>
/// <param name="State">Normalised states.</param>
/// <param name="Memory">What devices remember besides; of length 0 if they do not.</param>
/// <param name="Variation">What differs from device to device; null if nothing does.</param>
internal readonly record struct ArrayFields(Field<float> State, Field<float> Memory, VariationFields? Variation)
{
    internal static ArrayFields AddTo(ArenaLayout arena, string prefix, string name, CrossbarLayout layout, Device device) => new(
        layout.AddTo(arena, $"{prefix}.conductance_{name}", FieldRole.Persistent),
        device.Law.HasMemory ? layout.AddTo(arena, $"{prefix}.memory_{name}", FieldRole.Persistent) : default,
        VariationFields.AddTo(arena, $"{prefix}.device_{name}", layout, device));
}

/// <summary>Random numbers of a crossbar's two arrays in one step, of the pulses that both get, and of its unit's own devices.</summary>
internal readonly record struct ArrayStreams(RandomStream Plus, RandomStream Minus, RandomStream Common, RandomStream Fast);
