using RramSnn.Kernels.Conductance;

namespace RramSnn.Model.Devices;

/// <summary>The devices of a run of panels: their states, and what belongs to them besides.</summary>
internal readonly ref struct ArrayCells
{
    /// <summary>Normalised states in stored order.</summary>
    internal required Span<float> States { get; init; }

    /// <summary>What the devices remember besides, in the same places; empty unless <see cref="DeviceLaw.HasMemory"/>.</summary>
    internal Span<float> Memories { get; init; }

    /// <summary>Whether the devices differ from each other.</summary>
    internal bool AreVaried { get; init; }

    /// <summary>How they differ.</summary>
    internal DeviceVariation Variation { get; init; }

    /// <summary>The nearest state that a device can be programmed to.</summary>
    internal float Nearest(int cell, float state)
    {
        if (!AreVaried)
        {
            return state;
        }

        float lower = Variation.Lower.IsEmpty ? 0f : Variation.Lower[cell];
        float upper = Variation.Upper.IsEmpty ? 1f : Variation.Upper[cell];
        float inward = upper > lower ? Math.Clamp((state - lower) / (upper - lower), 0f, 1f) : 0f;
        int intervals = Variation.States - 1;
        return lower + ((upper - lower) * (intervals > 0 ? MathF.Round(inward * intervals) / intervals : inward));
    }
}
