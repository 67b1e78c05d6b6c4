using RramSnn.Kernels.Crossbar;
using RramSnn.Kernels.Memory;
using RramSnn.Kernels.Random;

namespace RramSnn.Model.Crossbars;

/// <summary>Where a crossbar lies in its network's arena.</summary>
internal readonly record struct CrossbarFields(CrossbarLayout Layout, Field<float> Plus, Field<float> Minus)
{
    internal static CrossbarFields AddTo(ArenaLayout arena, string prefix, CrossbarLayout layout, SynapseCell cell) => new(
        layout,
        layout.AddTo(arena, $"{prefix}.conductance_plus", FieldRole.Persistent),
        cell == SynapseCell.Pair ? layout.AddTo(arena, $"{prefix}.conductance_minus", FieldRole.Persistent) : default);
}

/// <summary>Random numbers of a crossbar's two arrays in one step.</summary>
internal readonly record struct ArrayStreams(RandomStream Plus, RandomStream Minus);
