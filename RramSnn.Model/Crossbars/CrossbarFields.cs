using RramSnn.Kernels.Crossbar;
using RramSnn.Kernels.Memory;
using RramSnn.Kernels.Random;
using RramSnn.Model.Devices;

namespace RramSnn.Model.Crossbars;

/// <summary>Where a crossbar lies in its network's arena.</summary>
internal readonly record struct CrossbarFields(CrossbarLayout Layout, ArrayFields Plus, ArrayFields Minus)
{
    internal static CrossbarFields AddTo(ArenaLayout arena, string prefix, CrossbarLayout layout, SynapseCell cell, Device device)
    {
        return new(layout, Array("plus"), cell == SynapseCell.Pair ? Array("minus") : default);

        ArrayFields Array(string name) => new(
            layout.AddTo(arena, $"{prefix}.conductance_{name}", FieldRole.Persistent),
            device.Law.HasMemory ? layout.AddTo(arena, $"{prefix}.memory_{name}", FieldRole.Persistent) : default,
            VariationFields.AddTo(arena, $"{prefix}.device_{name}", layout, device));
    }
}

/// <summary>Where one array of devices lies.</summary>
/// <param name="State">Normalised states.</param>
/// <param name="Memory">What devices remember besides; of length 0 if they do not.</param>
/// <param name="Variation">What differs from device to device; null if nothing does.</param>
internal readonly record struct ArrayFields(Field<float> State, Field<float> Memory, VariationFields? Variation);

/// <summary>Random numbers of a crossbar's two arrays in one step, and of the pulses that both get.</summary>
internal readonly record struct ArrayStreams(RandomStream Plus, RandomStream Minus, RandomStream Common);

/// <summary>What a refresh of pairs took.</summary>
internal readonly record struct RefreshCost(long Reads, long Writes, double Pulses);
