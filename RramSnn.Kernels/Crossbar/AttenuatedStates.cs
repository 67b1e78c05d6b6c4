namespace RramSnn.Kernels.Crossbar;

/// <summary>Devices behind resistive wires: each of them conducts its share f of G, so that u stands for f·(u + offset) - offset.</summary>
public readonly ref struct AttenuatedStates
{
    /// <summary>Names the devices.</summary>
    /// <param name="states">Normalised states u of a run of panels.</param>
    /// <param name="attenuations">f of each device, as long; finite.</param>
    /// <param name="offset">Gmin/(Gmax - Gmin); finite.</param>
    /// <exception cref="ArgumentException">The lengths differ or the offset is not finite.</exception>
    public AttenuatedStates(ReadOnlySpan<float> states, ReadOnlySpan<float> attenuations, float offset)
    {
        KernelThrow.IfLengthDiffers(attenuations.Length, states.Length, nameof(attenuations));
        KernelThrow.IfNotFinite(offset, nameof(offset));
        States = states;
        Attenuations = attenuations;
        Offset = offset;
    }

    /// <summary>u.</summary>
    public ReadOnlySpan<float> States { get; }

    /// <summary>f.</summary>
    public ReadOnlySpan<float> Attenuations { get; }

    /// <summary>Gmin/(Gmax - Gmin).</summary>
    public float Offset { get; }
}
